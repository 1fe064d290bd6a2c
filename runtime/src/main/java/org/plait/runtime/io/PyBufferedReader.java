package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _io.BufferedReader}. */
@PyTypeDef(
    name = "BufferedReader",
    sig = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc = "A buffer over a raw stream that can be read.")
public class PyBufferedReader extends PyBufferedInput {
  public static final PyType TYPE = PyType.builtin(PyBufferedReaderTable.INSTANCE);

  protected PyBufferedReader(PyType type) {
    super(type, false);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBufferedReader(cls);
  }

  @PyMethod(name = "__init__", sig = "(raw, buffer_size=131072)")
  void init(PyObject raw, long buffer_size) {
    requireReadable(raw);
    start(raw, buffer_size);
  }
}
