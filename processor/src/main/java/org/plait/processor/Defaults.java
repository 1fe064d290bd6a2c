package org.plait.processor;

import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Java source text for the default texts of signatures. */
final class Defaults {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PY = "org.plait.runtime.object.Py.";

  private Defaults() {}

  /** The Java expression for a default, or null when the text means nothing for the type. */
  static @Nullable String expression(String text, JavaType type) {
    boolean none = text.equals("None");
    boolean absent = text.equals("NULL") || text.equals("<unrepresentable>");
    return switch (type.kind()) {
      case OBJECT -> absent ? "null" : object(text);
      case CLASS ->
          none || absent
              ? "null"
              : text.equals("()") && type.name().endsWith("PyTuple")
                  ? PY + "EmptyTuple"
                  : type.name().endsWith("PyStr") ? str(text) : null;
      case STRING -> {
        if (none || absent) {
          yield "null";
        }
        String s = unquote(text);
        yield s == null ? null : quote(s);
      }
      case BOOLEAN ->
          switch (text) {
            case "True" -> "true";
            case "False" -> "false";
            default -> null;
          };
      case INT -> {
        BigInteger v = integer(text);
        yield v == null || v.bitLength() > 31 ? null : v.toString();
      }
      case LONG -> {
        BigInteger v = integer(text);
        yield v == null || v.bitLength() > 63 ? null : longLiteral(v);
      }
      case DOUBLE -> number(text);
      case VOID, BYTES -> null;
    };
  }

  private static @Nullable String object(String text) {
    switch (text) {
      case "None", "True", "False", "Ellipsis":
        return PY + text;
      case "()":
        return PY + "EmptyTuple";
      case "''", "\"\"":
        return PY + "EmptyStr";
      default:
    }
    if (text.startsWith("b'") || text.startsWith("b\"")) {
      return text.length() == 3 ? PY + "bytes(new byte[0])" : null;
    }
    String s = unquote(text);
    if (s != null) {
      return PY + "str(" + quote(s) + ")";
    }
    BigInteger v = integer(text);
    if (v != null) {
      return v.bitLength() > 63 ? null : PY + "int_(" + longLiteral(v) + ")";
    }
    String d = number(text);
    return d == null ? null : PY + "float_(" + d + ")";
  }

  private static @Nullable String str(String text) {
    String s = unquote(text);
    return s == null ? null : s.isEmpty() ? PY + "EmptyStr" : PY + "str(" + quote(s) + ")";
  }

  private static String longLiteral(BigInteger v) {
    // The most negative literal has no positive counterpart, but "-9223372036854775808L" is legal.
    return v + "L";
  }

  private static @Nullable BigInteger integer(String text) {
    if (text.equals("sys.maxsize")) {
      return BigInteger.valueOf(Long.MAX_VALUE);
    }
    if (text.equals("-sys.maxsize-1") || text.equals("-sys.maxsize - 1")) {
      return BigInteger.valueOf(Long.MIN_VALUE);
    }
    try {
      return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String number(String text) {
    if (!text.matches("-?[0-9.]+(e-?[0-9]+)?")) {
      return null;
    }
    try {
      return Double.parseDouble(text) + "d";
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String unquote(String text) {
    int n = text.length();
    if (n < 2
        || text.charAt(0) != '\'' && text.charAt(0) != '"'
        || text.charAt(n - 1) != text.charAt(0)) {
      return null;
    }
    return text.substring(1, n - 1).translateEscapes();
  }

  /** A Java string literal. */
  static String quote(String s) {
    StringBuilder b = new StringBuilder(s.length() + 2).append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> b.append("\\\"");
        case '\\' -> b.append("\\\\");
        case '\n' -> b.append("\\n");
        case '\r' -> b.append("\\r");
        case '\t' -> b.append("\\t");
        default -> {
          if (c >= ' ' && c < 127) {
            b.append(c);
          } else {
            b.append("\\u").append(HEX.toHexDigits(c));
          }
        }
      }
    }
    return b.append('"').toString();
  }
}
