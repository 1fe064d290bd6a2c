package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.DirStream;
import org.plait.host.file.Stat;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyStr;

/** {@code os.DirEntry}. The caches of both stat results are benign races. */
@PyTypeDef(
    name = "DirEntry",
    module = "posix",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "")
public final class PyDirEntry extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyDirEntryTable.INSTANCE);

  private final PathArgument directory;
  private final DirStream.Entry entry;

  @PyMember(doc = "the name of the entry without its directory")
  final PyObject name;

  @PyMember(doc = "the path that scandir() was given, joined with the name")
  final PyObject path;

  private volatile @Nullable PyObject stat;
  private volatile @Nullable PyObject lstat;

  PyDirEntry(PathArgument directory, DirStream.Entry entry) {
    this.directory = directory;
    this.entry = entry;
    this.name = directory.result(entry.name());
    this.path = directory.isFd() ? name : directory.result(fullName());
  }

  private byte[] fullName() {
    byte[] n = entry.name();
    if (directory.isFd() || directory.object == null) {
      // os.scandir() without a path: "./name", but os.scandir(None) shows the same.
      byte[] r = new byte[n.length + 2];
      r[0] = '.';
      r[1] = '/';
      System.arraycopy(n, 0, r, 2, n.length);
      return r;
    }
    byte[] d = directory.name();
    int slash = d.length > 0 && d[d.length - 1] != '/' ? 1 : 0;
    byte[] r = java.util.Arrays.copyOf(d, d.length + slash + n.length);
    if (slash == 1) {
      r[d.length] = '/';
    }
    System.arraycopy(n, 0, r, d.length + slash, n.length);
    return r;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private PyObject look(boolean follow) {
    try {
      if (directory.isFd()) {
        return StatResult.make(
            org.plait.host.file.HostFiles.statAt(directory.fd, entry.name(), follow),
            null,
            -1,
            follow);
      }
      byte[] full = fullName();
      return StatResult.make(org.plait.host.file.HostFiles.stat(full, follow), full, -1, follow);
    } catch (HostException e) {
      throw OsErrors.of(e, path);
    }
  }

  private PyObject cachedLstat() {
    PyObject s = lstat;
    if (s == null) {
      s = look(false);
      lstat = s;
    }
    return s;
  }

  @PyMethod(
      sig = "(*, follow_symlinks=True)",
      doc = "What stat() tells of the entry; looked up once.")
  PyObject stat(boolean follow_symlinks) {
    if (!follow_symlinks) {
      return cachedLstat();
    }
    PyObject s = stat;
    if (s == null) {
      s = isLink() ? look(true) : cachedLstat();
      stat = s;
    }
    return s;
  }

  private boolean isLink() {
    return entry.type() == DirStream.DT_UNKNOWN
        ? PosixModule.hasType(cachedLstat(), Stat.S_IFLNK)
        : entry.type() == DirStream.DT_LNK;
  }

  private boolean test(boolean follow, int type, int entryType) {
    boolean needsStat =
        entry.type() == DirStream.DT_UNKNOWN || follow && entry.type() == DirStream.DT_LNK;
    if (!needsStat) {
      return entry.type() == entryType;
    }
    try {
      return PosixModule.hasType(stat(follow), type);
    } catch (PyException e) {
      if (e.matches(Exceptions.FileNotFoundError)) {
        return false;
      }
      throw e;
    }
  }

  @PyMethod(
      name = "is_dir",
      sig = "(*, follow_symlinks=True)",
      doc = "Whether the entry is a directory; looked up once.")
  boolean isDir(boolean follow_symlinks) {
    return test(follow_symlinks, Stat.S_IFDIR, DirStream.DT_DIR);
  }

  @PyMethod(
      name = "is_file",
      sig = "(*, follow_symlinks=True)",
      doc = "Whether the entry is a plain file; looked up once.")
  boolean isFile(boolean follow_symlinks) {
    return test(follow_symlinks, Stat.S_IFREG, DirStream.DT_REG);
  }

  @PyMethod(
      name = "is_symlink",
      sig = "()",
      doc = "Whether the entry is a symbolic link; looked up once.")
  boolean isSymlink() {
    return isLink();
  }

  @PyMethod(
      name = "is_junction",
      sig = "()",
      doc = "Whether the entry is a junction: never, on this system.")
  boolean isJunction() {
    return false;
  }

  @PyMethod(sig = "()", doc = "The inode number of the entry; looked up once.")
  PyObject inode() {
    return StatResult.unsigned(entry.inode());
  }

  @PyMethod(name = "__fspath__", sig = "()", doc = "Returns the path for the entry.")
  PyObject fspath() {
    return path;
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return PyStr.of("<DirEntry " + PyObjects.repr(name) + ">");
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject object) {
    return new PyGenericAlias(cls, Py.tuple(object));
  }
}
