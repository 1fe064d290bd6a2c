package org.plait.host.file;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Platform;

/**
 * What a starting program needs of the file system, by way of the JDK: the first call into the C
 * library costs about 15 ms, these cost nearly nothing. Used only while {@link Native#isLoaded()}
 * is false. Every method returns null (or false) when it can't give the exact answer; the caller
 * then asks the C library.
 */
final class EarlyFiles {
  /** Longest write that goes through the JDK: a pipe takes this much at once or not at all. */
  static final int MAX_WRITE = 4096;

  /** Not all attributes: looking up the names of owner and group takes longer than all the rest. */
  private static final String STAT =
      "unix:mode,ino,dev,nlink,uid,gid,size,lastAccessTime,lastModifiedTime,ctime,rdev";

  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};
  private static volatile boolean directoryChanged;

  private EarlyFiles() {}

  /** The current directory changed: relative names mean something else to the JDK now. */
  static void directoryChanged() {
    directoryChanged = true;
  }

  /** The path as text the JDK hands to the kernel byte for byte, or null if there is none. */
  static @Nullable String name(byte[] path) {
    int n = path.length;
    if (Native.isLoaded() || n == 0 || (n > 1 && path[n - 1] == '/')) {
      return null; // the JDK drops a trailing slash, which has a meaning to the kernel
    }
    if (path[0] != '/' && directoryChanged) {
      return null;
    }
    boolean ascii = true;
    for (byte b : path) {
      if (b == 0) {
        return null;
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return new String(path, StandardCharsets.ISO_8859_1);
    }
    if (!Platform.UTF8_PATHS) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(path))
          .toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  private static byte @Nullable [] bytes(String name) {
    boolean ascii = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      ascii &= c < 0x80;
      if (c == '\uFFFD') {
        return null;
      }
    }
    return ascii || Platform.UTF8_PATHS ? name.getBytes(StandardCharsets.UTF_8) : null;
  }

  /** The error number of a failure, or 0 when it can't be told. */
  private static int errno(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Errno.ENOENT;
    }
    if (e instanceof AccessDeniedException) {
      return Errno.EACCES;
    }
    if (e instanceof FileAlreadyExistsException) {
      return Errno.EEXIST;
    }
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (text == null) {
      return 0;
    }
    if (e instanceof FileNotFoundException) {
      int open = text.lastIndexOf('(');
      text = text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
    }
    return Errno.ofText(text);
  }

  static @Nullable Stat stat(byte[] path, boolean follow) {
    String name = name(path);
    if (name == null) {
      return null;
    }
    try {
      return stat(Path.of(name), follow);
    } catch (InvalidPathException odd) {
      return null;
    }
  }

  private static @Nullable Stat stat(Path path, boolean follow) {
    try {
      Map<String, Object> a = Files.readAttributes(path, STAT, follow ? FOLLOW : NO_FOLLOW);
      return new Stat(
          (int) number(a, "mode"),
          number(a, "ino"),
          number(a, "dev"),
          (int) number(a, "nlink"),
          (int) number(a, "uid"),
          (int) number(a, "gid"),
          number(a, "size"),
          nanos(a.get("lastAccessTime")),
          nanos(a.get("lastModifiedTime")),
          nanos(a.get("ctime")),
          number(a, "rdev"),
          -1,
          -1);
    } catch (IOException e) {
      int errno = errno(e);
      if (errno == 0) {
        return null;
      }
      throw new HostException(errno, "stat");
    } catch (UnsupportedOperationException | IllegalArgumentException otherProvider) {
      return null;
    }
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number n ? n.longValue() : 0;
  }

  private static long nanos(@Nullable Object time) {
    return time == null ? 0 : ((FileTime) time).to(TimeUnit.NANOSECONDS);
  }

  static @Nullable Stat fstat(int fd) {
    if (Native.isLoaded() || fd < 0 || fd > 2) {
      return null;
    }
    try {
      return stat(Path.of("/proc/self/fd/".concat(Integer.toString(fd))), true);
    } catch (HostException closed) {
      return null;
    }
  }

  /** The offset of descriptor 0, 1 or 2 in its file, or -1 when it can't be told. */
  static long position(int fd) {
    byte[] info = procFile("/proc/self/fdinfo/".concat(Integer.toString(fd)));
    if (info == null) {
      return -1;
    }
    for (String line : new String(info, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.startsWith("pos:")) {
        return Long.parseLong(line.substring(4).trim());
      }
    }
    return -1;
  }

  /** All of a file under /proc, or null. */
  static byte @Nullable [] procFile(String name) {
    try (FileInputStream in = new FileInputStream(name)) {
      return in.readAllBytes();
    } catch (IOException none) {
      return null;
    }
  }

  static byte @Nullable [] readAll(byte[] path) {
    String name = name(path);
    if (name == null) {
      return null;
    }
    try (FileInputStream in = new FileInputStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      int errno = errno(e);
      if (errno == 0) {
        return null;
      }
      throw new HostException(errno, "open");
    }
  }

  static byte @Nullable [] readlink(byte[] path) {
    String name = name(path);
    if (name == null) {
      return null;
    }
    try {
      return bytes(Files.readSymbolicLink(Path.of(name)).toString());
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  static byte @Nullable [][] list(byte[] path) {
    String name = name(path);
    if (name == null) {
      return null;
    }
    List<byte[]> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(name))) {
      for (Path entry : entries) {
        byte[] bytes = bytes(String.valueOf(entry.getFileName()));
        if (bytes == null) {
          return null;
        }
        names.add(bytes);
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return null;
    }
    return names.toArray(new byte[0][]);
  }

  /** Writes all to descriptor 1 or 2, or says false having written nothing. */
  static boolean write(int fd, byte[] from, int start, int length) {
    if (Native.isLoaded() || length > MAX_WRITE || (fd != 1 && fd != 2)) {
      return false;
    }
    try {
      (fd == 1 ? Stdio.OUT : Stdio.ERR).write(from, start, length);
      return true;
    } catch (IOException e) {
      int errno = errno(e);
      if (errno == 0) {
        return false;
      }
      throw new HostException(errno, "write");
    }
  }

  /** Reads from descriptor 0 when it is a regular file; -2 says nothing was done. */
  static int read(int fd, byte[] to, int start, int length) {
    if (fd != 0 || length == 0 || Native.isLoaded()) {
      return -2;
    }
    Stat st = fstat(0);
    if (st == null || !st.isRegular()) {
      return -2;
    }
    try {
      return Math.max(0, Stdio.IN.read(to, start, length));
    } catch (IOException e) {
      return -2;
    }
  }

  /** The JDK's own streams over 0, 1 and 2; unbuffered, never closed. */
  private static final class Stdio {
    static final FileInputStream IN = new FileInputStream(FileDescriptor.in);
    static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);
  }
}
