package org.plait.host.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/** Extended attributes of a path, of a symbolic link itself, or of an open file. */
public final class Xattr {
  /** Bytes of the largest value. */
  private static final int MAX = 65536;

  private Xattr() {}

  /** What to look at. */
  public sealed interface Target {
    /** A path; {@code follow} says whether a symbolic link stands for what it points to. */
    record OfPath(byte[] path, boolean follow) implements Target {}

    record OfFd(int fd) implements Target {}
  }

  /** The three spellings of one call. */
  private record Call(Fn path, Fn link, Fn fd) {
    Call(String name) {
      this(new Fn(name), new Fn("l" + name), new Fn("f" + name));
    }

    Fn fn(Target t) {
      return switch (t) {
        case Target.OfPath p -> p.follow() ? path : link;
        case Target.OfFd f -> fd;
      };
    }
  }

  private static final Call GET = new Call("getxattr");
  private static final Call SET = new Call("setxattr");
  private static final Call LIST = new Call("listxattr");
  private static final Call REMOVE = new Call("removexattr");

  private static Scratch scratch(Target t, long more) {
    return Scratch.take(more + (t instanceof Target.OfPath p ? p.path().length : 0));
  }

  private static long what(Scratch s, Target t) {
    return switch (t) {
      case Target.OfPath p -> s.cstr(p.path());
      case Target.OfFd f -> f.fd();
    };
  }

  public static byte[] get(Target t, byte[] name) {
    try (Scratch s = scratch(t, MAX + 512L + name.length)) {
      int at = s.alloc(MAX);
      int n = (int) GET.fn(t).callLong(s, what(s, t), s.cstr(name), s.ptr(at), MAX);
      return s.getBytes(at, n);
    }
  }

  /** Sets an attribute; flags 1 only a new one, 2 only an existing one. */
  public static void set(Target t, byte[] name, byte[] value, int flags) {
    try (Scratch s = scratch(t, 512L + name.length + value.length)) {
      int at = s.put(value, 0, value.length);
      SET.fn(t).callInt(s, what(s, t), s.cstr(name), s.ptr(at), value.length, flags);
    }
  }

  public static List<byte[]> list(Target t) {
    for (int room = 1024; ; room *= 8) {
      try (Scratch s = scratch(t, room + 512L)) {
        int at = s.alloc(room);
        long n = LIST.fn(t).call(s, what(s, t), s.ptr(at), room);
        if (n == -1 && s.errno() == Errno.ERANGE && room < 1 << 20) {
          continue;
        }
        if (n == -1) {
          throw new HostException(s.errno(), "listxattr");
        }
        return split(s.getBytes(at, (int) n));
      }
    }
  }

  private static List<byte[]> split(byte[] block) {
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < block.length; i++) {
      if (block[i] == 0) {
        names.add(Arrays.copyOfRange(block, start, i));
        start = i + 1;
      }
    }
    return names;
  }

  public static void remove(Target t, byte[] name) {
    try (Scratch s = scratch(t, name.length)) {
      REMOVE.fn(t).callInt(s, what(s, t), s.cstr(name));
    }
  }
}
