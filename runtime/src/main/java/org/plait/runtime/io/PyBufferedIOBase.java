package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyBytes;

/** {@code _io._BufferedIOBase}. */
@PyTypeDef(
    name = "_BufferedIOBase",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc =
        "What binary streams with a buffer have in common.\n\n"
            + "read() without a size reads everything. A raw stream that does not block "
            + "and is not\n"
            + "ready raises BlockingIOError; None is never returned. A class of one's own "
            + "best\n"
            + "wraps a raw stream rather than derives from one.\n")
public class PyBufferedIOBase extends PyIOBase {
  public static final PyType TYPE = PyType.builtin(PyBufferedIOBaseTable.INSTANCE);

  protected PyBufferedIOBase(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBufferedIOBase(cls);
  }

  @PyMethod(
      name = "detach",
      sig = "()",
      doc = "The raw stream, which this object then lets go; it is of no use any more.")
  static PyObject baseDetach(PyObject self) {
    throw IoErrors.unsupported("detach");
  }

  @PyMethod(
      name = "read",
      sig = "(size=-1, /)",
      doc =
          "Up to size bytes, or all that are left without a size.\n\n"
              + "The raw stream is read as often as needed, but of a terminal, a pipe or a "
              + "socket only\n"
              + "once, so that fewer bytes may come. No bytes at the end.")
  static PyObject baseRead(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read");
  }

  @PyMethod(
      name = "read1",
      sig = "(size=-1, /)",
      doc =
          "Up to size bytes, for which the raw stream is read at most once. No bytes "
              + "at the end.")
  static PyObject baseRead1(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read1");
  }

  @PyMethod(
      name = "write",
      sig = "(b, /)",
      doc =
          "Takes all the bytes and returns how many they are.\n\n"
              + "BlockingIOError if the buffer is full and the raw stream takes nothing now.")
  static PyObject baseWrite(PyObject self, PyObject b) {
    throw IoErrors.unsupported("write");
  }

  private static PyObject readInto(PyObject self, PyObject target, String method) {
    try (Buffer view = PyBuffers.write(target, method + "() argument")) {
      PyObject data =
          PyCalls.callMethod(
              self, method.equals("readinto1") ? "read1" : "read", Py.int_(view.length));
      if (!(data instanceof PyBytes b)) {
        throw Errors.typeError("read() should return bytes");
      }
      if (b.size() > view.length) {
        throw Errors.valueError(
            "read() returned too much data: "
                + view.length
                + " bytes requested, "
                + b.size()
                + " returned");
      }
      view.set(0, b.array(), 0, b.size());
      return Py.int_(b.size());
    }
  }

  @PyMethod(name = "readinto", sig = "(buffer, /)")
  static PyObject baseReadinto(PyObject self, PyObject buffer) {
    return readInto(self, buffer, "readinto");
  }

  @PyMethod(name = "readinto1", sig = "(buffer, /)")
  static PyObject baseReadinto1(PyObject self, PyObject buffer) {
    return readInto(self, buffer, "readinto1");
  }
}
