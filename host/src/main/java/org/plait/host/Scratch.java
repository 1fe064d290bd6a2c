package org.plait.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Native memory for the arguments and results of one call. For use inside this module.
 *
 * <p>Taken and given back with try-with-resources, by one thread, never kept. Memory is handed out
 * from the front and named by its offset in the block; {@link #ptr} makes an address of it. The
 * first bytes hold the captured errno. Fields are read and written through a ByteBuffer because the
 * var handles of memory segments cost 2 ms at start.
 *
 * <p>Invariant: a block is in the pool or owned by one thread, never both; pooled blocks belong to
 * the collector, larger ones are freed by {@link #close}.
 */
public final class Scratch implements AutoCloseable {
  /** Bytes of a pooled block. */
  private static final int SIZE = 72 * 1024;

  /** Bytes at the front that belong to the call itself. */
  private static final int HEAD = 64;

  /** What a pooled block can hand out, bytes. */
  public static final int POOLED = SIZE - HEAD;

  private static final int SLOTS = 32;
  private static final AtomicReferenceArray<Scratch> POOL = new AtomicReferenceArray<>(SLOTS);
  private static final Fn FREE = new Fn("free");
  private static final Fn MALLOC = new Fn("malloc");
  private static final Fn STRLEN = new Fn("strlen");
  private static final Fn ERRNO_LOCATION = new Fn("__errno_location");

  private final ByteBuffer bytes;
  private final MemorySegment state;
  private final long address;
  private final boolean pooled;
  private int top = HEAD;

  private Scratch(MemorySegment memory, boolean pooled) {
    this.bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    this.state = memory;
    this.address = memory.address();
    this.pooled = pooled;
  }

  /** A block that can hand out at least {@link #POOLED} bytes. */
  public static Scratch take() {
    int start = (int) Thread.currentThread().threadId() & (SLOTS - 1);
    for (int i = 0; i < 4; i++) {
      Scratch s = POOL.getAndSet((start + i) & (SLOTS - 1), null);
      if (s != null) {
        return s;
      }
    }
    return new Scratch(Arena.ofAuto().allocate(SIZE, 16), true);
  }

  /**
   * A block that can hand out {@code size} bytes, alignment losses of 16 bytes a piece not counted.
   *
   * @throws HostException ENOMEM
   */
  public static Scratch take(long size) {
    if (size + 512 <= POOLED) {
      return take();
    }
    if (size > Integer.MAX_VALUE - 4096) {
      throw new HostException(Errno.ENOMEM, "malloc");
    }
    return new Scratch(allocate(size + 512 + HEAD), false);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment allocate(long size) {
    try (Scratch s = take()) {
      long p = MALLOC.call(s, size);
      if (p == 0) {
        throw new HostException(Errno.ENOMEM, "malloc");
      }
      return MemorySegment.ofAddress(p).reinterpret(size);
    }
  }

  @Override
  public void close() {
    if (!pooled) {
      try (Scratch s = take()) {
        FREE.call(s, address);
      }
      return;
    }
    top = HEAD;
    int start = (int) Thread.currentThread().threadId() & (SLOTS - 1);
    for (int i = 0; i < 4; i++) {
      if (POOL.compareAndSet((start + i) & (SLOTS - 1), null, this)) {
        return;
      }
    }
    // the neighbourhood is full: the collector takes this block
  }

  MemorySegment state() {
    return state;
  }

  /** The errno of the last call made with this block. */
  public int errno() {
    return bytes.getInt(0);
  }

  /** Sets the calling thread's errno to 0, for functions whose -1 may be a value. */
  public void clearErrno() {
    at(ERRNO_LOCATION.call(this), 4).putInt(0, 0);
  }

  /** Reserves {@code size} bytes, aligned to 16, with whatever was there before. */
  public int alloc(int size) {
    int offset = (top + 15) & ~15;
    if (size < 0 || size > bytes.capacity() - offset) {
      throw new HostException(Errno.ENOMEM, "malloc");
    }
    top = offset + size;
    return offset;
  }

  /** Reserves {@code size} bytes and clears them. */
  public int allocZero(int size) {
    int offset = alloc(size);
    zero(offset, size);
    return offset;
  }

  /** Bytes that {@link #alloc} can still hand out in one piece. */
  public int room() {
    return bytes.capacity() - ((top + 15) & ~15);
  }

  public void zero(int offset, int size) {
    int i = offset;
    for (; i + 8 <= offset + size; i += 8) {
      bytes.putLong(i, 0);
    }
    for (; i < offset + size; i++) {
      bytes.put(i, (byte) 0);
    }
  }

  /** The address of an offset, as C sees it. */
  public long ptr(int offset) {
    return address + offset;
  }

  /**
   * Puts a C string.
   *
   * @return its address
   * @throws IllegalArgumentException when the bytes contain a null
   */
  public long cstr(byte[] string) {
    for (byte b : string) {
      if (b == 0) {
        throw new IllegalArgumentException("embedded null byte");
      }
    }
    int offset = alloc(string.length + 1);
    bytes.put(offset, string);
    bytes.put(offset + string.length, (byte) 0);
    return ptr(offset);
  }

  /** Puts bytes as they are and gives their offset. */
  public int put(byte[] from, int start, int length) {
    int offset = alloc(length);
    bytes.put(offset, from, start, length);
    return offset;
  }

  public byte getByte(int offset) {
    return bytes.get(offset);
  }

  public short getShort(int offset) {
    return bytes.getShort(offset);
  }

  public int getInt(int offset) {
    return bytes.getInt(offset);
  }

  public long getLong(int offset) {
    return bytes.getLong(offset);
  }

  /** An unsigned 32-bit field. */
  public long getUInt(int offset) {
    return bytes.getInt(offset) & 0xffffffffL;
  }

  public void putByte(int offset, int value) {
    bytes.put(offset, (byte) value);
  }

  public void putShort(int offset, int value) {
    bytes.putShort(offset, (short) value);
  }

  public void putInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  public void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  public void getBytes(int offset, byte[] to, int start, int length) {
    bytes.get(offset, to, start, length);
  }

  public byte[] getBytes(int offset, int length) {
    byte[] result = new byte[length];
    bytes.get(offset, result);
    return result;
  }

  /** The bytes from an offset up to the first null, at most {@code limit}. */
  public byte[] getString(int offset, int limit) {
    int n = 0;
    while (n < limit && bytes.get(offset + n) != 0) {
      n++;
    }
    return getBytes(offset, n);
  }

  /** A C string somewhere in memory; empty when the address is null. */
  @SuppressWarnings("restricted")
  public static byte[] stringAt(long address) {
    if (address == 0) {
      return new byte[0];
    }
    try (Scratch s = take()) {
      int length = (int) STRLEN.call(s, address);
      return bytesAt(address, length);
    }
  }

  /** Bytes somewhere in memory. */
  @SuppressWarnings("restricted")
  public static byte[] bytesAt(long address, int length) {
    byte[] result = new byte[length];
    at(address, length).get(0, result);
    return result;
  }

  /** A view of memory somewhere, in native byte order, for reading the structures of C. */
  @SuppressWarnings("restricted")
  public static ByteBuffer at(long address, int length) {
    return MemorySegment.ofAddress(address)
        .reinterpret(length)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }
}
