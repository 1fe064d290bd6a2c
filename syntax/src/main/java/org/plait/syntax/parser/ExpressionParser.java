package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.BoolOp;
import org.plait.syntax.ast.CmpOp;
import org.plait.syntax.ast.Comprehension;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Keyword;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.UnaryOp;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError.Kind;

/** Expressions, by precedence. */
abstract class ExpressionParser extends LiteralParser {
  /** Whether {@code <>} takes the place of {@code !=}; a future import may turn it on. */
  boolean barryAsFlufl;

  ExpressionParser(Tokens t, ParseOptions options) {
    super(t, options);
    barryAsFlufl = options.barryAsFlufl();
  }

  abstract Expr lambda();

  @Override
  final Expr annotatedRhs() {
    return type[p] == T.KW_YIELD ? yieldExpression() : starExpressions();
  }

  final Expr yieldExpression() {
    int first = p;
    expect(T.KW_YIELD);
    if (accept(T.KW_FROM)) {
      Expr value = expression();
      return new Expr.YieldFrom(value, rangeFrom(first));
    }
    Expr value = startsStarExpression() ? starExpressions() : null;
    return new Expr.Yield(value, rangeFrom(first));
  }

  /** Whether the current token can begin a star expression. */
  final boolean startsStarExpression() {
    return type[p] == T.STAR || startsExpression();
  }

  final boolean startsExpression() {
    return switch (type[p]) {
      case T.NAME,
          T.NUMBER,
          T.STRING,
          T.FSTRING_START,
          T.TSTRING_START,
          T.LPAR,
          T.LSQB,
          T.LBRACE,
          T.PLUS,
          T.MINUS,
          T.TILDE,
          T.ELLIPSIS,
          T.KW_NOT,
          T.KW_LAMBDA,
          T.KW_AWAIT,
          T.KW_NONE,
          T.KW_TRUE,
          T.KW_FALSE ->
          true;
      default -> false;
    };
  }

  /** One star expression or a tuple of several. */
  final Expr starExpressions() {
    int first = p;
    Expr e = starExpression();
    if (type[p] != T.COMMA) {
      return e;
    }
    List<Expr> items = new ArrayList<>();
    items.add(e);
    while (accept(T.COMMA)) {
      if (!startsStarExpression()) {
        break;
      }
      items.add(starExpression());
    }
    return new Expr.Tuple(items, ExprContext.Load, rangeFrom(first));
  }

  private Expr starExpression() {
    return type[p] == T.STAR ? starred(false) : expression();
  }

  /** {@code *} and a bitwise-or, or a whole expression as in a call. */
  final Expr starred(boolean wholeExpression) {
    int first = p;
    expect(T.STAR);
    Expr value = wholeExpression ? expression() : bitwiseOr();
    return new Expr.Starred(value, ExprContext.Load, rangeFrom(first));
  }

  /** One expression or a tuple of several, without stars. */
  final Expr expressions() {
    int first = p;
    Expr e = expression();
    return type[p] == T.COMMA ? tupleAfter(first, e) : e;
  }

  /** The tuple that begins with an expression already read; the current token is a comma. */
  final Expr tupleAfter(int first, Expr e) {
    List<Expr> items = new ArrayList<>();
    items.add(e);
    while (accept(T.COMMA)) {
      if (!startsExpression()) {
        break;
      }
      items.add(expression());
    }
    return new Expr.Tuple(items, ExprContext.Load, rangeFrom(first));
  }

  /** An expression, or an assignment expression. */
  final Expr namedExpression() {
    if (type[p] == T.NAME && peekNext() == T.COLONEQUAL) {
      return assignmentExpression();
    }
    Expr e = expression();
    if (type[p] == T.COLONEQUAL) {
      throw mismatch();
    }
    return e;
  }

  private Expr assignmentExpression() {
    int first = p;
    Expr target = new Expr.Name(name(), ExprContext.Store, tokenRange(first));
    expect(T.COLONEQUAL);
    Expr value = expression();
    since(8, "Assignment expressions are");
    return new Expr.NamedExpr(target, value, rangeFrom(first));
  }

