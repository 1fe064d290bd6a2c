package org.plait.runtime.boot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.file.HostFiles;
import org.plait.host.file.Stat;
import org.plait.host.process.Env;
import org.plait.host.process.Ids;
import org.plait.host.process.Resources;
import org.plait.host.process.SysInfo;
import org.plait.host.process.Users;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStructSequence;

/** The functions of {@code posix} on ids, scheduling and the system as a whole. */
@PyModuleDef(name = "posix", hostErrors = true)
public final class PosixSystem implements NativeModule {
  static final PyStructSequence.Kind STATVFS =
      new PyStructSequence.Kind(
          "os",
          "statvfs_result",
          true,
          10,
          "f_bsize",
          "f_frsize",
          "f_blocks",
          "f_bfree",
          "f_bavail",
          "f_files",
          "f_ffree",
          "f_favail",
          "f_flag",
          "f_namemax",
          "f_fsid");

  static final PyStructSequence.Kind TERMINAL_SIZE =
      new PyStructSequence.Kind("os", "terminal_size", true, 2, "columns", "lines");

  static final PyStructSequence.Kind TIMES =
      new PyStructSequence.Kind(
          "posix",
          "times_result",
          true,
          5,
          "user",
          "system",
          "children_user",
          "children_system",
          "elapsed");

  static final PyStructSequence.Kind UNAME =
      new PyStructSequence.Kind(
          "posix", "uname_result", true, 5, "sysname", "nodename", "release", "version", "machine");

  static final PyStructSequence.Kind SCHED_PARAM =
      new PyStructSequence.Kind("posix", "sched_param", true, 1, "sched_priority") {
        @Override
        protected String signature() {
          return "(sched_priority)";
        }

        @Override
        protected PyObject fromArguments(PyObject priority, @Nullable PyObject extra) {
          return make(priority);
        }

        @Override
        protected PyObject reduce(PyStructSequence s) {
          return Py.tuple(type(), Py.tuple(s.get(0)));
        }
      };

  @Override
  public NativeTable table() {
    return new PosixSystemTable(this);
  }

  // ---- environment

  @PyFunction(name = "_create_environ", sig = "()", doc = "Create the environment dictionary.")
  static PyDict createEnviron() {
    PyDict d = Py.dict();
    for (byte[] e : Env.entries()) {
      int at = 0;
      while (at < e.length && e[at] != '=') {
        at++;
      }
      if (at < e.length) {
        PyBytes key = PyBytes.copyOf(e, 0, at);
        if (!d.contains(key)) {
          d.put(key, PyBytes.copyOf(e, at + 1, e.length));
        }
      }
    }
    return d;
  }

  // ---- ids

  // Compare CPython _Py_Uid_Converter in posixmodule.c.
  private static int id(PyObject o, String what) {
    if (!PyNumbers.isIndex(o)) {
      throw Errors.typeError(what + " should be integer, not " + o.type().name());
    }
    BigInteger v = PyNumbers.index(o).bigValue();
    if (v.signum() < 0) {
      if (v.equals(BigInteger.valueOf(-1))) {
        return -1;
      }
      throw Errors.overflowError(what + " is less than minimum");
    }
    if (v.bitLength() > 64) {
      throw Errors.overflowError(what + " is greater than maximum");
    }
    if (v.bitLength() > 32) {
      throw Errors.overflowError(
          what + (v.bitLength() == 64 ? " is greater than maximum" : " is less than minimum"));
    }
    return v.intValue();
  }

  /** A user id argument. */
  public static int uid(PyObject o) {
    return id(o, "uid");
  }

  /** A group id argument. */
  public static int gid(PyObject o) {
    return id(o, "gid");
  }

  /** A device number; -1 is NODEV. */
  static long device(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (i.bigValue().bitLength() > 64
        || i.signum() < 0 && !i.bigValue().equals(BigInteger.valueOf(-1))) {
      throw Errors.overflowError(
          i.signum() < 0
              ? "can't convert negative int to unsigned"
              : "Python int too large to convert to C unsigned long");
    }
    return i.bigValue().longValue();
  }

  @PyFunction(sig = "()", doc = "Return the current process id.")
  static int getpid() {
    return Ids.getpid();
  }

  @PyFunction(sig = "()", doc = "Return the parent's process id.")
  static int getppid() {
    return Ids.getppid();
  }

  @PyFunction(sig = "()", doc = "Return the current process's user id.")
  static PyObject getuid() {
    return StatResult.id(Ids.getuid());
  }

  @PyFunction(sig = "()", doc = "Return the current process's effective user id.")
  static PyObject geteuid() {
    return StatResult.id(Ids.geteuid());
  }

  @PyFunction(sig = "()", doc = "Return the current process's group id.")
  static PyObject getgid() {
    return StatResult.id(Ids.getgid());
  }

