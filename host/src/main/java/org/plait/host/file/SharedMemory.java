package org.plait.host.file;

import org.plait.host.Fn;
import org.plait.host.Scratch;

/** POSIX shared memory objects. */
public final class SharedMemory {
  private static final Fn OPEN = new Fn("shm_open");
  private static final Fn UNLINK = new Fn("shm_unlink");

  private SharedMemory() {}

  /** Opens or makes an object; the descriptor isn't inherited by children. */
  public static int open(byte[] name, int flags, int mode) {
    try (Scratch s = Scratch.take(name.length)) {
      return Fd.made(OPEN.callInt(s, s.cstr(name), flags, mode));
    }
  }

  public static void unlink(byte[] name) {
    try (Scratch s = Scratch.take(name.length)) {
      UNLINK.callInt(s, s.cstr(name));
    }
  }
}
