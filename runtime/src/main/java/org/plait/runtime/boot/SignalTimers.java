package org.plait.runtime.boot;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.plait.host.HostException;
import org.plait.host.signal.Signals;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyFloat;

/**
 * The functions of {@code _signal} on interval timers.
 *
 * <p>The kernel's signal comes to us on another thread, a little later than to a program in C. So
 * that a program which has turned a timer off doesn't hear of it any more, what the timer sent
 * before and no handler has seen is dropped then.
 */
@PyModuleDef(name = "_signal")
final class SignalTimers implements NativeModule {
  static final int REAL = 0;
  static final int VIRTUAL = 1;
  static final int PROF = 2;

  /** Apart, as the thread that is told of signals loads the outer class and runs no Python. */
  static final class Types {
    static final PyType ITIMER_ERROR =
        Errors.newException("signal", "ItimerError", Exceptions.OSError, null);

    private Types() {}
  }

  /** The signal of each timer. */
  private static final int[] SIGNALS = {14, 26, 27};

  private static final int ON = 1;

  /** Its signal is waiting for the handler, and nobody else has sent it. */
  private static final int ARRIVED = 2;

  /** Of each timer {@link #ON} and {@link #ARRIVED}. */
  private static final AtomicIntegerArray STATES = new AtomicIntegerArray(SIGNALS.length);

  @Override
  public NativeTable table() {
    return new SignalTimersTable(this);
  }

  /** Told of a signal from the kernel; returns whether it counts. */
  static boolean countArrival(int signal) {
    for (int which = 0; which < SIGNALS.length; which++) {
      if (SIGNALS[which] == signal) {
        return (STATES.getAndUpdate(which, s -> s == 0 ? 0 : s | ARRIVED) & ON) != 0;
      }
    }
    return true;
  }

  private static long[] set(int which, long value, long interval) {
    if (which < 0 || which >= SIGNALS.length) {
      return Signals.setitimer(which, value, interval);
    }
    if (value != 0) {
      STATES.set(which, ON);
      return Signals.setitimer(which, value, interval);
    }
    final long[] old = Signals.setitimer(which, value, interval);
    if ((STATES.getAndSet(which, 0) & ARRIVED) != 0) {
      SignalModule.forget(SIGNALS[which]);
    }
    return old;
  }

  private static PyException error(HostException e) {
    return Errors.of(Types.ITIMER_ERROR, new PyObject[] {Py.int_(e.errno()), Py.str(e.text())});
  }

  /** Microseconds of a number of seconds, rounded up. */
  // Compare CPython timeval_from_double in signalmodule.c.
  private static long micros(PyObject seconds) {
    if (!(seconds instanceof PyFloat f)) {
      long nanos = TimeModule.nanos(seconds);
      return nanos / 1000;
    }
    double micros = Math.ceil(f.value() * 1e6);
    if (Double.isNaN(micros)) {
      throw Errors.valueError("Invalid value NaN (not a number)");
    }
    if (Math.abs(f.value()) >= 0x1p63) {
      throw Errors.overflowError("timestamp out of range for platform time_t");
    }
    return (long) micros;
  }

  private static PyObject tuple(long[] old) {
    return Py.tuple(Py.float_(old[0] / 1e6), Py.float_(old[1] / 1e6));
  }

  @PyFunction(sig = "(which, seconds, interval=0.0, /)")
  static PyObject setitimer(int which, PyObject seconds, PyObject interval) {
    long value = micros(seconds);
    long every = micros(interval);
    try {
      return tuple(set(which, value, every));
    } catch (HostException e) {
      throw error(e);
    }
  }

  @PyFunction(sig = "(which, /)")
  static PyObject getitimer(int which) {
    try {
      return tuple(Signals.getitimer(which));
    } catch (HostException e) {
      throw error(e);
    }
  }

  @PyFunction(sig = "(seconds, /)")
  static long alarm(int seconds) {
    long left = set(REAL, Integer.toUnsignedLong(seconds) * 1_000_000, 0)[0];
    return left == 0 ? 0 : Math.max(1, (left + 500_000) / 1_000_000);
  }
}
