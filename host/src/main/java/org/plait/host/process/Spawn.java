package org.plait.host.process;

import static org.plait.host.file.OpenFlags.AT_FDCWD;
import static org.plait.host.file.OpenFlags.O_CLOEXEC;
import static org.plait.host.file.OpenFlags.O_DIRECTORY;
import static org.plait.host.file.OpenFlags.O_PATH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Platform;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;

/**
 * A child process in the making. A JVM can't fork, so children come from {@code posix_spawn}, which
 * does between fork and exec what is asked for here and nothing else: no code of the program can
 * run there (no preexec_fn), and there is no child without an exec (no os.fork, no forkpty).
 *
 * <p>What posix_spawn can't do but Linux keeps per thread is done in a platform thread that lives
 * for this one call: umask (after {@code unshare(CLONE_FS)}), user and group ids (by the bare
 * system calls). The child inherits them from that thread.
 *
 * <p>A builder, used by one thread, for one {@link #start}.
 */
public final class Spawn {
  private static final short SETPGROUP = 0x02;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSCHEDPARAM = 0x10;
  private static final short SETSCHEDULER = 0x20;
  private static final short RESETIDS = 0x01;
  private static final short SETSID = 0x80;

  /** More than either posix_spawnattr_t or posix_spawn_file_actions_t takes, bytes. */
  private static final int SIZEOF_OPAQUE = 512;

  private static final int SIZEOF_SIGSET = 128;
  private static final int CLONE_FS = 0x200;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int SYS_SETREUID = Platform.AARCH64 ? 145 : 113;
  private static final int SYS_SETREGID = Platform.AARCH64 ? 143 : 114;
  private static final int SYS_SETGROUPS = Platform.AARCH64 ? 159 : 116;

  private static final Fn ACTIONS_INIT = new Fn("posix_spawn_file_actions_init");
  private static final Fn ACTIONS_DESTROY = new Fn("posix_spawn_file_actions_destroy");
  private static final Fn ADD_DUP2 = new Fn("posix_spawn_file_actions_adddup2");
  private static final Fn ADD_CLOSE = new Fn("posix_spawn_file_actions_addclose");
  private static final Fn ADD_OPEN = new Fn("posix_spawn_file_actions_addopen");
  private static final Fn ADD_CHDIR = new Fn("posix_spawn_file_actions_addchdir_np");
  private static final Fn ADD_CLOSEFROM = new Fn("posix_spawn_file_actions_addclosefrom_np");
  private static final Fn ATTR_INIT = new Fn("posix_spawnattr_init");
  private static final Fn ATTR_DESTROY = new Fn("posix_spawnattr_destroy");
  private static final Fn ATTR_FLAGS = new Fn("posix_spawnattr_setflags");
  private static final Fn ATTR_PGROUP = new Fn("posix_spawnattr_setpgroup");
  private static final Fn ATTR_SIGMASK = new Fn("posix_spawnattr_setsigmask");
  private static final Fn ATTR_SIGDEF = new Fn("posix_spawnattr_setsigdefault");
  private static final Fn ATTR_SCHEDPARAM = new Fn("posix_spawnattr_setschedparam");
  private static final Fn ATTR_SCHEDPOLICY = new Fn("posix_spawnattr_setschedpolicy");
  private static final Fn SPAWN = new Fn("posix_spawn");
  private static final Fn SPAWNP = new Fn("posix_spawnp");
  private static final Fn EXECVE = new Fn("execve");
  private static final Fn FEXECVE = new Fn("fexecve");
  private static final Fn SIGMASK = new Fn("pthread_sigmask");
  private static final Fn SYSCALL = new Fn("syscall");
  private static final Fn UNSHARE = new Fn("unshare");
  private static final Fn UMASK = new Fn("umask");
  private static final Fn PRCTL = new Fn("prctl");

  /** One step of the child before exec, in order. */
  private sealed interface Action {
    record Dup2(int from, int to) implements Action {}

    record Close(int fd) implements Action {}

    record CloseFrom(int low) implements Action {}

    record Open(int fd, byte[] path, int flags, int mode) implements Action {}
  }

  private final byte[][] candidates;
  private final byte[][] arguments;
  private byte @Nullable [][] environment;
  private byte @Nullable [] directory;
  private final List<Action> actions = new ArrayList<>();
  private final List<Action> closing = new ArrayList<>(); // after all others
  private final List<Integer> temporary = new ArrayList<>();
  private int flags = SETSIGMASK;
  private int group;
  private long mask;
  private long defaults;
  private int schedPolicy;
  private int schedPriority;
  private int umask = -1;
  private int uid = -1;
  private int gid = -1;
  private int @Nullable [] groups;
  private boolean searchPath;

