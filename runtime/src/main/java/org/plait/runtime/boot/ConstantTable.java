package org.plait.runtime.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;
import org.plait.runtime.object.Py;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** Integer constants of a module, written as text: names and C-style numbers in turn. */
public final class ConstantTable {
  private ConstantTable() {}

  /** Adds all constants to the module. */
  public static void add(PyModule module, String text) {
    StringTokenizer t = new StringTokenizer(text);
    while (t.hasMoreTokens()) {
      String name = t.nextToken();
      module.add(name, Py.int_(Long.decode(t.nextToken())));
    }
  }

  /**
   * Adds the constants of a resource: a name, a blank and a decimal number in each line that does
   * not begin with #.
   *
   * @param beside the class in whose package the resource is
   */
  public static void add(PyModule module, Class<?> beside, String resource) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                beside.getResourceAsStream(resource), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int space = line.indexOf(' ');
        if (!line.startsWith("#") && space > 0) {
          module.add(line.substring(0, space), Py.int_(Long.parseLong(line.substring(space + 1))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All constants in a dict. */
  public static PyDict dict(String text) {
    PyDict d = Py.dict();
    StringTokenizer t = new StringTokenizer(text);
    while (t.hasMoreTokens()) {
      PyStr name = PyStr.intern(t.nextToken());
      d.put(name, Py.int_(Long.decode(t.nextToken())));
    }
    return d;
  }
}