  final Expr starNamedExpression() {
    return type[p] == T.STAR ? starred(false) : namedExpression();
  }

  /** A conditional part that waits for what follows its {@code else}. */
  private record Pending(int first, Expr body, Expr test, @Nullable Pending outer) {}

  final Expr expression() {
    Pending pending = null;
    Expr e;
    int entered = 0;
    while (true) {
      int first = p;
      if (type[p] == T.KW_LAMBDA) {
        e = lambda();
        break;
      }
      e = disjunction();
      if (type[p] != T.KW_IF) {
        break;
      }
      advance();
      Expr test = disjunction();
      expect(T.KW_ELSE);
      pending = new Pending(first, e, test, pending);
      enter(1);
      entered++;
    }
    depth -= entered;
    for (; pending != null; pending = pending.outer()) {
      e = new Expr.IfExp(pending.test(), pending.body(), e, rangeFrom(pending.first()));
    }
    return e;
  }

  final Expr disjunction() {
    int first = p;
    Expr e = conjunction();
    if (type[p] != T.KW_OR) {
      return e;
    }
    List<Expr> values = new ArrayList<>();
    values.add(e);
    while (accept(T.KW_OR)) {
      values.add(conjunction());
    }
    return new Expr.BoolOp(BoolOp.Or, values, rangeFrom(first));
  }

  private Expr conjunction() {
    int first = p;
    Expr e = inversion();
    if (type[p] != T.KW_AND) {
      return e;
    }
    List<Expr> values = new ArrayList<>();
    values.add(e);
    while (accept(T.KW_AND)) {
      values.add(inversion());
    }
    return new Expr.BoolOp(BoolOp.And, values, rangeFrom(first));
  }

  private Expr inversion() {
    int first = p;
    while (type[p] == T.KW_NOT) {
      enter(1);
      advance();
    }
    int operand = p;
    Expr e = comparison();
    depth -= operand - first;
    for (int i = operand - 1; i >= first; i--) {
      e = new Expr.UnaryOp(UnaryOp.Not, e, rangeFrom(i));
    }
    return e;
  }

  private Expr comparison() {
    int first = p;
    Expr e = bitwiseOr();
    CmpOp op = comparisonOperator();
    if (op == null) {
      return e;
    }
    List<CmpOp> ops = new ArrayList<>(1);
    List<Expr> comparators = new ArrayList<>(1);
    while (op != null) {
      ops.add(op);
      comparators.add(bitwiseOr());
      op = comparisonOperator();
    }
    return new Expr.Compare(e, ops, comparators, rangeFrom(first));
  }

  /** Reads a comparison operator, if there is one. */
  private @Nullable CmpOp comparisonOperator() {
    CmpOp op;
    switch (type[p]) {
      case T.EQEQUAL -> op = CmpOp.Eq;
      case T.NOTEQUAL -> op = notEqual() ? CmpOp.NotEq : null;
      case T.LESSEQUAL -> op = CmpOp.LtE;
      case T.LESS -> op = CmpOp.Lt;
      case T.GREATEREQUAL -> op = CmpOp.GtE;
      case T.GREATER -> op = CmpOp.Gt;
      case T.KW_IN -> op = CmpOp.In;
      case T.KW_NOT -> {
        if (peekNext() != T.KW_IN) {
          return null;
        }
        advance();
        op = CmpOp.NotIn;
      }
      case T.KW_IS -> {
        op = CmpOp.Is;
        if (peekNext() == T.KW_NOT) {
          advance();
          op = CmpOp.IsNot;
        }
      }
      default -> op = null;
    }
    if (op != null) {
      advance();
    }
    return op;
  }

  private boolean notEqual() {
    boolean angle = t.bytes[t.start[p]] == '<';
    if (barryAsFlufl && !angle) {
      throw errorAt(far, "with Barry as BDFL, use '<>' instead of '!='");
    }
    return angle == barryAsFlufl;
  }

  final Expr bitwiseOr() {
    return binary(1);
  }

