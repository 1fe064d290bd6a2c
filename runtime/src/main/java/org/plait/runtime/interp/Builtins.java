package org.plait.runtime.interp;

import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/** Which namespace of built-ins code sees. */
public final class Builtins {
  private Builtins() {}

  // Compare CPython _PyEval_BuiltinsFromGlobals in ceval.c.
  /** What {@code __builtins__} of the globals says, else the caller's or interpreter's own. */
  public static PyObject of(PyDict globals) {
    PyObject b = globals.getStr("__builtins__");
    if (b instanceof PyModule m) {
      return m.dict();
    }
    if (b != null) {
      return b;
    }
    ThreadState ts = ThreadState.current();
    return ts.frame != null ? ts.frame.builtins : ts.interpreter.builtins;
  }
}
