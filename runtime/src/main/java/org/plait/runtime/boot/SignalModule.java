package org.plait.runtime.boot;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.signal.SigInfo;
import org.plait.host.signal.SignalSink;
import org.plait.host.signal.Signals;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Tracer;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;
import org.plait.sched.Scheduler;

/**
 * {@code _signal}. Signals are noted as they arrive, on whatever thread, in {@link #PENDING}; the
 * main thread runs their Python handlers at its next safe point.
 */
@PyModuleDef(name = "_signal")
public final class SignalModule implements NativeModule {
  private static final AtomicReferenceArray<PyObject> HANDLERS =
      new AtomicReferenceArray<>(Signals.NSIG);

  /** One bit per signal that has arrived and not been handled. */
  private static final AtomicLong PENDING = new AtomicLong();

  private static final int O_NONBLOCK = 0x800;

  private static volatile @Nullable Scheduler scheduler;

  @Override
  public NativeTable table() {
    return new SignalModuleTable(this);
  }

  /** Takes over signals for the process. Called once, by the main thread, as it starts. */
  static void start(Scheduler of) {
    scheduler = of;
    Signals.start(new Sink(), true);
  }

  /** Told of a signal at once, on the thread that delivers it. Must be short. */
  @FunctionalInterface
  public interface Observer {
    /** Returns whether the signal's Python handler is to run, too. */
    boolean raised(int signal);
  }

  private static final AtomicReferenceArray<@Nullable Observer> OBSERVERS =
      new AtomicReferenceArray<>(Signals.NSIG);

  /** Sets or removes the observer of a signal, which must be one that can be caught. */
  public static void observe(int signal, @Nullable Observer observer) {
    if (observer != null && HANDLERS.get(signal) == null) {
      // To Python the signal keeps the action it had.
      HANDLERS.compareAndSet(signal, null, action(signal));
    }
    OBSERVERS.set(signal, observer);
  }

  /** Errnos of failed writes to the wakeup descriptor that nobody has been told of. */
  private static final ConcurrentLinkedQueue<Integer> WAKEUP_ERRORS = new ConcurrentLinkedQueue<>();

  private static volatile boolean warnOnFullBuffer = true;

  /** How often handlers have run; counted by the main thread alone. */
  private static volatile long handled;

  /** Set once the program's handlers have been taken away for good. */
  private static volatile boolean finished;

  private static final class Sink implements SignalSink {
    @Override
    public void raised(int signal) {
      Observer o = OBSERVERS.get(signal);
      if (o != null && !o.raised(signal)) {
        return;
      }
      PENDING.getAndUpdate(bits -> bits | 1L << signal - 1);
      requestMain();
    }

    @Override
    public void raised(SigInfo info) {
      if (!info.isFromKernel() || SignalTimers.countArrival(info.signal())) {
        raised(info.signal());
      }
    }

    @Override
    public void wakeupFailed(int signal, int errno) {
      if (errno != Errno.EAGAIN || warnOnFullBuffer) {
        WAKEUP_ERRORS.add(errno);
        requestMain();
      }
    }

    private static void requestMain() {
      Scheduler s = scheduler;
      PlaitThread main = s == null ? null : s.mainThread();
      if (main != null) {
        main.request(SafePoint.SIGNAL);
        Tracer.expectSignals(main);
      }
    }
  }

  /** Takes back a signal that has arrived and whose handler has not been called. */
  static void forget(int signal) {
    PENDING.getAndUpdate(bits -> bits & ~(1L << signal - 1));
  }

  static long handled() {
    return handled;
  }

  /** Takes the program's handlers away as it ends: from here on signals have their own effect. */
  static void finish() {
    finished = true;
    if (scheduler == null) {
      return;
    }
    Signals.finish();
    for (int n = 1; n < Signals.NSIG; n++) {
      if (isHandler(HANDLERS.get(n))) {
        HANDLERS.set(n, null);
      }
    }
  }

  private static boolean isHandler(@Nullable PyObject action) {
    return action != null && action != Py.None && !(action instanceof PyInt);
  }