  private static int precedence(int type) {
    return switch (type) {
      case T.VBAR -> 1;
      case T.CIRCUMFLEX -> 2;
      case T.AMPER -> 3;
      case T.LEFTSHIFT, T.RIGHTSHIFT -> 4;
      case T.PLUS, T.MINUS -> 5;
      case T.STAR, T.SLASH, T.DOUBLESLASH, T.PERCENT, T.AT -> 6;
      default -> 0;
    };
  }

  private static Operator operator(int type) {
    return switch (type) {
      case T.VBAR -> Operator.BitOr;
      case T.CIRCUMFLEX -> Operator.BitXor;
      case T.AMPER -> Operator.BitAnd;
      case T.LEFTSHIFT -> Operator.LShift;
      case T.RIGHTSHIFT -> Operator.RShift;
      case T.PLUS -> Operator.Add;
      case T.MINUS -> Operator.Sub;
      case T.STAR -> Operator.Mult;
      case T.SLASH -> Operator.Div;
      case T.DOUBLESLASH -> Operator.FloorDiv;
      case T.PERCENT -> Operator.Mod;
      default -> Operator.MatMult;
    };
  }

  /** Binary operators that bind at least as tightly as {@code least}; all associate to the left. */
  private Expr binary(int least) {
    int first = p;
    Expr e = factor();
    while (true) {
      int op = type[p];
      int precedence = precedence(op);
      if (precedence < least || precedence == 0) {
        return e;
      }
      advance();
      Expr right = precedence == 6 ? factor() : binary(precedence + 1);
      if (op == T.AT) {
        since(5, "The '@' operator is");
      }
      e = new Expr.BinOp(e, operator(op), right, rangeFrom(first));
    }
  }

  private Expr factor() {
    int first = p;
    int op = type[p];
    if (op != T.MINUS && op != T.PLUS && op != T.TILDE) {
      return power();
    }
    while (op == T.MINUS || op == T.PLUS || op == T.TILDE) {
      enter(1);
      advance();
      op = type[p];
    }
    int operand = p;
    Expr e = power();
    depth -= operand - first;
    for (int i = operand - 1; i >= first; i--) {
      UnaryOp unary =
          type[i] == T.MINUS ? UnaryOp.USub : type[i] == T.PLUS ? UnaryOp.UAdd : UnaryOp.Invert;
      e = new Expr.UnaryOp(unary, e, rangeFrom(i));
    }
    return e;
  }

  private Expr power() {
    int first = p;
    Expr e;
    if (type[p] == T.KW_AWAIT) {
      advance();
      Expr value = primary();
      since(5, "Await expressions are");
      e = new Expr.Await(value, rangeFrom(first));
    } else {
      e = primary();
    }
    if (type[p] != T.DOUBLESTAR) {
      return e;
    }
    enter(2);
    advance();
    Expr right = factor();
    depth -= 2;
    return new Expr.BinOp(e, Operator.Pow, right, rangeFrom(first));
  }

  /** An atom with attribute accesses, calls and subscripts behind it. */
  final Expr primary() {
    int first = p;
    Expr e = atom();
    while (true) {
      switch (type[p]) {
        case T.DOT -> {
          advance();
          String attr = name();
          e = new Expr.Attribute(e, attr, ExprContext.Load, rangeFrom(first));
        }
        case T.LPAR -> e = call(e, first);
        case T.LSQB -> {
          enter(BRACKET_DEPTH);
          advance();
          Expr index = slices();
          expect(T.RSQB);
          depth -= BRACKET_DEPTH;
          e = new Expr.Subscript(e, index, ExprContext.Load, rangeFrom(first));
        }
        default -> {
          return e;
        }
      }
    }
  }

  private Expr atom() {
    int token = p;
    switch (type[token]) {
      case T.NAME -> {
        advance();
        return new Expr.Name(t.name(token), ExprContext.Load, tokenRange(token));
      }
      case T.NUMBER -> {
        return number();
      }
      case T.STRING, T.FSTRING_START, T.TSTRING_START -> {
        return strings();
      }
      case T.LPAR -> {
        return parenthesized();
      }
      case T.LSQB -> {
        return list();
      }
      case T.LBRACE -> {
        return braces();
      }
      case T.KW_NONE -> {
        return constant(Singleton.NONE);
      }
      case T.KW_TRUE -> {
        return constant(Boolean.TRUE);
      }
      case T.KW_FALSE -> {
        return constant(Boolean.FALSE);
      }
      case T.ELLIPSIS -> {
        return constant(Singleton.ELLIPSIS);
      }
      default -> throw mismatch();
    }
  }

