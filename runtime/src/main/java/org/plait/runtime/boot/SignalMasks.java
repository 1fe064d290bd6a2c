package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.signal.SigInfo;
import org.plait.host.signal.Signals;
import org.plait.host.wait.Wait;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.ThreadSignals;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStructSequence;
import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/**
 * The functions of {@code _signal} on masks, on waiting for signals and on sending them to one
 * thread or process. The main thread's mask is the process's, see {@link Signals}; that of another
 * thread only counts for what is sent to it alone, see {@link ThreadSignals}.
 */
@PyModuleDef(name = "_signal")
final class SignalMasks implements NativeModule {
  static final PyStructSequence.Kind SIGINFO =
      new PyStructSequence.Kind(
          "signal",
          "struct_siginfo",
          true,
          7,
          "si_signo",
          "si_code",
          "si_errno",
          "si_pid",
          "si_uid",
          "si_status",
          "si_band");

  @Override
  public NativeTable table() {
    return new SignalMasksTable(this);
  }

  private static long bit(int signal) {
    return 1L << signal - 1;
  }

  private static PyObject set(long bits) {
    PySet s = new PySet();
    for (long left = bits; left != 0; left &= left - 1) {
      s.add(Py.int_(Long.numberOfTrailingZeros(left) + 1));
    }
    return s;
  }

