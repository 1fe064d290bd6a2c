package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.file.Stat;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStructSequence;

/** {@code os.stat_result}. */
public final class StatResult {
  private static final int BLKSIZE = 16;
  private static final int BLOCKS = 17;
  private static final long SECOND = 1_000_000_000L;

  private StatResult() {}

  /** How to look at the file again, for what the first look did not tell. */
  private record Again(byte @Nullable [] path, int fd, boolean follow) {}

  public static final PyStructSequence.Kind KIND =
      new PyStructSequence.Kind(
          "os",
          "stat_result",
          true,
          10,
          "st_mode",
          "st_ino",
          "st_dev",
          "st_nlink",
          "st_uid",
          "st_gid",
          "st_size",
          null,
          null,
          null,
          "st_atime",
          "st_mtime",
          "st_ctime",
          "st_atime_ns",
          "st_mtime_ns",
          "st_ctime_ns",
          "st_blksize",
          "st_blocks",
          "st_rdev") {
        // Compare CPython statresult_new in posixmodule.c.
        @Override
        protected void complete(PyObject[] all) {
          for (int i = 7; i <= 9; i++) {
            if (all[i + 3] == Py.None) {
              all[i + 3] = all[i];
            }
          }
        }

        @Override
        protected PyObject missing(PyStructSequence s, int index, @Nullable Object source) {
          return again(s, index, (Again) source);
        }
      };

  /** The result for a path or, when it is null, a descriptor. */
  static PyObject make(Stat s, byte @Nullable [] path, int fd, boolean follow) {
    boolean complete = s.complete();
    return KIND.makeLazily(
        complete ? null : new Again(path, fd, follow),
        Py.int_(s.mode()),
        unsigned(s.ino()),
        unsigned(s.dev()),
        Py.int_(s.nlink()),
        id(s.uid()),
        id(s.gid()),
        Py.int_(s.size()),
        Py.int_(Math.floorDiv(s.atimeNanos(), SECOND)),
        Py.int_(Math.floorDiv(s.mtimeNanos(), SECOND)),
        Py.int_(Math.floorDiv(s.ctimeNanos(), SECOND)),
        seconds(s.atimeNanos()),
        seconds(s.mtimeNanos()),
        seconds(s.ctimeNanos()),
        Py.int_(s.atimeNanos()),
        Py.int_(s.mtimeNanos()),
        Py.int_(s.ctimeNanos()),
        complete ? Py.int_(s.blksize()) : null,
        complete ? Py.int_(s.blocks()) : null,
        unsigned(s.rdev()));
  }

  /** A user or group id; the one that chown takes for "leave it" is -1. */
  static PyObject id(int id) {
    return id == -1 ? Py.int_(-1) : Py.int_(Integer.toUnsignedLong(id));
  }

  static PyObject unsigned(long v) {
    return v >= 0 ? Py.int_(v) : PyInt.of(new java.math.BigInteger(Long.toUnsignedString(v)));
  }

  /** Seconds as CPython computes them: whole seconds plus 1e-9 times the rest. */
  public static double inSeconds(long nanos) {
    return (double) Math.floorDiv(nanos, SECOND) + 1e-9 * (double) Math.floorMod(nanos, SECOND);
  }

  private static PyObject seconds(long nanos) {
    return Py.float_(inSeconds(nanos));
  }

  private static PyObject again(PyStructSequence s, int index, @Nullable Again source) {
    if (source != null) {
      try {
        Stat now =
            HostFiles.statAt(
                source.path == null ? source.fd : OpenFlags.AT_FDCWD,
                source.path == null ? new byte[0] : source.path,
                source.follow);
        return Py.int_(index == BLOCKS ? now.blocks() : now.blksize());
      } catch (HostException gone) {
        // What follows is the best guess for a file that is no more.
      }
    }
    long size = ((PyInt) s.item(6)).longValue();
    return Py.int_(index == BLKSIZE ? 4096 : (size + 4095) / 4096 * 8);
  }
}