  /** Runs the handlers of what has arrived; on the main thread, at a safe point. */
  static void runHandlers() {
    PlaitThread me = PlaitThread.current();
    if (Tracer.signalsTaken(me)) {
      Tracer.expectSignals(me);
    }
    long bits = PENDING.getAndSet(0);
    try {
      for (Integer e = WAKEUP_ERRORS.poll(); e != null; e = WAKEUP_ERRORS.poll()) {
        Unraisable.report(
            OsErrors.of(e).value,
            "Exception ignored while trying to write to the signal wakeup fd",
            null);
      }
      while (bits != 0) {
        int signal = Long.numberOfTrailingZeros(bits) + 1;
        bits &= bits - 1;
        runHandler(signal);
      }
    } catch (Throwable t) {
      // The others are not lost.
      long rest = bits;
      if (rest != 0) {
        PENDING.getAndUpdate(now -> now | rest);
        PlaitThread.current().request(SafePoint.SIGNAL);
      }
      throw t;
    }
  }

  private static void runHandler(int signal) {
    PyObject h = HANDLERS.get(signal);
    if (h == null && signal == Signals.SIGINT && !finished) {
      handled++;
      throw Errors.of(Exceptions.KeyboardInterrupt);
    }
    if (isHandler(h)) {
      handled++;
      h.call2(Py.int_(signal), Py.orNone(ThreadState.current().frame));
    } else if (OBSERVERS.get(signal) == null) {
      PyException e =
          Errors.of(Exceptions.OSError, "Signal " + signal + " ignored due to race condition");
      Unraisable.report(e.value, "Exception ignored while calling signal handler", null);
    }
  }

  /** Whether a signal without a handler raises KeyboardInterrupt: unless we were told otherwise. */
  private static boolean interrupts(int signal) {
    return signal == Signals.SIGINT && Signals.get(signal) != Signals.Action.IGNORE;
  }

  /** {@code _thread.interrupt_main}: as if the signal had arrived. */
  static void simulate(int signal) {
    check(signal);
    if (isHandler(HANDLERS.get(signal))
        || finished
        || HANDLERS.get(signal) == null && interrupts(signal)) {
      new Sink().raised(signal);
    }
  }

  @Override
  public void exec(PyModule m) {
    m.add("SIG_DFL", Py.int_(0));
    m.add("SIG_IGN", Py.int_(1));
    m.add("SIG_BLOCK", Py.int_(0));
    m.add("SIG_UNBLOCK", Py.int_(1));
    m.add("SIG_SETMASK", Py.int_(2));
    m.add("NSIG", Py.int_(Signals.NSIG));
    m.add("ITIMER_REAL", Py.int_(SignalTimers.REAL));
    m.add("ITIMER_VIRTUAL", Py.int_(SignalTimers.VIRTUAL));
    m.add("ITIMER_PROF", Py.int_(SignalTimers.PROF));
    for (int i = 0; i < NAMES.length; i++) {
      if (!NAMES[i].isEmpty()) {
        m.add(NAMES[i], Py.int_(i));
      }
    }
    m.add("SIGCLD", Py.int_(17));
    m.add("SIGIOT", Py.int_(6));
    m.add("SIGPOLL", Py.int_(29));
    m.add("SIGRTMIN", Py.int_(34));
    m.add("SIGRTMAX", Py.int_(64));
    m.add("ItimerError", SignalTimers.Types.ITIMER_ERROR);
    m.add("struct_siginfo", SignalMasks.SIGINFO.type());
    Natives.addFunctions(m, new SignalMasks().table());
    Natives.addFunctions(m, new SignalTimers().table());
    if (interrupts(Signals.SIGINT)) {
      HANDLERS.compareAndSet(Signals.SIGINT, null, m.dict().getStr("default_int_handler"));
    }
  }

  /** By number, as Linux has them on x86_64 and aarch64. */
  private static final String[] NAMES = {
    "",
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGUSR1",
    "SIGSEGV",
    "SIGUSR2",
    "SIGPIPE",
    "SIGALRM",
    "SIGTERM",
    "SIGSTKFLT",
    "SIGCHLD",
    "SIGCONT",
    "SIGSTOP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGVTALRM",
    "SIGPROF",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
    "SIGSYS"
  };

  @PyFunction(name = "default_int_handler", sig = "(signalnum, frame, /)")
  static void defaultIntHandler(int signalnum, PyObject frame) {
    throw Errors.of(Exceptions.KeyboardInterrupt);
  }