  /**
   * @param candidates paths to try, the first that can be executed wins
   * @param arguments the argument vector, the program's name included
   */
  public Spawn(byte[][] candidates, byte[][] arguments) {
    if (candidates.length == 0) {
      throw new IllegalArgumentException("no program");
    }
    this.candidates = candidates.clone();
    this.arguments = arguments.clone();
  }

  /** The child's environment as {@code name=value}; without this it is {@link Env}'s. */
  public Spawn environment(byte @Nullable [][] entries) {
    environment = entries == null ? null : entries.clone();
    return this;
  }

  public Spawn directory(byte @Nullable [] path) {
    directory = path;
    return this;
  }

  /** Lets posix_spawnp look for the program along PATH. */
  public Spawn searchPath() {
    searchPath = true;
    return this;
  }

  /**
   * Makes three descriptors of ours the child's 0, 1 and 2; -1 leaves one as it is. They may be any
   * descriptors, 0 to 2 in another order as well.
   */
  public Spawn stdio(int in, int out, int err) {
    int[] wanted = {in, out, err};
    for (int i = 0; i < 3; i++) {
      if (wanted[i] >= 0 && wanted[i] < 3 && wanted[i] != i) {
        wanted[i] = Fd.fcntl(wanted[i], Fd.F_DUPFD_CLOEXEC, 3);
        temporary.add(wanted[i]);
      }
    }
    for (int i = 0; i < 3; i++) {
      if (wanted[i] >= 0) {
        actions.add(new Action.Dup2(wanted[i], i));
      }
    }
    return this;
  }

  /**
   * Keeps only 0, 1, 2 and these descriptors open in the child, and makes them inheritable; done
   * after everything else.
   */
  public Spawn closeOthers(int... keep) {
    int[] sorted = Arrays.stream(keep).filter(fd -> fd > 2).distinct().sorted().toArray();
    int low = 3;
    for (int fd : sorted) {
      closing.add(new Action.Dup2(fd, fd)); // the same number twice: clears close-on-exec
      if (fd - low <= 64) {
        for (int i = low; i < fd; i++) {
          closing.add(new Action.Close(i));
        }
      } else {
        for (int i : openBetween(low, fd)) {
          closing.add(new Action.Close(i));
        }
      }
      low = fd + 1;
    }
    closing.add(new Action.CloseFrom(low));
    return this;
  }

  private static int[] openBetween(int low, int high) {
    return Arrays.stream(Fd.all()).filter(fd -> fd >= low && fd < high).toArray();
  }

  public Spawn dup2(int from, int to) {
    actions.add(new Action.Dup2(from, to));
    return this;
  }

  public Spawn close(int fd) {
    actions.add(new Action.Close(fd));
    return this;
  }

  public Spawn closeFrom(int low) {
    actions.add(new Action.CloseFrom(low));
    return this;
  }

  public Spawn open(int fd, byte[] path, int openFlags, int mode) {
    actions.add(new Action.Open(fd, path, openFlags, mode));
    return this;
  }

  /** Starts the child in a session of its own. */
  public Spawn newSession() {
    flags |= SETSID;
    return this;
  }

  /** Puts the child into a process group; 0 is a new one. */
  public Spawn group(int id) {
    flags |= SETPGROUP;
    group = id;
    return this;
  }

  /** The signals blocked in the child, bit n-1 for signal n; none without this. */
  public Spawn signalMask(long bits) {
    mask = bits;
    return this;
  }

  /** The signals that get their default action in the child though we ignore them. */
  public Spawn signalDefaults(long bits) {
    flags |= SETSIGDEF;
    defaults = bits;
    return this;
  }

  /** Scheduling of the child; policy -1 keeps ours. */
  public Spawn scheduler(int policy, int priority) {
    flags |= policy >= 0 ? SETSCHEDULER : SETSCHEDPARAM;
    schedPolicy = policy;
    schedPriority = priority;
    return this;
  }

  /** Gives up set-user-id rights in the child. */
  public Spawn resetIds() {
    flags |= RESETIDS;
    return this;
  }

  public Spawn umask(int newMask) {
    umask = newMask;
    return this;
  }

