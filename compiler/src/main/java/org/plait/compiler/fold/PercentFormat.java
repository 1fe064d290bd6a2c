package org.plait.compiler.fold;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;

/**
 * {@code '...%s...' % (a, b)} as an f-string. Compare CPython's optimize_format in
 * ast_preprocess.c.
 */
public final class PercentFormat {
  private static final int MAX_DIGITS = 3;

  private final String format;
  private final SourceRange range;
  private int pos;

  private PercentFormat(String format, SourceRange range) {
    this.format = format;
    this.range = range;
  }

  /** The f-string, or null if the format has anything but %s, %r and %a, or the numbers differ. */
  public static Expr.@Nullable JoinedStr optimize(
      String format, Expr.Tuple args, SourceRange range) {
    for (Expr e : args.elts()) {
      if (e instanceof Expr.Starred) {
        return null;
      }
    }
    return new PercentFormat(format, range).run(args.elts());
  }

  private Expr.@Nullable JoinedStr run(List<Expr> args) {
    List<Expr> parts = new ArrayList<>();
    int next = 0;
    while (true) {
      String literal = literal();
      if (literal == null) {
        return null;
      }
      if (!literal.isEmpty()) {
        parts.add(new Expr.Constant(literal, null, range));
      }
      if (pos >= format.length()) {
        return next == args.size() ? new Expr.JoinedStr(parts, range) : null;
      }
      if (next >= args.size()) {
        return null;
      }
      Expr value = field(args.get(next++));
      if (value == null) {
        return null;
      }
      parts.add(value);
    }
  }

  /**
   * Text up to a %, with %% undone; stands behind the % afterwards. Null if the format ends in a %.
   */
  private @Nullable String literal() {
    StringBuilder text = new StringBuilder();
    while (pos < format.length()) {
      char ch = format.charAt(pos);
      if (ch != '%') {
        text.append(ch);
        pos++;
      } else if (pos + 1 < format.length() && format.charAt(pos + 1) == '%') {
        text.append('%');
        pos += 2;
      } else {
        pos++;
        return pos < format.length() ? text.toString() : null;
      }
    }
    return text.toString();
  }

  private @Nullable Expr field(Expr value) {
    boolean left = false;
    while (pos < format.length() && "-+ #0".indexOf(format.charAt(pos)) >= 0) {
      if (format.charAt(pos) != '-') {
        return null;
      }
      left = true;
      pos++;
    }
    int width = number();
    if (width < -1) {
      return null;
    }
    int precision = -1;
    if (pos < format.length() && format.charAt(pos) == '.') {
      pos++;
      precision = number();
      if (precision < -1) {
        return null;
      }
      if (precision < 0) {
        precision = 0;
      }
    }
    if (pos >= format.length()) {
      return null;
    }
    char conversion = format.charAt(pos++);
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      return null;
    }
    StringBuilder spec = new StringBuilder();
    if (width > 0) {
      if (!left) {
        spec.append('>');
      }
      spec.append(width);
    }
    if (precision >= 0) {
      spec.append('.').append(precision);
    }
    Expr formatSpec = spec.isEmpty() ? null : new Expr.Constant(spec.toString(), null, range);
    return new Expr.FormattedValue(value, conversion, formatSpec, value.range());
  }

  /** Digits as a number, -1 if there are none, -2 if there are {@link #MAX_DIGITS} or more. */
  private int number() {
    int digits = 0;
    int n = 0;
    while (pos < format.length() && format.charAt(pos) >= '0' && format.charAt(pos) <= '9') {
      if (++digits >= MAX_DIGITS) {
        return -2;
      }
      n = n * 10 + format.charAt(pos++) - '0';
    }
    return digits == 0 ? -1 : n;
  }
}