  static void check(int signal) {
    if (signal < 1 || signal >= Signals.NSIG) {
      throw Errors.valueError("signal number out of range");
    }
  }

  private static PyObject action(int signal) {
    PyObject h = HANDLERS.get(signal);
    if (h != null) {
      return h;
    }
    try {
      return switch (Signals.get(signal)) {
        case IGNORE -> Py.int_(1);
        case DEFAULT -> Py.int_(0);
        case CAUGHT -> Py.None;
      };
    } catch (HostException e) {
      return Py.None;
    }
  }

  @PyFunction(sig = "(signalnum, /)")
  static PyObject getsignal(int signalnum) {
    check(signalnum);
    return action(signalnum);
  }

  @PyFunction(sig = "(signalnum, handler, /)")
  static PyObject signal(int signalnum, PyObject handler) {
    PlaitThread me = PlaitThread.current();
    if (me.scheduler().mainThread() != me || !ThreadState.current().interpreter.isMain()) {
      throw Errors.valueError("signal only works in main thread of the main interpreter");
    }
    check(signalnum);
    SafePoint.poll();
    Signals.Action wanted;
    boolean callable = handler.type().special(Special.CALL) != null;
    if (PyNumbers.isIndex(handler)) {
      long n = PyNumbers.asLong(handler, null);
      if (n != 0 && n != 1) {
        throw notAHandler();
      }
      wanted = n == 1 ? Signals.Action.IGNORE : Signals.Action.DEFAULT;
    } else if (callable) {
      wanted = Signals.Action.CAUGHT;
    } else {
      throw notAHandler();
    }
    PyObject old = action(signalnum);
    try {
      Signals.set(signalnum, wanted);
    } catch (HostException e) {
      throw Errors.osError(e.errno(), e.text());
    }
    OBSERVERS.set(signalnum, null);
    HANDLERS.set(signalnum, handler);
    return old;
  }

  private static RuntimeException notAHandler() {
    return Errors.typeError(
        "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }

  interface HostCall<T> {
    T call();
  }

  static <T> T host(HostCall<T> c) {
    try {
      T r = c.call();
      SafePoint.poll();
      return r;
    } catch (HostException e) {
      throw Errors.osError(e.errno(), e.text());
    }
  }

  @PyFunction(name = "raise_signal", sig = "(signalnum, /)")
  static void raiseSignal(int signalnum) {
    host(
        () -> {
          Signals.raise(signalnum);
          return null;
        });
  }

  @PyFunction(name = "set_wakeup_fd", sig = "(fd, /, *, warn_on_full_buffer=True)")
  static long setWakeupFd(int fd, boolean warn) {
    PlaitThread me = PlaitThread.current();
    if (me.scheduler().mainThread() != me || !ThreadState.current().interpreter.isMain()) {
      throw Errors.valueError("set_wakeup_fd only works in main thread of the main interpreter");
    }
    if (fd != -1 && (host(() -> Fd.fcntl(fd, Fd.F_GETFL, 0)) & O_NONBLOCK) == 0) {
      throw Errors.valueError("the fd " + fd + " must be in non-blocking mode");
    }
    warnOnFullBuffer = warn;
    return host(() -> Signals.setWakeupFd(fd));
  }

  @PyFunction(sig = "(signalnum, flag, /)")
  static void siginterrupt(int signalnum, boolean flag) {
    check(signalnum);
    if (!Signals.isChangeable(signalnum)) {
      throw OsErrors.of(Errno.EINVAL);
    }
    // Whether system calls are restarted makes no difference: a blocked one is resumed unless the
    // handler raises, see Waits.
  }

  @PyFunction(sig = "(signalnum, /)")
  static PyObject strsignal(int signalnum) {
    check(signalnum);
    String[] texts = SignalTexts.ALL;
    if (signalnum >= Signals.SIGRTMIN) {
      return PyStr.of("Real-time signal " + (signalnum - Signals.SIGRTMIN));
    }
    return signalnum < texts.length ? PyStr.of(texts[signalnum]) : Py.None;
  }

  @PyFunction(name = "valid_signals", sig = "()")
  static PyObject validSignals() {
    PySet s = new PySet();
    for (int n : Signals.valid()) {
      s.add(Py.int_(n));
    }
    return s;
  }
}
