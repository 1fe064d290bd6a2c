package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;

/** {@code _io.BufferedRWPair}. */
@PyTypeDef(
    name = "BufferedRWPair",
    sig = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc =
        "A buffered reader and a buffered writer in one object.\n\n"
            + "For what is read from one raw stream and written to another, as the ends of "
            + "a pipe.\n"
            + "A buffer is of DEFAULT_BUFFER_SIZE bytes unless another size is given.")
public class PyBufferedRWPair extends PyBufferedIOBase {
  public static final PyType TYPE = PyType.builtin(PyBufferedRWPairTable.INSTANCE);

  private volatile @Nullable PyObject reader;
  private volatile @Nullable PyObject writer;

  protected PyBufferedRWPair(PyType type) {
    super(type);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBufferedRWPair(cls);
  }

  @PyMethod(name = "__init__", sig = "(reader, writer, buffer_size=131072, /)")
  void init(PyObject reader, PyObject writer, long buffer_size) {
    requireReadable(reader);
    requireWritable(writer);
    PyObject r = PyBufferedReader.TYPE.call2(reader, Py.int_(buffer_size));
    this.writer = PyBufferedWriter.TYPE.call2(writer, Py.int_(buffer_size));
    this.reader = r;
  }

  private static PyObject initialized(@Nullable PyObject o) {
    if (o == null) {
      throw Errors.valueError("I/O operation on uninitialized object");
    }
    return o;
  }

  private PyObject read(String method, PyObject... args) {
    return PyCalls.callMethod(initialized(reader), method, args);
  }

  private PyObject write(String method, PyObject... args) {
    return PyCalls.callMethod(initialized(writer), method, args);
  }

  @PyMethod(name = "read", sig = "!(*args)")
  PyObject read(org.plait.runtime.types.PyTuple args) {
    return read("read", args.toArray());
  }

  @PyMethod(name = "peek", sig = "!(*args)")
  PyObject peek(org.plait.runtime.types.PyTuple args) {
    return read("peek", args.toArray());
  }

  @PyMethod(name = "read1", sig = "!(*args)")
  PyObject read1(org.plait.runtime.types.PyTuple args) {
    return read("read1", args.toArray());
  }

  @PyMethod(name = "readinto", sig = "!(*args)")
  PyObject readinto(org.plait.runtime.types.PyTuple args) {
    return read("readinto", args.toArray());
  }

  @PyMethod(name = "readinto1", sig = "!(*args)")
  PyObject readinto1(org.plait.runtime.types.PyTuple args) {
    return read("readinto1", args.toArray());
  }

  @PyMethod(name = "write", sig = "!(*args)")
  PyObject write(org.plait.runtime.types.PyTuple args) {
    return write("write", args.toArray());
  }

  @PyMethod(name = "flush", sig = "()")
  PyObject flush() {
    return write("flush");
  }

  @PyMethod(name = "readable", sig = "()")
  PyObject readable() {
    return read("readable");
  }

  @PyMethod(name = "writable", sig = "()")
  PyObject writable() {
    return write("writable");
  }

  @PyMethod(name = "isatty", sig = "()")
  PyObject eitherIsatty() {
    PyObject r = write("isatty");
    return r != Py.False ? r : read("isatty");
  }

  @PyMethod(name = "close", sig = "()")
  PyObject close() {
    PyException failure = null;
    try {
      write("close");
    } catch (PyException e) {
      failure = e;
    }
    PyObject r;
    try {
      r = read("close");
    } catch (PyException e) {
      throw failure == null ? e : IoErrors.chain(failure, e);
    }
    if (failure != null) {
      throw failure;
    }
    return r;
  }

  @PyGetter("closed")
  PyObject getClosed() {
    PyObject w = writer;
    if (w == null) {
      throw Errors.runtimeError("the BufferedRWPair object is being garbage-collected");
    }
    return PyObjects.getAttr(w, "closed");
  }
}
