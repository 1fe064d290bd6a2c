package org.plait.runtime.boot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.signal.SignalSink;
import org.plait.host.signal.Signals;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
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

  private static final class Sink implements SignalSink {
    @Override
    public void raised(int signal) {
      Observer o = OBSERVERS.get(signal);
      if (o != null && !o.raised(signal)) {
        return;
      }
      PENDING.getAndUpdate(bits -> bits | 1L << signal - 1);
      Scheduler s = scheduler;
      PlaitThread main = s == null ? null : s.mainThread();
      if (main != null) {
        main.request(SafePoint.SIGNAL);
      }
    }
  }

  /** Runs the handlers of what has arrived; on the main thread, at a safe point. */
  static void runHandlers() {
    long bits = PENDING.getAndSet(0);
    while (bits != 0) {
      int signal = Long.numberOfTrailingZeros(bits) + 1;
      bits &= bits - 1;
      PyObject h = HANDLERS.get(signal);
      if (h == null && signal == Signals.SIGINT) {
        throw Errors.of(Exceptions.KeyboardInterrupt);
      }
      if (h == null || h instanceof org.plait.runtime.types.PyInt || h == Py.None) {
        continue;
      }
      try {
        ThreadState ts = ThreadState.current();
        h.call2(Py.int_(signal), Py.orNone(ts.frame));
      } catch (org.plait.runtime.exceptions.PyException e) {
        // The others are not lost.
        long rest = bits;
        if (rest != 0) {
          PENDING.getAndUpdate(now -> now | rest);
          PlaitThread.current().request(SafePoint.SIGNAL);
        }
        throw e;
      }
    }
  }

  /** {@code _thread.interrupt_main}: as if the signal had arrived. */
  static void simulate(int signal) {
    if (signal < 1 || signal >= Signals.NSIG) {
      throw Errors.valueError("signal number out of range");
    }
    PyObject h = HANDLERS.get(signal);
    boolean ignored =
        h instanceof org.plait.runtime.types.PyInt || h == null && signal != Signals.SIGINT;
    if (!ignored) {
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
    m.add("ITIMER_REAL", Py.int_(0));
    m.add("ITIMER_VIRTUAL", Py.int_(1));
    m.add("ITIMER_PROF", Py.int_(2));
    for (int i = 0; i < NAMES.length; i++) {
      if (!NAMES[i].isEmpty()) {
        m.add(NAMES[i], Py.int_(i));
      }
    }
    m.add("SIGCLD", Py.int_(17));
    m.add("SIGPOLL", Py.int_(29));
    m.add("SIGRTMIN", Py.int_(34));
    m.add("SIGRTMAX", Py.int_(64));
    m.add("ItimerError", Exceptions.OSError);
    HANDLERS.compareAndSet(Signals.SIGINT, null, m.dict().getStr("default_int_handler"));
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

  private static void check(int signal) {
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
    if (me.scheduler().mainThread() != me) {
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
    HANDLERS.set(signalnum, handler);
    return old;
  }

  private static RuntimeException notAHandler() {
    return Errors.typeError(
        "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }

  private interface HostCall<T> {
    T call();
  }

  private static <T> T host(HostCall<T> c) {
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

  @PyFunction(name = "pthread_kill", sig = "(thread_id, signalnum, /)")
  static void pthreadKill(long thread, int signalnum) {
    if (PlaitThread.current().scheduler().thread(thread) == null) {
      throw Errors.osError(3, "No such process");
    }
    if (signalnum == 0) {
      return;
    }
    raiseSignal(signalnum);
  }

  @PyFunction(sig = "(seconds, /)")
  static long alarm(int seconds) {
    return host(() -> Signals.alarm(seconds));
  }

  private static long micros(PyObject seconds) {
    double s = PyNumbers.asDouble(seconds);
    return (long) Math.ceil(s * 1e6);
  }

  private static PyObject timerTuple(long[] old) {
    return Py.tuple(Py.float_(old[0] / 1e6), Py.float_(old[1] / 1e6));
  }

  @PyFunction(sig = "(which, seconds, interval=0.0, /)")
  static PyObject setitimer(int which, PyObject seconds, PyObject interval) {
    long value = micros(seconds);
    long every = micros(interval);
    return timerTuple(host(() -> Signals.setitimer(which, value, every)));
  }

  @PyFunction(sig = "(which, /)")
  static PyObject getitimer(int which) {
    return timerTuple(host(() -> Signals.getitimer(which)));
  }

  @PyFunction(name = "set_wakeup_fd", sig = "(fd, /, *, warn_on_full_buffer=True)")
  static long setWakeupFd(int fd, boolean warn) {
    PlaitThread me = PlaitThread.current();
    if (me.scheduler().mainThread() != me) {
      throw Errors.valueError("set_wakeup_fd only works in main thread of the main interpreter");
    }
    return host(() -> Signals.setWakeupFd(fd));
  }

  @PyFunction(sig = "(signalnum, flag, /)")
  static void siginterrupt(int signalnum, boolean flag) {
    check(signalnum);
  }

  @PyFunction(sig = "(signalnum, /)")
  static PyObject strsignal(int signalnum) {
    check(signalnum);
    String[] texts = SignalTexts.ALL;
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

  private static PyObject set(long bits) {
    PySet s = new PySet();
    for (int n = 1; n < Signals.NSIG; n++) {
      if ((bits & 1L << n - 1) != 0) {
        s.add(Py.int_(n));
      }
    }
    return s;
  }

  private static long bits(PyObject iterable) {
    long bits = 0;
    PyObject it = PyIters.getIter(iterable);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      long n = PyNumbers.asLong(v, Exceptions.OverflowError);
      if (n < 1 || n >= Signals.NSIG) {
        throw Errors.valueError(
            "signal number " + n + " out of range [1; " + (Signals.NSIG - 1) + "]");
      }
      bits |= 1L << n - 1;
    }
    return bits;
  }

  @PyFunction(name = "pthread_sigmask", sig = "(how, mask, /)")
  static PyObject pthreadSigmask(int how, PyObject mask) {
    long given = bits(mask);
    long old = Signals.mask();
    long wanted =
        switch (how) {
          case 0 -> old | given;
          case 1 -> old & ~given;
          case 2 -> given;
          default -> throw Errors.osError(22, "Invalid argument");
        };
    host(() -> Signals.setMask(wanted));
    return set(old);
  }

  @PyFunction(sig = "()")
  static PyObject sigpending() {
    return set(Signals.pending());
  }
}
