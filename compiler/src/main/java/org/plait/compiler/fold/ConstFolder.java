package org.plait.compiler.fold;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.compiler.code.SliceValue;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.TupleValue;
import org.plait.syntax.ast.UnaryOp;

/**
 * Operations on constants that are done at compile time, with CPython's limits on the size of the
 * result. What would raise, warn or depend on the platform's arithmetic is left to run time: null.
 */
public final class ConstFolder {
  // Compare CPython's const_folding_safe_* in flowgraph.c
  private static final int MAX_INT_BITS = 128;
  private static final int MAX_COLLECTION_SIZE = 256;
  private static final int MAX_STR_SIZE = 4096;
  private static final long EXACT = 1L << 53;

  private ConstFolder() {}

  /** {@code op v}, or null. */
  public static @Nullable Object unary(UnaryOp op, Object v) {
    if (op == UnaryOp.Not) {
      return !Constants.truth(v);
    }
    if (v instanceof Boolean && op == UnaryOp.Invert) {
      return null;
    }
    if (isInt(v)) {
      BigInteger i = integer(v);
      return normal(
          switch (op) {
            case USub -> i.negate();
            case Invert -> i.not();
            default -> i;
          });
    }
    if (op == UnaryOp.Invert) {
      return null;
    }
    if (v instanceof Double d) {
      return op == UnaryOp.USub ? -d : d;
    }
    if (v instanceof Complex c) {
      return op == UnaryOp.USub ? new Complex(-c.real(), -c.imag()) : c;
    }
    return null;
  }

  /** {@code v op w}, or null. */
  public static @Nullable Object binary(Operator op, Object v, Object w) {
    if (v instanceof Long x && w instanceof Long y) {
      // the usual case without BigInteger
      switch (op) {
        case Add:
          long sum = x + y;
          if (((x ^ sum) & (y ^ sum)) >= 0) {
            return sum;
          }
          break;
        case Sub:
          long difference = x - y;
          if (((x ^ y) & (x ^ difference)) >= 0) {
            return difference;
          }
          break;
        default:
          break;
      }
    }
    if (v instanceof Boolean x && w instanceof Boolean y) {
      switch (op) {
        case BitAnd:
          return x & y;
        case BitOr:
          return x | y;
        case BitXor:
          return x ^ y;
        default:
          break;
      }
    }
    if (isInt(v) && isInt(w)) {
      return integers(op, integer(v), integer(w));
    }
    if (isReal(v) && isReal(w)) {
      Double x = real(v);
      Double y = real(w);
      return x == null || y == null ? null : doubles(op, x, y);
    }
    if ((v instanceof Complex || isReal(v)) && (w instanceof Complex || isReal(w))) {
      return complexes(op, v, w);
    }
    return sequences(op, v, w);
  }

  private static @Nullable Object integers(Operator op, BigInteger v, BigInteger w) {
    int vbits = v.abs().bitLength();
    int wbits = w.abs().bitLength();
    switch (op) {
      case Add:
        return normal(v.add(w));
      case Sub:
        return normal(v.subtract(w));
      case Mult:
        return vbits + wbits > MAX_INT_BITS && vbits > 0 && wbits > 0
            ? null
            : normal(v.multiply(w));
      case Div:
        if (w.signum() == 0 || vbits > 53 || wbits > 53) {
          return null;
        }
        return (double) v.longValue() / (double) w.longValue();
      case FloorDiv:
      case Mod:
        if (w.signum() == 0) {
          return null;
        }
        BigInteger[] qr = v.divideAndRemainder(w);
        boolean adjust = qr[1].signum() != 0 && qr[1].signum() != w.signum();
        if (op == Operator.FloorDiv) {
          return normal(adjust ? qr[0].subtract(BigInteger.ONE) : qr[0]);
        }
        return normal(adjust ? qr[1].add(w) : qr[1]);
      case Pow:
        if (w.signum() < 0 || wbits > 30) {
          return null;
        }
        int e = w.intValue();
        return vbits > 0 && e > 0 && vbits > MAX_INT_BITS / e ? null : normal(v.pow(e));
      case LShift:
        if (w.signum() < 0 || wbits > 30) {
          return null;
        }
        int by = w.intValue();
        if (v.signum() != 0 && (by > MAX_INT_BITS || vbits > MAX_INT_BITS - by)) {
          return null;
        }
        return normal(v.shiftLeft(by));
      case RShift:
        return w.signum() < 0 || wbits > 30 ? null : normal(v.shiftRight(w.intValue()));
      case BitAnd:
        return normal(v.and(w));
      case BitOr:
        return normal(v.or(w));
      case BitXor:
        return normal(v.xor(w));
      default:
        return null;
    }
  }

  private static @Nullable Object doubles(Operator op, double x, double y) {
    return switch (op) {
      case Add -> x + y;
      case Sub -> x - y;
      case Mult -> x * y;
      case Div -> y == 0 ? null : (Object) (x / y);
      default -> null;
    };
  }

  private static @Nullable Object complexes(Operator op, Object v, Object w) {
    if (op == Operator.Add || op == Operator.Sub || op == Operator.Mult) {
      if (v instanceof Complex x && w instanceof Complex y) {
        return switch (op) {
          case Add -> new Complex(x.real() + y.real(), x.imag() + y.imag());
          case Sub -> new Complex(x.real() - y.real(), x.imag() - y.imag());
          default -> null;
        };
      }
      if (v instanceof Complex x) {
        Double r = real(w);
        if (r == null) {
          return null;
        }
        return switch (op) {
          case Add -> new Complex(x.real() + r, x.imag());
          case Sub -> new Complex(x.real() - r, x.imag());
          default -> new Complex(x.real() * r, x.imag() * r);
        };
      }
      if (w instanceof Complex y) {
        Double r = real(v);
        if (r == null) {
          return null;
        }
        return switch (op) {
          case Add -> new Complex(r + y.real(), y.imag());
          case Sub -> new Complex(r - y.real(), -y.imag());
          default -> new Complex(r * y.real(), r * y.imag());
        };
      }
    }
    return null;
  }