  /** Ids of the child; -1 and null leave one as it is. */
  public Spawn ids(int newUid, int newGid, int @Nullable [] newGroups) {
    uid = newUid;
    gid = newGid;
    groups = newGroups == null ? null : newGroups.clone();
    return this;
  }

  /**
   * Starts the child.
   *
   * @return its process id
   * @throws SpawnException with the step that failed
   */
  public int start() {
    try {
      if (umask < 0 && uid == -1 && gid == -1 && groups == null) {
        return spawnFirst();
      }
      return inOwnThread();
    } finally {
      temporary.forEach(Fd::close);
      temporary.clear();
    }
  }

  private int inOwnThread() {
    int[] pid = {0};
    @Nullable RuntimeException[] failure = {null};
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("plait-spawn")
            .unstarted(
                () -> {
                  try {
                    becomeThatUser();
                    pid[0] = spawnFirst();
                  } catch (RuntimeException e) {
                    failure[0] = e;
                  } finally {
                    try (Scratch s = Scratch.take()) {
                      // a change of user makes the whole process undumpable
                      PRCTL.call(s, PR_SET_DUMPABLE, 1, 0, 0, 0);
                    }
                  }
                });
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    return pid[0];
  }

  /** Changes what belongs to the calling thread alone. */
  private void becomeThatUser() {
    try (Scratch s = Scratch.take(groups == null ? 0 : groups.length * 4L)) {
      if (umask >= 0) {
        UNSHARE.callInt(s, CLONE_FS);
        UMASK.call(s, umask);
      }
      int[] list = groups;
      if (list != null) {
        int at = s.alloc(list.length * 4);
        for (int i = 0; i < list.length; i++) {
          s.putInt(at + 4 * i, list[i]);
        }
        SYSCALL.callLong(s, SYS_SETGROUPS, list.length, s.ptr(at));
      }
      if (gid != -1) {
        SYSCALL.callLong(s, SYS_SETREGID, gid, gid);
      }
      if (uid != -1) {
        SYSCALL.callLong(s, SYS_SETREUID, uid, uid);
      }
    } catch (HostException e) {
      throw new SpawnException(e.errno(), SpawnException.Step.PREPARE);
    }
  }

  private int spawnFirst() {
    Fd.sealJvmFiles();
    actions.addAll(closing);
    closing.clear();
    byte[][] env = environment == null ? Env.entries() : environment;
    long size = 4096L + vectorSize(arguments) + vectorSize(env) + 3 * SIZEOF_OPAQUE;
    for (byte[] c : candidates) {
      size += c.length + 32;
    }
    size += directory == null ? 0 : directory.length;
    for (Action a : actions) {
      size += a instanceof Action.Open o ? o.path().length + 32 : 0;
    }
    try (Scratch s = Scratch.take(size)) {
      long files = s.ptr(s.allocZero(SIZEOF_OPAQUE));
      long attributes = s.ptr(s.allocZero(SIZEOF_OPAQUE));
      checked(ACTIONS_INIT.call(s, files));
      checked(ATTR_INIT.call(s, attributes));
      try {
        fileActions(s, files);
        attributes(s, attributes);
        return spawnFirst(s, files, attributes, vector(s, arguments), vector(s, env));
      } finally {
        ACTIONS_DESTROY.call(s, files);
        ATTR_DESTROY.call(s, attributes);
      }
    }
  }

  private int spawnFirst(Scratch s, long files, long attributes, long argv, long envp) {
    int pid = s.alloc(4);
    int failure = 0;
    int last = Errno.ENOENT;
    for (byte[] candidate : candidates) {
      Fn how = searchPath ? SPAWNP : SPAWN;
      int errno = (int) how.call(s, s.ptr(pid), s.cstr(candidate), files, attributes, argv, envp);
      if (errno == 0) {
        return s.getInt(pid);
      }
      last = errno;
      boolean missing = errno == Errno.ENOENT || errno == Errno.ENOTDIR;
      if (!missing && failure == 0) {
        failure = errno;
      }
      if (missing && directory != null) {
        checkDirectory();
      }
    }
    if (directory != null) {
      checkDirectory();
    }
    int errno = failure == 0 ? last : failure;
    boolean badDescriptor = errno == Errno.EBADF;
    throw new SpawnException(
        errno, badDescriptor ? SpawnException.Step.PREPARE : SpawnException.Step.EXEC);
  }

