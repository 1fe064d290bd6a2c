package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyMemoryView;

/** The buffer protocol: CPython's {@code PyObject_GetBuffer} and friends, PEP 688 included. */
public final class PyBuffers {
  private PyBuffers() {}

  // Flags of a request, with CPython's values.
  public static final int SIMPLE = 0;
  public static final int WRITABLE = 1;
  public static final int FORMAT = 4;
  public static final int ND = 8;
  public static final int STRIDES = 0x10 | ND;
  public static final int C_CONTIGUOUS = 0x20 | STRIDES;
  public static final int F_CONTIGUOUS = 0x40 | STRIDES;
  public static final int ANY_CONTIGUOUS = 0x80 | STRIDES;
  public static final int INDIRECT = 0x100 | STRIDES;
  public static final int CONTIG = ND | WRITABLE;
  public static final int CONTIG_RO = ND;
  public static final int FULL = INDIRECT | WRITABLE | FORMAT;
  public static final int FULL_RO = INDIRECT | FORMAT;
  public static final int READ = 0x100;
  public static final int WRITE = 0x200;

  /** Whether the object exports a buffer. Equivalent of CPython's {@code PyObject_CheckBuffer}. */
  public static boolean isBuffer(PyObject o) {
    return o instanceof BufferExporter || o.type().special(Special.BUFFER) != null;
  }

  /**
   * Equivalent of CPython's {@code PyObject_GetBuffer}; the caller closes the result.
   *
   * @throws PyException TypeError if the object exports nothing, BufferError if it can't serve
   *     flags
   */
  public static Buffer get(PyObject o, int flags) {
    PyType type = o.type();
    PyObject f =
        o.attrs() == null && o instanceof BufferExporter ? null : type.special(Special.BUFFER);
    if (o instanceof BufferExporter e && (f == null || f instanceof PyWrapperDescriptor)) {
      return e.getBuffer(flags);
    }
    if (f == null) {
      throw Errors.typeError("a bytes-like object is required, not '" + type.name() + "'");
    }
    if (f == Py.None) {
      throw Errors.typeError("'NoneType' object is not callable");
    }
    PyObject r = PyCalls.invoke(f, o, Py.int_(flags));
    if (!(r instanceof PyMemoryView view)) {
      throw Errors.typeError("__buffer__ returned non-memoryview object");
    }
    return pythonBuffer(o, view, flags);
  }

  /** The memory of the view a Python {@code __buffer__} returned. */
  private static Buffer pythonBuffer(PyObject o, PyMemoryView view, int flags) {
    Buffer b = view.getBuffer(flags);
    BufferExporter release =
        new BufferExporter() {
          @Override
          public Buffer getBuffer(int f) {
            throw new IllegalStateException();
          }

          @Override
          public void releaseBuffer(Buffer buffer) {
            b.close();
            releasePython(o, view);
          }
        };
    return new Buffer(
        o,
        release,
        b.array,
        b.segment,
        b.offset,
        b.readonly,
        b.format,
        b.itemsize,
        b.shape,
        b.strides);
  }

  /**
   * The view of a class written in Python stays usable: it may hand out the same one each time.
   * That of a subclass of an exporter is the exporter's own, and must not keep its memory from
   * changing.
   */
  private static void releasePython(PyObject o, PyMemoryView view) {
    PyObject f = o.type().special(Special.RELEASE_BUFFER);
    try {
      if (f != null && !(f instanceof PyWrapperDescriptor)) {
        PyCalls.invoke(f, o, view);
      }
      if (o instanceof BufferExporter) {
        view.release();
      }
    } catch (PyException e) {
      Unraisable.report(e.value, o);
    }
  }

  /** Equivalent of CPython's {@code PyBuffer_FillInfo}: the check of a request for plain bytes. */
  public static void checkPlain(boolean readonly, int flags) {
    if (readonly && (flags & WRITABLE) != 0) {
      throw Errors.bufferError("Object is not writable.");
    }
  }

  /** A contiguous buffer to read from. */
  public static Buffer read(PyObject o) {
    return get(o, SIMPLE);
  }

  /**
   * A buffer to write to.
   *
   * @param what names function and argument in the TypeError: {@code readinto() argument}
   */
  public static Buffer write(PyObject o, String what) {
    Buffer b;
    try {
      b = get(o, WRITABLE);
    } catch (PyException e) {
      if (e.matches(org.plait.runtime.exceptions.Exceptions.BufferError)
          || e.matches(org.plait.runtime.exceptions.Exceptions.TypeError)) {
        throw org.plait.runtime.object.ArgumentConverters.badArgument(
            what, "read-write bytes-like object", o);
      }
      throw e;
    }
    return b;
  }

  /**
   * The bytes of any bytes-like object. Not a copy for bytes: the caller must not change the array.
   *
   * @throws PyException TypeError "a bytes-like object is required, not 'x'"
   */
  public static byte[] toBytes(PyObject o) {
    if (o instanceof PyBytes b && b.attrs() == null) {
      return b.array();
    }
    if (o instanceof PyByteArray a && a.attrs() == null) {
      return a.toByteArray();
    }
    try (Buffer b = get(o, FULL_RO)) {
      return b.toBytes();
    }
  }

  /**
   * As {@link #toBytes}, for arguments that C code reads as plain memory.
   *
   * @throws PyException BufferError also for views with gaps
   */
  public static byte[] plainBytes(PyObject o) {
    if (o instanceof PyBytes b && b.attrs() == null) {
      return b.array();
    }
    try (Buffer b = read(o)) {
      return b.toBytes();
    }
  }

  /** As {@link #toBytes}, null for an object that exports no buffer. */
  public static byte @Nullable [] toBytesOrNull(PyObject o) {
    return isBuffer(o) ? toBytes(o) : null;
  }

  /** The {@code __buffer__} of a built-in exporter. */
  public static PyObject specialBuffer(BufferExporter e, PyObject flags) {
    long f = PyNumbers.asLong(flags, org.plait.runtime.exceptions.Exceptions.OverflowError);
    if (f != (int) f) {
      throw Errors.overflowError("buffer flags out of range");
    }
    return PyMemoryView.of(e.getBuffer((int) f));
  }

  /** The {@code __release_buffer__} of a built-in exporter. */
  public static void specialRelease(PyObject e, PyObject view) {
    if (!(view instanceof PyMemoryView m)) {
      throw Errors.typeError("expected a memoryview object");
    }
    if (m.exporter() != e) {
      throw Errors.valueError("memoryview's buffer is not this object");
    }
    m.release();
  }
}
