package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;

/** {@code _stat}. */
@PyModuleDef(name = "_stat")
public final class StatModule implements NativeModule {
  private static final String CONSTANTS =
      "S_IFDIR 040000 S_IFCHR 020000 S_IFBLK 060000 S_IFREG 0100000 S_IFIFO 010000 "
          + "S_IFLNK 0120000 S_IFSOCK 0140000 S_IFDOOR 0 S_IFPORT 0 S_IFWHT 0 "
          + "S_ISUID 04000 S_ISGID 02000 S_ISVTX 01000 S_ENFMT 02000 "
          + "S_IREAD 0400 S_IWRITE 0200 S_IEXEC 0100 "
          + "S_IRWXU 0700 S_IRUSR 0400 S_IWUSR 0200 S_IXUSR 0100 "
          + "S_IRWXG 070 S_IRGRP 040 S_IWGRP 020 S_IXGRP 010 "
          + "S_IRWXO 07 S_IROTH 04 S_IWOTH 02 S_IXOTH 01 "
          + "UF_SETTABLE 0xffff UF_NODUMP 1 UF_IMMUTABLE 2 UF_APPEND 4 UF_OPAQUE 8 "
          + "UF_NOUNLINK 0x10 UF_COMPRESSED 0x20 UF_TRACKED 0x40 UF_DATAVAULT 0x80 "
          + "UF_HIDDEN 0x8000 SF_SETTABLE 0xffff0000 SF_ARCHIVED 0x10000 SF_IMMUTABLE 0x20000 "
          + "SF_APPEND 0x40000 SF_NOUNLINK 0x100000 SF_SNAPSHOT 0x200000 SF_FIRMLINK 0x800000 "
          + "SF_DATALESS 0x40000000 ST_MODE 0 ST_INO 1 ST_DEV 2 ST_NLINK 3 ST_UID 4 ST_GID 5 "
          + "ST_SIZE 6 ST_ATIME 7 ST_MTIME 8 ST_CTIME 9";

  @Override
  public NativeTable table() {
    return new StatModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    ConstantTable.add(module, CONSTANTS);
  }

  // Compare CPython _PyLong_AsMode_t in _stat.c.
  private static int mode(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (i.signum() < 0) {
      throw Errors.overflowError("can't convert negative value to unsigned int");
    }
    if (i.bigValue().bitLength() > 64) {
      throw Errors.overflowError("Python int too large to convert to C unsigned long");
    }
    if (i.bigValue().bitLength() > 32) {
      throw Errors.overflowError("mode out of range");
    }
    return (int) i.longValue();
  }

  private static boolean isType(PyObject o, int type) {
    return (mode(o) & 0170000) == type;
  }

  @PyFunction(
      name = "S_ISDIR",
      doc = "S_ISDIR(mode) -> bool\n\n" + "Whether the mode is that of a directory.")
  static boolean isDir(PyObject object) {
    return isType(object, 0040000);
  }

  @PyFunction(
      name = "S_ISCHR",
      doc = "S_ISCHR(mode) -> bool\n\n" + "Whether the mode is that of a character device.")
  static boolean isChr(PyObject object) {
    return isType(object, 0020000);
  }

  @PyFunction(
      name = "S_ISBLK",
      doc = "S_ISBLK(mode) -> bool\n\n" + "Whether the mode is that of a block device.")
  static boolean isBlk(PyObject object) {
    return isType(object, 0060000);
  }

  @PyFunction(
      name = "S_ISREG",
      doc = "S_ISREG(mode) -> bool\n\n" + "Whether the mode is that of a plain file.")
  static boolean isReg(PyObject object) {
    return isType(object, 0100000);
  }

  @PyFunction(
      name = "S_ISFIFO",
      doc = "S_ISFIFO(mode) -> bool\n\n" + "Whether the mode is that of a named pipe.")
  static boolean isFifo(PyObject object) {
    return isType(object, 0010000);
  }

  @PyFunction(
      name = "S_ISLNK",
      doc = "S_ISLNK(mode) -> bool\n\n" + "Whether the mode is that of a symbolic link.")
  static boolean isLnk(PyObject object) {
    return isType(object, 0120000);
  }

  @PyFunction(
      name = "S_ISSOCK",
      doc = "S_ISSOCK(mode) -> bool\n\n" + "Whether the mode is that of a socket.")
  static boolean isSock(PyObject object) {
    return isType(object, 0140000);
  }

  @PyFunction(
      name = "S_ISDOOR",
      doc = "S_ISDOOR(mode) -> bool\n\n" + "Whether the mode is that of a door (Solaris).")
  static boolean isDoor(PyObject object) {
    mode(object);
    return false;
  }

  @PyFunction(
      name = "S_ISPORT",
      doc = "S_ISPORT(mode) -> bool\n\n" + "Whether the mode is that of an event port (Solaris).")
  static boolean isPort(PyObject object) {
    mode(object);
    return false;
  }

  @PyFunction(
      name = "S_ISWHT",
      doc = "S_ISWHT(mode) -> bool\n\n" + "Whether the mode is that of a whiteout (BSD).")
  static boolean isWht(PyObject object) {
    mode(object);
    return false;
  }

  @PyFunction(name = "S_IMODE", doc = "The bits of a mode that chmod() changes.")
  static int imode(PyObject object) {
    return mode(object) & 07777;
  }

  @PyFunction(name = "S_IFMT", doc = "The bits of a mode that tell the type of the file.")
  static int ifmt(PyObject object) {
    return mode(object) & 0170000;
  }

  @PyFunction(name = "filemode", doc = "A mode as ls shows it: '-rw-r--r--'")
  static String filemode(PyObject object) {
    int m = mode(object);
    char[] c = new char[10];
    c[0] =
        switch (m & 0170000) {
          case 0100000 -> '-';
          case 0040000 -> 'd';
          case 0120000 -> 'l';
          case 0060000 -> 'b';
          case 0020000 -> 'c';
          case 0010000 -> 'p';
          case 0140000 -> 's';
          default -> '?';
        };
    String rwx = "rwxrwxrwx";
    for (int i = 0; i < 9; i++) {
      c[1 + i] = (m & 0400 >> i) != 0 ? rwx.charAt(i) : '-';
    }
    special(c, 3, (m & 04000) != 0, 's');
    special(c, 6, (m & 02000) != 0, 's');
    special(c, 9, (m & 01000) != 0, 't');
    return new String(c);
  }

  private static void special(char[] c, int at, boolean set, char letter) {
    if (set) {
      c[at] = c[at] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }
}
