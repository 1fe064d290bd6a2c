package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;

/** {@code _io._RawIOBase}. */
@PyTypeDef(
    name = "_RawIOBase",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc = "Base class for raw binary I/O.")
public class PyRawIOBase extends PyIOBase {
  public static final PyType TYPE = PyType.builtin(PyRawIOBaseTable.INSTANCE);

  protected PyRawIOBase(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyRawIOBase(cls);
  }

  @PyMethod(name = "read", sig = "(size=-1, /)")
  static PyObject baseRead(PyObject self, long size) {
    if (size < 0) {
      return PyCalls.callMethod(self, "readall");
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw Errors.memoryError();
    }
    PyByteArray buffer = PyByteArray.of(new byte[(int) size]);
    PyObject r = PyCalls.callMethod(self, "readinto", buffer);
    if (r == Py.None) {
      return r;
    }
    long n = PyNumbers.asLong(PyNumbers.index(r), Exceptions.ValueError);
    if (n < 0 || n > size) {
      throw Errors.valueError("readinto returned " + n + " outside buffer size " + size);
    }
    return PyBytes.copyOf(buffer.toByteArray(), 0, (int) n);
  }

  @PyMethod(name = "readall", sig = "()", doc = "Read until EOF, using multiple read() call.")
  static PyObject baseReadall(PyObject self) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    while (true) {
      PyObject data = PyCalls.callMethod(self, "read", Py.int_(IoErrors.DEFAULT_BUFFER_SIZE));
      if (data == Py.None) {
        if (all.size() == 0) {
          return data;
        }
        break;
      }
      if (!(data instanceof PyBytes b)) {
        throw Errors.typeError("read() should return bytes");
      }
      if (b.size() == 0) {
        break;
      }
      all.write(b.array(), 0, b.size());
    }
    return Py.bytes(all.toByteArray());
  }

  @PyMethod(name = "readinto", sig = "!(*args)")
  static PyObject baseReadinto(PyObject self, org.plait.runtime.types.PyTuple args) {
    throw Errors.of(Exceptions.NotImplementedError);
  }

  @PyMethod(name = "write", sig = "!(*args)")
  static PyObject baseWrite(PyObject self, org.plait.runtime.types.PyTuple args) {
    throw Errors.of(Exceptions.NotImplementedError);
  }
}