  @PyFunction(sig = "()", doc = "Return the current process's effective group id.")
  static PyObject getegid() {
    return StatResult.id(Ids.getegid());
  }

  @PyFunction(sig = "()", doc = "The user ids of the process: real, effective, saved.")
  static PyObject getresuid() {
    return three(Ids.getresuid());
  }

  @PyFunction(sig = "()", doc = "The group ids of the process: real, effective, saved.")
  static PyObject getresgid() {
    return three(Ids.getresgid());
  }

  private static PyObject three(int[] ids) {
    return Py.tuple(StatResult.id(ids[0]), StatResult.id(ids[1]), StatResult.id(ids[2]));
  }

  @PyFunction(sig = "(uid, /)", doc = "Set the current process's user id.")
  static void setuid(PyObject uid) {
    Ids.setuid(uid(uid));
  }

  @PyFunction(sig = "(euid, /)", doc = "Set the current process's effective user id.")
  static void seteuid(PyObject euid) {
    Ids.seteuid(uid(euid));
  }

  @PyFunction(sig = "(gid, /)", doc = "Set the current process's group id.")
  static void setgid(PyObject gid) {
    Ids.setgid(gid(gid));
  }

  @PyFunction(sig = "(egid, /)", doc = "Set the current process's effective group id.")
  static void setegid(PyObject egid) {
    Ids.setegid(gid(egid));
  }

  @PyFunction(sig = "(ruid, euid, /)", doc = "Sets the user ids: real and effective.")
  static void setreuid(PyObject ruid, PyObject euid) {
    Ids.setreuid(uid(ruid), uid(euid));
  }

  @PyFunction(sig = "(rgid, egid, /)", doc = "Sets the group ids: real and effective.")
  static void setregid(PyObject rgid, PyObject egid) {
    Ids.setregid(gid(rgid), gid(egid));
  }

  @PyFunction(sig = "(ruid, euid, suid, /)", doc = "Sets the user ids: real, effective, saved.")
  static void setresuid(PyObject ruid, PyObject euid, PyObject suid) {
    Ids.setresuid(uid(ruid), uid(euid), uid(suid));
  }

  @PyFunction(sig = "(rgid, egid, sgid, /)", doc = "Sets the group ids: real, effective, saved.")
  static void setresgid(PyObject rgid, PyObject egid, PyObject sgid) {
    Ids.setresgid(gid(rgid), gid(egid), gid(sgid));
  }

  private static PyObject list(int[] ids) {
    PyObject[] all = new PyObject[ids.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = StatResult.id(ids[i]);
    }
    return Py.list(all);
  }

  @PyFunction(sig = "()", doc = "The supplementary groups of the process.")
  static PyObject getgroups() {
    return list(Ids.getgroups());
  }

  @PyFunction(sig = "(groups, /)", doc = "Sets the supplementary groups of the process.")
  static void setgroups(PyObject groups) {
    if (!PySequences.isSequence(groups)) {
      throw Errors.typeError("setgroups argument must be a sequence");
    }
    PyObject[] all = PySequences.toArray(groups);
    if (all.length > 65536) {
      throw Errors.valueError("too many groups");
    }
    int[] ids = new int[all.length];
    for (int i = 0; i < ids.length; i++) {
      if (!(all[i] instanceof PyInt)) {
        throw Errors.typeError("groups must be integers");
      }
      ids[i] = gid(all[i]);
    }
    Ids.setgroups(ids);
  }

  @PyFunction(sig = "(username, gid, /)", doc = "Initialize the group access list.")
  static void initgroups(PyObject username, PyObject gid) {
    Ids.initgroups(FsPaths.toBytes(username), gid(gid));
  }

  @PyFunction(sig = "(user, group, /)", doc = "The groups that a user is in.")
  static PyObject getgrouplist(String user, PyObject group) {
    return list(
        Ids.getgrouplist(FsPaths.encode(org.plait.runtime.types.PyStr.of(user)), gid(group)));
  }

  @PyFunction(sig = "()", doc = "Return the actual login name.")
  static PyObject getlogin() {
    return FsPaths.decode(Users.getlogin());
  }

  @PyFunction(sig = "()", doc = "Return the current process group id.")
  static int getpgrp() {
    return Ids.getpgrp();
  }

  @PyFunction(sig = "(pid)", doc = "The process group of a process.")
  static int getpgid(int pid) {
    return Ids.getpgid(pid);
  }

  @PyFunction(sig = "(pid, pgrp, /)", doc = "Call the system call setpgid(pid, pgrp).")
  static void setpgid(int pid, int pgrp) {
    Ids.setpgid(pid, pgrp);
  }

  @PyFunction(sig = "()", doc = "Puts the process into a process group of its own.")
  static void setpgrp() {
    Ids.setpgid(0, 0);
  }

