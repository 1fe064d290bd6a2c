package org.plait.syntax.lexer;

import org.jspecify.annotations.Nullable;

/** Numbers and the errors in them. */
abstract class NumberLexer extends LexerState {
  /** Whether the tokens are for the {@code tokenize} module, which is more liberal. */
  final boolean extraTokens;

  /** Takes warnings; null while nobody wants them. */
  @Nullable Warnings warnings;

  /** Takes a warning and the words of the error that may take its place. */
  interface Warnings {
    void warn(String message, String asError);
  }

  NumberLexer(byte[] buf, int length, boolean extraTokens) {
    super(buf, length);
    this.extraTokens = extraTokens;
  }

  NumberLexer(LineSource lines, boolean extraTokens) {
    super(lines);
    this.extraTokens = extraTokens;
  }

  /** Reads a number whose first digit has been read; true if all went well. */
  final boolean number(int first) {
    if (first != '0') {
      return decimal();
    }
    int c = nextc();
    return switch (c) {
      case 'x', 'X' -> hexadecimal();
      case 'o', 'O' -> radix(8, "octal");
      case 'b', 'B' -> radix(2, "binary");
      default -> zero(c);
    };
  }

  private boolean hexadecimal() {
    int c = nextc();
    do {
      if (c == '_') {
        c = nextc();
      }
      if (!isHexDigit(c)) {
        backup(c);
        return fail("invalid hexadecimal literal");
      }
      do {
        c = nextc();
      } while (isHexDigit(c));
    } while (c == '_');
    return end(c, "hexadecimal");
  }

  private boolean radix(int radix, String kind) {
    int c = nextc();
    do {
      if (c == '_') {
        c = nextc();
      }
      if (c < '0' || c >= '0' + radix) {
        if (isDigit(c)) {
          return fail("invalid digit '" + (char) c + "' in " + kind + " literal");
        }
        backup(c);
        return fail("invalid " + kind + " literal");
      }
      do {
        c = nextc();
      } while (c >= '0' && c < '0' + radix);
    } while (c == '_');
    if (isDigit(c)) {
      return fail("invalid digit '" + (char) c + "' in " + kind + " literal");
    }
    return end(c, kind);
  }

  /** A number that begins with 0: zero itself, a float, or an octal of Python 2. */
  private boolean zero(int c) {
    boolean nonzero = false;
    while (true) {
      if (c == '_') {
        c = nextc();
        if (!isDigit(c)) {
          backup(c);
          return fail("invalid decimal literal");
        }
      }
      if (c != '0') {
        break;
      }
      c = nextc();
    }
    int zerosEnd = cur;
    if (isDigit(c)) {
      nonzero = true;
      c = decimalTail();
      if (c == 0) {
        return false;
      }
    }
    if (c == '.') {
      return fraction(nextc());
    }
    if (c == 'e' || c == 'E') {
      return exponent(c);
    }
    if (c == 'j' || c == 'J') {
      return end(nextc(), "imaginary");
    }
    if (nonzero && !extraTokens) {
      backup(c);
      syntaxErrorAt(
          start + 1 - lineStart,
          zerosEnd - lineStart,
          "leading zeros in decimal integer literals are not permitted; "
              + "use an 0o prefix for octal integers");
      return false;
    }
    return end(c, "decimal");
  }

  private boolean decimal() {
    int c = decimalTail();
    if (c == 0) {
      return false;
    }
    return c == '.' ? fraction(nextc()) : afterFraction(c);
  }

  /** Reads on behind the decimal point; {@code c} is the byte after it. */
  final boolean fraction(int c) {
    if (isDigit(c)) {
      c = decimalTail();
      if (c == 0) {
        return false;
      }
    }
    return afterFraction(c);
  }

  private boolean afterFraction(int c) {
    if (c == 'e' || c == 'E') {
      return exponent(c);
    }
    return c == 'j' || c == 'J' ? end(nextc(), "imaginary") : end(c, "decimal");
  }

  private boolean exponent(int e) {
    int c = nextc();
    if (c == '+' || c == '-') {
      c = nextc();
      if (!isDigit(c)) {
        backup(c);
        return fail("invalid decimal literal");
      }
    } else if (!isDigit(c)) {
      backup(c);
      if (!verifyEnd(e, "decimal")) {
        return false;
      }
      backup(e);
      return true;
    }
    c = decimalTail();
    if (c == 0) {
      return false;
    }
    return c == 'j' || c == 'J' ? end(nextc(), "imaginary") : end(c, "decimal");
  }

  /** Reads digits and underscores; returns the byte behind them, or 0 after an error. */
  private int decimalTail() {
    while (true) {
      int c;
      do {
        c = nextc();
      } while (isDigit(c));
      if (c != '_') {
        return c;
      }
      c = nextc();
      if (!isDigit(c)) {
        backup(c);
        fail("invalid decimal literal");
        return 0;
      }
    }
  }

  private boolean end(int c, String kind) {
    if (!verifyEnd(c, kind)) {
      return false;
    }
    backup(c);
    return true;
  }

  /**
   * A name may not follow a number directly, but the keywords that can follow a number in valid
   * code only cause a warning.
   */
  private boolean verifyEnd(int c, String kind) {
    if (extraTokens || !isIdentifierChar(c)) {
      return true;
    }
    boolean keyword =
        switch (c) {
          case 'a' -> follows("nd");
          case 'e' -> follows("lse");
          case 'f' -> follows("or");
          case 'i' -> {
            int c2 = nextc();
            backup(c2);
            yield c2 == 'f' || c2 == 'n' || c2 == 's';
          }
          case 'o' -> follows("r");
          case 'n' -> follows("ot");
          default -> false;
        };
    if (keyword) {
      String message = "invalid " + kind + " literal";
      backup(c);
      if (warnings != null) {
        warnings.warn(message, message);
      }
      nextc();
      return true;
    }
    if (c < 128) {
      backup(c);
      return fail("invalid " + kind + " literal");
    }
    return true;
  }

  private boolean follows(String rest) {
    int saved = cur;
    for (int i = 0; i < rest.length(); i++) {
      if (cur == inp || buf[cur] != rest.charAt(i)) {
        cur = saved;
        return false;
      }
      cur++;
    }
    backup(nextc());
    boolean ends = cur == inp || !isIdentifierChar(buf[cur] & 0xFF);
    cur = saved;
    return ends;
  }

  private boolean fail(String message) {
    syntaxError(message);
    return false;
  }

  private static boolean isHexDigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
