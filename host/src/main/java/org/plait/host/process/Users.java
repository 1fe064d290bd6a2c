package org.plait.host.process;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * The user and the group database, as the C library's name service sees them (it may ask a server:
 * these calls can take long).
 *
 * <p>The calls that walk a whole database share the C library's one cursor and are serialized by
 * this class's monitor.
 */
public final class Users {
  private static final int SIZEOF_PASSWD = 48;
  private static final int SIZEOF_GROUP = 32;

  private static final Fn GETPWNAM = new Fn("getpwnam_r");
  private static final Fn GETPWUID = new Fn("getpwuid_r");
  private static final Fn SETPWENT = new Fn("setpwent");
  private static final Fn GETPWENT = new Fn("getpwent");
  private static final Fn ENDPWENT = new Fn("endpwent");
  private static final Fn GETGRNAM = new Fn("getgrnam_r");
  private static final Fn GETGRGID = new Fn("getgrgid_r");
  private static final Fn SETGRENT = new Fn("setgrent");
  private static final Fn GETGRENT = new Fn("getgrent");
  private static final Fn ENDGRENT = new Fn("endgrent");
  private static final Fn GETLOGIN = new Fn("getlogin_r");

  private Users() {}

  /** One user. */
  public record User(
      byte[] name, byte[] password, int uid, int gid, byte[] gecos, byte[] home, byte[] shell) {

    static User at(long address) {
      ByteBuffer b = Scratch.at(address, SIZEOF_PASSWD);
      return new User(
          Scratch.stringAt(b.getLong(0)),
          Scratch.stringAt(b.getLong(8)),
          b.getInt(16),
          b.getInt(20),
          Scratch.stringAt(b.getLong(24)),
          Scratch.stringAt(b.getLong(32)),
          Scratch.stringAt(b.getLong(40)));
    }
  }

  /** One group. */
  public record Group(byte[] name, byte[] password, int gid, List<byte[]> members) {

    static Group at(long address) {
      ByteBuffer b = Scratch.at(address, SIZEOF_GROUP);
      List<byte[]> members = new ArrayList<>();
      long list = b.getLong(24);
      if (list != 0) {
        long member;
        for (int i = 0; (member = Scratch.at(list + 8L * i, 8).getLong(0)) != 0; i++) {
          members.add(Scratch.stringAt(member));
        }
      }
      return new Group(
          Scratch.stringAt(b.getLong(0)), Scratch.stringAt(b.getLong(8)), b.getInt(16), members);
    }
  }

  private interface Reader<T> {
    T at(long address);
  }

  public static @Nullable User byName(byte[] name) {
    return lookup(GETPWNAM, name, 0, SIZEOF_PASSWD, User::at);
  }

  public static @Nullable User byId(int uid) {
    return lookup(GETPWUID, null, uid & 0xffffffffL, SIZEOF_PASSWD, User::at);
  }

  public static @Nullable Group groupByName(byte[] name) {
    return lookup(GETGRNAM, name, 0, SIZEOF_GROUP, Group::at);
  }

  public static @Nullable Group groupById(int gid) {
    return lookup(GETGRGID, null, gid & 0xffffffffL, SIZEOF_GROUP, Group::at);
  }

  private static <T> @Nullable T lookup(
      Fn fn, byte @Nullable [] name, long id, int size, Reader<T> reader) {
    for (int room = 4096; ; room *= 4) {
      try (Scratch s = Scratch.take(room + size + 64L + (name == null ? 0 : name.length))) {
        int entry = s.allocZero(size);
        int result = s.allocZero(8);
        int buffer = s.alloc(room);
        long key = name == null ? id : s.cstr(name);
        int errno = (int) fn.call(s, key, s.ptr(entry), s.ptr(buffer), room, s.ptr(result));
        if (errno == Errno.ERANGE && room < 1 << 24) {
          continue;
        }
        if (s.getLong(result) != 0) {
          return reader.at(s.getLong(result));
        }
        // a name service may report "no such entry" in any of these ways
        if (errno == 0
            || errno == Errno.ENOENT
            || errno == Errno.ESRCH
            || errno == Errno.EBADF
            || errno == Errno.EPERM) {
          return null;
        }
        throw new HostException(errno, fn.name());
      }
    }
  }

  public static List<User> all() {
    return all(SETPWENT, GETPWENT, ENDPWENT, User::at);
  }

  public static List<Group> allGroups() {
    return all(SETGRENT, GETGRENT, ENDGRENT, Group::at);
  }

  private static synchronized <T> List<T> all(Fn start, Fn next, Fn end, Reader<T> reader) {
    List<T> all = new ArrayList<>();
    try (Scratch s = Scratch.take()) {
      start.call(s);
      for (long p = next.call(s); p != 0; p = next.call(s)) {
        all.add(reader.at(p));
      }
      end.call(s);
    }
    return all;
  }

  /** The name of the user logged in on our terminal. */
  public static byte[] getlogin() {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(1024);
      int errno = (int) GETLOGIN.call(s, s.ptr(at), 1024);
      if (errno != 0) {
        throw new HostException(errno, "getlogin");
      }
      return s.getString(at, 1024);
    }
  }
}