  @PyFunction(sig = "(pid, /)", doc = "The session of a process.")
  static int getsid(int pid) {
    return Ids.getsid(pid);
  }

  @PyFunction(sig = "()", doc = "Call the system call setsid().")
  static void setsid() {
    Ids.setsid();
  }

  @PyFunction(sig = "(flags)", doc = "Takes the process out of namespaces it shares with others.")
  static void unshare(int flags) {
    Ids.unshare(flags);
  }

  @PyFunction(sig = "(fd, nstype=0)", doc = "Move the calling thread into different namespaces.")
  static void setns(PyObject fd, int nstype) {
    Ids.setns(PosixDescriptors.fileno(fd), nstype);
  }

  // ---- scheduling

  @PyFunction(sig = "(which, who)", doc = "Return program scheduling priority.")
  static int getpriority(int which, int who) {
    return Resources.getpriority(which, who);
  }

  @PyFunction(sig = "(which, who, priority)", doc = "Set program scheduling priority.")
  static void setpriority(int which, int who, int priority) {
    Resources.setpriority(which, who, priority);
  }

  @PyFunction(sig = "(increment, /)", doc = "Adds to the niceness of the process and returns it.")
  static int nice(int increment) {
    return Resources.nice(increment);
  }

  @PyFunction(sig = "()", doc = "Voluntarily relinquish the CPU.")
  static void sched_yield() {
    org.plait.sched.Blocking.yieldNow();
  }

  @PyFunction(sig = "(policy)", doc = "Get the maximum scheduling priority for policy.")
  static int sched_get_priority_max(int policy) {
    return Resources.priorityMax(policy);
  }

  @PyFunction(sig = "(policy)", doc = "Get the minimum scheduling priority for policy.")
  static int sched_get_priority_min(int policy) {
    return Resources.priorityMin(policy);
  }

  @PyFunction(sig = "(pid, /)", doc = "The scheduling policy of a process (0: this one).")
  static int sched_getscheduler(int pid) {
    return Resources.getScheduler(pid);
  }

  /** The priority in a sched_param. */
  static int priority(PyObject param) {
    if (!(param instanceof PyStructSequence s) || s.type() != SCHED_PARAM.type()) {
      throw Errors.typeError("must have a sched_param object");
    }
    PyInt i = PyNumbers.index(s.get(0));
    if (!i.isInt()) {
      throw Errors.overflowError("sched_priority out of range");
    }
    return (int) i.longValue();
  }

  @PyFunction(
      sig = "(pid, policy, param, /)",
      doc = "Sets the scheduling policy of a process (0: this one).")
  static void sched_setscheduler(int pid, int policy, PyObject param) {
    Resources.setScheduler(pid, policy, priority(param));
  }

  @PyFunction(sig = "(pid, /)", doc = "The scheduling parameters of a process (0: this one).")
  static PyObject sched_getparam(int pid) {
    return SCHED_PARAM.make(Py.int_(Resources.getParam(pid)));
  }

  @PyFunction(
      sig = "(pid, param, /)",
      doc = "Sets the scheduling parameters of a process (0: this one).")
  static void sched_setparam(int pid, PyObject param) {
    Resources.setParam(pid, priority(param));
  }

  @PyFunction(
      sig = "(pid, /)",
      doc = "The time slice of a process under the round-robin policy, in seconds.")
  static double sched_rr_get_interval(int pid) {
    return Resources.rrInterval(pid) / 1e9;
  }

  @PyFunction(sig = "(pid, /)", doc = "The processors that a process (0: this one) may run on.")
  static PyObject sched_getaffinity(int pid) {
    org.plait.runtime.types.PySet s = new org.plait.runtime.types.PySet();
    for (int cpu : Resources.getAffinity(pid)) {
      s.add(Py.int_(cpu));
    }
    return s;
  }

  @PyFunction(
      sig = "(pid, mask, /)",
      doc = "Sets the processors that a process (0: this one) may run on.")
  static void sched_setaffinity(int pid, PyObject mask) {
    List<Integer> cpus = new ArrayList<>();
    PyObject it = PyIters.getIter(mask);
    for (PyObject o = PyIters.next(it); o != null; o = PyIters.next(it)) {
      if (!(o instanceof PyInt)) {
        throw Errors.typeError(
            "sched_setaffinity() expected an iterator of ints, but iterator yielded "
                + o.type().fullReprName());
      }
      PyInt i = (PyInt) o;
      if (i.signum() < 0) {
        throw Errors.valueError("negative CPU number");
      }
      if (!i.isInt() || i.longValue() == Integer.MAX_VALUE) {
        throw Errors.overflowError("CPU number too large");
      }
      cpus.add((int) i.longValue());
    }
    Resources.setAffinity(pid, cpus.stream().mapToInt(Integer::intValue).toArray());
  }

