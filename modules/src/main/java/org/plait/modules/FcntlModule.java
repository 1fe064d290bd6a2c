package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.Fcntl;
import org.plait.host.wait.SlowCalls;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.PosixDescriptors;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code fcntl}. What can block runs on the pool for such calls. */
@PyModuleDef(
    name = "fcntl",
    hostErrors = true,
    doc = "Control of file descriptors: fcntl, ioctl and locks.")
public final class FcntlModule implements NativeModule {
  /** Longest structure that is copied in and out, bytes. */
  private static final int LIMIT = 1024;

  private static final int F_OFD_SETLKW = 38;

  private static final String CONSTANTS =
      "DN_ACCESS=1 DN_ATTRIB=32 DN_CREATE=4 DN_DELETE=8 DN_MODIFY=2 "
          + "DN_MULTISHOT=2147483648 DN_RENAME=16 FASYNC=8192 FD_CLOEXEC=1 "
          + "FICLONE=1074041865 FICLONERANGE=1075876877 F_ADD_SEALS=1033 F_DUPFD=0 "
          + "F_DUPFD_CLOEXEC=1030 F_EXLCK=4 F_GETFD=1 F_GETFL=3 F_GETLEASE=1025 F_GETLK=5 "
          + "F_GETLK64=5 F_GETOWN=9 F_GETOWN_EX=16 F_GETPIPE_SZ=1032 F_GETSIG=11 "
          + "F_GET_FILE_RW_HINT=1037 F_GET_RW_HINT=1035 F_GET_SEALS=1034 F_NOTIFY=1026 "
          + "F_OFD_GETLK=36 F_OFD_SETLK=37 F_OFD_SETLKW=38 F_OWNER_PGRP=2 F_OWNER_PID=1 "
          + "F_OWNER_TID=0 F_RDLCK=0 F_SEAL_FUTURE_WRITE=16 F_SEAL_GROW=4 F_SEAL_SEAL=1 "
          + "F_SEAL_SHRINK=2 F_SEAL_WRITE=8 F_SETFD=2 F_SETFL=4 F_SETLEASE=1024 F_SETLK=6 "
          + "F_SETLK64=6 F_SETLKW=7 F_SETLKW64=7 F_SETOWN=8 F_SETOWN_EX=15 "
          + "F_SETPIPE_SZ=1031 F_SETSIG=10 F_SET_FILE_RW_HINT=1038 F_SET_RW_HINT=1036 "
          + "F_SHLCK=8 F_UNLCK=2 F_WRLCK=1 LOCK_EX=2 LOCK_MAND=32 LOCK_NB=4 LOCK_READ=64 "
          + "LOCK_RW=192 LOCK_SH=1 LOCK_UN=8 LOCK_WRITE=128 RWH_WRITE_LIFE_EXTREME=5 "
          + "RWH_WRITE_LIFE_LONG=4 RWH_WRITE_LIFE_MEDIUM=3 RWH_WRITE_LIFE_NONE=1 "
          + "RWH_WRITE_LIFE_NOT_SET=0 RWH_WRITE_LIFE_SHORT=2 ";

  @Override
  public NativeTable table() {
    return new FcntlModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    Constants.add(m, CONSTANTS);
  }

  /** The bytes of a structure given as a str or buffer. */
  private static byte[] structure(PyObject arg, String function) {
    if (arg instanceof PyStr s) {
      return FsPaths.encode(s);
    }
    if (!PyBuffers.isBuffer(arg)) {
      throw Errors.typeError(
          function
              + "() argument 3 must be an integer, a bytes-like object, or a string, not "
              + arg.type().name());
    }
    return PyBuffers.toBytes(arg).clone();
  }

  private static byte[] limited(byte[] structure, String function) {
    if (structure.length > LIMIT) {
      throw Errors.valueError(function + " argument 3 is too long");
    }
    return structure;
  }

  @PyFunction(
      sig = "!(fd, cmd, arg=NULL, /)",
      doc =
          "fcntl($module, fd, cmd, arg=0, /)\n--\n\n"
              + "Perform an operation on a file descriptor.")
  static PyObject fcntl(PyObject fd, int cmd, @Nullable PyObject given) {
    int number = PosixDescriptors.fileno(fd);
    if (Audit.isUsed()) {
      Audit.raise("fcntl.fcntl", Py.int_(number), Py.int_(cmd), Py.orNone(given));
    }
    PyObject arg = given == null ? Py.int_(0) : given;
    if (PyNumbers.isIndex(arg)) {
      return Py.int_(Fcntl.fcntl(number, cmd, PyNumbers.index(arg).bigValue().longValue()));
    }
    byte[] b = limited(structure(arg, "fcntl"), "fcntl");
    if (cmd == Fcntl.F_SETLKW || cmd == F_OFD_SETLKW) {
      return Py.bytes(Waits.result(SlowCalls.fcntl(number, cmd, b)));
    }
    Fcntl.fcntl(number, cmd, b);
    return Py.bytes(b);
  }

