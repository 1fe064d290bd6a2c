package org.plait.compiler.unparse;

import java.math.BigDecimal;
import java.util.List;
import org.plait.compiler.code.SliceValue;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.TupleValue;

/** {@code repr()} of constants. */
public final class Repr {
  private static final String HEX = "0123456789abcdef";

  private Repr() {}

  /** Python's repr of a constant value. */
  public static String of(Object value) {
    return switch (value) {
      case Singleton s -> s == Singleton.NONE ? "None" : "Ellipsis";
      case Boolean b -> b ? "True" : "False";
      case Double d -> real(d);
      case Complex c -> complex(c);
      case String s -> text(s);
      case CodePoints s -> points(s.codePoints());
      case BytesValue b -> bytes(b.bytes());
      case TupleValue t -> tuple(t.items());
      case FrozenSetValue f ->
          f.items().isEmpty() ? "frozenset()" : "frozenset({" + join(f.items()) + "})";
      case SliceValue s ->
          "slice(" + of(s.start()) + ", " + of(s.stop()) + ", " + of(s.step()) + ")";
      default -> String.valueOf(value);
    };
  }

  private static String tuple(List<Object> items) {
    return "(" + join(items) + (items.size() == 1 ? ",)" : ")");
  }

  private static String join(List<Object> items) {
    StringBuilder out = new StringBuilder();
    for (Object o : items) {
      if (!out.isEmpty()) {
        out.append(", ");
      }
      out.append(of(o));
    }
    return out.toString();
  }

  /** repr of a float: shortest digits that read back the same. */
  public static String real(double d) {
    String s = shortest(d);
    for (int i = 0; i < s.length(); i++) {
      char ch = s.charAt(i);
      if (ch != '-' && (ch < '0' || ch > '9')) {
        return s;
      }
    }
    return s + ".0";
  }

  /** As {@link #real} without ".0". */
  private static String shortest(double d) {
    if (Double.isNaN(d)) {
      return "nan";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "inf" : "-inf";
    }
    String sign = d < 0 || (d == 0 && 1 / d < 0) ? "-" : "";
    if (d == 0) {
      return sign + "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(Math.abs(d))).stripTrailingZeros();
    String digits = exact.unscaledValue().toString();
    int point = digits.length() - exact.scale();
    if (point > 16 || point < -3) {
      int e = point - 1;
      String exponent = (e < 0 ? "-" : "+") + (Math.abs(e) < 10 ? "0" : "") + Math.abs(e);
      return sign
          + digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + "e"
          + exponent;
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return sign + digits + "0".repeat(point - digits.length());
    }
    return sign + digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String complex(Complex c) {
    String imag = shortest(c.imag());
    if (c.real() == 0 && 1 / c.real() > 0) {
      return imag + "j";
    }
    return "(" + shortest(c.real()) + (imag.startsWith("-") ? "" : "+") + imag + "j)";
  }

  private static String text(String s) {
    return points(s.codePoints().toArray());
  }

  private static String points(int[] s) {
    boolean single = false;
    boolean twice = false;
    for (int ch : s) {
      single |= ch == '\'';
      twice |= ch == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    StringBuilder out = new StringBuilder(s.length + 2).append(quote);
    for (int ch : s) {
      if (ch == quote || ch == '\\') {
        out.append('\\').append((char) ch);
      } else if (ch == '\n') {
        out.append("\\n");
      } else if (ch == '\r') {
        out.append("\\r");
      } else if (ch == '\t') {
        out.append("\\t");
      } else if (ch < ' ' || ch == 0x7F) {
        hex(out.append("\\x"), ch, 2);
      } else if (ch < 0x7F || printable(ch)) {
        out.appendCodePoint(ch);
      } else if (ch <= 0xFF) {
        hex(out.append("\\x"), ch, 2);
      } else if (ch <= 0xFFFF) {
        hex(out.append("\\u"), ch, 4);
      } else {
        hex(out.append("\\U"), ch, 8);
      }
    }
    return out.append(quote).toString();
  }

  private static boolean printable(int ch) {
    return switch (Character.getType(ch)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      out.append(HEX.charAt((value >> (4 * i)) & 15));
    }
  }

  private static String bytes(byte[] bytes) {
    boolean single = false;
    boolean twice = false;
    for (byte b : bytes) {
      single |= b == '\'';
      twice |= b == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    StringBuilder out = new StringBuilder(bytes.length + 3).append('b').append(quote);
    for (byte b : bytes) {
      int ch = b & 0xFF;
      if (ch == quote || ch == '\\') {
        out.append('\\').append((char) ch);
      } else if (ch == '\t') {
        out.append("\\t");
      } else if (ch == '\n') {
        out.append("\\n");
      } else if (ch == '\r') {
        out.append("\\r");
      } else if (ch < ' ' || ch >= 0x7F) {
        hex(out.append("\\x"), ch, 2);
      } else {
        out.append((char) ch);
      }
    }
    return out.append(quote).toString();
  }
}
