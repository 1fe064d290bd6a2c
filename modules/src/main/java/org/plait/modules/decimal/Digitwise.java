package org.plait.modules.decimal;

import java.math.BigInteger;

/** Operations on the row of digits: logical ones, rotating and shifting. */
final class Digitwise {
  private static final int AND = 0;
  private static final int OR = 1;
  private static final int XOR = 2;

  private Digitwise() {}

  /** Whether a number can be an operand of logical operations: a row of zeros and ones. */
  private static boolean isLogical(PyDecimal a) {
    if (a.kind != DecimalValue.FINITE || a.neg || a.exp != 0) {
      return false;
    }
    String s = a.digitText();
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) > '1') {
        return false;
      }
    }
    return true;
  }

  private static PyDecimal number(CharSequence digits) {
    String s = digits.toString();
    return DecimalValue.of(
        false, s.isEmpty() ? BigInteger.ZERO : NumberParser.coefficient(s, 0, s.length()), 0);
  }

  static PyDecimal and(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return logical(a, b, AND, r, st);
  }

  static PyDecimal or(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return logical(a, b, OR, r, st);
  }

  static PyDecimal xor(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return logical(a, b, XOR, r, st);
  }

  private static PyDecimal logical(PyDecimal a, PyDecimal b, int op, Rules r, Status st) {
    if (!isLogical(a) || !isLogical(b)) {
      return Rounding.invalid(st);
    }
    String x = a.digitText();
    String y = b.digitText();
    int n = (int) Math.min(Math.max(x.length(), y.length()), r.prec);
    StringBuilder out = new StringBuilder(n);
    for (int i = n; i > 0; i--) {
      boolean p = i <= x.length() && x.charAt(x.length() - i) == '1';
      boolean q = i <= y.length() && y.charAt(y.length() - i) == '1';
      boolean v = op == AND ? p & q : op == OR ? p | q : p ^ q;
      out.append(v ? '1' : '0');
    }
    return number(out);
  }

  static PyDecimal invert(PyDecimal a, Rules r, Status st) {
    if (!isLogical(a)) {
      return Rounding.invalid(st);
    }
    String x = a.digitText();
    int n = count(r.prec);
    StringBuilder out = new StringBuilder(n);
    for (int i = n; i > 0; i--) {
      boolean p = i <= x.length() && x.charAt(x.length() - i) == '1';
      out.append(p ? '0' : '1');
    }
    return number(out);
  }

  /** A precision as a number of digits that are there. */
  private static int count(long prec) {
    if (prec > 500_000_000) {
      throw org.plait.runtime.exceptions.Errors.memoryError();
    }
    return (int) prec;
  }

  /** The digits that the precision leaves, as a number. */
  private static BigInteger lastDigits(PyDecimal a, long n) {
    return a.digits() <= n ? a.coefficient() : a.coefficient().mod(Tens.pow(n));
  }

  private static PyDecimal payload(PyDecimal a, BigInteger digits) {
    return DecimalValue.of(a.neg, a.kind, digits, a.exp);
  }

  static PyDecimal rotate(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    Long n = Quanta.smallInteger(b, r.prec);
    if (n == null) {
      return Rounding.invalid(st);
    }
    if (a.isInfinite()) {
      return a.withSign(a.neg);
    }
    long left = n >= 0 ? n : r.prec + n;
    long right = r.prec - left;
    BigInteger c = lastDigits(a, r.prec);
    long have = a.digits();
    BigInteger top = have <= right ? BigInteger.ZERO : Tens.shiftRight(c, right);
    BigInteger low = have <= right ? c : c.mod(Tens.pow(right));
    return payload(a, Tens.shiftLeft(low, left).add(top));
  }

  static PyDecimal shift(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    Long n = Quanta.smallInteger(b, r.prec);
    if (n == null) {
      return Rounding.invalid(st);
    }
    if (a.isInfinite()) {
      return a.withSign(a.neg);
    }
    if (n >= 0) {
      return payload(a, Tens.shiftLeft(lastDigits(a, r.prec - n), n));
    }
    return payload(a, Tens.shiftRight(lastDigits(a, r.prec), -n));
  }
}
