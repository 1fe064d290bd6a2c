package org.plait.runtime.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.NativeModule;

/**
 * The modules written in Java, from the resources {@code META-INF/plait/native-modules} on the
 * class path: a line each, Python name and Java class. A class is loaded when its module is first
 * imported.
 */
public final class NativeModules {
  private static final String RESOURCE = "META-INF/plait/native-modules";
  private static final Map<String, String> CLASSES = read();

  private NativeModules() {}

  private static Map<String, String> read() {
    Map<String, String> classes = new TreeMap<>();
    try {
      Enumeration<URL> all = NativeModules.class.getClassLoader().getResources(RESOURCE);
      while (all.hasMoreElements()) {
        try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(all.nextElement().openStream(), StandardCharsets.UTF_8))) {
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            int space = line.indexOf(' ');
            if (space > 0 && line.charAt(0) != '#') {
              classes.put(line.substring(0, space), line.substring(space + 1).trim());
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /** {@code sys.builtin_module_names}, sorted. */
  public static Set<String> names() {
    return CLASSES.keySet();
  }

  /** A new instance of the module's class, or null when there is no such module. */
  public static @Nullable NativeModule create(String name) {
    String className = CLASSES.get(name);
    if (className == null) {
      return null;
    }
    try {
      return (NativeModule) Class.forName(className).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("native module " + name + " is broken", e);
    }
  }
}
