package org.plait.modules.datetime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/** POSIX timestamps given as numbers. */
final class Timestamps {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private Timestamps() {}

  private static RuntimeException tooLarge() {
    return Errors.overflowError("timestamp out of range for platform time_t");
  }

  private static void check(double d) {
    if (Double.isNaN(d)) {
      throw Errors.valueError("Invalid value NaN (not a number)");
    }
    if (Math.abs(d) >= 0x1p63) {
      throw tooLarge();
    }
  }

  private static long whole(PyInt i) {
    if (!i.isLong()) {
      throw tooLarge();
    }
    return i.longValue();
  }

  /** Whole seconds, rounded down. */
  static long seconds(PyObject o) {
    if (o instanceof PyFloat f) {
      check(f.value());
      return (long) Math.floor(f.value());
    }
    return whole(PyNumbers.index(o));
  }

  /** Whole seconds, rounded down, and microseconds. */
  static long[] secondsAndMicros(PyObject o) {
    if (o instanceof PyFloat f) {
      check(f.value());
      BigInteger micros =
          new BigDecimal(f.value())
              .multiply(MILLION)
              .setScale(0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      BigInteger[] parts = micros.divideAndRemainder(MILLION.toBigInteger());
      long seconds = parts[0].longValue();
      long rest = parts[1].longValue();
      return rest < 0 ? new long[] {seconds - 1, rest + 1_000_000} : new long[] {seconds, rest};
    }
    if (!PyNumbers.isIndex(o)) {
      throw Errors.typeError("argument must be int or float, not " + o.type().name());
    }
    return new long[] {whole(PyNumbers.index(o)), 0};
  }
}
