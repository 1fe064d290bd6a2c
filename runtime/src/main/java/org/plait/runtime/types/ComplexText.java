package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.text.UnicodeInfo;

/** Parsing of complex numbers. */
final class ComplexText {
  private final String s;
  private int at;

  private ComplexText(String s) {
    this.s = s;
  }

  /** {@code complex(s)}; ValueError when it is no number. */
  static PyComplex parse(PyStr text) {
    PyComplex z = new ComplexText(ascii(text)).parse();
    if (z == null) {
      throw Errors.valueError("complex() arg is a malformed string");
    }
    return z;
  }

  /**
   * ASCII digits and spaces for those of other scripts, without underscores; ValueError when these
   * are in wrong places.
   */
  private static String ascii(PyStr text) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int c = text.codePointAt(i);
      int digit = UnicodeInfo.decimal(c);
      if (digit >= 0) {
        b.append((char) ('0' + digit));
      } else if (UnicodeInfo.isSpace(c)) {
        b.append(' ');
      } else if (c > 127) {
        b.append('?');
        break;
      } else {
        b.append((char) c);
      }
    }
    if (b.indexOf("_") < 0) {
      return b.toString();
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < b.length(); i++) {
      if (b.charAt(i) != '_') {
        out.append(b.charAt(i));
      } else if (i == 0
          || i + 1 == b.length()
          || !isDigit(b.charAt(i - 1))
          || !isDigit(b.charAt(i + 1))) {
        throw Errors.valueError("could not convert string to complex: " + PyObjects.repr(text));
      }
    }
    return out.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    return at < s.length() ? s.charAt(at) : '\0';
  }

  private void skipSpace() {
    while (peek() == ' ') {
      at++;
    }
  }

  private boolean takeJ() {
    if (peek() == 'j' || peek() == 'J') {
      at++;
      return true;
    }
    return false;
  }

  // Compare CPython complex_from_string_inner in complexobject.c.
  private @Nullable PyComplex parse() {
    skipSpace();
    boolean bracket = peek() == '(';
    if (bracket) {
      at++;
      skipSpace();
    }
    double x = 0;
    double y = 0;
    Double z = number();
    if (z != null) {
      if (peek() == '+' || peek() == '-') {
        x = z;
        Double w = number();
        if (w != null) {
          y = w;
        } else {
          y = peek() == '+' ? 1.0 : -1.0;
          at++;
        }
        if (!takeJ()) {
          return null;
        }
      } else if (takeJ()) {
        y = z;
      } else {
        x = z;
      }
    } else {
      y = 1.0;
      if (peek() == '+' || peek() == '-') {
        y = peek() == '+' ? 1.0 : -1.0;
        at++;
      }
      if (!takeJ()) {
        return null;
      }
    }
    skipSpace();
    if (bracket) {
      if (peek() != ')') {
        return null;
      }
      at++;
      skipSpace();
    }
    return at == s.length() ? new PyComplex(x, y) : null;
  }

  /** The longest float from here on, or null, which consumes nothing. */
  private @Nullable Double number() {
    int i = at;
    if (i < s.length() && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
      i++;
    }
    for (String word : new String[] {"infinity", "inf", "nan"}) {
      if (s.regionMatches(true, i, word, 0, word.length())) {
        return take(i + word.length());
      }
    }
    int digits = 0;
    int from = i;
    while (i < s.length() && isDigit(s.charAt(i))) {
      i++;
    }
    digits += i - from;
    if (i < s.length() && s.charAt(i) == '.') {
      from = ++i;
      while (i < s.length() && isDigit(s.charAt(i))) {
        i++;
      }
      digits += i - from;
    }
    if (digits == 0) {
      return null;
    }
    if (i < s.length() && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
      int e = i + 1;
      if (e < s.length() && (s.charAt(e) == '+' || s.charAt(e) == '-')) {
        e++;
      }
      if (e < s.length() && isDigit(s.charAt(e))) {
        while (e < s.length() && isDigit(s.charAt(e))) {
          e++;
        }
        i = e;
      }
    }
    return take(i);
  }

  private @Nullable Double take(int end) {
    Double d = FloatText.tryParse(s.substring(at, end));
    at = end;
    return d;
  }
}
