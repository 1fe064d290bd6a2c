package org.plait.runtime.importing;

import java.io.IOException;
import java.io.InputStream;
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
    String packed = PackedModules.text();
    addAll(classes, packed == null ? resources() : packed);
    return classes;
  }

  private static void addAll(Map<String, String> classes, String lines) {
    int end;
    for (int start = 0; start < lines.length(); start = end + 1) {
      end = lines.indexOf('\n', start);
      end = end < 0 ? lines.length() : end;
      int space = lines.indexOf(' ', start);
      if (space > start && space < end && lines.charAt(start) != '#') {
        classes.put(lines.substring(start, space), lines.substring(space + 1, end).trim());
      }
    }
  }

  private static String resources() {
    StringBuilder lines = new StringBuilder();
    try {
      Enumeration<URL> all = NativeModules.class.getClassLoader().getResources(RESOURCE);
      while (all.hasMoreElements()) {
        try (InputStream in = all.nextElement().openStream()) {
          lines.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.toString();
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
