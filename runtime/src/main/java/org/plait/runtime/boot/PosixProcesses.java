package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.process.Children;
import org.plait.host.process.Env;
import org.plait.host.process.Resources;
import org.plait.host.process.Spawn;
import org.plait.host.process.SpawnException;
import org.plait.host.process.SysInfo;
import org.plait.host.signal.Signals;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStructSequence;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Clock;

/**
 * The functions of {@code posix} on processes. There is no fork in a JVM, so {@code fork} and
 * {@code forkpty} don't exist; the spawn functions that {@code os} otherwise builds on fork are
 * here.
 */
@PyModuleDef(name = "posix", hostErrors = true)
public final class PosixProcesses implements NativeModule {
  static final PyStructSequence.Kind WAITID =
      new PyStructSequence.Kind(
          "posix",
          "waitid_result",
          true,
          5,
          "si_pid",
          "si_uid",
          "si_signo",
          "si_status",
          "si_code");

  private static final int P_WAIT = 0;

  @Override
  public NativeTable table() {
    return new PosixProcessesTable(this);
  }

  // ---- ends

  @PyFunction(
      name = "_exit",
      sig = "(status)",
      doc = "Ends the process at once, without handlers and flushing.")
  static void exit(int status) {
    SysInfo.exitNow(status);
  }

  @PyFunction(sig = "()", doc = "Abort the interpreter immediately.")
  static void abort() {
    Signals.abort();
  }

  @PyFunction(sig = "(pid, signal, /)", doc = "Kill a process with a signal.")
  static void kill(int pid, int signal) {
    Audit.raise("os.kill", Py.int_(pid), Py.int_(signal));
    Signals.kill(pid, signal);
    org.plait.sched.SafePoint.poll();
  }

  @PyFunction(sig = "(pgid, signal, /)", doc = "Kill a process group with a signal.")
  static void killpg(int pgid, int signal) {
    Audit.raise("os.killpg", Py.int_(pgid), Py.int_(signal));
    Children.killpg(pgid, signal);
    org.plait.sched.SafePoint.poll();
  }

  // ---- waiting

  /** waitpid: waits unless WNOHANG says not to; null when nothing has happened. */
  static Children.@Nullable Status waitFor(int pid, int options) {
    while (true) {
      Children.Status s = Children.tryWait(pid, options);
      if (s != null || (options & Children.WNOHANG) != 0) {
        return s;
      }
      try (Children.ChangeWait change = Children.change(pid, options)) {
        Waits.await(change, Clock.FOREVER);
      }
    }
  }

  private static PyObject pair(Children.@Nullable Status s) {
    return s == null
        ? Py.tuple(Py.int_(0), Py.int_(0))
        : Py.tuple(Py.int_(s.pid()), Py.int_(s.status()));
  }

  @PyFunction(
      sig = "(pid, options, /)",
      doc = "Waits for a child process; returns its pid and status.")
  static PyObject waitpid(int pid, int options) {
    return pair(waitFor(pid, options));
  }

  @PyFunction(name = "wait", sig = "()", doc = "Wait for completion of a child process.")
  static PyObject wait_() {
    return pair(waitFor(-1, 0));
  }

