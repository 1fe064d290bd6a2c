package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.file.OpenFlags;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * A path given to a function of {@code posix}: a name, or where that is allowed an open descriptor
 * or None for the current directory. Compare CPython path_converter in posixmodule.c.
 */
public final class PathArgument {
  /** What Python gave, for the exception's filename; null for None. */
  public final @Nullable PyObject object;

  /** The name for the system; null when {@link #fd} stands for the path. */
  public final byte @Nullable [] bytes;

  /** The descriptor, or -1. */
  public final int fd;

  /** Whether names derived from this path are bytes. */
  public final boolean isBytes;

  private PathArgument(
      @Nullable PyObject object, byte @Nullable [] bytes, int fd, boolean isBytes) {
    this.object = object;
    this.bytes = bytes;
    this.fd = fd;
    this.isBytes = isBytes;
  }

  /** A str, bytes or PathLike. */
  public static PathArgument of(String function, PyObject o) {
    return convert(function, "path", o, false, false);
  }

  public static PathArgument of(String function, String argument, PyObject o) {
    return convert(function, argument, o, false, false);
  }

  /** A name or a descriptor. */
  public static PathArgument orFd(String function, PyObject o) {
    return convert(function, "path", o, false, true);
  }

  /** A name, a descriptor, or None for the current directory. */
  public static PathArgument orFdOrNone(String function, PyObject o) {
    return convert(function, "path", o, true, true);
  }

  private static PathArgument convert(
      String function, String argument, PyObject o, boolean nullable, boolean allowFd) {
    if (o == Py.None && nullable) {
      return new PathArgument(null, new byte[] {'.'}, -1, false);
    }
    PyObject name = o;
    if (!(o instanceof PyStr) && !(o instanceof PyBytes)) {
      if (allowFd && o.type().special(Special.INDEX) != null) {
        return new PathArgument(o, null, descriptor(o), false);
      }
      name = FsPaths.represented(o);
      if (name == null) {
        throw wrongType(function, argument, o, nullable, allowFd);
      }
    }
    byte[] b = name instanceof PyBytes y ? y.toByteArray() : FsPaths.encode((PyStr) name);
    for (byte x : b) {
      if (x == 0) {
        throw Errors.valueError(function + ": embedded null character in " + argument);
      }
    }
    return new PathArgument(name, b, -1, name instanceof PyBytes);
  }

  private static PyException wrongType(
      String function, String argument, PyObject o, boolean nullable, boolean allowFd) {
    String allowed =
        allowFd
            ? nullable
                ? "string, bytes, os.PathLike, integer or None"
                : "string, bytes, os.PathLike or integer"
            : nullable ? "string, bytes, os.PathLike or None" : "string, bytes or os.PathLike";
    return Errors.typeError(
        function + ": " + argument + " should be " + allowed + ", not " + o.type().name());
  }

  // Compare CPython _fd_converter in posixmodule.c.
  private static int descriptor(PyObject o) {
    if (o instanceof PyBool) {
      Warnings.warn(Exceptions.RuntimeWarning, "bool is used as a file descriptor", 1);
    }
    PyInt i = PyNumbers.index(o);
    if (!i.isInt()) {
      throw Errors.overflowError(
          i.signum() > 0 ? "fd is greater than maximum" : "fd is less than minimum");
    }
    return (int) i.longValue();
  }

  /** The value of a {@code dir_fd} parameter; None is the current directory. */
  public static int dirFd(@Nullable PyObject o) {
    if (o == null || o == Py.None) {
      return OpenFlags.AT_FDCWD;
    }
    if (o.type().special(Special.INDEX) == null) {
      throw Errors.typeError("argument should be integer or None, not " + o.type().name());
    }
    return descriptor(o);
  }

  public boolean isFd() {
    return bytes == null;
  }

  /** The name for the system; only when {@link #isFd} is false. */
  public byte[] name() {
    byte[] b = bytes;
    if (b == null) {
      throw new IllegalStateException("a descriptor");
    }
    return b;
  }

  /** A name from the system in this path's kind. */
  public PyObject result(byte[] b) {
    return isBytes ? Py.bytes(b) : FsPaths.decode(b);
  }

  /** Refuses a dir_fd beside a descriptor. */
  PathArgument withDirFd(String function, int dirFd) {
    if (isFd() && dirFd != OpenFlags.AT_FDCWD) {
      throw Errors.valueError(function + ": can't specify dir_fd without matching path");
    }
    return this;
  }

  /** Refuses follow_symlinks=False beside a descriptor. */
  PathArgument withFollow(String function, boolean follow) {
    if (isFd() && !follow) {
      throw Errors.valueError(function + ": cannot use fd and follow_symlinks together");
    }
    return this;
  }

  @Override
  public String toString() {
    byte[] b = bytes;
    return b == null ? "fd " + fd : new String(b, StandardCharsets.ISO_8859_1);
  }
}
