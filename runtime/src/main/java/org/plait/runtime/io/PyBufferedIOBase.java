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
        "Base class for buffered IO objects.\n\n"
            + "The main difference with RawIOBase is that the read() method\n"
            + "supports omitting the size argument, and does not have a default\n"
            + "implementation that defers to readinto().\n\n"
            + "In addition, read(), readinto() and write() may raise\n"
            + "BlockingIOError if the underlying raw stream is in non-blocking\n"
            + "mode and not ready; unlike their raw counterparts, they will never\n"
            + "return None.\n\n"
            + "A typical implementation should not inherit from a RawIOBase\n"
            + "implementation, but wrap one.\n")
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
      doc =
          "Disconnect this buffer from its underlying raw stream and return it.\n\n"
              + "After the raw stream has been detached, the buffer is in an unusable\n"
              + "state.")
  static PyObject baseDetach(PyObject self) {
    throw IoErrors.unsupported("detach");
  }

  @PyMethod(
      name = "read",
      sig = "(size=-1, /)",
      doc =
          "Read and return up to n bytes.\n\n"
              + "If the size argument is omitted, None, or negative, read and\n"
              + "return all data until EOF.\n\n"
              + "If the size argument is positive, and the underlying raw stream is\n"
              + "not 'interactive', multiple raw reads may be issued to satisfy\n"
              + "the byte count (unless EOF is reached first).\n"
              + "However, for interactive raw streams (as well as sockets and pipes),\n"
              + "at most one raw read will be issued, and a short result does not\n"
              + "imply that EOF is imminent.\n\n"
              + "Return an empty bytes object on EOF.\n\n"
              + "Return None if the underlying raw stream was open in non-blocking\n"
              + "mode and no data is available at the moment.")
  static PyObject baseRead(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read");
  }

  @PyMethod(
      name = "read1",
      sig = "(size=-1, /)",
      doc =
          "Read and return up to size bytes, with at most one read() call to the underlying raw"
              + " stream.\n\n"
              + "Return an empty bytes object on EOF.\n"
              + "A short result does not imply that EOF is imminent.")
  static PyObject baseRead1(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read1");
  }

  @PyMethod(
      name = "write",
      sig = "(b, /)",
      doc =
          "Write buffer b to the IO stream.\n\n"
              + "Return the number of bytes written, which is always\n"
              + "the length of b in bytes.\n\n"
              + "Raise BlockingIOError if the buffer is full and the\n"
              + "underlying raw stream cannot accept more data at the moment.")
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
