package org.plait.host.file;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * A memory map. Its segment may be used by all threads; after {@link #close} or {@link #resize} an
 * access to the old segment throws IllegalStateException, never touching memory that is gone. An
 * access beyond the end of a file that shrank gives InternalError.
 *
 * <p>Invariant: {@code arena} is open exactly while {@code segment}'s memory is mapped. Changed
 * only under the monitor.
 */
public final class Mapping implements AutoCloseable {
  public static final int PROT_READ = 1;
  public static final int PROT_WRITE = 2;
  public static final int PROT_EXEC = 4;
  public static final int MAP_SHARED = 1;
  public static final int MAP_PRIVATE = 2;
  public static final int MAP_ANONYMOUS = 0x20;

  private static final int MREMAP_MAYMOVE = 1;
  private static final int MS_SYNC = 4;

  private static final Fn MMAP = new Fn("mmap");
  private static final Fn MUNMAP = new Fn("munmap");
  private static final Fn MREMAP = new Fn("mremap");
  private static final Fn MSYNC = new Fn("msync");
  private static final Fn MADVISE = new Fn("madvise");
  private static final Fn MPROTECT = new Fn("mprotect");

  /** Closes the maps that nobody can reach any more. */
  private static final class Reaper {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private Arena arena;
  private int fd = -1;
  private volatile MemorySegment segment;

  @SuppressWarnings("restricted")
  private Mapping(long address, long length) {
    arena = Arena.ofShared();
    segment = MemorySegment.ofAddress(address).reinterpret(length, arena, null);
  }

  /**
   * Maps a file or, with MAP_ANONYMOUS and -1, fresh memory.
   *
   * @param length bytes, more than 0
   * @param offset in the file, a multiple of the page size
   */
  public static Mapping map(int fd, long length, int protection, int flags, long offset) {
    try (Scratch s = Scratch.take()) {
      long p = MMAP.call(s, 0, length, protection, flags, fd, offset);
      if (p == -1) {
        throw new HostException(s.errno(), "mmap");
      }
      return new Mapping(p, length);
    }
  }

  /** Hands it a descriptor that is closed with the map. */
  public synchronized void own(int descriptor) {
    fd = descriptor;
  }

  /** The descriptor it owns, or -1. */
  public synchronized int fd() {
    return fd;
  }

  /** Closes the map when nobody can reach its owner any more. */
  public void closeAfter(Object owner) {
    Reaper.CLEANER.register(owner, this::close);
  }

  /** The memory. */
  public MemorySegment segment() {
    return segment;
  }

  public long length() {
    return segment.byteSize();
  }

  public synchronized boolean isOpen() {
    return arena.scope().isAlive();
  }

  private void checkOpen(String syscall) {
    if (!isOpen()) {
      throw new HostException(Errno.EINVAL, syscall);
    }
  }

  /** Makes it longer or shorter, at another address perhaps: the segment is a new one. */
  @SuppressWarnings("restricted")
  public synchronized void resize(long length) {
    checkOpen("mremap");
    long address = segment.address();
    long before = segment.byteSize();
    arena.close(); // from here nobody reaches the memory
    try (Scratch s = Scratch.take()) {
      long p = MREMAP.call(s, address, before, length, MREMAP_MAYMOVE);
      int errno = p == -1 ? s.errno() : 0;
      arena = Arena.ofShared();
      segment =
          MemorySegment.ofAddress(errno == 0 ? p : address)
              .reinterpret(errno == 0 ? length : before, arena, null);
      if (errno != 0) {
        throw new HostException(errno, "mremap");
      }
    }
  }

  /** Writes changes back to the file; offset a multiple of the page size. */
  public synchronized void flush(long offset, long length) {
    checkOpen("msync");
    try (Scratch s = Scratch.take()) {
      MSYNC.callInt(s, segment.address() + offset, length, MS_SYNC);
    }
  }

  public synchronized void advise(int advice, long offset, long length) {
    checkOpen("madvise");
    try (Scratch s = Scratch.take()) {
      MADVISE.callInt(s, segment.address() + offset, length, advice);
    }
  }

  public synchronized void protect(int protection) {
    checkOpen("mprotect");
    try (Scratch s = Scratch.take()) {
      MPROTECT.callInt(s, segment.address(), segment.byteSize(), protection);
    }
  }

  @Override
  public synchronized void close() {
    if (!isOpen()) {
      return;
    }
    arena.close();
    try (Scratch s = Scratch.take()) {
      MUNMAP.callInt(s, segment.address(), segment.byteSize());
    }
    if (fd >= 0) {
      Fd.close(fd);
      fd = -1;
    }
  }
}