  // Compare CPython _Py_Sigset_Converter in posixmodule.c.
  private static long bits(PyObject iterable) {
    long bits = 0;
    PyObject it = PyIters.getIter(iterable);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      PyInt i = PyNumbers.index(v);
      long n = i.isLong() ? i.longValue() : -1;
      if (n < 1 || n >= Signals.NSIG) {
        throw Errors.valueError(
            "signal number " + n + " out of range [1; " + (Signals.NSIG - 1) + "]");
      }
      if (n == 32 || n == 33) {
        Warnings.warn(
            Exceptions.RuntimeWarning,
            "invalid signal number " + n + ", please use valid_signals()",
            1);
        continue;
      }
      bits |= bit((int) n);
    }
    return bits;
  }

  /** The state of a thread other than the main one; null on the main thread. */
  private static @Nullable ThreadSignals own() {
    PlaitThread me = PlaitThread.current();
    return me.scheduler().mainThread() == me ? null : ThreadState.current().signals;
  }

  /** The signals that the current thread blocks, bit n-1 for signal n. */
  static long ofCurrentThread() {
    ThreadSignals own = own();
    return own == null ? Signals.mask() : own.mask();
  }

  @PyFunction(name = "pthread_sigmask", sig = "(how, mask, /)")
  static PyObject pthreadSigmask(int how, PyObject mask) {
    long given = bits(mask);
    ThreadSignals own = own();
    long old = ofCurrentThread();
    long wanted =
        switch (how) {
          case 0 -> old | given;
          case 1 -> old & ~given;
          case 2 -> given;
          default -> throw OsErrors.of(Errno.EINVAL);
        };
    if (own == null) {
      SignalModule.host(() -> Signals.setMask(wanted));
    } else {
      own.setMask(wanted);
      raise(own.take(~wanted));
    }
    return set(old);
  }

  private static void raise(long bits) {
    for (long left = bits; left != 0; left &= left - 1) {
      SignalModule.raiseSignal(Long.numberOfTrailingZeros(left) + 1);
    }
  }

  @PyFunction(sig = "()")
  static PyObject sigpending() {
    ThreadSignals own = own();
    return set(Signals.pending() | (own == null ? 0 : own.pending()));
  }

  // ---- sending

  @PyFunction(name = "pthread_kill", sig = "(thread_id, signalnum, /)")
  static void pthreadKill(long thread, int signalnum) {
    Audit.raise("signal.pthread_kill", Py.int_(thread), Py.int_(signalnum));
    PlaitThread me = PlaitThread.current();
    PlaitThread target = me.scheduler().thread(thread);
    if (target == null) {
      throw OsErrors.of(Errno.ESRCH);
    }
    if (signalnum == 0) {
      return;
    }
    if (target != target.scheduler().mainThread()
        && signalnum > 0
        && signalnum < Signals.NSIG
        && target.attachment instanceof ThreadState ts
        && (ts.signals.mask() & bit(signalnum)) != 0) {
      ts.signals.leave(bit(signalnum));
      // It may have begun to wait for it just before.
      if (!Signals.isWaitedFor(signalnum) || ts.signals.take(bit(signalnum)) == 0) {
        return;
      }
    }
    SignalModule.raiseSignal(signalnum);
  }

  @PyFunction(name = "pidfd_send_signal", sig = "(pidfd, signalnum, siginfo=None, flags=0, /)")
  static void pidfdSendSignal(int pidfd, int signalnum, PyObject siginfo, int flags) {
    if (siginfo != Py.None) {
      throw Errors.typeError("siginfo must be None");
    }
    if (flags != 0) {
      throw OsErrors.of(Errno.EINVAL);
    }
    SignalModule.host(
        () -> {
          Signals.killByPidfd(pidfd, signalnum);
          return null;
        });
  }

  // ---- waiting

  private static PyObject struct(SigInfo i) {
    return SIGINFO.make(
        Py.int_(i.signal()),
        Py.int_(i.code()),
        Py.int_(i.errno()),
        Py.int_(i.pid()),
        Py.int_(i.uid()),
        Py.int_(i.status()),
        Py.int_(i.band()));
  }

  /** Takes a signal of the set, waiting for it till the deadline; null after that. */
  private static @Nullable SigInfo take(PyObject sigset, long deadline) {
    long bits = bits(sigset);
    ThreadSignals own = own();
    try (Signals.SignalWait wait = Signals.waitFor(bits)) {
      long left = own == null ? 0 : own.take(bits);
      if (left != 0) {
        own.leave(left & left - 1);
        return new SigInfo(Long.numberOfTrailingZeros(left) + 1, 0, 0, 0, 0, 0, 0);
      }
      Waits.await(wait, deadline);
      return wait.taken();
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyFunction(sig = "(sigset, /)")
  static int sigwait(PyObject sigset) {
    SigInfo i = take(sigset, Clock.FOREVER);
    if (i == null) {
      throw OsErrors.of(Errno.EAGAIN);
    }
    return i.signal();
  }

  @PyFunction(sig = "(sigset, /)")
  static PyObject sigwaitinfo(PyObject sigset) {
    SigInfo i = take(sigset, Clock.FOREVER);
    if (i == null) {
      throw OsErrors.of(Errno.EAGAIN);
    }
    return struct(i);
  }

  @PyFunction(sig = "(sigset, timeout, /)")
  static PyObject sigtimedwait(PyObject sigset, PyObject timeout) {
    long nanos = TimeModule.nanos(timeout);
    if (nanos < 0) {
      throw Errors.valueError("timeout must be non-negative");
    }
    SigInfo i = take(sigset, Clock.deadline(nanos));
    return i == null ? Py.None : struct(i);
  }

  /** Never over: only a signal ends it. */
  private static final Wait ONLY_A_SIGNAL =
      new Wait() {
        @Override
        public boolean tryNow() {
          return false;
        }

        @Override
        public void arm(Runnable wake) {}

        @Override
        public void disarm() {}

        @Override
        public String toString() {
          return "signal.pause";
        }
      };

  @PyFunction(sig = "()")
  static void pause() {
    if (own() != null) {
      Waits.await(Signals.pause(), Clock.FOREVER);
      return;
    }
    long before = SignalModule.handled();
    SafePoint.poll();
    while (SignalModule.handled() == before) {
      Outcome outcome = Waits.awaitOnce(ONLY_A_SIGNAL, Clock.FOREVER);
      if (outcome != Outcome.INTERRUPTED) {
        return;
      }
    }
  }
}
