package org.plait.runtime.boot;

import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;

/** The built-in functions that compiled code refers to whatever their names are bound to. */
public final class BuiltinFunctions {
  private BuiltinFunctions() {}

  public static PyObject all() {
    return ThreadState.current().interpreter.originalAll;
  }

  public static PyObject any() {
    return ThreadState.current().interpreter.originalAny;
  }
}
