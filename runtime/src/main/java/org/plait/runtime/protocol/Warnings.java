package org.plait.runtime.protocol;

import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** Issuing warnings from native code. */
public final class Warnings {
  private Warnings() {}

  /**
   * Equivalent of CPython's {@code PyErr_WarnEx}. Raises when a filter makes the warning an error.
   *
   * @param stackLevel 1 for the line that called the native function
   */
  public static void warn(PyType category, String message, int stackLevel) {
    PyObject module = Imports.importModule("_warnings");
    PyObjects.getAttr(module, "warn").call3(Py.str(message), category, Py.int_(stackLevel));
  }

  /** Whether {@code -b} asks for warnings about comparing bytes with str. */
  public static boolean bytesWarning() {
    PyObject flags = ThreadState.current().interpreter.sys("flags");
    return flags != null && PyObjects.isTrue(PyObjects.getAttr(flags, "bytes_warning"));
  }
}
