package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.UnaryOp;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;

/** The patterns of case blocks. */
abstract class PatternParser extends ParameterParser {
  PatternParser(Tokens t, ParseOptions options) {
    super(t, options);
  }

  /** What stands behind {@code case}: a pattern, or a sequence without brackets. */
  final Pattern patterns() {
    int first = p;
    Pattern one = maybeStarPattern();
    if (type[p] != T.COMMA) {
      if (one instanceof Pattern.MatchStar) {
        throw mismatch();
      }
      return one;
    }
    List<Pattern> items = sequenceAfter(one, T.COLON, T.KW_IF);
    return new Pattern.MatchSequence(items, rangeFrom(first));
  }

  private List<Pattern> sequenceAfter(Pattern one, int close, int otherClose) {
    List<Pattern> items = new ArrayList<>();
    items.add(one);
    while (accept(T.COMMA)) {
      if (type[p] == close || type[p] == otherClose) {
        break;
      }
      items.add(maybeStarPattern());
    }
    return items;
  }

  private Pattern maybeStarPattern() {
    int first = p;
    if (!accept(T.STAR)) {
      return pattern();
    }
    if (t.isName(p, "_")) {
      advance();
      return new Pattern.MatchStar(null, rangeFrom(first));
    }
    String name = captureTarget();
    return new Pattern.MatchStar(name, rangeFrom(first));
  }

  private Pattern pattern() {
    int first = p;
    Pattern or = orPattern();
    if (!accept(T.KW_AS)) {
      return or;
    }
    String name = captureTarget();
    return new Pattern.MatchAs(or, name, rangeFrom(first));
  }

  private Pattern orPattern() {
    int first = p;
    Pattern one = closedPattern();
    if (type[p] != T.VBAR) {
      return one;
    }
    List<Pattern> items = new ArrayList<>();
    items.add(one);
    while (accept(T.VBAR)) {
      items.add(closedPattern());
    }
    return new Pattern.MatchOr(items, rangeFrom(first));
  }

  private String captureTarget() {
    if (type[p] != T.NAME || t.isName(p, "_")) {
      throw mismatch();
    }
    int next = peekNext();
    if (next == T.DOT || next == T.LPAR || next == T.EQUAL) {
      throw mismatch();
    }
    return name();
  }

  private Pattern closedPattern() {
    int first = p;
    switch (type[p]) {
      case T.NUMBER, T.MINUS -> {
        Expr value = signedNumber();
        return new Pattern.MatchValue(value, rangeFrom(first));
      }
      case T.STRING, T.FSTRING_START, T.TSTRING_START -> {
        Expr value = strings();
        return new Pattern.MatchValue(value, rangeFrom(first));
      }
      case T.KW_NONE -> {
        return singleton(Singleton.NONE);
      }
      case T.KW_TRUE -> {
        return singleton(Boolean.TRUE);
      }
      case T.KW_FALSE -> {
        return singleton(Boolean.FALSE);
      }
      case T.NAME -> {
        return namePattern();
      }
      case T.LPAR -> {
        return parenthesizedPattern();
      }
      case T.LSQB -> {
        enter(10);
        advance();
        List<Pattern> items = List.of();
        if (type[p] != T.RSQB) {
          items = sequenceAfter(maybeStarPattern(), T.RSQB, T.RSQB);
        }
        expect(T.RSQB);
        depth -= 10;
        return new Pattern.MatchSequence(items, rangeFrom(first));
      }
      case T.LBRACE -> {
        return mappingPattern();
      }
      default -> throw mismatch();
    }
  }

  private Pattern singleton(Object value) {
    int token = p;
    advance();
    return new Pattern.MatchSingleton(value, tokenRange(token));
  }

  /** A number with an optional minus, or a complex number. */
  private Expr signedNumber() {
    int first = p;
    Expr real = minusNumber();
    if (type[p] != T.PLUS && type[p] != T.MINUS) {
      return real;
    }
    Operator op = type[p] == T.PLUS ? Operator.Add : Operator.Sub;
    checkNumber(real, false);
    advance();
    if (type[p] != T.NUMBER) {
      throw mismatch();
    }
    Expr imaginary = number();
    checkNumber(imaginary, true);
    return new Expr.BinOp(real, op, imaginary, rangeFrom(first));
  }

  private Expr minusNumber() {
    int first = p;
    if (!accept(T.MINUS)) {
      return number();
    }
    if (type[p] != T.NUMBER) {
      throw mismatch();
    }
    Expr value = number();
    return new Expr.UnaryOp(UnaryOp.USub, value, rangeFrom(first));
  }

