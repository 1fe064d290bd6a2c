package org.plait.host.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.plait.host.Errno;
import org.plait.host.HostException;

/**
 * Which descriptors are the program's. The JVM has some of its own (its modules, the class path)
 * and so has this module; a program that closes all from 3 upwards, as daemons do, or puts a file
 * on number 3, must not take them away. To the program they look as if they weren't open.
 *
 * <p>Invariants: {@code MADE} holds what calls of this module made for the program and didn't
 * close; {@code HIDDEN} what this module keeps for itself. A descriptor in neither is inherited
 * from our parent or the JVM's, which the name of its file tells.
 */
final class FdOwners {
  private static final Set<Integer> MADE = ConcurrentHashMap.newKeySet();
  private static final Set<Integer> HIDDEN = ConcurrentHashMap.newKeySet();
  private static boolean sealed;

  private FdOwners() {}

  static void made(int fd) {
    MADE.add(fd);
  }

  static void hide(int fd) {
    MADE.remove(fd);
    HIDDEN.add(fd);
  }

  static void closed(int fd) {
    MADE.remove(fd);
    HIDDEN.remove(fd);
  }

  /** Fails with EBADF when the program must not close this descriptor. */
  static void check(int fd, String syscall) {
    if (!MADE.contains(fd) && isForeign(fd)) {
      throw new HostException(Errno.EBADF, syscall);
    }
  }

  /** Whether a descriptor that is not in MADE belongs to the JVM or to this module. */
  static boolean isForeign(int fd) {
    if (fd <= 2 || MADE.contains(fd)) {
      return false;
    }
    if (HIDDEN.contains(fd)) {
      return true;
    }
    String name;
    try {
      byte[] link = "/proc/self/fd/".concat(Integer.toString(fd)).getBytes(US_ASCII);
      name = new String(HostFiles.readlink(OpenFlags.AT_FDCWD, link), UTF_8);
    } catch (HostException notOpen) {
      return false;
    }
    return name.startsWith(Jvm.HOME) || Jvm.PATH.contains(name);
  }

  /** Whether it is a directory that shows our descriptors. */
  static boolean isDirectory(byte[] path) {
    String name = new String(path, ISO_8859_1);
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '/') {
      end--;
    }
    name = name.substring(0, end);
    return name.equals("/dev/fd")
        || name.equals("/proc/self/fd")
        || name.startsWith("/proc/")
            && name.endsWith("/fd")
            && name.equals("/proc/" + process() + "/fd");
  }

  /** Our number, as the file system tells it. */
  private static String process() {
    byte[] self = "/proc/self".getBytes(US_ASCII);
    return new String(HostFiles.readlink(OpenFlags.AT_FDCWD, self), US_ASCII);
  }

  /** The descriptor whose name in such a directory this is. */
  static int number(byte[] name) {
    return Integer.parseInt(new String(name, US_ASCII));
  }

  /**
   * All open descriptors, and perhaps one with which they were read, which is open no longer. Their
   * owners are not asked for.
   */
  static int[] all() {
    byte[][] names = HostFiles.listAll("/proc/self/fd".getBytes(US_ASCII));
    int[] all = new int[names.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = number(names[i]);
    }
    return all;
  }

  /** Where the JVM's own files are. */
  private static final class Jvm {
    static final String HOME = System.getProperty("java.home") + File.separator;
    static final Set<String> PATH = paths();

    private static Set<String> paths() {
      Set<String> all = ConcurrentHashMap.newKeySet();
      // java.security.SecureRandom's, which it keeps open
      all.add("/dev/random");
      all.add("/dev/urandom");
      for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
        if (!entry.isEmpty()) {
          all.add(new File(entry).getAbsolutePath());
        }
      }
      return all;
    }
  }

  /** Keeps children from inheriting the JVM's files, which it opens without close-on-exec. */
  static synchronized void seal() {
    if (sealed) {
      return;
    }
    sealed = true;
    for (int fd : all()) {
      if (isForeign(fd)) {
        Fd.setInheritable(fd, false);
      }
    }
  }
}
