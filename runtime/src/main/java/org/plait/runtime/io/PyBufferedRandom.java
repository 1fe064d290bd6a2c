package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _io.BufferedRandom}. */
@PyTypeDef(
    name = "BufferedRandom",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc =
        "A buffered interface to random access streams.\n\n"
            + "The constructor creates a reader and writer for a seekable stream,\n"
            + "raw, given in the first argument. If the buffer_size is omitted it\n"
            + "defaults to DEFAULT_BUFFER_SIZE.")
public class PyBufferedRandom extends PyBuffered {
  public static final PyType TYPE = PyType.builtin(PyBufferedRandomTable.INSTANCE);

  protected PyBufferedRandom(PyType type) {
    super(type, true, true);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBufferedRandom(cls);
  }

  @PyMethod(name = "__init__", sig = "(raw, buffer_size=131072)")
  void init(PyObject raw, long buffer_size) {
    requireSeekable(raw);
    requireReadable(raw);
    requireWritable(raw);
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

  @PyMethod(sig = "()")
  PyObject writable() {
    return org.plait.runtime.protocol.PyCalls.callMethod(rawOrFail(), "writable");
  }

  @PyMethod(
      sig = "(buffer, /)",
      doc =
          "Write buffer b to the IO stream.\n\n"
              + "Return the number of bytes written, which is always\n"
              + "the length of b in bytes.\n\n"
              + "Raise BlockingIOError if the buffer is full and the\n"
              + "underlying raw stream cannot accept more data at the moment.")
  PyObject write(PyObject buffer) {
    return writeBuffer(buffer);
  }
}