  private static @Nullable Object sequences(Operator op, Object v, Object w) {
    if (op == Operator.Add) {
      if (v instanceof String x && w instanceof String y) {
        return joinsSurrogates(x, y) ? null : x + y;
      }
      if (v instanceof BytesValue x && w instanceof BytesValue y) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(x.bytes());
        out.writeBytes(y.bytes());
        return new BytesValue(out.toByteArray());
      }
      if (v instanceof TupleValue x && w instanceof TupleValue y) {
        List<Object> all = new ArrayList<>(x.items());
        all.addAll(y.items());
        return new TupleValue(all);
      }
      return null;
    }
    if (op == Operator.Mult) {
      return v instanceof Long n ? repeat(w, n) : w instanceof Long n ? repeat(v, n) : null;
    }
    return null;
  }

  private static boolean joinsSurrogates(String x, String y) {
    return !x.isEmpty()
        && !y.isEmpty()
        && Character.isHighSurrogate(x.charAt(x.length() - 1))
        && Character.isLowSurrogate(y.charAt(0));
  }

  private static @Nullable Object repeat(Object v, long n) {
    if (n < 0) {
      return null;
    }
    if (v instanceof String s) {
      if (!s.isEmpty() && n > MAX_STR_SIZE / s.codePointCount(0, s.length())) {
        return null;
      }
      return joinsSurrogates(s, s) ? null : s.repeat((int) Math.min(n, MAX_STR_SIZE));
    }
    if (v instanceof BytesValue b) {
      if (b.bytes().length != 0 && n > MAX_STR_SIZE / b.bytes().length) {
        return null;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (long i = 0; i < n && b.bytes().length != 0; i++) {
        out.writeBytes(b.bytes());
      }
      return new BytesValue(out.toByteArray());
    }
    if (v instanceof TupleValue t) {
      if (!t.items().isEmpty() && n > MAX_COLLECTION_SIZE / t.items().size()) {
        return null;
      }
      List<Object> all = new ArrayList<>();
      for (long i = 0; i < n && !t.items().isEmpty(); i++) {
        all.addAll(t.items());
      }
      return new TupleValue(all);
    }
    return null;
  }

  /** container[index] of constants. */
  public static @Nullable Object subscript(Object container, Object index) {
    if (index instanceof SliceValue s) {
      return slice(container, s);
    }
    if (!(index instanceof Long i)) {
      return null;
    }
    if (container instanceof TupleValue t) {
      long k = i < 0 ? i + t.items().size() : i;
      return k >= 0 && k < t.items().size() ? t.items().get((int) k) : null;
    }
    if (container instanceof String s && s.length() == s.codePointCount(0, s.length())) {
      long k = i < 0 ? i + s.length() : i;
      return k >= 0 && k < s.length() ? s.substring((int) k, (int) k + 1) : null;
    }
    if (container instanceof BytesValue b) {
      int n = b.bytes().length;
      long k = i < 0 ? i + n : i;
      return k >= 0 && k < n ? (Object) (long) (b.bytes()[(int) k] & 0xFF) : null;
    }
    return null;
  }

  private static @Nullable Object slice(Object container, SliceValue s) {
    int n =
        switch (container) {
          case String t -> t.length() == t.codePointCount(0, t.length()) ? t.length() : -1;
          case BytesValue b -> b.bytes().length;
          case TupleValue t -> t.items().size();
          default -> -1;
        };
    if (n < 0 || s.step() != Singleton.NONE) {
      return null;
    }
    int from = bound(s.start(), 0, n);
    int to = bound(s.stop(), n, n);
    if (from < 0 || to < 0) {
      return null;
    }
    to = Math.max(from, to);
    return switch (container) {
      case String t -> t.substring(from, to);
      case BytesValue b -> new BytesValue(Arrays.copyOfRange(b.bytes(), from, to));
      case TupleValue t -> new TupleValue(t.items().subList(from, to));
      default -> null;
    };
  }

  /** A slice's end as an index, -1 if it is neither None nor a small int. */
  private static int bound(Object part, int none, int n) {
    if (part == Singleton.NONE) {
      return none;
    }
    if (!(part instanceof Long i)) {
      return -1;
    }
    return (int) Math.max(0, Math.min(i < 0 ? i + n : i, n));
  }

  private static boolean isInt(Object v) {
    return v instanceof Long || v instanceof BigInteger || v instanceof Boolean;
  }

  private static boolean isReal(Object v) {
    return isInt(v) || v instanceof Double;
  }

  private static BigInteger integer(Object v) {
    return switch (v) {
      case BigInteger b -> b;
      case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
      default -> BigInteger.valueOf((Long) v);
    };
  }

  private static @Nullable Double real(Object v) {
    return switch (v) {
      case Double d -> d;
      case Boolean b -> b ? 1.0 : 0.0;
      case Long l -> Math.abs(l) <= EXACT ? (Double) (double) l.longValue() : null;
      default -> null;
    };
  }

  private static Object normal(BigInteger i) {
    return i.bitLength() < 64 ? (Object) i.longValue() : i;
  }
}
