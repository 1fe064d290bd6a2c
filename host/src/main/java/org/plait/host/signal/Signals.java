package org.plait.host.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;
import org.plait.host.process.Children;
import org.plait.host.process.Ids;
import org.plait.host.process.SysInfo;
import org.plait.host.wait.PoolCall;
import org.plait.host.wait.Wait;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals. Each has a disposition, default, ignored or caught; those caught are reported to the
 * {@link SignalSink}, on a thread of this module.
 *
 * <p>At the start the JVM's own means are used, which cost nothing ({@link #start}): SIGINT is
 * caught, SIGHUP and SIGTERM get their default action instead of the JVM's shutdown, SIGPIPE and
 * SIGXFSZ are ignored. All later changes go to the kernel directly, see {@link Trampoline}.
 *
 * <p>What can't be: SIGSEGV, SIGBUS, SIGFPE and SIGILL belong to the JVM's code and keep its
 * handler (setting them back to default or catching them is only noted; sent by another process
 * they end the process as a crash). SIGKILL and SIGSTOP are the kernel's, 32 and 33 the C
 * library's, 62 ({@link PoolCall#SIGNAL}) is this module's and the JDK's.
 *
 * <p>The mask. Threads of the JVM share no signal mask, so blocking is done here: a blocked signal
 * is caught and kept in {@code pending} until it is unblocked or taken by a {@link SignalWait}.
 * There is one mask, that of the main thread, where handlers run; it begins with what the kernel
 * says we were started with. Children get theirs from {@code Spawn}.
 *
 * <p>Invariants, all under the class's monitor: {@code native(n)} is CAUGHT when {@code actions[n]}
 * is CAUGHT or n is blocked or waited for, otherwise it is {@code actions[n]}; a signal is in
 * {@code pending} only while blocked. The sink is called without the monitor.
 */
public final class Signals {
  /** What happens when a signal arrives. */
  public enum Action {
    DEFAULT,
    IGNORE,
    CAUGHT
  }

  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGILL = 4;
  public static final int SIGTRAP = 5;
  public static final int SIGABRT = 6;
  public static final int SIGBUS = 7;
  public static final int SIGFPE = 8;
  public static final int SIGKILL = 9;
  public static final int SIGSEGV = 11;
  public static final int SIGPIPE = 13;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGURG = 23;
  public static final int SIGXCPU = 24;
  public static final int SIGXFSZ = 25;
  public static final int SIGWINCH = 28;
  public static final int SIGSYS = 31;
  public static final int SIGRTMIN = 34;

  /** One more than the highest signal. */
  public static final int NSIG = 65;

  /** SIGKILL, SIGSTOP, the C library's two and ours. */
  private static final long UNBLOCKABLE =
      bit(SIGKILL) | bit(SIGSTOP) | bit(32) | bit(33) | bit(PoolCall.SIGNAL);

  private static final int SA_SIGINFO = 4;
  private static final int SA_ONSTACK = 0x08000000;
  private static final int SA_RESTART = 0x10000000;
  private static final int SIZEOF_SIGACTION = 152;

  private static final Fn SIGACTION = new Fn("sigaction");
  private static final Fn KILL = new Fn("kill");
  private static final Fn RAISE = new Fn("raise");
  private static final Fn WRITE = new Fn("write");
  private static final Fn SETITIMER = new Fn("setitimer");
  private static final Fn GETITIMER = new Fn("getitimer");

  private static final Action[] ACTIONS = new Action[NSIG];
  private static final Action[] NATIVE = new Action[NSIG];
  private static final List<ArrayDeque<SigInfo>> PENDING = new ArrayList<>();
  private static final List<SignalWait> WAITERS = new ArrayList<>();
  private static long blocked;

  /** Whether {@link #install} was ever called. */
  private static boolean installed;

  private static final List<Pause> PAUSES = new ArrayList<>();
  private static long reports;
  private static volatile @Nullable SignalSink sink;
  private static volatile int wakeupFd = -1;
  private static volatile @Nullable IntConsumer fatalObserver;

  /** What was blocked when the process started: by the kernel, in each thread of the JVM. */
  static final long INHERITED_MASK;

