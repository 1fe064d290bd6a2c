package org.plait.runtime.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * One export of memory, CPython's {@code Py_buffer}. The memory is a Java array or a native
 * segment; positions count bytes from {@link #offset} in it. All but the released mark is
 * immutable; the bytes themselves are shared with whoever else may write them. Whoever gets a
 * buffer closes it.
 */
public final class Buffer implements AutoCloseable {
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED = MethodHandles.lookup().findVarHandle(Buffer.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The exporting object. */
  public final PyObject obj;

  /** The memory as an array, or null when it is native. */
  public final byte @Nullable [] array;

  /** The memory when it is native. */
  public final @Nullable MemorySegment segment;

  /** Where the first element is in the memory, in bytes. */
  public final long offset;

  /** The product of shape and item size, in bytes. */
  public final long length;

  public final boolean readonly;

  /** Struct format of one item. */
  public final String format;

  public final int itemsize;

  /** Length per dimension, in items. */
  public final long[] shape;

  /** Step per dimension, in bytes. */
  public final long[] strides;

  private final @Nullable BufferExporter exporter;
  private boolean closed;

  public Buffer(
      PyObject obj,
      @Nullable BufferExporter exporter,
      byte @Nullable [] array,
      @Nullable MemorySegment segment,
      long offset,
      boolean readonly,
      String format,
      int itemsize,
      long[] shape,
      long[] strides) {
    this.obj = obj;
    this.exporter = exporter;
    this.array = array;
    this.segment = segment;
    this.offset = offset;
    this.readonly = readonly;
    this.format = format;
    this.itemsize = itemsize;
    this.shape = shape;
    this.strides = strides;
    long n = itemsize;
    for (long d : shape) {
      n *= d;
    }
    this.length = n;
  }

  /** Plain bytes of an array. */
  public static Buffer ofBytes(
      PyObject obj,
      @Nullable BufferExporter exporter,
      byte[] array,
      int offset,
      int n,
      boolean ro) {
    return new Buffer(
        obj, exporter, array, null, offset, ro, "B", 1, new long[] {n}, new long[] {1});
  }

  /** One-dimensional items of an array. */
  public static Buffer ofItems(
      PyObject obj,
      @Nullable BufferExporter exporter,
      byte[] array,
      int offset,
      int items,
      String format,
      int itemsize,
      boolean ro) {
    return new Buffer(
        obj,
        exporter,
        array,
        null,
        offset,
        ro,
        format,
        itemsize,
        new long[] {items},
        new long[] {itemsize});
  }

  /** Plain bytes of native memory. */
  public static Buffer ofSegment(
      PyObject obj, @Nullable BufferExporter exporter, MemorySegment memory, boolean ro) {
    return new Buffer(
        obj, exporter, null, memory, 0, ro, "B", 1, new long[] {memory.byteSize()}, new long[] {1});
  }

  public int ndim() {
    return shape.length;
  }

  /** The byte at a position counted from {@link #offset}. */
  public byte get(long at) {
    return array != null
        ? array[(int) (offset + at)]
        : segment.get(ValueLayout.JAVA_BYTE, offset + at);
  }

  public void set(long at, byte value) {
    if (array != null) {
      array[(int) (offset + at)] = value;
    } else {
      segment.set(ValueLayout.JAVA_BYTE, offset + at, value);
    }
  }

  /** Copies bytes out; positions count from {@link #offset}. */
  public void get(long at, byte[] to, int toOffset, int n) {
    if (array != null) {
      System.arraycopy(array, (int) (offset + at), to, toOffset, n);
    } else {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset + at, to, toOffset, n);
    }
  }

  /** Copies bytes in; positions count from {@link #offset}. */
  public void set(long at, byte[] from, int fromOffset, int n) {
    if (array != null) {
      System.arraycopy(from, fromOffset, array, (int) (offset + at), n);
    } else {
      MemorySegment.copy(from, fromOffset, segment, ValueLayout.JAVA_BYTE, offset + at, n);
    }
  }

  /** The memory from {@link #offset} on as a segment; for contiguous buffers. */
  public MemorySegment asSegment() {
    MemorySegment m = array != null ? MemorySegment.ofArray(array) : segment;
    return m.asSlice(offset, length);
  }

  /** Whether items lie one behind the other, last dimension fastest. */
  public boolean isCContiguous() {
    long expected = itemsize;
    if (length == 0) {
      return true;
    }
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] > 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }

  /** Whether items lie one behind the other, first dimension fastest. */
  public boolean isFContiguous() {
    long expected = itemsize;
    if (length == 0) {
      return true;
    }
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] > 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }

  /** A copy of all items, last dimension fastest. */
  public byte[] toBytes() {
    return toBytes(false);
  }

  /** A copy of all items, first dimension fastest if {@code fortran}. */
  public byte[] toBytes(boolean fortran) {
    if (length > Integer.MAX_VALUE - 8) {
      throw org.plait.runtime.exceptions.Errors.memoryError();
    }
    byte[] out = new byte[(int) length];
    if (fortran ? isFContiguous() : isCContiguous()) {
      get(0, out, 0, out.length);
    } else {
      int ndim = shape.length;
      long[] index = new long[ndim];
      for (int p = 0; p < out.length; p += itemsize) {
        get(position(index), out, p, itemsize);
        step(index, fortran);
      }
    }
    return out;
  }

  /** The position of an item in bytes from {@link #offset}. */
  public long position(long[] index) {
    long at = 0;
    for (int d = 0; d < index.length; d++) {
      at += index[d] * strides[d];
    }
    return at;
  }

  /** Moves an index on by one item; false when it has wrapped to the first. */
  public boolean step(long[] index, boolean fortran) {
    int n = index.length;
    for (int k = 0; k < n; k++) {
      int d = fortran ? k : n - 1 - k;
      if (++index[d] < shape[d]) {
        return true;
      }
      index[d] = 0;
    }
    return false;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return (boolean) CLOSED.getAcquire(this);
  }

  /** Gives the memory back; later calls do nothing. */
  @Override
  public void close() {
    if (CLOSED.compareAndSet(this, false, true) && exporter != null) {
      exporter.releaseBuffer(this);
    }
  }
}
