package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.TypeParam;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;

/** Parameters of functions and lambdas, and type parameters. */
abstract class ParameterParser extends ExpressionParser {
  ParameterParser(Tokens t, ParseOptions options) {
    super(t, options);
  }

  @Override
  final Expr lambda() {
    int first = p;
    enter(2);
    expect(T.KW_LAMBDA);
    Arguments params = parameters(T.COLON);
    expect(T.COLON);
    Expr body = expression();
    depth -= 2;
    return new Expr.Lambda(params, body, rangeFrom(first));
  }

  /**
   * Parameters up to the token that closes them, which stays.
   *
   * @param close the colon of a lambda, whose parameters have no annotations, or the parenthesis of
   *     a function
   */
  final Arguments parameters(int close) {
    boolean annotated = close == T.RPAR;
    List<Arg> posOnly = List.of();
    List<Arg> args = new ArrayList<>();
    List<Expr> defaults = new ArrayList<>(0);
    while (type[p] == T.NAME) {
      Arg arg = parameter(annotated, false);
      Expr value = accept(T.EQUAL) ? expression() : null;
      if (value != null) {
        defaults.add(value);
      }
      arg = endOfParameter(arg, close);
      if (value == null && !defaults.isEmpty()) {
        throw mismatch();
      }
      args.add(arg);
      if (type[p] == T.SLASH) {
        if (!posOnly.isEmpty()) {
          throw mismatch();
        }
        posOnly = args;
        args = new ArrayList<>();
        advance();
        if (type[p] != close) {
          expect(T.COMMA);
        }
      }
      if (type[p] == close) {
        break;
      }
    }
    return afterPositional(close, posOnly, args, defaults);
  }

  private Arguments afterPositional(
      int close, List<Arg> posOnly, List<Arg> args, List<Expr> defaults) {
    boolean annotated = close == T.RPAR;
    Arg vararg = null;
    Arg kwarg = null;
    List<Arg> kwOnly = new ArrayList<>(0);
    List<@Nullable Expr> kwDefaults = new ArrayList<>(0);
    if (accept(T.STAR)) {
      if (type[p] == T.COMMA) {
        advance();
        if (type[p] != T.NAME) {
          throw mismatch();
        }
      } else {
        vararg = endOfParameter(parameter(annotated, true), close);
      }
      while (type[p] == T.NAME) {
        Arg arg = parameter(annotated, false);
        Expr value = accept(T.EQUAL) ? expression() : null;
        kwDefaults.add(value);
        kwOnly.add(endOfParameter(arg, close));
      }
    }
    if (accept(T.DOUBLESTAR)) {
      kwarg = endOfParameter(parameter(annotated, false), close);
    }
    if (type[p] != close) {
      throw mismatch();
    }
    if (!posOnly.isEmpty()) {
      since(8, "Positional-only parameters are");
    }
    return new Arguments(posOnly, args, vararg, kwOnly, kwDefaults, kwarg, defaults);
  }

  private Arg parameter(boolean annotated, boolean starAnnotation) {
    int first = p;
    String name = name();
    Expr annotation = null;
    if (annotated && accept(T.COLON)) {
      annotation = starAnnotation && type[p] == T.STAR ? starred(false) : expression();
    }
    return new Arg(name, annotation, null, rangeFrom(first));
  }

  /** A comma, a type comment, or the closing token ends a parameter. */
  private Arg endOfParameter(Arg arg, int close) {
    boolean comma = accept(T.COMMA);
    Arg out = arg;
    if (type[p] == T.TYPE_COMMENT && close == T.RPAR) {
      out = new Arg(arg.arg(), arg.annotation(), t.text(p), arg.range());
      advance();
    }
    if (!comma && type[p] != close) {
      throw mismatch();
    }
    return out;
  }

  /** Type parameters in brackets; none if there are no brackets. */
  final List<TypeParam> typeParams() {
    if (type[p] != T.LSQB) {
      return List.of();
    }
    advance();
    List<TypeParam> params = new ArrayList<>();
    do {
      params.add(typeParam());
    } while (accept(T.COMMA) && type[p] != T.RSQB);
    expect(T.RSQB);
    closedSince(12, "Type parameter lists are");
    return params;
  }

  private TypeParam typeParam() {
    int first = p;
    if (accept(T.STAR)) {
      String name = name();
      Expr value = null;
      if (accept(T.EQUAL)) {
        value = type[p] == T.STAR ? starred(false) : expression();
        since(13, "Type parameter defaults are");
      }
      return new TypeParam.TypeVarTuple(name, value, rangeFrom(first));
    }
    if (accept(T.DOUBLESTAR)) {
      String name = name();
      return new TypeParam.ParamSpec(name, typeParamDefault(), rangeFrom(first));
    }
    String name = name();
    Expr bound = accept(T.COLON) ? expression() : null;
    return new TypeParam.TypeVar(name, bound, typeParamDefault(), rangeFrom(first));
  }

  private @Nullable Expr typeParamDefault() {
    if (!accept(T.EQUAL)) {
      return null;
    }
    Expr value = expression();
    since(13, "Type parameter defaults are");
    return value;
  }
}
