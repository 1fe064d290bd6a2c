package org.plait.host.file;

import java.util.Arrays;

/**
 * What each descriptor is, remembered so that a read or a write need not ask the kernel every time.
 *
 * <p>Invariant: an entry is UNKNOWN or true. Every call of this module that creates or closes a
 * descriptor forgets the entry, before closing and after creating; a thread that uses a descriptor
 * while another closes it may see the old kind, as it may see the old file.
 */
final class FdKinds {
  static final byte UNKNOWN = 0;

  /** Never blocks for long: files, directories, block devices, memory devices. */
  static final byte FILE = 1;

  static final byte PIPE = 2;
  static final byte SOCKET = 3;

  /** Terminals and whatever else can only be polled. */
  static final byte OTHER = 4;

  /** Descriptors from here on are asked about each time. */
  private static final int LIMIT = 1 << 20;

  private static volatile byte[] kinds = new byte[256];

  private FdKinds() {}

  static byte of(int fd) {
    byte[] known = kinds;
    if (fd >= 0 && fd < known.length && known[fd] != UNKNOWN) {
      return known[fd];
    }
    byte kind = classify(Fd.fstat(fd));
    remember(fd, kind);
    return kind;
  }

  private static byte classify(Stat st) {
    return switch (st.type()) {
      case Stat.S_IFREG, Stat.S_IFDIR, Stat.S_IFBLK, Stat.S_IFLNK -> FILE;
      case Stat.S_IFIFO -> PIPE;
      case Stat.S_IFSOCK -> SOCKET;
      case Stat.S_IFCHR -> Stat.major(st.rdev()) == 1 ? FILE : OTHER;
      default -> OTHER; // epoll, eventfd, pidfd and their like have no type
    };
  }

  static void forget(int fd) {
    byte[] known = kinds;
    if (fd >= 0 && fd < known.length) {
      known[fd] = UNKNOWN;
    }
  }

  private static void remember(int fd, byte kind) {
    if (fd < 0 || fd >= LIMIT) {
      return;
    }
    if (fd >= kinds.length) {
      grow(fd);
    }
    kinds[fd] = kind;
  }

  private static synchronized void grow(int fd) {
    if (fd >= kinds.length) {
      // what is lost by a racing store is asked again; what is forgotten meanwhile must not return
      byte[] larger = new byte[Math.max(fd + 1, kinds.length * 2)];
      Arrays.fill(larger, UNKNOWN);
      kinds = larger;
    }
  }
}