  /** posix_spawn doesn't tell what failed: if the directory can't be entered, it was that. */
  private void checkDirectory() {
    byte[] path = directory;
    if (path == null) {
      return;
    }
    try {
      Fd.close(HostFiles.open(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0));
    } catch (HostException e) {
      throw new SpawnException(e.errno(), SpawnException.Step.CHDIR);
    }
    if (!HostFiles.access(AT_FDCWD, path, 1, 0)) {
      throw new SpawnException(Errno.EACCES, SpawnException.Step.CHDIR);
    }
  }

  private void fileActions(Scratch s, long files) {
    for (Action action : actions) {
      switch (action) {
        case Action.Dup2 a -> checked(ADD_DUP2.call(s, files, a.from(), a.to()));
        case Action.Close a -> checked(ADD_CLOSE.call(s, files, a.fd()));
        case Action.CloseFrom a -> checked(ADD_CLOSEFROM.call(s, files, a.low()));
        case Action.Open a ->
            checked(ADD_OPEN.call(s, files, a.fd(), s.cstr(a.path()), a.flags(), a.mode()));
      }
    }
    if (directory != null) {
      checked(ADD_CHDIR.call(s, files, s.cstr(directory)));
    }
  }

  private void attributes(Scratch s, long attributes) {
    checked(ATTR_FLAGS.call(s, attributes, flags));
    int set = s.allocZero(SIZEOF_SIGSET);
    s.putLong(set, mask);
    checked(ATTR_SIGMASK.call(s, attributes, s.ptr(set)));
    if ((flags & SETSIGDEF) != 0) {
      s.putLong(set, defaults);
      checked(ATTR_SIGDEF.call(s, attributes, s.ptr(set)));
    }
    if ((flags & SETPGROUP) != 0) {
      checked(ATTR_PGROUP.call(s, attributes, group));
    }
    if ((flags & (SETSCHEDULER | SETSCHEDPARAM)) != 0) {
      int param = s.allocZero(16);
      s.putInt(param, schedPriority);
      checked(ATTR_SCHEDPARAM.call(s, attributes, s.ptr(param)));
    }
    if ((flags & SETSCHEDULER) != 0) {
      checked(ATTR_SCHEDPOLICY.call(s, attributes, schedPolicy));
    }
  }

  private static void checked(long errno) {
    if ((int) errno != 0) {
      throw new SpawnException((int) errno, SpawnException.Step.PREPARE);
    }
  }

  private static long vectorSize(byte[][] strings) {
    long size = 8L * (strings.length + 1) + 16;
    for (byte[] string : strings) {
      size += string.length + 17;
    }
    return size;
  }

  private static long vector(Scratch s, byte[][] strings) {
    int at = s.alloc(8 * (strings.length + 1));
    for (int i = 0; i < strings.length; i++) {
      s.putLong(at + 8 * i, s.cstr(strings[i]));
    }
    s.putLong(at + 8 * strings.length, 0);
    return s.ptr(at);
  }

  /**
   * Becomes another program, as {@code execve}; returns only by throwing. All other threads end.
   *
   * @param environment {@code name=value}; null for {@link Env}'s
   * @param blocked the signals it begins with blocked, bit n-1 for signal n
   */
  public static HostException exec(
      byte[] path, byte[][] arguments, byte @Nullable [][] environment, long blocked) {
    return exec(EXECVE, path, -1, arguments, environment, blocked);
  }

  /** Becomes the program that an open descriptor is. */
  public static HostException fexec(
      int fd, byte[][] arguments, byte @Nullable [][] environment, long blocked) {
    return exec(FEXECVE, new byte[0], fd, arguments, environment, blocked);
  }

  private static HostException exec(
      Fn how,
      byte[] path,
      int fd,
      byte[][] arguments,
      byte @Nullable [][] environment,
      long blocked) {
    byte[][] env = environment == null ? Env.entries() : environment;
    Fd.sealJvmFiles();
    try (Scratch s = Scratch.take(4096L + path.length + vectorSize(arguments) + vectorSize(env))) {
      long what = fd >= 0 ? fd : s.cstr(path);
      long argv = vector(s, arguments);
      long envp = vector(s, env);
      int signals = s.allocZero(SIZEOF_SIGSET);
      s.putLong(signals, blocked);
      int before = s.allocZero(SIZEOF_SIGSET);
      // the kernel's mask is the JVM's: it blocks SIGQUIT in its threads
      SIGMASK.call(s, 2, s.ptr(signals), s.ptr(before));
      how.call(s, what, argv, envp);
      int errno = s.errno();
      SIGMASK.call(s, 2, s.ptr(before), 0);
      return new HostException(errno, how.name());
    }
  }
}