  static {
    @Nullable String[] lines = Ids.statusLines("SigIgn", "SigBlk");
    long bits = hexadecimal(lines[0]);
    INHERITED_MASK = hexadecimal(lines[1]) & ~UNBLOCKABLE;
    blocked = INHERITED_MASK;
    for (int n = 0; n < NSIG; n++) {
      boolean ignore = n > 0 && (bits & bit(n)) != 0;
      ACTIONS[n] = ignore ? Action.IGNORE : Action.DEFAULT;
      NATIVE[n] = ACTIONS[n];
      PENDING.add(new ArrayDeque<>());
    }
  }

  private Signals() {}

  private static long hexadecimal(@Nullable String line) {
    return line == null ? 0 : Long.parseUnsignedLong(line.trim(), 16);
  }

  private static long bit(int signal) {
    return 1L << (signal - 1);
  }

  /**
   * Takes the signals over from the JVM, without touching the C library unless the JVM was started
   * with {@code -Xrs}. To be called once.
   *
   * @param catchInterrupt whether SIGINT is reported; not if it was ignored when we were started
   */
  public static synchronized void start(SignalSink newSink, boolean catchInterrupt) {
    sink = newSink;
    for (String name : new String[] {"HUP", "TERM"}) {
      ofJvm(name, SignalHandler.SIG_DFL);
    }
    for (String name : new String[] {"PIPE", "XFSZ"}) {
      ofJvm(name, SignalHandler.SIG_IGN);
    }
    ACTIONS[SIGPIPE] = NATIVE[SIGPIPE] = Action.IGNORE;
    ACTIONS[SIGXFSZ] = NATIVE[SIGXFSZ] = Action.IGNORE;
    if (catchInterrupt && ACTIONS[SIGINT] == Action.DEFAULT) {
      ACTIONS[SIGINT] = Action.CAUGHT;
      if (ofJvm("INT", new Interrupt())) {
        NATIVE[SIGINT] = Action.CAUGHT;
      } else {
        settle(SIGINT);
      }
    } else if (ACTIONS[SIGINT] == Action.DEFAULT) {
      ofJvm("INT", SignalHandler.SIG_DFL);
    }
    for (long left = blocked; left != 0; left &= left - 1) {
      settle(Long.numberOfTrailingZeros(left) + 1);
    }
  }

  /** Gives all that is caught its default action, as the program ends. */
  public static synchronized void finish() {
    for (int n = 1; n < NSIG; n++) {
      if (ACTIONS[n] != Action.CAUGHT) {
        continue;
      }
      ACTIONS[n] = Action.DEFAULT;
      if (n == SIGINT && !installed) { // spares linking sigaction at the end of every program
        ofJvm("INT", SignalHandler.SIG_DFL);
        NATIVE[n] = Action.DEFAULT;
      } else {
        settle(n);
      }
    }
  }

  /** Reports SIGINT as the JVM dispatches it; a class because a lambda is dear at the start. */
  private static final class Interrupt implements SignalHandler {
    @Override
    public void handle(Signal signal) {
      arrived(SigInfo.sentByUs(SIGINT, 0, 0));
    }
  }

  /** False where the JVM leaves the signal alone, whose action is the default then: -Xrs. */
  private static boolean ofJvm(String name, SignalHandler handler) {
    try {
      Signal.handle(new Signal(name), handler);
      return true;
    } catch (IllegalArgumentException reserved) {
      return false;
    }
  }

  /** The numbers a program may use. */
  public static int[] valid() {
    return IntStream.range(1, NSIG)
        .filter(n -> changeable(n) || n == SIGKILL || n == SIGSTOP)
        .toArray();
  }

  private static void check(int signal, String call) {
    boolean special = signal == SIGKILL || signal == SIGSTOP;
    if (signal < 1 || signal >= NSIG || !(changeable(signal) || special)) {
      throw new HostException(Errno.EINVAL, call);
    }
  }

  /** Whether a program may decide what happens on a signal. */
  public static boolean isChangeable(int signal) {
    return signal > 0 && signal < NSIG && changeable(signal);
  }

  private static boolean changeable(int signal) {
    return signal != SIGKILL
        && signal != SIGSTOP
        && signal != 32
        && signal != 33
        && signal != PoolCall.SIGNAL;
  }

  private static boolean ofTheJvm(int signal) {
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL;
  }

  /** What happens on a signal now. */
  public static synchronized Action get(int signal) {
    check(signal, "sigaction");
    return ACTIONS[signal];
  }