  private static PyObject withUsage(Children.@Nullable Status s) {
    Resources.Usage u =
        s == null ? new Resources.Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) : s.usage();
    PyObject make = PyObjects.getAttr(Imports.importModule("resource"), "struct_rusage");
    PyObject usage = make.call1(Py.tuple(rusage(u)));
    return s == null
        ? Py.tuple(Py.int_(0), Py.int_(0), usage)
        : Py.tuple(Py.int_(s.pid()), Py.int_(s.status()), usage);
  }

  /** The items of {@code resource.struct_rusage}. */
  public static PyObject[] rusage(Resources.Usage u) {
    return new PyObject[] {
      Py.float_(u.utimeMicros() * 0.000001),
      Py.float_(u.stimeMicros() * 0.000001),
      Py.int_(u.maxrss()),
      Py.int_(u.ixrss()),
      Py.int_(u.idrss()),
      Py.int_(u.isrss()),
      Py.int_(u.minflt()),
      Py.int_(u.majflt()),
      Py.int_(u.nswap()),
      Py.int_(u.inblock()),
      Py.int_(u.oublock()),
      Py.int_(u.msgsnd()),
      Py.int_(u.msgrcv()),
      Py.int_(u.nsignals()),
      Py.int_(u.nvcsw()),
      Py.int_(u.nivcsw())
    };
  }

  @PyFunction(sig = "(options)", doc = "Wait for completion of a child process.")
  static PyObject wait3(int options) {
    return withUsage(waitFor(-1, options));
  }

  @PyFunction(sig = "(pid, options)", doc = "Waits for a child process; also tells what it used.")
  static PyObject wait4(int pid, int options) {
    return withUsage(waitFor(pid, options));
  }

  @PyFunction(
      sig = "(idtype, id, options, /)",
      doc = "Waits for child processes; tells what happened to one.")
  static PyObject waitid(int idtype, int id, int options) {
    while (true) {
      Children.Info i = Children.tryWaitId(idtype, id, options);
      if (i != null) {
        return WAITID.make(
            Py.int_(i.pid()),
            Py.int_(i.uid()),
            Py.int_(i.signo()),
            Py.int_(i.status()),
            Py.int_(i.code()));
      }
      if ((options & Children.WNOHANG) != 0) {
        return Py.None;
      }
      try (Children.ChangeWait change = Children.changeId(idtype, id, options)) {
        Waits.await(change, Clock.FOREVER);
      }
    }
  }

  @PyFunction(sig = "(status, /)", doc = "Whether a status tells of a core dump.")
  static boolean WCOREDUMP(int status) {
    return (status & 0x80) != 0;
  }

  @PyFunction(sig = "(status)", doc = "Return the process return code from status.")
  static int WEXITSTATUS(int status) {
    return status >> 8 & 0xff;
  }

  @PyFunction(sig = "(status)", doc = "Whether a status tells of a process that was continued.")
  static boolean WIFCONTINUED(int status) {
    return status == 0xffff;
  }

  @PyFunction(sig = "(status)", doc = "Whether a status tells of a process that ended by itself.")
  static boolean WIFEXITED(int status) {
    return (status & 0x7f) == 0;
  }

  @PyFunction(sig = "(status)", doc = "Whether a status tells of a process that a signal ended.")
  static boolean WIFSIGNALED(int status) {
    int low = status & 0x7f;
    return low != 0 && low != 0x7f;
  }

  @PyFunction(sig = "(status)", doc = "Whether a status tells of a process that was stopped.")
  static boolean WIFSTOPPED(int status) {
    return (status & 0xff) == 0x7f;
  }

  @PyFunction(
      sig = "(status)",
      doc = "The signal by which, says a status, the process was stopped.")
  static int WSTOPSIG(int status) {
    return status >> 8 & 0xff;
  }

  @PyFunction(sig = "(status)", doc = "The signal by which, says a status, the process was ended.")
  static int WTERMSIG(int status) {
    return status & 0x7f;
  }

  @PyFunction(
      sig = "(status)",
      doc =
          "The exit code in a status; minus the signal for a process that a signal "
              + "ended.\n\n"
              + "Of a process that was only stopped or continued there is none: ValueError.")
  static int waitstatus_to_exitcode(PyObject status) {
    if (status instanceof org.plait.runtime.types.PyFloat) {
      throw Errors.typeError("'float' object cannot be interpreted as an integer");
    }
    int s = org.plait.runtime.object.ArgumentConverters.toInt(status);
    if (WIFEXITED(s)) {
      return WEXITSTATUS(s);
    }
    if (WIFSIGNALED(s)) {
      return -WTERMSIG(s);
    }
    if (WIFSTOPPED(s)) {
      throw Errors.valueError("process stopped by delivery of signal " + WSTOPSIG(s));
    }
    throw Errors.valueError("invalid wait status: " + s);
  }

  // ---- becoming another program

  private static byte[][] argv(String function, PyObject argv) {
    if (!(argv instanceof PyList) && !(argv instanceof PyTuple)) {
      throw Errors.typeError(
          function
              + (function.startsWith("posix_spawn")
                  ? ": argv must be a tuple or list"
                  : function.equals("execve")
                      ? ": argv must be a tuple or list"
                      : "() arg 2 must be a tuple or list"));
    }
    PyObject[] items = PySequences.toArray(argv);
    if (items.length == 0) {
      throw Errors.valueError(
          function
              + (function.equals("execv") || function.startsWith("spawn")
                  ? "() arg 2 must not be empty"
                  : function.equals("execve")
                      ? ": argv must not be empty"
                      : ": argv must not be empty"));
    }
    byte[][] r = new byte[items.length][];
    for (int i = 0; i < r.length; i++) {
      r[i] = FsPaths.toBytes(items[i]);
    }
    if (r[0].length == 0 && !function.startsWith("posix_spawn")) {
      throw Errors.valueError(
          function.equals("execve")
              ? "execve: argv first element cannot be empty"
              : function + "() arg 2 first element cannot be empty");
    }
    return r;
  }

  // Compare CPython parse_envlist in posixmodule.c.
  private static byte[][] environment(String function, PyObject env) {
    if (env.type().special(org.plait.runtime.object.Special.GETITEM) == null) {
      throw Errors.typeError(function + ": environment must be a mapping object");
    }
    PyObject[] keys = PySequences.toArray(PyMappings.keys(env));
    PyObject[] values = PySequences.toArray(PyMappings.values(env));
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < Math.min(keys.length, values.length); i++) {
      byte[] k = FsPaths.toBytes(keys[i]);
      byte[] v = FsPaths.toBytes(values[i]);
      if (k.length == 0
          || new String(k, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('=', 1) >= 0) {
        throw Errors.valueError("illegal environment variable name");
      }
      byte[] entry = java.util.Arrays.copyOf(k, k.length + 1 + v.length);
      entry[k.length] = '=';
      System.arraycopy(v, 0, entry, k.length + 1, v.length);
      all.add(entry);
    }
    return all.toArray(new byte[0][]);
  }

  private static void checkExec() {
    if (!ThreadState.current().interpreter.config.allowExec()) {
      throw Errors.runtimeError("exec not supported for isolated subinterpreters");
    }
  }

  @PyFunction(sig = "(path, argv, /)", doc = "Runs another program in place of this one.")
  static void execv(PyObject path, PyObject argv) {
    checkExec();
    PathArgument p = PathArgument.of("execv", path);
    byte[][] a = argv("execv", argv);
    Audit.raise("os.exec", p.object, argv, Py.None);
    throw OsErrors.of(Spawn.exec(p.name(), a, null, SignalMasks.ofCurrentThread()));
  }

  @PyFunction(sig = "(path, argv, env)", doc = "Runs another program in place of this one.")
  static void execve(PyObject path, PyObject argv, PyObject env) {
    checkExec();
    PathArgument p = PathArgument.orFd("execve", path);
    byte[][] a = argv("execve", argv);
    byte[][] e = environment("execve", env);
    Audit.raise("os.exec", p.object, argv, env);
    long blocked = SignalMasks.ofCurrentThread();
    HostException failure =
        p.isFd() ? Spawn.fexec(p.fd, a, e, blocked) : Spawn.exec(p.name(), a, e, blocked);
    throw PosixModule.error(failure, p);
  }

  // ---- children

  @PyFunction(
      sig =
          "(path, argv, env, /, *, file_actions=(), setpgroup=NULL, resetids=False, setsid=False,"
              + " setsigmask=NULL, setsigdef=(), scheduler=NULL)",
      doc = "Starts a program in a new process.")
  static int posix_spawn(
      PyObject path,
      PyObject argv,
      PyObject env,
      PyObject file_actions,
      @Nullable PyObject setpgroup,
      boolean resetids,
      boolean setsid,
      @Nullable PyObject setsigmask,
      PyObject setsigdef,
      @Nullable PyObject scheduler) {
    return spawn(
        "posix_spawn",
        false,
        path,
        argv,
        env,
        file_actions,
        setpgroup,
        resetids,
        setsid,
        setsigmask,
        setsigdef,
        scheduler);
  }

  @PyFunction(
      sig =
          "(path, argv, env, /, *, file_actions=(), setpgroup=NULL, resetids=False, setsid=False,"
              + " setsigmask=NULL, setsigdef=(), scheduler=NULL)",
      doc = "Starts a program in a new process.")
  static int posix_spawnp(
      PyObject path,
      PyObject argv,
      PyObject env,
      PyObject file_actions,
      @Nullable PyObject setpgroup,
      boolean resetids,
      boolean setsid,
      @Nullable PyObject setsigmask,
      PyObject setsigdef,
      @Nullable PyObject scheduler) {
    return spawn(
        "posix_spawnp",
        true,
        path,
        argv,
        env,
        file_actions,
        setpgroup,
        resetids,
        setsid,
        setsigmask,
        setsigdef,
        scheduler);
  }

  private static int spawn(
      String function,
      boolean searchPath,
      PyObject path,
      PyObject argv,
      PyObject env,
      PyObject fileActions,
      @Nullable PyObject group,
      boolean resetIds,
      boolean session,
      @Nullable PyObject mask,
      PyObject defaults,
      @Nullable PyObject scheduler) {
    PathArgument p = PathArgument.of(function, path);
    Spawn s = new Spawn(new byte[][] {p.name()}, argv(function, argv));
    if (searchPath) {
      s.searchPath();
    }
    if (env != Py.None) {
      s.environment(environment(function, env));
    }
    if (group != null) {
      s.group(org.plait.runtime.object.ArgumentConverters.toInt(group));
    }
    if (resetIds) {
      s.resetIds();
    }
    if (session) {
      s.newSession();
    }
    s.signalMask(mask == null ? SignalMasks.ofCurrentThread() : signals(mask));
    s.signalDefaults(signals(defaults));
    if (scheduler != null) {
      schedule(s, scheduler);
    }
    if (fileActions != Py.None) {
      for (PyObject action :
          PySequences.fast(fileActions, "file_actions must be a sequence or None")) {
        fileAction(s, action);
      }
    }
    Audit.raise("os.posix_spawn", p.object, argv, env);
    return start(s, p.object);
  }

  private static int start(Spawn s, @Nullable PyObject path) {
    try {
      return s.start();
    } catch (SpawnException e) {
      throw OsErrors.of(e.errno(), path);
    }
  }

  private static void schedule(Spawn s, PyObject scheduler) {
    if (!(scheduler instanceof PyTuple t) || t.size() != 2) {
      throw Errors.typeError("A scheduler tuple must have two elements");
    }
    int priority = PosixSystem.priority(t.get(1));
    if (t.get(0) == Py.None) {
      s.scheduler(-1, priority);
    } else {
      s.scheduler(org.plait.runtime.object.ArgumentConverters.toInt(t.get(0)), priority);
    }
  }

  /** A set of signal numbers as bits, signal 1 lowest. */
  private static long signals(PyObject numbers) {
    long bits = 0;
    PyObject it = PyIters.getIter(numbers);
    for (PyObject o = PyIters.next(it); o != null; o = PyIters.next(it)) {
      PyInt n = PyNumbers.index(o);
      if (!n.isLong() || n.longValue() <= 0 || n.longValue() > 64) {
        throw Errors.valueError("signal number " + PyObjects.str(n) + " out of range [1; 64]");
      }
      bits |= 1L << n.longValue() - 1;
    }
    return bits;
  }

  // Compare CPython parse_file_actions in posixmodule.c.
  private static void fileAction(Spawn s, PyObject action) {
    if (!(action instanceof PyTuple t) || t.size() == 0) {
      throw Errors.typeError("Each file_actions element must be a non-empty tuple");
    }
    int what = (int) PyNumbers.asLong(t.get(0), Exceptions.OverflowError);
    switch (what) {
      case 0 -> {
        if (t.size() != 5) {
          throw Errors.typeError("A open file_action tuple must have 5 elements");
        }
        s.open(number(t, 1), FsPaths.toBytes(t.get(2)), number(t, 3), number(t, 4));
      }
      case 1 -> {
        if (t.size() != 2) {
          throw Errors.typeError("A close file_action tuple must have 2 elements");
        }
        s.close(number(t, 1));
      }
      case 2 -> {
        if (t.size() != 3) {
          throw Errors.typeError("A dup2 file_action tuple must have 3 elements");
        }
        s.dup2(number(t, 1), number(t, 2));
      }
      case 3 -> {
        if (t.size() != 2) {
          throw Errors.typeError("A closefrom file_action tuple must have 2 elements");
        }
        s.closeFrom(number(t, 1));
      }
      default -> throw Errors.typeError("Unknown file_actions identifier");
    }
  }

  private static int number(PyTuple t, int i) {
    return org.plait.runtime.object.ArgumentConverters.toInt(t.get(i));
  }

  private static int spawn(
      String function,
      int mode,
      PyObject file,
      PyObject args,
      @Nullable PyObject env,
      boolean path) {
    PathArgument p = PathArgument.of(function, file);
    Spawn s = new Spawn(new byte[][] {p.name()}, argv(function, args));
    if (env != null) {
      s.environment(environment(function, env));
    }
    if (path) {
      s.searchPath();
    }
    int pid;
    try {
      pid = s.start();
    } catch (SpawnException e) {
      if (mode == P_WAIT) {
        // With fork, it is the child that fails to exec.
        return 127;
      }
      throw OsErrors.of(e.errno(), p.object);
    }
    if (mode != P_WAIT) {
      return pid;
    }
    while (true) {
      Children.Status status = waitFor(pid, 0);
      if (status != null && !WIFSTOPPED(status.status())) {
        return waitstatus_to_exitcode(Py.int_(status.status()));
      }
    }
  }

  @PyFunction(sig = "(mode, path, argv, /)", doc = "Starts a program in a new process.")
  static int spawnv(int mode, PyObject path, PyObject argv) {
    return spawn("spawnv", mode, path, argv, null, false);
  }

  @PyFunction(sig = "(mode, path, argv, env, /)", doc = "Starts a program in a new process.")
  static int spawnve(int mode, PyObject path, PyObject argv, PyObject env) {
    return spawn("spawnve", mode, path, argv, env, false);
  }

  @PyFunction(
      sig = "(mode, file, argv, /)",
      doc = "Execute a program found on PATH in a new process.")
  static int spawnvp(int mode, PyObject file, PyObject argv) {
    return spawn("spawnvp", mode, file, argv, null, true);
  }

  @PyFunction(
      sig = "(mode, file, argv, env, /)",
      doc = "Execute a program found on PATH in a new process.")
  static int spawnvpe(int mode, PyObject file, PyObject argv, PyObject env) {
    return spawn("spawnvpe", mode, file, argv, env, true);
  }

  @PyFunction(sig = "(command)", doc = "Execute the command in a subshell.")
  static int system(PyObject command) {
    byte[] c = FsPaths.toBytes(command);
    if (Audit.isUsed()) {
      Audit.raise("os.system", Py.bytes(c));
    }
    byte[][] argv = {bytes("sh"), bytes("-c"), bytes("--"), c};
    int pid = start(new Spawn(new byte[][] {bytes("/bin/sh")}, argv), null);
    while (true) {
      try {
        Children.Status s = waitFor(pid, 0);
        if (s != null) {
          return s.status();
        }
      } catch (HostException e) {
        if (e.errno() == Errno.ECHILD) {
          return -1;
        }
        throw e;
      }
    }
  }

  private static byte[] bytes(String s) {
    return s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @PyFunction(
      sig = "(*, before=NULL, after_in_child=NULL, after_in_parent=NULL)",
      doc = "Names functions to be called around a fork.")
  static void register_at_fork(
      @Nullable PyObject before,
      @Nullable PyObject after_in_child,
      @Nullable PyObject after_in_parent) {
    if (before == null && after_in_child == null && after_in_parent == null) {
      throw Errors.typeError("At least one argument is required.");
    }
    callable(before, "before");
    callable(after_in_child, "after_in_child");
    callable(after_in_parent, "after_in_parent");
    // Nobody forks, so nobody calls them.
  }

  private static void callable(@Nullable PyObject f, String name) {
    if (f != null && f.type().special(org.plait.runtime.object.Special.CALL) == null) {
      throw Errors.typeError("'" + name + "' must be callable, not " + f.type().name());
    }
  }

  // ---- environment

  @PyFunction(sig = "(name, value, /)", doc = "Change or add an environment variable.")
  static void putenv(PyObject name, PyObject value) {
    byte[] n = FsPaths.toBytes(name);
    byte[] v = FsPaths.toBytes(value);
    for (byte b : n) {
      if (b == '=') {
        throw Errors.valueError("illegal environment variable name");
      }
    }
    Audit.raise("os.putenv", Py.bytes(n), Py.bytes(v));
    Env.set(n, v);
  }

  @PyFunction(sig = "(name, /)", doc = "Delete an environment variable.")
  static void unsetenv(PyObject name) {
    byte[] n = FsPaths.toBytes(name);
    Audit.raise("os.unsetenv", Py.bytes(n));
    Env.unset(n);
  }
}
