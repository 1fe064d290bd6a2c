package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code int}: a {@code long}, or a BigInteger where the value doesn't fit one.
 *
 * <p>Invariant: {@link #big} is null exactly when the value fits a long, so two ints are equal
 * exactly when both parts are. Immutable. Values from -5 to 1024 are shared.
 */
@PyTypeDef(
    name = "int",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF})
public class PyInt extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyIntTable.INSTANCE);

  private static final int CACHE_LOW = -5;
  private static final int CACHE_HIGH = 1024;
  private static final PyInt[] CACHE = new PyInt[CACHE_HIGH - CACHE_LOW + 1];

  /** Modulus of the numeric hash, 2**61 - 1. */
  public static final long HASH_MODULUS = (1L << 61) - 1;

  private static final BigInteger BIG_HASH_MODULUS = BigInteger.valueOf(HASH_MODULUS);

  static {
    for (int i = 0; i < CACHE.length; i++) {
      CACHE[i] = new PyInt(CACHE_LOW + i, null);
    }
  }

  public static final PyInt ZERO = of(0);
  public static final PyInt ONE = of(1);

  /** The value when {@link #big} is null; otherwise its low 64 bits. */
  final long value;

  final @Nullable BigInteger big;

  protected PyInt(long value, @Nullable BigInteger big) {
    this.value = value;
    this.big = big;
  }

  public static PyInt of(long v) {
    if (v >= CACHE_LOW && v <= CACHE_HIGH) {
      return CACHE[(int) v - CACHE_LOW];
    }
    return new PyInt(v, null);
  }

  public static PyInt of(BigInteger v) {
    return v.bitLength() < 64 ? of(v.longValue()) : new PyInt(v.longValue(), v);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** Whether the value fits a Java long. */
  public final boolean isLong() {
    return big == null;
  }

  /** The value if {@link #isLong}, else its low 64 bits. */
  public final long longValue() {
    return value;
  }

  /** Whether the value fits a Java int. */
  public final boolean isInt() {
    return big == null && value == (int) value;
  }

  public final BigInteger bigValue() {
    return big == null ? BigInteger.valueOf(value) : big;
  }

  public final boolean isZero() {
    return value == 0 && big == null;
  }

  public final int signum() {
    return big == null ? Long.signum(value) : big.signum();
  }

  public final int compareTo(PyInt other) {
    if (big == null && other.big == null) {
      return Long.compare(value, other.value);
    }
    return bigValue().compareTo(other.bigValue());
  }

  /** CPython's numeric hash: the value modulo 2**61 - 1 with the sign, never -1. */
  public final long hash() {
    long h;
    if (big == null) {
      h = value % HASH_MODULUS;
    } else {
      h = big.abs().mod(BIG_HASH_MODULUS).longValue();
      h = big.signum() < 0 ? -h : h;
    }
    return h == -1 ? -2 : h;
  }

  /** The value as a double, correctly rounded; OverflowError beyond its range. */
  public final double doubleValue() {
    if (big == null) {
      return value;
    }
    double d = big.doubleValue();
    if (Double.isInfinite(d)) {
      throw org.plait.runtime.exceptions.Errors.overflowError("int too large to convert to float");
    }
    return d;
  }

  /** {@code int(text, base)}. */
  public static PyInt parse(PyStr text, int base) {
    return parsed(org.plait.runtime.text.IntText.parse(text.toString(), base, 4300));
  }

  /** {@code int(bytes, base)}; {@code source} is for messages. */
  public static PyInt parse(PyObject source, byte[] bytes, int base) {
    return parsed(org.plait.runtime.text.IntText.parse(bytes, base, 4300));
  }

  private static PyInt parsed(Number n) {
    return n instanceof BigInteger b ? of(b) : of(n.longValue());
  }
}