  private void checkNumber(Expr e, boolean imaginary) {
    Expr number = e instanceof Expr.UnaryOp u ? u.operand() : e;
    if (number instanceof Expr.Constant c && c.value() instanceof Complex != imaginary) {
      throw errorIn(
          number.range(),
          (imaginary ? "imaginary" : "real") + " number required in complex literal");
    }
  }

  private Pattern namePattern() {
    int first = p;
    if (t.isName(p, "_")) {
      advance();
      return new Pattern.MatchAs(null, null, rangeFrom(first));
    }
    int next = peekNext();
    if (next != T.DOT && next != T.LPAR) {
      if (next == T.EQUAL) {
        throw mismatch();
      }
      String name = name();
      return new Pattern.MatchAs(null, name, rangeFrom(first));
    }
    Expr value = nameOrAttribute();
    if (type[p] == T.LPAR) {
      return classPattern(value, first);
    }
    if (type[p] == T.EQUAL) {
      throw mismatch();
    }
    return new Pattern.MatchValue(value, rangeFrom(first));
  }

  private Expr nameOrAttribute() {
    int first = p;
    Expr value = new Expr.Name(name(), ExprContext.Load, tokenRange(first));
    while (accept(T.DOT)) {
      String attr = name();
      value = new Expr.Attribute(value, attr, ExprContext.Load, rangeFrom(first));
    }
    return value;
  }

  private Pattern classPattern(Expr cls, int first) {
    enter(10);
    advance();
    List<Pattern> patterns = new ArrayList<>(0);
    List<String> names = new ArrayList<>(0);
    List<Pattern> keywordPatterns = new ArrayList<>(0);
    while (type[p] != T.RPAR) {
      if (type[p] == T.NAME && peekNext() == T.EQUAL) {
        names.add(name());
        advance();
        keywordPatterns.add(pattern());
      } else if (names.isEmpty()) {
        patterns.add(pattern());
      } else {
        throw mismatch();
      }
      if (!accept(T.COMMA)) {
        break;
      }
      if (type[p] == T.RPAR) {
        break;
      }
    }
    expect(T.RPAR);
    depth -= 10;
    return new Pattern.MatchClass(cls, patterns, names, keywordPatterns, rangeFrom(first));
  }

  private Pattern parenthesizedPattern() {
    int first = p;
    enter(10);
    advance();
    Pattern result;
    if (accept(T.RPAR)) {
      result = new Pattern.MatchSequence(List.of(), rangeFrom(first));
    } else {
      Pattern one = maybeStarPattern();
      if (type[p] == T.COMMA) {
        List<Pattern> items = sequenceAfter(one, T.RPAR, T.RPAR);
        expect(T.RPAR);
        result = new Pattern.MatchSequence(items, rangeFrom(first));
      } else {
        if (one instanceof Pattern.MatchStar) {
          throw mismatch();
        }
        expect(T.RPAR);
        result = one;
      }
    }
    depth -= 10;
    return result;
  }

  private Pattern mappingPattern() {
    int first = p;
    enter(10);
    advance();
    List<Expr> keys = new ArrayList<>();
    List<Pattern> patterns = new ArrayList<>();
    String rest = null;
    while (type[p] != T.RBRACE && rest == null) {
      if (accept(T.DOUBLESTAR)) {
        rest = captureTarget();
      } else {
        keys.add(mappingKey());
        expect(T.COLON);
        patterns.add(pattern());
      }
      if (!accept(T.COMMA)) {
        break;
      }
    }
    expect(T.RBRACE);
    depth -= 10;
    return new Pattern.MatchMapping(keys, patterns, rest, rangeFrom(first));
  }

  private Expr mappingKey() {
    return switch (type[p]) {
      case T.NUMBER, T.MINUS -> signedNumber();
      case T.STRING, T.FSTRING_START, T.TSTRING_START -> strings();
      case T.KW_NONE -> constant(Singleton.NONE);
      case T.KW_TRUE -> constant(Boolean.TRUE);
      case T.KW_FALSE -> constant(Boolean.FALSE);
      default -> {
        Expr key = nameOrAttribute();
        if (!(key instanceof Expr.Attribute)) {
          throw mismatch();
        }
        yield key;
      }
    };
  }

  /** The text of the type comment that may stand here, or null. */
  final @Nullable String typeComment() {
    if (type[p] != T.TYPE_COMMENT) {
      return null;
    }
    String text = t.text(p);
    advance();
    return text;
  }
}
