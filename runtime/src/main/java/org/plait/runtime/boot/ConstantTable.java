package org.plait.runtime.boot;

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
