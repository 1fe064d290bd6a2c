package org.plait.runtime.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code %} operator of str and bytes: parses the format, asks an {@link Args} for the values
 * and lays out the result. Format errors are {@link TextException}s with CPython's messages; what
 * the values throw passes through.
 *
 * @param <V> the type of values
 */
public final class PercentFormat<V> {
  /** The right operand of {@code %}, and what values look like as texts and numbers. */
  public interface Args<V> {
    /** The number of arguments of a tuple; -1 when the operand is no tuple. */
    int tupleLength();

    V item(int index);

    /** The operand itself. */
    V whole();

    /** Whether the operand is a mapping (and no tuple, str or, for bytes, bytes). */
    boolean isMapping();

    /** {@code operand[key]}; for bytes formats the key's code points are its bytes. */
    V lookup(CodePointSource key);

    /** The name of the value's type, for messages. */
    String typeName(V value);

    /** The same with the module's name before it, unless that is builtins. */
    String fullTypeName(V value);

    /** The value of an int (or a subclass), Long or BigInteger; null for anything else. */
    @Nullable Number asInt(V value);

    /** {@code int(value)} of a number, for d, i and u; null for what is no number. */
    @Nullable Number toInt(V value);

    /** The value's {@code __index__}, for x, o, X and c; null where there is none. */
    @Nullable Number index(V value);

    /** The value as a float; throws the Python error otherwise. */
    double toDouble(V value);

    /** The text of a str (for bytes formats: the bytes of a bytes or bytearray); else null. */
    @Nullable CodePointSource text(V value);

    /** {@code str(value)}; for bytes formats the bytes of %b, or null where it has none. */
    @Nullable CodePointSource str(V value);

    CodePointSource repr(V value);

    CodePointSource ascii(V value);
  }

  private static final int LEFT = 1;
  private static final int SIGN = 2;
  private static final int BLANK = 4;
  private static final int ALT = 8;
  private static final int ZERO = 16;

  private final CodePointSource fmt;
  private final Args<V> args;
  private final boolean bytes;
  private final int maxDigits;
  private final CodePointBuilder out;

  private int pos;
  private int argIndex;
  private int argLength;
  private @Nullable V current;
  // CPython reads the character behind digits of a bytes format as unsigned, any other as signed.
  private boolean afterDigits;

  private PercentFormat(CodePointSource fmt, Args<V> args, boolean bytes, int maxDigits) {
    this.fmt = fmt;
    this.args = args;
    this.bytes = bytes;
    this.maxDigits = maxDigits;
    this.out = new CodePointBuilder(fmt.length() + 32);
    argLength = args.tupleLength();
    if (argLength < 0) {
      argLength = -1;
      argIndex = -2;
      current = args.whole();
    }
  }

  /**
   * {@code format % args} of a str.
   *
   * @param maxDigits the limit of {@code sys.set_int_max_str_digits}; 0 for none
   */
  public static <V> CodePointSource format(CodePointSource format, Args<V> args, int maxDigits) {
    return new PercentFormat<>(format, args, false, maxDigits).run().toSource();
  }