  // ---- the system

  @PyFunction(sig = "()", doc = "How many logical processors the machine has.")
  static PyObject cpu_count() {
    int configured = BootOptions.current().cpuCount;
    long n = configured > 0 ? configured : SysInfo.sysconf(84);
    return n < 1 ? Py.None : Py.int_(n);
  }

  @PyFunction(sig = "()", doc = "Return average recent system load information.")
  static PyObject getloadavg() {
    double[] a = Resources.loadAverage();
    return Py.tuple(Py.float_(a[0]), Py.float_(a[1]), Py.float_(a[2]));
  }

  @PyFunction(sig = "(name, /)", doc = "Return an integer-valued system configuration variable.")
  static long sysconf(PyObject name) {
    return SysInfo.sysconf(PosixConstants.configuration(name, "sysconf_names"));
  }

  @PyFunction(sig = "(name, /)", doc = "Return a string-valued system configuration variable.")
  static PyObject confstr(PyObject name) {
    byte @Nullable [] b = SysInfo.confstr(PosixConstants.configuration(name, "confstr_names"));
    return b == null ? Py.None : FsPaths.decode(b);
  }

  @PyFunction(sig = "()", doc = "Name, release and machine of the operating system.")
  static PyObject uname() {
    SysInfo.Uname u = SysInfo.uname();
    return UNAME.make(
        FsPaths.decode(u.sysname()),
        FsPaths.decode(u.nodename()),
        FsPaths.decode(u.release()),
        FsPaths.decode(u.version()),
        FsPaths.decode(u.machine()));
  }

  @PyFunction(sig = "()", doc = "Return a collection containing process timing information.")
  static PyObject times() {
    long[] t = Resources.times();
    double ticks = SysInfo.sysconf(2);
    return TIMES.make(
        Py.float_(t[0] / ticks),
        Py.float_(t[1] / ticks),
        Py.float_(t[2] / ticks),
        Py.float_(t[3] / ticks),
        Py.float_(t[4] / ticks));
  }

  @PyFunction(sig = "(code, /)", doc = "The text for an error number.")
  static String strerror(int code) {
    return Errno.text(code);
  }

  @PyFunction(sig = "(size, /)", doc = "Random bytes from the system, good enough for secrets.")
  static PyObject urandom(long size) {
    if (size < 0) {
      throw Errors.valueError("negative argument not allowed");
    }
    return Py.bytes(SysInfo.random((int) Math.min(size, Integer.MAX_VALUE - 8)));
  }

  @PyFunction(sig = "(size, flags=0)", doc = "Obtain a series of random bytes.")
  static PyObject getrandom(long size, int flags) {
    if (size < 0) {
      throw OsErrors.of(Errno.EINVAL);
    }
    return Py.bytes(SysInfo.getrandom((int) Math.min(size, Integer.MAX_VALUE - 8), flags));
  }

  @PyFunction(sig = "(device, /)", doc = "The major part of a device number.")
  static PyObject major(PyObject device) {
    long d = device(device);
    return d == -1 ? Py.int_(-1) : Py.int_(Integer.toUnsignedLong(Stat.major(d)));
  }

  @PyFunction(sig = "(device, /)", doc = "The minor part of a device number.")
  static PyObject minor(PyObject device) {
    long d = device(device);
    return d == -1 ? Py.int_(-1) : Py.int_(Integer.toUnsignedLong(Stat.minor(d)));
  }

  @PyFunction(sig = "(major, minor, /)", doc = "A device number from its major and minor part.")
  static PyObject makedev(PyObject major, PyObject minor) {
    long ma = device(major);
    long mi = device(minor);
    if (ma == -1 && mi == -1) {
      return Py.int_(-1);
    }
    if (ma >>> 32 != 0 || mi >>> 32 != 0) {
      throw Errors.overflowError("Python int too large to convert to C unsigned int");
    }
    return StatResult.unsigned(Stat.makedev((int) ma, (int) mi));
  }

  static PyObject statvfs(HostFiles.StatVfs s) {
    return STATVFS.make(
        Py.int_(s.bsize()),
        Py.int_(s.frsize()),
        Py.int_(s.blocks()),
        Py.int_(s.bfree()),
        Py.int_(s.bavail()),
        Py.int_(s.files()),
        Py.int_(s.ffree()),
        Py.int_(s.favail()),
        Py.int_(s.flag()),
        Py.int_(s.namemax()),
        StatResult.unsigned(s.fsid()));
  }

  @PyFunction(name = "_inputhook", sig = "()")
  static int inputhook() {
    return 0;
  }

  @PyFunction(name = "_is_inputhook_installed", sig = "()")
  static boolean isInputhookInstalled() {
    return false;
  }
}