  @PyFunction(
      sig = "!(fd, request, arg=NULL, mutate_flag=True, /)",
      doc =
          "ioctl($module, fd, request, arg=0, mutate_flag=True, /)\n--\n\n"
              + "Perform an operation on a device.")
  static PyObject ioctl(PyObject fd, PyObject request, @Nullable PyObject given, boolean mutate) {
    int number = PosixDescriptors.fileno(fd);
    long code = PyNumbers.index(request).bigValue().longValue();
    if (Audit.isUsed()) {
      Audit.raise("fcntl.ioctl", Py.int_(number), Py.unsigned(code), Py.orNone(given));
    }
    PyObject arg = given == null ? Py.int_(0) : given;
    if (PyNumbers.isIndex(arg)) {
      return Py.int_(Fcntl.ioctl(number, code, PyNumbers.index(arg).bigValue().longValue()));
    }
    if (mutate && !(arg instanceof PyStr) && PyBuffers.isBuffer(arg)) {
      try (Buffer b = PyBuffers.get(arg, PyBuffers.WRITABLE)) {
        byte[] bytes = b.toBytes();
        int result = Fcntl.ioctl(number, code, bytes);
        b.set(0, bytes, 0, bytes.length);
        return Py.int_(result);
      } catch (PyException e) {
        if (!e.matches(Exceptions.BufferError)) {
          throw e;
        }
      }
    }
    byte[] b = limited(structure(arg, "ioctl"), "ioctl");
    Fcntl.ioctl(number, code, b);
    return Py.bytes(b);
  }

  @PyFunction(sig = "(fd, operation, /)", doc = "Lock or unlock a whole file.")
  static void flock(PyObject fd, int operation) {
    int number = PosixDescriptors.fileno(fd);
    if (Audit.isUsed()) {
      Audit.raise("fcntl.flock", Py.int_(number), Py.int_(operation));
    }
    if ((operation & (Fcntl.LOCK_NB | Fcntl.LOCK_UN)) != 0) {
      Fcntl.flock(number, operation);
      return;
    }
    try {
      Fcntl.flock(number, operation | Fcntl.LOCK_NB);
    } catch (HostException e) {
      if (!SlowCalls.wouldBlock(e)) {
        throw e;
      }
      Waits.result(SlowCalls.flock(number, operation));
    }
  }

  private static long offset(@Nullable PyObject o) {
    return o == null ? 0 : PyNumbers.asLong(o, Exceptions.OverflowError);
  }

  @PyFunction(
      sig = "!(fd, cmd, len=NULL, start=NULL, whence=0, /)",
      doc =
          "lockf($module, fd, cmd, len=0, start=0, whence=0, /)\n--\n\n"
              + "Lock or unlock a part of a file.")
  static void lockf(
      PyObject fd, int cmd, @Nullable PyObject len, @Nullable PyObject start, int whence) {
    int number = PosixDescriptors.fileno(fd);
    if (Audit.isUsed()) {
      Audit.raise(
          "fcntl.lockf",
          Py.int_(number),
          Py.int_(cmd),
          Py.orNone(len),
          Py.orNone(start),
          Py.int_(whence));
    }
    short type;
    if (cmd == Fcntl.LOCK_UN) {
      type = Fcntl.F_UNLCK;
    } else if ((cmd & Fcntl.LOCK_SH) != 0) {
      type = Fcntl.F_RDLCK;
    } else if ((cmd & Fcntl.LOCK_EX) != 0) {
      type = Fcntl.F_WRLCK;
    } else {
      throw Errors.valueError("unrecognized lockf argument");
    }
    byte[] lock = Fcntl.lock(type, (short) whence, offset(start), offset(len));
    if ((cmd & Fcntl.LOCK_NB) != 0) {
      Fcntl.fcntl(number, Fcntl.F_SETLK, lock);
      return;
    }
    try {
      Fcntl.fcntl(number, Fcntl.F_SETLK, lock.clone());
    } catch (HostException e) {
      if (!SlowCalls.wouldBlock(e)) {
        throw e;
      }
      Waits.result(SlowCalls.fcntl(number, Fcntl.F_SETLKW, lock));
    }
  }
}
