package org.plait.modules.pickle;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/** What the functions of {@code _pickle} call. */
public final class PickleFunctions {
  private PickleFunctions() {}

  /** Pickles an object to a file, or to bytes where there is none. */
  public static PyObject dump(
      PyObject obj,
      @Nullable PyObject file,
      PyObject protocol,
      boolean fixImports,
      PyObject bufferCallback) {
    return PyPickler.dump(obj, file, protocol, fixImports, bufferCallback);
  }

  /** Unpickles the next object of a file. */
  public static PyObject load(
      PyObject file, boolean fixImports, String encoding, String errors, PyObject buffers) {
    return PyUnpickler.load(file, true, fixImports, encoding, errors, buffers);
  }

  /** Unpickles an object from bytes. */
  public static PyObject loads(
      PyObject data, boolean fixImports, String encoding, String errors, PyObject buffers) {
    return PyUnpickler.load(data, false, fixImports, encoding, errors, buffers);
  }
}