  /** Decides what happens on a signal; EINVAL for those nobody may decide on. */
  public static synchronized void set(int signal, Action action) {
    check(signal, "sigaction");
    if (!changeable(signal)) {
      throw new HostException(Errno.EINVAL, "sigaction");
    }
    ACTIONS[signal] = action;
    if (action == Action.IGNORE) {
      PENDING.get(signal).clear();
    }
    settle(signal);
  }

  /** Makes the kernel's disposition what the invariant says. */
  private static void settle(int signal) {
    boolean held = (blocked & bit(signal)) != 0;
    for (SignalWait w : WAITERS) {
      held |= (w.set & bit(signal)) != 0;
    }
    Action wanted = held ? Action.CAUGHT : ACTIONS[signal];
    if (NATIVE[signal] == wanted || ofTheJvm(signal)) {
      return;
    }
    long handler = wanted == Action.DEFAULT ? 0 : wanted == Action.IGNORE ? 1 : Trampoline.ADDRESS;
    install(signal, handler);
    NATIVE[signal] = wanted;
  }

  private static void install(int signal, long handler) {
    installed = true;
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_SIGACTION);
      s.putLong(at, handler);
      s.putInt(at + 136, handler > 1 ? SA_SIGINFO | SA_RESTART | SA_ONSTACK : 0);
      SIGACTION.callInt(s, signal, s.ptr(at), 0);
    }
  }

  /** A caught signal came: from the trampoline's thread, the JVM's, or {@link #kill}. */
  static void arrived(SigInfo info) {
    List<Runnable> wakes = new ArrayList<>();
    boolean reported;
    synchronized (Signals.class) {
      reported = !keep(info, wakes) && ACTIONS[info.signal()] == Action.CAUGHT;
      if (reported) {
        reports++;
        for (Pause p : PAUSES) {
          if (p.wake != null) {
            wakes.add(p.wake);
          }
        }
      }
    }
    if (reported) {
      report(info);
    }
    wakes.forEach(Runnable::run);
  }

  /** Gives the signal to a thread that waits for it, or puts it by if it is blocked. */
  private static boolean keep(SigInfo info, List<Runnable> wakes) {
    long bit = bit(info.signal());
    for (SignalWait w : WAITERS) {
      if ((w.set & bit) != 0 && w.taken == null) {
        w.taken = info;
        if (w.wake != null) {
          wakes.add(w.wake);
        }
        return true;
      }
    }
    if ((blocked & bit) == 0) {
      return false;
    }
    ArrayDeque<SigInfo> queue = PENDING.get(info.signal());
    if (queue.isEmpty() || info.signal() >= SIGRTMIN) { // only real-time signals queue up
      queue.add(info);
    }
    return true;
  }

  private static void report(SigInfo info) {
    SignalSink to = sink;
    if (to != null) {
      // first, so that who wakes by the descriptor finds the handler called or about to be
      to.raised(info);
    }
    int fd = wakeupFd;
    if (fd >= 0) {
      int errno = writeByte(fd, info.signal());
      if (errno != 0 && to != null) {
        to.wakeupFailed(info.signal(), errno);
      }
    }
  }

  private static int writeByte(int fd, int signal) {
    try (Scratch s = Scratch.take()) {
      int at = s.put(new byte[] {(byte) signal}, 0, 1);
      return WRITE.call(s, fd, s.ptr(at), 1) == -1 ? s.errno() : 0;
    }
  }

  /**
   * Names a descriptor, in non-blocking mode, that gets one byte for each signal reported, after
   * the sink is told; -1 for none.
   *
   * @return the one before
   */
  public static synchronized int setWakeupFd(int fd) {
    int before = wakeupFd;
    wakeupFd = fd;
    return before;
  }

  /**
   * Sends a signal. Sent to our own process, one that is caught has been reported when this
   * returns, as POSIX promises it to a process with one thread.
   */
  public static void kill(int pid, int signal) {
    if (pid == Ids.getpid() && signal > 0 && signal < NSIG && deliverHere(signal)) {
      return;
    }
    if (pid == Ids.getpid()) {
      sendHere(signal);
      return;
    }
    try (Scratch s = Scratch.take()) {
      KILL.callInt(s, pid, signal);
    }
  }

  /**
   * Sends a signal to our own process through the kernel. One that ends the process with a dump of
   * its memory does so in the thread that gets it, while the others run on: it goes to this thread.
   */
  private static void sendHere(int signal) {
    try (Scratch s = Scratch.take()) {
      switch (signal) {
        case SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGSYS ->
            RAISE.callInt(s, signal);
        default -> KILL.callInt(s, Ids.getpid(), signal);
      }
    }
  }

  /** Sends a signal to the process of a pidfd, which may be ours. */
  public static void killByPidfd(int pidfd, int signal) {
    if (Children.pidfdProcess(pidfd) == Ids.getpid()) {
      Children.pidfdSendSignal(pidfd, 0);
      kill(Ids.getpid(), signal);
    } else {
      Children.pidfdSendSignal(pidfd, signal);
    }
  }

  /** Sends a signal to our own process. */
  public static void raise(int signal) {
    check(signal, "raise");
    kill(Ids.getpid(), signal);
  }

  /**
   * Names who is told when the process is about to end by SIGSEGV, SIGBUS, SIGFPE, SIGILL or
   * SIGABRT that it has sent to itself, on the thread that sent it, or by a SIGABRT from outside;
   * null for nobody. A real fault in machine code is the JVM's and ends in its own report.
   */
  public static synchronized void setFatalObserver(@Nullable IntConsumer observer) {
    boolean first = fatalObserver == null && observer != null;
    fatalObserver = observer;
    if (first && NATIVE[SIGABRT] == Action.DEFAULT) {
      ofJvm("ABRT", new Abort());
    }
  }

  /** Tells of a SIGABRT from outside, which then has its way. */
  private static final class Abort implements SignalHandler {
    @Override
    public void handle(Signal signal) {
      dying(SIGABRT);
      dieBy(SIGABRT);
    }
  }

  private static void dying(int signal) {
    IntConsumer observer = fatalObserver;
    if (observer != null && (ofTheJvm(signal) || signal == SIGABRT)) {
      boolean isDefault;
      synchronized (Signals.class) {
        isDefault = ACTIONS[signal] == Action.DEFAULT && (blocked & bit(signal)) == 0;
      }
      if (isDefault) {
        fatalObserver = null; // once
        observer.accept(signal);
      }
    }
  }

  /** Ends the process as {@code abort}. */
  public static void abort() {
    dying(SIGABRT);
    SysInfo.abort();
  }

  private static boolean deliverHere(int signal) {
    dying(signal);
    synchronized (Signals.class) {
      if (ofTheJvm(signal)) {
        if (ACTIONS[signal] == Action.DEFAULT) {
          install(signal, 0); // the JVM's handler would make a crash report of it
          return false;
        }
        if (ACTIONS[signal] == Action.IGNORE) {
          return true;
        }
      } else if (NATIVE[signal] != Action.CAUGHT) {
        return false;
      }
    }
    arrived(SigInfo.sentByUs(signal, Ids.getpid(), Ids.getuid()));
    return true;
  }

  /** Ends the process by a signal's default action, so that the parent sees that signal. */
  public static void dieBy(int signal) {
    synchronized (Signals.class) {
      check(signal, "raise");
      if (changeable(signal)) {
        install(signal, 0);
      }
    }
    sendHere(signal);
  }

  /** The blocked signals, bit n-1 for signal n. */
  public static synchronized long mask() {
    return blocked;
  }

  /**
   * Blocks exactly these signals; those that were pending and are free now are reported, or have
   * their default action, before this returns.
   *
   * @return the mask before
   */
  public static long setMask(long bits) {
    long before;
    List<SigInfo> freed = new ArrayList<>();
    synchronized (Signals.class) {
      before = blocked;
      blocked = bits & ~UNBLOCKABLE;
      long changed = before ^ blocked;
      for (int n = 1; n < NSIG; n++) {
        if ((changed & bit(n)) != 0) {
          ArrayDeque<SigInfo> queue = PENDING.get(n);
          settle(n);
          if ((blocked & bit(n)) == 0) {
            freed.addAll(queue);
            queue.clear();
          }
        }
      }
    }
    for (SigInfo info : freed) {
      switch (get(info.signal())) {
        case CAUGHT -> arrived(info);
        case DEFAULT -> kill(Ids.getpid(), info.signal());
        case IGNORE -> {}
      }
    }
    return before;
  }

  /** The signals that came while blocked. */
  public static synchronized long pending() {
    long bits = 0;
    for (int n = 1; n < NSIG; n++) {
      if (!PENDING.get(n).isEmpty()) {
        bits |= bit(n);
      }
    }
    return bits;
  }

  /**
   * Waits for one of these signals and takes it, as sigwaitinfo. Close it after use.
   *
   * @param set bit n-1 for signal n
   */
  public static SignalWait waitFor(long set) {
    SignalWait w = new SignalWait(set);
    synchronized (Signals.class) {
      WAITERS.add(w);
      for (int n = 1; n < NSIG; n++) {
        if ((set & bit(n)) != 0 && changeable(n)) {
          settle(n);
        }
      }
    }
    return w;
  }

  /** Whether a thread waits for this signal and has not got it yet. */
  public static synchronized boolean isWaitedFor(int signal) {
    for (SignalWait w : WAITERS) {
      if ((w.set & bit(signal)) != 0 && w.taken == null) {
        return true;
      }
    }
    return false;
  }

  /** A wait that is over when any signal was reported after it was made, as pause. */
  public static Wait pause() {
    return new Pause();
  }

  private static final class Pause implements Wait {
    private final long start;
    private @Nullable Runnable wake;

    Pause() {
      synchronized (Signals.class) {
        start = reports;
      }
    }

    @Override
    public boolean tryNow() {
      synchronized (Signals.class) {
        return reports != start;
      }
    }

    @Override
    public void arm(Runnable newWake) {
      boolean now;
      synchronized (Signals.class) {
        wake = newWake;
        PAUSES.add(this);
        now = reports != start;
      }
      if (now) {
        newWake.run();
      }
    }

    @Override
    public void disarm() {
      synchronized (Signals.class) {
        wake = null;
        PAUSES.removeIf(p -> p == this);
      }
    }
  }

  /** Waiting for signals of a set. */
  public static final class SignalWait implements Wait, AutoCloseable {
    private final long set;
    private @Nullable SigInfo taken;
    private @Nullable Runnable wake;

    private SignalWait(long set) {
      this.set = set;
    }

    @Override
    public boolean tryNow() {
      synchronized (Signals.class) {
        for (int n = 1; n < NSIG && taken == null; n++) {
          if ((set & bit(n)) != 0) {
            taken = PENDING.get(n).poll();
          }
        }
        return taken != null;
      }
    }

    /** The signal that came; null while {@link #tryNow} is false. */
    public @Nullable SigInfo taken() {
      synchronized (Signals.class) {
        return taken;
      }
    }

    @Override
    public void arm(Runnable newWake) {
      boolean now;
      synchronized (Signals.class) {
        wake = newWake;
        now = taken != null;
      }
      if (now) {
        newWake.run();
      }
    }

    @Override
    public void disarm() {
      synchronized (Signals.class) {
        wake = null;
      }
    }

    @Override
    public void close() {
      synchronized (Signals.class) {
        Iterator<SignalWait> all = WAITERS.iterator();
        while (all.hasNext()) {
          if (all.next() == this) {
            all.remove();
          }
        }
        for (int n = 1; n < NSIG; n++) {
          if ((set & bit(n)) != 0 && changeable(n)) {
            settle(n);
          }
        }
      }
    }
  }

  /**
   * Sets an interval timer, whose signal comes as any other.
   *
   * @param which 0 real time, 1 user time, 2 user and system time of the process
   * @return {value, interval} before, microseconds
   */
  public static long[] setitimer(int which, long valueMicros, long intervalMicros) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(32);
      int old = s.allocZero(32);
      s.putLong(at, intervalMicros / 1_000_000);
      s.putLong(at + 8, intervalMicros % 1_000_000);
      s.putLong(at + 16, valueMicros / 1_000_000);
      s.putLong(at + 24, valueMicros % 1_000_000);
      SETITIMER.callInt(s, which, s.ptr(at), s.ptr(old));
      return timer(s, old);
    }
  }

  /** {value, interval} of an interval timer, microseconds. */
  public static long[] getitimer(int which) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(32);
      GETITIMER.callInt(s, which, s.ptr(at));
      return timer(s, at);
    }
  }

  private static long[] timer(Scratch s, int at) {
    return new long[] {
      s.getLong(at + 16) * 1_000_000 + s.getLong(at + 24),
      s.getLong(at) * 1_000_000 + s.getLong(at + 8)
    };
  }

  /** SIGALRM after so many seconds, 0 for none; gives the seconds an earlier one had left. */
  public static long alarm(long seconds) {
    long left = setitimer(0, seconds * 1_000_000, 0)[0];
    return left == 0 ? 0 : Math.max(1, (left + 500_000) / 1_000_000);
  }
}
