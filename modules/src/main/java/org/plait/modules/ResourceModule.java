package org.plait.modules;

import java.math.BigInteger;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.process.Resources;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.CpuTime;
import org.plait.runtime.boot.PosixProcesses;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStructSequence;

/** {@code resource}. */
@PyModuleDef(name = "resource", hostErrors = true)
public final class ResourceModule implements NativeModule {
  private static final int RLIM_NLIMITS = 16;
  private static final long INFINITY = -1;

  private static final String[] LIMITS = {
    "CPU",
    "FSIZE",
    "DATA",
    "STACK",
    "CORE",
    "RSS",
    "NPROC",
    "NOFILE",
    "MEMLOCK",
    "AS",
    null,
    "SIGPENDING",
    "MSGQUEUE",
    "NICE",
    "RTPRIO",
    "RTTIME"
  };

  private static final PyStructSequence.Kind USAGE =
      new PyStructSequence.Kind(
          "resource",
          "struct_rusage",
          true,
          16,
          "ru_utime",
          "ru_stime",
          "ru_maxrss",
          "ru_ixrss",
          "ru_idrss",
          "ru_isrss",
          "ru_minflt",
          "ru_majflt",
          "ru_nswap",
          "ru_inblock",
          "ru_oublock",
          "ru_msgsnd",
          "ru_msgrcv",
          "ru_nsignals",
          "ru_nvcsw",
          "ru_nivcsw");

  @Override
  public NativeTable table() {
    return new ResourceModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", Exceptions.OSError);
    m.add("struct_rusage", USAGE.type());
    for (int i = 0; i < LIMITS.length; i++) {
      if (LIMITS[i] != null) {
        m.add("RLIMIT_" + LIMITS[i], Py.int_(i));
      }
    }
    m.add("RLIMIT_OFILE", Py.int_(7));
    m.add("RUSAGE_SELF", Py.int_(Resources.RUSAGE_SELF));
    m.add("RUSAGE_CHILDREN", Py.int_(Resources.RUSAGE_CHILDREN));
    m.add("RUSAGE_THREAD", Py.int_(Resources.RUSAGE_THREAD));
    m.add("RLIM_INFINITY", Py.int_(INFINITY));
  }

  @PyFunction(sig = "()", doc = "The size of a page of memory, in bytes.")
  static int getpagesize() {
    return 4096;
  }

  @PyFunction(sig = "(who, /)", doc = "What a process, its children or a thread has used.")
  static PyObject getrusage(int who) {
    Resources.Usage u;
    try {
      u = Resources.getrusage(who);
      if (who == Resources.RUSAGE_THREAD) {
        // The rest is that of the carrier, which other threads have been on, too.
        u = u.withTime(CpuTime.ofThread() / 1000);
      }
    } catch (HostException e) {
      if (e.errno() == Errno.EINVAL) {
        throw Errors.valueError("invalid who parameter");
      }
      throw OsErrors.of(e);
    }
    return USAGE.make(PosixProcesses.rusage(u));
  }

  // ---- limits

  private static long limit(PyObject o) {
    BigInteger v = PyNumbers.index(o).bigValue();
    if (v.equals(BigInteger.ONE.negate())) {
      return INFINITY;
    }
    if (v.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (v.bitLength() > 64) {
      throw Errors.overflowError("Python int too large to convert to C rlim_t");
    }
    return v.longValue();
  }

  private static long[] limits(PyObject o) {
    PyObject[] pair = PySequences.toArray(o);
    if (pair.length != 2) {
      throw Errors.valueError("expected a tuple of 2 integers");
    }
    return new long[] {limit(pair[0]), limit(pair[1])};
  }

  /** Limits are unsigned, but infinity is -1. */
  private static PyObject number(long limit) {
    return limit < INFINITY ? Py.unsigned(limit) : Py.int_(limit);
  }

  private static PyObject pair(long[] limits) {
    return Py.tuple(number(limits[0]), number(limits[1]));
  }

  private static void check(int resource) {
    if (resource < 0 || resource >= RLIM_NLIMITS) {
      throw Errors.valueError("invalid resource specified");
    }
  }

  @PyFunction(sig = "(resource, /)", doc = "The soft and the hard limit of a resource.")
  static PyObject getrlimit(int resource) {
    check(resource);
    return pair(Resources.getrlimit(resource));
  }

  @PyFunction(sig = "(resource, limits, /)", doc = "Set the soft and the hard limit of a resource.")
  static void setrlimit(int resource, PyObject limits) {
    check(resource);
    if (Audit.isUsed()) {
      Audit.raise("resource.setrlimit", Py.int_(resource), limits);
    }
    long[] set = limits(limits);
    try {
      Resources.setrlimit(resource, set[0], set[1]);
    } catch (HostException e) {
      if (e.errno() == Errno.EINVAL) {
        throw Errors.valueError("current limit exceeds maximum limit");
      }
      if (e.errno() == Errno.EPERM) {
        throw Errors.valueError("not allowed to raise maximum limit");
      }
      throw OsErrors.of(e);
    }
  }

  @PyFunction(
      sig = "(pid, resource, limits=None, /)",
      doc = "Get the limits of a process, and set them where limits are given.")
  static PyObject prlimit(int pid, int resource, PyObject limits) {
    check(resource);
    if (Audit.isUsed()) {
      Audit.raise("resource.prlimit", Py.int_(pid), Py.int_(resource), limits);
    }
    long[] set = limits == Py.None ? null : limits(limits);
    try {
      return pair(Resources.prlimit(pid, resource, set));
    } catch (HostException e) {
      if (e.errno() == Errno.EINVAL) {
        throw Errors.valueError("current limit exceeds maximum limit");
      }
      throw OsErrors.of(e);
    }
  }
}
