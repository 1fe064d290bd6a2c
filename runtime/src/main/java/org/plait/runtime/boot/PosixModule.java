package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.file.Stat;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * {@code posix}: names and files. Descriptors are in {@link PosixDescriptors}, processes in {@link
 * PosixProcesses}, ids and the system in {@link PosixSystem}; all of them add to the one module.
 */
@PyModuleDef(
    name = "posix",
    hostErrors = true,
    doc =
        "The operating system as POSIX describes it. Programs import os, which has "
            + "all of this.")
public final class PosixModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new PosixModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    Natives.addFunctions(module, new PosixDescriptors().table());
    Natives.addFunctions(module, new PosixProcesses().table());
    Natives.addFunctions(module, new PosixSystem().table());
    PosixConstants.add(module);
    module.add("environ", PosixSystem.createEnviron());
    module.add("error", Exceptions.OSError);
    module.add("stat_result", StatResult.KIND.type());
    module.add("statvfs_result", PosixSystem.STATVFS.type());
    module.add("terminal_size", PosixSystem.TERMINAL_SIZE.type());
    module.add("times_result", PosixSystem.TIMES.type());
    module.add("uname_result", PosixSystem.UNAME.type());
    module.add("waitid_result", PosixProcesses.WAITID.type());
    module.add("sched_param", PosixSystem.SCHED_PARAM.type());
    module.add("DirEntry", PyDirEntry.TYPE);
  }

  /** Fails with the names of the path. */
  static PyException error(HostException e, PathArgument path) {
    return OsErrors.of(e, path.object);
  }

  static PyException error(HostException e, PathArgument a, PathArgument b) {
    return OsErrors.of(e, Py.orNone(a.object), Py.orNone(b.object));
  }

  // ---- looking at files

  @PyFunction(
      sig = "(path, *, dir_fd=None, follow_symlinks=True)",
      doc = "What the system knows of the file at a path: type, size, times and more.")
  static PyObject stat(PyObject path, PyObject dir_fd, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("stat", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    return stat(
        p.withDirFd("stat", dirFd).withFollow("stat", follow_symlinks), dirFd, follow_symlinks);
  }

  @PyFunction(
      sig = "(path, *, dir_fd=None)",
      doc = "What stat() tells of a path, of the link itself if it is one.")
  static PyObject lstat(PyObject path, PyObject dir_fd) {
    return stat(PathArgument.of("lstat", path), PathArgument.dirFd(dir_fd), false);
  }

  static PyObject stat(PathArgument p, int dirFd, boolean follow) {
    try {
      if (p.isFd()) {
        Fd.checkVisible(p.fd, "fstat");
        return StatResult.make(Fd.fstat(p.fd), null, p.fd, true);
      }
      byte[] name = p.name();
      return dirFd == OpenFlags.AT_FDCWD
          ? StatResult.make(HostFiles.stat(name, follow), name, -1, follow)
          : StatResult.make(HostFiles.statAt(dirFd, name, follow), null, -1, follow);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(fd)", doc = "What stat() tells of the file of a descriptor.")
  static PyObject fstat(int fd) {
    Fd.checkVisible(fd, "fstat");
    return StatResult.make(Fd.fstat(fd), null, fd, true);
  }

  @PyFunction(
      sig = "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
      doc = "Whether the real user may do something with a path.")
  static boolean access(
      PyObject path, int mode, PyObject dir_fd, boolean effective_ids, boolean follow_symlinks) {
    PathArgument p = PathArgument.of("access", path);
    int flags =
        (effective_ids ? OpenFlags.AT_EACCESS : 0)
            | (follow_symlinks ? 0 : OpenFlags.AT_SYMLINK_NOFOLLOW);
    return HostFiles.access(PathArgument.dirFd(dir_fd), p.name(), mode, flags);
  }

  @PyFunction(
      sig = "(path=None)",
      doc = "The names in a directory, in no special order, without \".\" and \"..\".")
  static PyObject listdir(PyObject path) {
    PathArgument p = PathArgument.orFdOrNone("listdir", path);
    Audit.raise("os.listdir", Py.orNone(p.object));
    try {
      byte[][] names = p.isFd() ? HostFiles.list(p.fd) : HostFiles.list(p.name());
      PyObject[] all = new PyObject[names.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = p.result(names[i]);
      }
      return Py.list(all);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(path=None)", doc = "An iterator over the entries of a directory.")
  static PyObject scandir(PyObject path) {
    PathArgument p = PathArgument.orFdOrNone("scandir", path);
    Audit.raise("os.scandir", Py.orNone(p.object));
    try {
      return PyScandirIterator.open(p);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(path, *, dir_fd=None)", doc = "The path that a symbolic link holds.")
  static PyObject readlink(PyObject path, PyObject dir_fd) {
    PathArgument p = PathArgument.of("readlink", path);
    try {
      return p.result(HostFiles.readlink(PathArgument.dirFd(dir_fd), p.name()));
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  // ---- changing the tree

  @PyFunction(sig = "(path, mode=511, *, dir_fd=None)", doc = "Create a directory.")
  static void mkdir(PyObject path, int mode, PyObject dir_fd) {
    PathArgument p = PathArgument.of("mkdir", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    Audit.raise("os.mkdir", p.object, Py.int_(mode), dirFdForAudit(dirFd));
    try {
      HostFiles.mkdir(dirFd, p.name(), mode);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  static PyObject dirFdForAudit(int dirFd) {
    return Py.int_(dirFd == OpenFlags.AT_FDCWD ? -1 : dirFd);
  }

  @PyFunction(sig = "(path, *, dir_fd=None)", doc = "Remove a directory.")
  static void rmdir(PyObject path, PyObject dir_fd) {
    PathArgument p = PathArgument.of("rmdir", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    Audit.raise("os.rmdir", p.object, dirFdForAudit(dirFd));
    try {
      HostFiles.rmdir(dirFd, p.name());
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(path, *, dir_fd=None)", doc = "Remove a file (same as remove()).")
  static void unlink(PyObject path, PyObject dir_fd) {
    remove("unlink", path, dir_fd);
  }

  @PyFunction(sig = "(path, *, dir_fd=None)", doc = "Remove a file (same as unlink()).")
  static void remove(PyObject path, PyObject dir_fd) {
    remove("remove", path, dir_fd);
  }

  private static void remove(String function, PyObject path, PyObject dir) {
    PathArgument p = PathArgument.of(function, path);
    int dirFd = PathArgument.dirFd(dir);
    Audit.raise("os.remove", p.object, dirFdForAudit(dirFd));
    try {
      HostFiles.unlink(dirFd, p.name());
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(
      sig = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
      doc = "Rename a file or directory.")
  static void rename(PyObject src, PyObject dst, PyObject src_dir_fd, PyObject dst_dir_fd) {
    rename("rename", src, dst, src_dir_fd, dst_dir_fd);
  }

  @PyFunction(
      sig = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
      doc = "Gives a file another name, in place of what has that name.")
  static void replace(PyObject src, PyObject dst, PyObject src_dir_fd, PyObject dst_dir_fd) {
    rename("replace", src, dst, src_dir_fd, dst_dir_fd);
  }

  private static void rename(
      String function, PyObject src, PyObject dst, PyObject srcDir, PyObject dstDir) {
    PathArgument from = PathArgument.of(function, "src", src);
    PathArgument to = PathArgument.of(function, "dst", dst);
    int fromDir = PathArgument.dirFd(srcDir);
    int toDir = PathArgument.dirFd(dstDir);
    Audit.raise("os.rename", from.object, to.object, dirFdForAudit(fromDir), dirFdForAudit(toDir));
    try {
      HostFiles.rename(fromDir, from.name(), toDir, to.name());
    } catch (HostException e) {
      throw error(e, from, to);
    }
  }

  @PyFunction(
      sig = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
      doc =
          "link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n"
              + "     follow_symlinks=(os.name != 'nt'))\n"
              + "--\n\n"
              + "Create a hard link to a file.")
  static void link(
      PyObject src,
      PyObject dst,
      PyObject src_dir_fd,
      PyObject dst_dir_fd,
      boolean follow_symlinks) {
    PathArgument from = PathArgument.of("link", "src", src);
    PathArgument to = PathArgument.of("link", "dst", dst);
    int fromDir = PathArgument.dirFd(src_dir_fd);
    int toDir = PathArgument.dirFd(dst_dir_fd);
    Audit.raise("os.link", from.object, to.object, dirFdForAudit(fromDir), dirFdForAudit(toDir));
    try {
      HostFiles.link(
          fromDir,
          from.name(),
          toDir,
          to.name(),
          follow_symlinks ? OpenFlags.AT_SYMLINK_FOLLOW : 0);
    } catch (HostException e) {
      throw error(e, from, to);
    }
  }

  @PyFunction(
      sig = "(src, dst, target_is_directory=False, *, dir_fd=None)",
      doc = "Makes a symbolic link dst that holds the path src.")
  static void symlink(PyObject src, PyObject dst, boolean target_is_directory, PyObject dir_fd) {
    PathArgument from = PathArgument.of("symlink", "src", src);
    PathArgument to = PathArgument.of("symlink", "dst", dst);
    int dirFd = PathArgument.dirFd(dir_fd);
    Audit.raise("os.symlink", from.object, to.object, dirFdForAudit(dirFd));
    try {
      HostFiles.symlink(from.name(), dirFd, to.name());
    } catch (HostException e) {
      throw error(e, from, to);
    }
  }

  @PyFunction(
      sig = "(path, mode=438, *, dir_fd=None)",
      doc = "Create a \"fifo\" (a POSIX named pipe).")
  static void mkfifo(PyObject path, int mode, PyObject dir_fd) {
    PathArgument p = PathArgument.of("mkfifo", path);
    HostFiles.mkfifo(PathArgument.dirFd(dir_fd), p.name(), mode);
  }

  @PyFunction(
      sig = "(path, mode=384, device=0, *, dir_fd=None)",
      doc = "Create a node in the file system.")
  static void mknod(PyObject path, int mode, PyObject device, PyObject dir_fd) {
    PathArgument p = PathArgument.of("mknod", path);
    HostFiles.mknod(PathArgument.dirFd(dir_fd), p.name(), mode, PosixSystem.device(device));
  }

  @PyFunction(
      sig = "(path, mode, *, dir_fd=None, follow_symlinks=True)",
      doc =
          "chmod($module, /, path, mode, *, dir_fd=None,\n"
              + "      follow_symlinks=(os.name != 'nt'))\n"
              + "--\n\n"
              + "Change the access permissions of a file.")
  static void chmod(PyObject path, int mode, PyObject dir_fd, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("chmod", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    p.withDirFd("chmod", dirFd).withFollow("chmod", follow_symlinks);
    Audit.raise("os.chmod", p.object, Py.int_(mode), dirFdForAudit(dirFd));
    try {
      if (p.isFd()) {
        HostFiles.fchmod(p.fd, mode);
      } else {
        HostFiles.chmod(dirFd, p.name(), mode, follow_symlinks);
      }
    } catch (HostException e) {
      if (e.errno() == Errno.EOPNOTSUPP && !follow_symlinks) {
        throw Errors.notImplemented(
            dirFd == OpenFlags.AT_FDCWD
                ? "chmod: follow_symlinks unavailable on this platform"
                : "chmod: cannot use dir_fd and follow_symlinks together");
      }
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(fd, mode)", doc = "Sets the permissions of the file of a descriptor.")
  static void fchmod(int fd, int mode) {
    Audit.raise("os.chmod", Py.int_(fd), Py.int_(mode), Py.int_(-1));
    HostFiles.fchmod(fd, mode);
  }

  @PyFunction(
      sig = "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
      doc = "Gives a file to another owner and group, by number.")
  static void chown(
      PyObject path, PyObject uid, PyObject gid, PyObject dir_fd, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("chown", path);
    int u = PosixSystem.uid(uid);
    int g = PosixSystem.gid(gid);
    int dirFd = PathArgument.dirFd(dir_fd);
    p.withDirFd("chown", dirFd).withFollow("chown", follow_symlinks);
    raiseChown(p.object, u, g, dirFdForAudit(dirFd));
    try {
      if (p.isFd()) {
        HostFiles.fchown(p.fd, u, g);
      } else {
        HostFiles.chown(dirFd, p.name(), u, g, follow_symlinks);
      }
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  private static void raiseChown(PyObject path, int uid, int gid, PyObject dirFd) {
    if (Audit.isUsed()) {
      PyObject u = Py.int_(Integer.toUnsignedLong(uid));
      PyObject g = Py.int_(Integer.toUnsignedLong(gid));
      Audit.raise("os.chown", path, u, g, dirFd);
    }
  }

  @PyFunction(
      sig = "(fd, uid, gid)",
      doc = "Gives the file of a descriptor to another owner and group.")
  static void fchown(int fd, PyObject uid, PyObject gid) {
    int u = PosixSystem.uid(uid);
    int g = PosixSystem.gid(gid);
    raiseChown(Py.int_(fd), u, g, Py.int_(-1));
    HostFiles.fchown(fd, u, g);
  }

  @PyFunction(sig = "(path, uid, gid)", doc = "Gives a file to another owner and group, by number.")
  static void lchown(PyObject path, PyObject uid, PyObject gid) {
    PathArgument p = PathArgument.of("lchown", path);
    int u = PosixSystem.uid(uid);
    int g = PosixSystem.gid(gid);
    raiseChown(p.object, u, g, Py.int_(-1));
    try {
      HostFiles.chown(OpenFlags.AT_FDCWD, p.name(), u, g, false);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(path, length)", doc = "Cuts or extends the file at a path to a length.")
  static void truncate(PyObject path, long length) {
    PathArgument p = PathArgument.orFd("truncate", path);
    Audit.raise("os.truncate", p.object, Py.int_(length));
    try {
      if (p.isFd()) {
        Fd.ftruncate(p.fd, length);
      } else {
        HostFiles.truncate(p.name(), length);
      }
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  // ---- times

  @PyFunction(
      sig = "(path, times=None, *, ns=NULL, dir_fd=None, follow_symlinks=True)",
      doc = "Sets when a file was last read and changed.")
  static void utime(
      PyObject path,
      PyObject times,
      @Nullable PyObject ns,
      PyObject dir_fd,
      boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("utime", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    Audit.raise("os.utime", p.object, times, Py.orNone(ns), dirFdForAudit(dirFd));
    long[] t = utimes(times, ns);
    p.withDirFd("utime", dirFd).withFollow("utime", follow_symlinks);
    try {
      if (p.isFd()) {
        HostFiles.futimens(p.fd, t[0], t[1], t[2], t[3]);
      } else {
        HostFiles.utimens(dirFd, p.name(), t[0], t[1], t[2], t[3], follow_symlinks);
      }
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  /** Seconds and nanoseconds of both times. */
  private static long[] utimes(PyObject times, @Nullable PyObject ns) {
    if (times != Py.None && ns != null) {
      throw Errors.valueError("utime: you may specify either 'times' or 'ns' but not both");
    }
    if (times != Py.None) {
      if (!(times instanceof PyTuple t) || t.size() != 2) {
        throw Errors.typeError("utime: 'times' must be either a tuple of two ints or None");
      }
      long[] a = secondsAndNanos(t.get(0));
      long[] b = secondsAndNanos(t.get(1));
      return new long[] {a[0], a[1], b[0], b[1]};
    }
    if (ns != null) {
      if (!(ns instanceof PyTuple t) || t.size() != 2) {
        throw Errors.typeError("utime: 'ns' must be a tuple of two ints");
      }
      long[] a = splitNanos(t.get(0));
      long[] b = splitNanos(t.get(1));
      return new long[] {a[0], a[1], b[0], b[1]};
    }
    return new long[] {0, HostFiles.UTIME_NOW, 0, HostFiles.UTIME_NOW};
  }

  // Compare CPython _PyTime_ObjectToTimespec with ROUND_FLOOR.
  private static long[] secondsAndNanos(PyObject o) {
    if (o instanceof PyFloat || !(o instanceof PyInt) && !PyNumbers.isIndex(o)) {
      double d = PyNumbers.asDouble(o);
      if (Double.isNaN(d)) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      double whole = Math.floor(d);
      if (whole < Long.MIN_VALUE || whole >= 0x1p63) {
        throw Errors.overflowError("timestamp out of range for platform time_t");
      }
      double nanos = Math.floor((d - whole) * 1e9);
      return nanos >= 1e9
          ? new long[] {(long) whole + 1, 0}
          : new long[] {(long) whole, (long) nanos};
    }
    PyInt i = PyNumbers.index(o);
    if (!i.isLong()) {
      throw Errors.overflowError("timestamp out of range for platform time_t");
    }
    return new long[] {i.longValue(), 0};
  }

  private static long[] splitNanos(PyObject o) {
    PyObject divided = PyNumbers.divmod(o, Py.int_(1_000_000_000));
    if (!(divided instanceof PyTuple t) || t.size() != 2) {
      throw Errors.typeError(
          o.type().name() + ".__divmod__() must return a 2-tuple, not " + divided.type().name());
    }
    PyInt seconds = PyNumbers.index(t.get(0));
    if (!seconds.isLong()) {
      throw Errors.overflowError("timestamp out of range for platform time_t");
    }
    return new long[] {seconds.longValue(), PyNumbers.index(t.get(1)).longValue()};
  }

  // ---- current directory

  @PyFunction(sig = "()", doc = "The current directory as str.")
  static PyObject getcwd() {
    return FsPaths.decode(HostFiles.getcwd());
  }

  @PyFunction(sig = "()", doc = "The current directory as bytes.")
  static PyObject getcwdb() {
    return Py.bytes(HostFiles.getcwd());
  }

  @PyFunction(sig = "(path)", doc = "Makes a directory the current one.")
  static void chdir(PyObject path) {
    PathArgument p = PathArgument.orFd("chdir", path);
    Audit.raise("os.chdir", p.object);
    try {
      if (p.isFd()) {
        HostFiles.fchdir(p.fd);
      } else {
        HostFiles.chdir(p.name());
      }
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(fd)", doc = "Makes the directory of a descriptor the current one.")
  static void fchdir(PyObject fd) {
    int n = PosixDescriptors.fileno(fd);
    Audit.raise("os.chdir", Py.int_(n));
    HostFiles.fchdir(n);
  }

  @PyFunction(sig = "(path)", doc = "Change root directory to path.")
  static void chroot(PyObject path) {
    PathArgument p = PathArgument.of("chroot", path);
    try {
      HostFiles.chroot(p.name());
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(mask, /)", doc = "Sets the umask and returns what it was.")
  static int umask(int mask) {
    return HostFiles.umask(mask);
  }

  @PyFunction(sig = "()", doc = "Force write of everything to disk.")
  static void sync() {
    Waits.result(org.plait.host.wait.SlowCalls.sync());
  }

  // ---- names

  @PyFunction(
      sig = "(path)",
      doc =
          "The path as str or bytes: itself if it is one, else what __fspath__() "
              + "gives.\n\n"
              + "What has no such method raises TypeError.")
  static PyObject fspath(PyObject path) {
    return FsPaths.fspath(path);
  }

  /** The text of a name for the two functions below, or its bytes as Latin-1. */
  private static String[] text(String function, String argument, PyObject o, boolean[] isBytes) {
    PyObject p = o;
    if (!(p instanceof PyStr) && !(p instanceof PyBytes)) {
      if (o.type().special(org.plait.runtime.object.Special.FSPATH) == null) {
        throw Errors.typeError(
            function
                + ": "
                + argument
                + " should be string, bytes or os.PathLike, not "
                + o.type().name());
      }
      p = FsPaths.fspath(o);
    }
    isBytes[0] = p instanceof PyBytes;
    return new String[] {
      p instanceof PyBytes b
          ? new String(b.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1)
          : p.toString()
    };
  }

  private static PyObject name(String s, boolean bytes) {
    return bytes ? Py.bytes(s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) : PyStr.of(s);
  }

  @PyFunction(
      name = "_path_normpath",
      sig = "(path)",
      doc = "Normalize path, eliminating double slashes, etc.")
  static PyObject pathNormpath(PyObject path) {
    boolean[] bytes = new boolean[1];
    String s = text("_path_normpath", "path", path, bytes)[0];
    return name(normpath(s), bytes[0]);
  }

  static String normpath(String s) {
    if (s.isEmpty()) {
      return ".";
    }
    String root = root(s);
    StringBuilder out = new StringBuilder(s.length()).append(root);
    int depth = 0; // parts in out that a ".." can take back
    int at = root.length();
    while (at <= s.length()) {
      int end = s.indexOf('/', at);
      if (end < 0) {
        end = s.length();
      }
      int length = end - at;
      boolean dot = length == 1 && s.charAt(at) == '.';
      boolean dots = length == 2 && s.charAt(at) == '.' && s.charAt(at + 1) == '.';
      if (dots && depth > 0) {
        out.setLength(Math.max(out.lastIndexOf("/"), root.length()));
        depth--;
      } else if (length > 0 && !dot && !(dots && !root.isEmpty())) {
        if (out.length() > root.length()) {
          out.append('/');
        }
        out.append(s, at, end);
        depth += dots ? 0 : 1;
      }
      at = end + 1;
    }
    return out.isEmpty() ? "." : out.toString();
  }

  /** Two slashes exactly are a root of their own; POSIX leaves to the system what they mean. */
  private static String root(String s) {
    if (!s.startsWith("/")) {
      return "";
    }
    return s.startsWith("//") && !s.startsWith("///") ? "//" : "/";
  }

  @PyFunction(
      name = "_path_splitroot_ex",
      sig = "(p)",
      doc = "A path in three parts: drive, root and the rest.")
  static PyObject pathSplitrootEx(PyObject p) {
    boolean[] bytes = new boolean[1];
    String s = text("_path_splitroot_ex", "path", p, bytes)[0];
    String root = root(s);
    return Py.tuple(
        name("", bytes[0]), name(root, bytes[0]), name(s.substring(root.length()), bytes[0]));
  }

  // ---- extended attributes

  private static org.plait.host.file.Xattr.Target target(
      String function, PathArgument p, boolean follow) {
    p.withFollow(function, follow);
    return p.isFd()
        ? new org.plait.host.file.Xattr.Target.OfFd(p.fd)
        : new org.plait.host.file.Xattr.Target.OfPath(p.name(), follow);
  }

  @PyFunction(
      sig = "(path, attribute, *, follow_symlinks=True)",
      doc = "The value of an extended attribute.")
  static PyObject getxattr(PyObject path, PyObject attribute, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("getxattr", path);
    PathArgument a = PathArgument.of("getxattr", "attribute", attribute);
    Audit.raise("os.getxattr", p.object, a.object);
    try {
      return Py.bytes(
          org.plait.host.file.Xattr.get(target("getxattr", p, follow_symlinks), a.name()));
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(
      sig = "(path, attribute, value, flags=0, *, follow_symlinks=True)",
      doc = "Sets an extended attribute.")
  static void setxattr(
      PyObject path, PyObject attribute, PyObject value, int flags, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("setxattr", path);
    PathArgument a = PathArgument.of("setxattr", "attribute", attribute);
    byte[] v = org.plait.runtime.protocol.PyBuffers.toBytes(value);
    Audit.raise("os.setxattr", p.object, a.object, value, Py.int_(flags));
    try {
      org.plait.host.file.Xattr.set(target("setxattr", p, follow_symlinks), a.name(), v, flags);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(
      sig = "(path, attribute, *, follow_symlinks=True)",
      doc = "Remove extended attribute attribute on path.")
  static void removexattr(PyObject path, PyObject attribute, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFd("removexattr", path);
    PathArgument a = PathArgument.of("removexattr", "attribute", attribute);
    Audit.raise("os.removexattr", p.object, a.object);
    try {
      org.plait.host.file.Xattr.remove(target("removexattr", p, follow_symlinks), a.name());
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(
      sig = "(path=None, *, follow_symlinks=True)",
      doc = "The names of the extended attributes.")
  static PyObject listxattr(PyObject path, boolean follow_symlinks) {
    PathArgument p = PathArgument.orFdOrNone("listxattr", path);
    Audit.raise("os.listxattr", Py.orNone(p.object));
    try {
      java.util.List<PyObject> names = new java.util.ArrayList<>();
      for (byte[] n : org.plait.host.file.Xattr.list(target("listxattr", p, follow_symlinks))) {
        names.add(FsPaths.decode(n));
      }
      return Py.list(names);
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  // ---- file systems

  @PyFunction(sig = "(path)", doc = "What the system knows of the file system at a path.")
  static PyObject statvfs(PyObject path) {
    PathArgument p = PathArgument.orFd("statvfs", path);
    try {
      return PosixSystem.statvfs(p.isFd() ? HostFiles.fstatvfs(p.fd) : HostFiles.statvfs(p.name()));
    } catch (HostException e) {
      throw error(e, p);
    }
  }

  @PyFunction(sig = "(fd, /)", doc = "What statvfs() tells of the file system of a descriptor.")
  static PyObject fstatvfs(int fd) {
    return PosixSystem.statvfs(HostFiles.fstatvfs(fd));
  }

  @PyFunction(sig = "(path, name)", doc = "A limit of the file at a path, by its name.")
  static PyObject pathconf(PyObject path, PyObject name) {
    PathArgument p = PathArgument.orFd("pathconf", path);
    int n = PosixConstants.configuration(name, "pathconf_names");
    try {
      return Py.int_(
          p.isFd()
              ? org.plait.host.process.SysInfo.fpathconf(p.fd, n)
              : org.plait.host.process.SysInfo.pathconf(p.name(), n));
    } catch (HostException e) {
      if (e.errno() == Errno.EINVAL) {
        throw OsErrors.of(e);
      }
      throw error(e, p);
    }
  }

  /** Whether a mode is that of a directory, for DirEntry. */
  static boolean hasType(PyObject stat, int type) {
    PyObject mode = PyObjects.getAttr(stat, "st_mode");
    return (PyNumbers.index(mode).longValue() & Stat.S_IFMT) == type;
  }
}
