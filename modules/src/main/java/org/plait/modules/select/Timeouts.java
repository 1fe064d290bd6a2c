package org.plait.modules.select;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.sched.Clock;

/** Timeouts of the waiting functions. */
public final class Timeouts {
  /** Nanoseconds of the millisecond, in which the system counts. */
  private static final long MILLI = 1_000_000;

  private Timeouts() {}

  /**
   * The time in nanoseconds, rounded away from zero.
   *
   * @param unit nanoseconds of one
   * @param message of the TypeError for what is no number
   */
  public static long nanos(PyObject timeout, long unit, String message) {
    if (timeout instanceof PyFloat f) {
      if (Double.isNaN(f.value())) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      double exact = f.value() * unit;
      double n = exact < 0 ? Math.floor(exact) : Math.ceil(exact);
      if (!(Math.abs(n) < 0x1p63)) {
        throw Errors.overflowError("timestamp out of range for platform time_t");
      }
      return (long) n;
    }
    PyInt i;
    try {
      i = PyNumbers.index(timeout);
    } catch (PyException e) {
      throw e.matches(Exceptions.TypeError) ? Errors.typeError(message) : e;
    }
    if (!i.isLong() || Math.abs(i.longValue()) > Long.MAX_VALUE / unit) {
      throw Errors.overflowError("timestamp too large to convert to C PyTime_t");
    }
    return i.longValue() * unit;
  }

  /** The deadline of a timeout that None or a negative number makes endless. */
  static long deadline(PyObject timeout, long unit) {
    if (timeout == Py.None) {
      return Clock.FOREVER;
    }
    long nanos = nanos(timeout, unit, "timeout must be an integer or None");
    if (nanos > Integer.MAX_VALUE * MILLI) {
      throw Errors.overflowError("timeout is too large");
    }
    return nanos < 0 ? Clock.FOREVER : Clock.deadline(nanos);
  }
}
