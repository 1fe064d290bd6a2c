package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.file.Fd;
import org.plait.host.process.Spawn;
import org.plait.host.process.SpawnException;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyTuple;

/**
 * {@code _posixsubprocess}: what {@code subprocess} starts children with. There is no code of the
 * program between fork and exec, so {@code preexec_fn} is refused. A failure to start is reported
 * through the error pipe as CPython's child does, together with a process id that no child has.
 */
@PyModuleDef(name = "_posixsubprocess", hostErrors = true)
public final class PosixsubprocessModule implements NativeModule {
  /** Above every process id of Linux, so that waiting for it says that there is no such child. */
  private static final int NO_CHILD = Integer.MAX_VALUE;

  /** NGROUPS_MAX of Linux. */
  private static final int MAX_GROUPS = 65536;

  private static final int SIGPIPE = 13;
  private static final int SIGXFSZ = 25;

  @Override
  public NativeTable table() {
    return new PosixsubprocessModuleTable(this);
  }

  @PyFunction(
      name = "fork_exec",
      sig =
          "(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread,"
              + " c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals,"
              + " call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)",
      doc = "Spawn a fresh new child process.")
  static int forkExec(
      PyObject args,
      PyObject executables,
      boolean closeFds,
      PyTuple passFds,
      PyObject cwd,
      PyObject env,
      int p2cread,
      int p2cwrite,
      int c2pread,
      int c2pwrite,
      int errread,
      int errwrite,
      int errpipeRead,
      int errpipeWrite,
      boolean restoreSignals,
      boolean setsid,
      int group,
      PyObject gid,
      PyObject extraGroups,
      PyObject uid,
      int umask,
      PyObject preexec) {
    int[] keep = descriptors(passFds);
    if (closeFds && errpipeWrite < 3) {
      throw Errors.valueError("errpipe_write must be >= 3");
    }
    byte[][] argv = paths(PySequences.fast(args, "argv must be a tuple"));
    Spawn s =
        new Spawn(paths(PySequences.fast(executables, "executable_list must be a tuple")), argv);
    if (env != Py.None) {
      s.environment(paths(PySequences.fast(env, "env must be a sequence")));
    }
    Audit.raise("_posixsubprocess.fork_exec", executables, args, env);
    if (cwd != Py.None) {
      s.directory(FsPaths.toBytes(cwd));
    }
    s.signalMask(SignalMasks.ofCurrentThread());
    ids(s, uid, gid, extraGroups);
    if (preexec != Py.None) {
      if (ThreadState.current().interpreter.finalizing) {
        throw Errors.of(
            Exceptions.PythonFinalizationError, "preexec_fn not supported at interpreter shutdown");
      }
      throw Errors.runtimeError(
          ThreadState.current().interpreter.isMain()
              ? "preexec_fn not supported by this interpreter"
              : "preexec_fn not supported within subinterpreters");
    }
    if (restoreSignals) {
      s.signalDefaults(1L << SIGPIPE - 1 | 1L << SIGXFSZ - 1);
    }
    if (setsid) {
      s.newSession();
    }
    if (group >= 0) {
      s.group(group);
    }
    if (umask >= 0) {
      s.umask(umask);
    }
    try {
      s.stdio(p2cread, c2pwrite, errwrite);
      if (closeFds) {
        s.closeOthers(java.util.Arrays.stream(keep).filter(fd -> fd != errpipeWrite).toArray());
      }
      return s.start();
    } catch (SpawnException e) {
      String step =
          switch (e.step()) {
            case EXEC -> "";
            case CHDIR -> "noexec:chdir";
            case PREPARE -> "noexec";
          };
      report(errpipeWrite, "OSError:" + Integer.toHexString(e.errno()) + ":" + step);
      return NO_CHILD;
    }
  }

  private static void report(int fd, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    Fd.write(fd, bytes, 0, bytes.length);
  }

  // Compare CPython _sanity_check_python_fd_sequence in _posixsubprocess.c.
  private static int[] descriptors(PyTuple fds) {
    int[] r = new int[fds.size()];
    int before = -1;
    for (int i = 0; i < r.length; i++) {
      PyObject o = fds.get(i);
      if (!(o instanceof PyInt n)
          || !n.isLong()
          || n.longValue() <= before
          || n.longValue() > Integer.MAX_VALUE) {
        throw Errors.valueError("bad value(s) in fds_to_keep");
      }
      before = r[i] = (int) n.longValue();
    }
    return r;
  }

  private static byte[][] paths(PyObject[] all) {
    byte[][] r = new byte[all.length][];
    for (int i = 0; i < r.length; i++) {
      r[i] = FsPaths.toBytes(all[i]);
    }
    return r;
  }

  private static void ids(Spawn s, PyObject uid, PyObject gid, PyObject groups) {
    int u = uid == Py.None ? -1 : PosixSystem.uid(uid);
    int g = gid == Py.None ? -1 : PosixSystem.gid(gid);
    int @Nullable [] list = groups == Py.None ? null : groups(groups);
    if (u != -1 || g != -1 || list != null) {
      s.ids(u, g, list);
    }
  }

  private static int[] groups(PyObject groups) {
    if (!(groups instanceof PyList)) {
      throw Errors.typeError("setgroups argument must be a list");
    }
    PyObject[] all = PySequences.toArray(groups);
    if (all.length > MAX_GROUPS) {
      throw Errors.valueError("too many extra_groups");
    }
    int[] list = new int[all.length];
    for (int i = 0; i < list.length; i++) {
      if (!(all[i] instanceof PyInt)) {
        throw Errors.typeError("extra_groups must be integers");
      }
      try {
        list[i] = PosixSystem.gid(all[i]);
      } catch (PyException outOfRange) {
        throw Errors.valueError("invalid group id");
      }
    }
    return list;
  }
}
