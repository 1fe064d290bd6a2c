package org.plait.jit;

import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/**
 * Where the value of a register is at a point of compiled code. Each register has a JVM variable
 * per kind; what is not {@link #MEMORY} or {@link #CLEAN} differs from the frame's register and is
 * written there before the frame is left.
 */
final class Kind {
  /** Nobody will read it. */
  static final byte DEAD = 0;

  /** In the frame's register alone. */
  static final byte MEMORY = 1;

  /** In a variable, and the frame's register has the same. */
  static final byte CLEAN = 2;

  /** In a variable. */
  static final byte OBJECT = 3;

  /** An exact int as a long. */
  static final byte LONG = 4;

  /** An exact float as a double. */
  static final byte DOUBLE = 5;

  /** A range iterator of a for statement, its position in a variable. */
  static final byte RANGE = 6;

  /**
   * Whichever of {@link #OBJECT} and {@link #LONG} a flag says. Only for what nobody reads before
   * it is written, but that others may look at in the frame.
   */
  static final byte MAYBE_LONG = 7;

  static final byte MAYBE_DOUBLE = 8;

  /** No kind: the flag of the two before, in the numbering of JVM variables. */
  static final byte FLAG = 9;

  // What may be known of an object in a variable, bits.

  static final byte IS_LIST = 1;
  static final byte IS_TUPLE = 1 << 1;
  static final byte IS_DICT = 1 << 2;
  static final byte IS_SET = 1 << 3;
  static final byte IS_STR = 1 << 4;

  /** The variable for longs of the same register has the value, too. */
  static final byte LONG_TOO = 1 << 5;

  /** The variable for doubles has. */
  static final byte DOUBLE_TOO = 1 << 6;

  private Kind() {}

  /** What is known behind a test, a method of the runtime's support for compiled code; or 0. */
  static byte fact(String test) {
    return switch (test) {
      case "isList" -> IS_LIST;
      case "isTuple" -> IS_TUPLE;
      case "isDict" -> IS_DICT;
      case "isSet" -> IS_SET;
      case "isStr" -> IS_STR;
      default -> 0;
    };
  }

  /** What is known of the box of a number that was in the variable of a kind; else 0. */
  static byte unboxedToo(byte kind) {
    return kind == LONG ? LONG_TOO : kind == DOUBLE ? DOUBLE_TOO : 0;
  }

  /** LONG or DOUBLE for an int that fits or a float, else 0. */
  static byte of(PyObject constant) {
    if (constant.getClass() == PyFloat.class) {
      return DOUBLE;
    }
    return constant.getClass() == PyInt.class && ((PyInt) constant).isLong() ? LONG : 0;
  }

  static boolean isObject(byte k) {
    return k == MEMORY || k == CLEAN || k == OBJECT;
  }

  static boolean isMaybe(byte k) {
    return k == MAYBE_LONG || k == MAYBE_DOUBLE;
  }

  /** LONG or DOUBLE for what is or may be one, else 0. */
  static byte number(byte k) {
    return switch (k) {
      case LONG, MAYBE_LONG -> LONG;
      case DOUBLE, MAYBE_DOUBLE -> DOUBLE;
      default -> 0;
    };
  }

  /** Whether the frame's register lacks it. */
  static boolean isDirty(byte k) {
    return k >= OBJECT;
  }

  /**
   * The kind at a place that is reached with either.
   *
   * @param read whether somebody reads it from there on
   */
  static byte meet(byte a, byte b, boolean read) {
    if (a == b || b == DEAD) {
      return a;
    }
    if (a == DEAD) {
      return b;
    }
    if (!read && (number(a) != 0 || number(b) != 0)) {
      byte n = number(a) != 0 ? number(a) : number(b);
      boolean fits = (number(a) == n || isObject(a)) && (number(b) == n || isObject(b));
      return fits ? n == LONG ? MAYBE_LONG : MAYBE_DOUBLE : OBJECT;
    }
    return isDirty(a) || isDirty(b) ? OBJECT : CLEAN;
  }

  /**
   * The kind at a loop's head: an unboxed kind that all back-edges bring is guessed to come in too.
   */
  static byte atLoop(byte in, byte back, boolean guess, boolean read) {
    boolean unboxed = back == LONG || back == DOUBLE || back == RANGE;
    return guess && read && unboxed && isObject(in) ? back : meet(in, back, read);
  }
}