  final Expr.Constant constant(Object value) {
    int token = p;
    advance();
    return new Expr.Constant(value, null, tokenRange(token));
  }

  private boolean atComprehension() {
    return type[p] == T.KW_FOR || type[p] == T.KW_ASYNC;
  }

  /** A group, a tuple or a generator expression. */
  private Expr parenthesized() {
    int first = p;
    enter(BRACKET_DEPTH);
    advance();
    Expr e;
    if (accept(T.RPAR)) {
      e = new Expr.Tuple(List.of(), ExprContext.Load, rangeFrom(first));
    } else if (type[p] == T.KW_YIELD) {
      e = yieldExpression();
      expect(T.RPAR);
    } else {
      e = starNamedExpression();
      if (type[p] == T.COMMA) {
        List<Expr> items = itemsAfter(e, T.RPAR);
        expect(T.RPAR);
        e = new Expr.Tuple(items, ExprContext.Load, rangeFrom(first));
      } else if (e instanceof Expr.Starred) {
        throw mismatch();
      } else if (atComprehension()) {
        List<Comprehension> generators = comprehensions();
        expect(T.RPAR);
        e = new Expr.GeneratorExp(e, generators, rangeFrom(first));
      } else {
        expect(T.RPAR);
      }
    }
    depth -= BRACKET_DEPTH;
    return e;
  }

  /** The first item and those behind the comma that comes next; a comma may end them. */
  private List<Expr> itemsAfter(Expr firstItem, int close) {
    List<Expr> items = new ArrayList<>();
    items.add(firstItem);
    while (accept(T.COMMA)) {
      if (type[p] == close) {
        break;
      }
      items.add(starNamedExpression());
    }
    return items;
  }

  private Expr list() {
    int first = p;
    enter(BRACKET_DEPTH);
    advance();
    Expr e;
    if (accept(T.RSQB)) {
      e = new Expr.List(List.of(), ExprContext.Load, rangeFrom(first));
    } else {
      Expr item = starNamedExpression();
      if (atComprehension() && !(item instanceof Expr.Starred)) {
        List<Comprehension> generators = comprehensions();
        expect(T.RSQB);
        e = new Expr.ListComp(item, generators, rangeFrom(first));
      } else {
        List<Expr> items = itemsAfter(item, T.RSQB);
        expect(T.RSQB);
        e = new Expr.List(items, ExprContext.Load, rangeFrom(first));
      }
    }
    depth -= BRACKET_DEPTH;
    return e;
  }

  /** A set, a dict or a comprehension of either. */
  private Expr braces() {
    int first = p;
    enter(BRACKET_DEPTH);
    advance();
    Expr e;
    if (type[p] == T.RBRACE || type[p] == T.DOUBLESTAR) {
      e = dict(first, null);
    } else {
      boolean key = type[p] != T.STAR && !(type[p] == T.NAME && peekNext() == T.COLONEQUAL);
      Expr item = starNamedExpression();
      if (type[p] == T.COLON && key) {
        e = dict(first, item);
      } else if (atComprehension() && !(item instanceof Expr.Starred)) {
        List<Comprehension> generators = comprehensions();
        expect(T.RBRACE);
        e = new Expr.SetComp(item, generators, rangeFrom(first));
      } else {
        List<Expr> items = itemsAfter(item, T.RBRACE);
        expect(T.RBRACE);
        e = new Expr.Set(items, rangeFrom(first));
      }
    }
    depth -= BRACKET_DEPTH;
    return e;
  }

