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
public class PyBufferedReader extends PyBuffered {
  public static final PyType TYPE = PyType.builtin(PyBufferedReaderTable.INSTANCE);

  protected PyBufferedReader(PyType type) {
    super(type, true, false);
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

  @PyMethod(sig = "()")
  PyObject readable() {
    return org.plait.runtime.protocol.PyCalls.callMethod(rawOrFail(), "readable");
  }

  @PyMethod(sig = "(size=-1, /)")
  PyObject read(PyObject size) {
    return readBytes(sizeOrAll(size));
  }

  @PyMethod(sig = "(size=-1, /)")
  PyObject read1(long size) {
    return read1Bytes(size);
  }

  @PyMethod(sig = "(size=0, /)")
  PyObject peek(long size) {
    return peekBytes();
  }

  @PyMethod(sig = "(buffer, /)")
  PyObject readinto(PyObject buffer) {
    return readIntoBuffer(buffer, false);
  }

  @PyMethod(sig = "(buffer, /)")
  PyObject readinto1(PyObject buffer) {
    return readIntoBuffer(buffer, true);
  }

  @PyMethod(sig = "(size=-1, /)")
  PyObject readline(PyObject size) {
    rawOrFail();
    return readLine(sizeOrAll(size));
  }

  @PyMethod(name = "__next__")
  @Nullable PyObject next() {
    return nextLine();
  }
}