  /** {@code format % args} of a bytes. */
  public static <V> byte[] format(byte[] format, Args<V> args, int maxDigits) {
    CodePointSource f = CodePointSource.ofBmp(new String(format, StandardCharsets.ISO_8859_1));
    return new PercentFormat<>(f, args, true, maxDigits)
        .run()
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private CodePointBuilder run() {
    int n = fmt.length();
    while (pos < n) {
      int start = pos;
      while (pos < n && fmt.at(pos) != '%') {
        pos++;
      }
      out.append(fmt, start, pos);
      if (pos < n) {
        pos++;
        if (pos < n && fmt.at(pos) == '%') {
          pos++;
          out.append('%');
        } else {
          item();
        }
      }
    }
    if (argIndex < argLength && !args.isMapping()) {
      throw TextException.type(
          "not all arguments converted during " + (bytes ? "bytes" : "string") + " formatting");
    }
    return out;
  }

  private int nextChar() {
    if (pos >= fmt.length()) {
      throw TextException.value("incomplete format");
    }
    return fmt.at(pos++);
  }

  private V nextArg() {
    if (argIndex >= argLength) {
      throw TextException.type("not enough arguments for format string");
    }
    int i = argIndex++;
    if (argLength >= 0) {
      return args.item(i);
    }
    return Objects.requireNonNull(current);
  }

  private void item() {
    if (pos < fmt.length() && fmt.at(pos) == '(') {
      key();
    }
    int c = nextChar();
    afterDigits = false;
    int flags = 0;
    for (int f = flag(c); f != 0; f = flag(c)) {
      flags |= f;
      c = nextChar();
    }
    long width = -1;
    if (c == '*') {
      width = star(false);
      if (width < 0) {
        flags |= LEFT;
        width = -width;
      }
      c = nextChar();
    } else if (c >= '0' && c <= '9') {
      width = 0;
      while (c >= '0' && c <= '9') {
        if (width > (Long.MAX_VALUE - (c - '0')) / 10) {
          throw TextException.value("width too big");
        }
        width = width * 10 + c - '0';
        c = nextChar();
      }
      afterDigits = true;
    }
    int prec = -1;
    if (c == '.') {
      prec = 0;
      c = nextChar();
      afterDigits = false;
      if (c == '*') {
        prec = (int) Math.max(0, star(true));
        c = nextChar();
      } else {
        while (c >= '0' && c <= '9') {
          if (prec > (Integer.MAX_VALUE - (c - '0')) / 10) {
            throw TextException.value(bytes ? "prec too big" : "precision too big");
          }
          prec = prec * 10 + c - '0';
          c = nextChar();
          afterDigits = true;
        }
      }
    }
    if (c == 'h' || c == 'l' || c == 'L') {
      c = nextChar();
      afterDigits = false;
    }
    convert(c, flags, width, prec);
  }

  private static int flag(int c) {
    return switch (c) {
      case '-' -> LEFT;
      case '+' -> SIGN;
      case ' ' -> BLANK;
      case '#' -> ALT;
      case '0' -> ZERO;
      default -> 0;
    };
  }

  private void key() {
    if (!args.isMapping()) {
      throw TextException.type("format requires a mapping");
    }
    int start = ++pos;
    int depth = 1;
    while (depth > 0) {
      if (pos >= fmt.length()) {
        throw TextException.value("incomplete format key");
      }
      int c = fmt.at(pos++);
      if (c == ')') {
        depth--;
      } else if (c == '(') {
        depth++;
      }
    }
    current = args.lookup(fmt.sub(start, pos - 1));
    argLength = -1;
    argIndex = -2;
  }

  private long star(boolean precision) {
    Number n = args.asInt(nextArg());
    if (n == null) {
      throw TextException.type("* wants int");
    }
    if (n instanceof Long l && (!precision || l == l.intValue())) {
      return l;
    }
    throw TextException.overflow(
        "Python int too large to convert to C " + (precision ? "int" : "ssize_t"));
  }

  private void convert(int c, int flags, long width, int prec) {
    V v = nextArg();
    String prefix = "";
    String number;
    switch (c) {
      case 's' -> {
        putStr(v, flags, width, prec);
        return;
      }
      case 'r' -> {
        put(bytes ? args.ascii(v) : args.repr(v), flags, width, prec);
        return;
      }
      case 'a' -> {
        put(args.ascii(v), flags, width, prec);
        return;
      }
      case 'c' -> {
        put(CodePointSource.of(new int[] {character(v)}), flags, width, -1);
        return;
      }
      case 'd', 'i', 'u', 'x', 'X', 'o' -> {
        boolean real = c == 'd' || c == 'i' || c == 'u';
        Number n = real ? args.toInt(v) : args.index(v);
        if (n == null) {
          throw TextException.type(
              "%"
                  + (char) c
                  + " format: "
                  + (real ? "a real number" : "an integer")
                  + " is required, not "
                  + args.typeName(v));
        }
        number = integer(n, c, prec);
        if ((flags & ALT) != 0 && !real) {
          prefix = "0" + (char) c;
        }
      }
      case 'e', 'E', 'f', 'F', 'g', 'G' ->
          number =
              FloatText.format(
                  args.toDouble(v),
                  (char) c,
                  prec < 0 ? 6 : prec,
                  false,
                  (flags & ALT) != 0,
                  false,
                  false);
      default -> {
        if (!bytes || c != 'b') {
          throw badCharacter(c);
        }
        putStr(v, flags, width, prec);
        return;
      }
    }
    putNumber(number, prefix, flags, width);
  }

  /** %s, and %b of bytes. */
  private void putStr(V v, int flags, long width, int prec) {
    CodePointSource s = args.str(v);
    if (s == null) {
      throw TextException.type(
          "%b requires a bytes-like object, or an object that implements __bytes__, not '"
              + args.typeName(v)
              + "'");
    }
    put(s, flags, width, prec);
  }

  private TextException badCharacter(int c) {
    if (bytes && c >= 0x80 && !afterDigits) {
      return TextException.overflow("character argument not in range(0x110000)");
    }
    return TextException.value(
        "unsupported format character '"
            + (bytes || (c >= 31 && c < 127) ? (char) c : '?')
            + "' (0x"
            + Integer.toHexString(c)
            + ") at index "
            + (pos - 1));
  }

  private int character(V v) {
    CodePointSource s = args.text(v);
    String wants =
        bytes
            ? "%c requires an integer in range(256) or a single byte, not "
            : "%c requires an int or a unicode character, not ";
    if (s != null) {
      if (s.length() == 1) {
        return s.at(0);
      }
      throw TextException.type(
          wants
              + "a "
              + (bytes ? args.typeName(v) + " object" : "string")
              + " of length "
              + s.length());
    }
    Number n = args.index(v);
    if (n == null) {
      throw TextException.type(wants + args.fullTypeName(v));
    }
    long limit = bytes ? 0xff : 0x10ffff;
    if (!(n instanceof Long l) || l < 0 || l > limit) {
      throw TextException.overflow("%c arg not in range(" + (bytes ? "256)" : "0x110000)"));
    }
    return l.intValue();
  }

  /** Sign and digits, with zeros up to the precision. */
  private String integer(Number n, int c, int prec) {
    int base = c == 'x' || c == 'X' ? 16 : c == 'o' ? 8 : 10;
    boolean negative;
    String digits;
    if (n instanceof BigInteger b) {
      negative = b.signum() < 0;
      digits = base == 10 ? IntText.toDecimal(b.abs(), maxDigits) : IntText.digits(b, base);
    } else {
      negative = n.longValue() < 0;
      digits = IntText.digits(n.longValue(), base);
    }
    if (c == 'X') {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    if (digits.length() < prec) {
      digits = "0".repeat(prec - digits.length()) + digits;
    }
    return negative ? "-" + digits : digits;
  }

  private void put(CodePointSource s, int flags, long width, int prec) {
    int n = prec >= 0 && prec < s.length() ? prec : s.length();
    int pad = pad(width, n);
    boolean left = (flags & LEFT) != 0;
    if (!left) {
      out.appendRepeated(' ', pad);
    }
    out.append(s, 0, n);
    if (left) {
      out.appendRepeated(' ', pad);
    }
  }

  private void putNumber(String number, String prefix, int flags, long width) {
    boolean negative = number.charAt(0) == '-';
    String digits = negative ? number.substring(1) : number;
    String sign = negative ? "-" : (flags & SIGN) != 0 ? "+" : (flags & BLANK) != 0 ? " " : "";
    int pad = pad(width, sign.length() + prefix.length() + digits.length());
    boolean left = (flags & LEFT) != 0;
    boolean zero = (flags & ZERO) != 0 && !left;
    if (!left && !zero) {
      out.appendRepeated(' ', pad);
    }
    out.append(sign).append(prefix);
    if (zero) {
      out.appendRepeated('0', pad);
    }
    out.append(digits);
    if (left) {
      out.appendRepeated(' ', pad);
    }
  }

  private static int pad(long width, int length) {
    if (width <= length) {
      return 0;
    }
    if (width > Integer.MAX_VALUE - 64) {
      throw new TextException(TextException.Kind.MEMORY, "");
    }
    return (int) width - length;
  }
}
