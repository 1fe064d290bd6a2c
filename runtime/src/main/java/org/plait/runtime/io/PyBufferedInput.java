package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;

/** What the buffers that can be read have in common; each of their Python types defines it. */
abstract class PyBufferedInput extends PyBuffered {
  PyBufferedInput(PyType type, boolean writable) {
    super(type, true, writable);
  }

  @PyMethod(sig = "()")
  PyObject readable() {
    return PyCalls.callMethod(rawOrFail(), "readable");
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