  /** The rest of a dict whose first key may have been read already. */
  private Expr dict(int first, @Nullable Expr firstKey) {
    List<@Nullable Expr> keys = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    Expr key = firstKey;
    while (type[p] != T.RBRACE) {
      if (key == null && accept(T.DOUBLESTAR)) {
        keys.add(null);
        values.add(bitwiseOr());
      } else {
        Expr k = key == null ? expression() : key;
        key = null;
        if (type[p] != T.COLON) {
          throw noValue(keys, k);
        }
        Expr value = dictValue();
        if (keys.isEmpty() && atComprehension()) {
          List<Comprehension> generators = comprehensions();
          expect(T.RBRACE);
          return new Expr.DictComp(k, value, generators, rangeFrom(first));
        }
        keys.add(k);
        values.add(value);
      }
      if (!accept(T.COMMA)) {
        break;
      }
    }
    expect(T.RBRACE);
    return new Expr.Dict(keys, values, rangeFrom(first));
  }

  // CPython words these errors at once, without looking for another one first.

  private RuntimeException noValue(List<@Nullable Expr> keys, Expr key) {
    if (keys.isEmpty()) {
      return mismatch();
    }
    return Errors.at(
        t,
        Kind.SYNTAX,
        far,
        key.lineno(),
        key.endColOffset(),
        key.endLineno(),
        0,
        "':' expected after dictionary key");
  }

  private Expr dictValue() {
    int colon = p;
    advance();
    if (type[p] == T.RBRACE || type[p] == T.COMMA) {
      throw errorIn(tokenRange(colon), "expression expected after dictionary key and ':'");
    }
    int star = p;
    if (!accept(T.STAR)) {
      return expression();
    }
    bitwiseOr();
    throw Errors.at(
        t,
        Kind.SYNTAX,
        far,
        t.line[star],
        t.column[star] + 1,
        t.endLine[far],
        t.cursor(far),
        "cannot use a starred expression in a dictionary value");
  }

  private List<Comprehension> comprehensions() {
    List<Comprehension> generators = new ArrayList<>(1);
    while (atComprehension()) {
      int async = 0;
      if (accept(T.KW_ASYNC)) {
        async = 1;
      }
      expect(T.KW_FOR);
      Expr target = starTargets();
      expect(T.KW_IN);
      Expr iter = disjunction();
      List<Expr> ifs = new ArrayList<>(0);
      while (accept(T.KW_IF)) {
        ifs.add(disjunction());
      }
      if (async == 1) {
        since(6, "Async comprehensions are");
      }
      generators.add(new Comprehension(target, iter, ifs, async));
    }
    return generators;
  }

  private Expr slices() {
    int first = p;
    Expr e = type[p] == T.STAR ? starred(true) : slice();
    if (type[p] != T.COMMA && !(e instanceof Expr.Starred)) {
      return e;
    }
    List<Expr> items = new ArrayList<>();
    items.add(e);
    while (accept(T.COMMA)) {
      if (type[p] == T.RSQB) {
        break;
      }
      items.add(type[p] == T.STAR ? starred(true) : slice());
    }
    return new Expr.Tuple(items, ExprContext.Load, rangeFrom(first));
  }

  private Expr slice() {
    int first = p;
    Expr lower = null;
    if (type[p] != T.COLON) {
      if (type[p] == T.NAME && peekNext() == T.COLONEQUAL) {
        return assignmentExpression();
      }
      lower = namedExpression();
      if (type[p] != T.COLON) {
        return lower;
      }
    }
    expect(T.COLON);
    Expr upper = startsExpression() ? expression() : null;
    Expr step = null;
    if (accept(T.COLON) && startsExpression()) {
      step = expression();
    }
    return new Expr.Slice(lower, upper, step, rangeFrom(first));
  }

  /** The arguments of a call or the bases of a class. */
  record CallArguments(List<Expr> args, List<Keyword> keywords) {}

  private Expr call(Expr function, int first) {
    enter(BRACKET_DEPTH);
    CallArguments a = arguments(true);
    depth -= BRACKET_DEPTH;
    return new Expr.Call(function, a.args(), a.keywords(), rangeFrom(first));
  }

  /**
   * Arguments in parentheses.
   *
   * @param generator whether a bare generator expression may be the only argument
   */
  final CallArguments arguments(boolean generator) {
    int open = p;
    expect(T.LPAR);
    if (accept(T.RPAR)) {
      return new CallArguments(List.of(), List.of());
    }
    List<Expr> args = new ArrayList<>();
    List<Keyword> keywords = new ArrayList<>(0);
    boolean unpacked = false;
    while (type[p] != T.RPAR) {
      int first = p;
      if (type[p] == T.STAR) {
        if (unpacked) {
          throw mismatch();
        }
        args.add(starred(true));
      } else if (accept(T.DOUBLESTAR)) {
        Expr value = expression();
        keywords.add(new Keyword(null, value, rangeFrom(first)));
        unpacked = true;
      } else if (type[p] == T.NAME && peekNext() == T.EQUAL) {
        String name = name();
        advance();
        Expr value = expression();
        keywords.add(new Keyword(name, value, rangeFrom(first)));
      } else {
        if (!keywords.isEmpty()) {
          // Positional arguments can't follow; look as far as CPython would before giving up.
          throw mismatch();
        }
        Expr value = namedExpression();
        if (type[p] == T.EQUAL) {
          throw mismatch();
        }
        if (generator && args.isEmpty() && atComprehension()) {
          List<Comprehension> generators = comprehensions();
          expect(T.RPAR);
          return new CallArguments(
              List.of(new Expr.GeneratorExp(value, generators, rangeFrom(open))), List.of());
        }
        args.add(value);
      }
      if (!accept(T.COMMA)) {
        break;
      }
    }
    expect(T.RPAR);
    return new CallArguments(args, keywords);
  }

  /** One assignment target or a tuple of several, as after {@code for}. */
  final Expr starTargets() {
    int first = p;
    Expr e = starTarget();
    if (type[p] != T.COMMA) {
      return e;
    }
    List<Expr> items = new ArrayList<>();
    items.add(e);
    while (accept(T.COMMA)) {
      if (type[p] != T.STAR && !startsAtom()) {
        break;
      }
      items.add(starTarget());
    }
    return new Expr.Tuple(items, ExprContext.Store, rangeFrom(first));
  }

  private boolean startsAtom() {
    return switch (type[p]) {
      case T.PLUS, T.MINUS, T.TILDE, T.KW_NOT, T.KW_LAMBDA, T.KW_AWAIT -> false;
      default -> startsExpression();
    };
  }

  final Expr starTarget() {
    int first = p;
    if (accept(T.STAR)) {
      if (type[p] == T.STAR) {
        throw mismatch();
      }
      Expr value = target(primary(), ExprContext.Store);
      return new Expr.Starred(value, ExprContext.Store, rangeFrom(first));
    }
    return target(primary(), ExprContext.Store);
  }

  /** The expression as a target; a mismatch if it can't be one. */
  final Expr target(Expr e, ExprContext context) {
    Expr target = targetOrNull(e, context);
    if (target == null) {
      throw mismatch();
    }
    return target;
  }

  /** The expression as a target, or null if it can't be one. */
  final @Nullable Expr targetOrNull(Expr e, ExprContext context) {
    if (e instanceof Expr.Name n) {
      return new Expr.Name(n.id(), context, n.range());
    }
    if (e instanceof Expr.Attribute a) {
      return new Expr.Attribute(a.value(), a.attr(), context, a.range());
    }
    if (e instanceof Expr.Subscript s) {
      return new Expr.Subscript(s.value(), s.slice(), context, s.range());
    }
    if (e instanceof Expr.Starred s && context != ExprContext.Del) {
      Expr value = targetOrNull(s.value(), context);
      return value == null ? null : new Expr.Starred(value, context, s.range());
    }
    if (e instanceof Expr.Tuple u) {
      List<Expr> items = targetsOrNull(u.elts(), context);
      return items == null ? null : new Expr.Tuple(items, context, u.range());
    }
    if (e instanceof Expr.List l) {
      List<Expr> items = targetsOrNull(l.elts(), context);
      return items == null ? null : new Expr.List(items, context, l.range());
    }
    return null;
  }

  private @Nullable List<Expr> targetsOrNull(List<Expr> items, ExprContext context) {
    List<Expr> out = new ArrayList<>(items.size());
    for (Expr e : items) {
      Expr target = targetOrNull(e, context);
      if (target == null) {
        return null;
      }
      out.add(target);
    }
    return out;
  }
}
