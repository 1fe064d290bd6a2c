package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Alias;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TypeParam;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;

/** Simple statements. */
abstract class StatementParser extends PatternParser {
  StatementParser(Tokens t, ParseOptions options) {
    super(t, options);
  }

  /** Simple statements and the end of the line. */
  final void simpleStatements(List<Stmt> out) {
    simpleStatementsToNewline(out);
    advance();
  }

  /** Simple statements up to the end of the line, which stays. */
  final void simpleStatementsToNewline(List<Stmt> out) {
    out.add(simpleStatement());
    while (accept(T.SEMI)) {
      if (type[p] == T.NEWLINE) {
        break;
      }
      out.add(simpleStatement());
    }
    if (type[p] != T.NEWLINE) {
      throw mismatch();
    }
  }

  private Stmt simpleStatement() {
    int first = p;
    switch (type[p]) {
      case T.KW_RETURN -> {
        advance();
        Expr value = startsStarExpression() ? starExpressions() : null;
        return new Stmt.Return(value, rangeFrom(first));
      }
      case T.KW_IMPORT -> {
        return importName();
      }
      case T.KW_FROM -> {
        return importFrom();
      }
      case T.KW_RAISE -> {
        return raise();
      }
      case T.KW_PASS -> {
        advance();
        return new Stmt.Pass(rangeFrom(first));
      }
      case T.KW_BREAK -> {
        advance();
        return new Stmt.Break(rangeFrom(first));
      }
      case T.KW_CONTINUE -> {
        advance();
        return new Stmt.Continue(rangeFrom(first));
      }
      case T.KW_DEL -> {
        return delete();
      }
      case T.KW_ASSERT -> {
        advance();
        Expr test = expression();
        Expr message = accept(T.COMMA) ? expression() : null;
        return new Stmt.Assert(test, message, rangeFrom(first));
      }
      case T.KW_GLOBAL -> {
        List<String> names = names();
        return new Stmt.Global(names, rangeFrom(first));
      }
      case T.KW_NONLOCAL -> {
        List<String> names = names();
        return new Stmt.Nonlocal(names, rangeFrom(first));
      }
      case T.NAME -> {
        if (t.isName(p, "type") && peekNext() == T.NAME) {
          return typeAlias();
        }
        return expressionStatement();
      }
      default -> {
        return expressionStatement();
      }
    }
  }

  private List<String> names() {
    advance();
    List<String> names = new ArrayList<>(1);
    do {
      names.add(name());
    } while (accept(T.COMMA));
    return names;
  }

  private Stmt typeAlias() {
    int first = p;
    advance();
    int nameToken = p;
    Expr name = new Expr.Name(name(), ExprContext.Store, tokenRange(nameToken));
    List<TypeParam> params = typeParams();
    expect(T.EQUAL);
    Expr value = expression();
    since(12, "Type statement is");
    return new Stmt.TypeAlias(name, params, value, rangeFrom(first));
  }

  /** An expression, an assignment, or an annotation. */
  private Stmt expressionStatement() {
    int first = p;
    if (type[p] == T.KW_YIELD) {
      Expr value = yieldExpression();
      return new Stmt.ExprStmt(value, rangeFrom(first));
    }
    Expr e = starExpressions();
    int next = type[p];
    if (next == T.EQUAL) {
      return assign(first, e);
    }
    if (next == T.COLON) {
      return annotate(first, e);
    }
    Operator op = augmented(next);
    if (op != null) {
      return augAssign(first, e, op);
    }
    return new Stmt.ExprStmt(e, rangeFrom(first));
  }

  private Stmt assign(int first, Expr firstTarget) {
    List<Expr> targets = new ArrayList<>(1);
    Expr e = firstTarget;
    while (type[p] == T.EQUAL) {
      targets.add(target(e, ExprContext.Store));
      advance();
      e = annotatedRhs();
    }
    String comment = typeComment();
    return new Stmt.Assign(targets, e, comment, rangeFrom(first));
  }

  private Stmt annotate(int first, Expr e) {
    boolean plainName = e instanceof Expr.Name && type[first] == T.NAME;
    Expr target = singleTarget(e);
    advance();
    Expr annotation = expression();
    Expr value = null;
    if (accept(T.EQUAL)) {
      value = annotatedRhs();
    }
    since(6, plainName ? "Variable annotation syntax is" : "Variable annotations syntax is");
    return new Stmt.AnnAssign(target, annotation, value, plainName ? 1 : 0, rangeFrom(first));
  }

  private Expr singleTarget(Expr e) {
    if (e instanceof Expr.Name || e instanceof Expr.Attribute || e instanceof Expr.Subscript) {
      return target(e, ExprContext.Store);
    }
    throw mismatch();
  }

  private Stmt augAssign(int first, Expr e, Operator op) {
    Expr target = singleTarget(e);
    advance();
    if (op == Operator.MatMult) {
      closedSince(5, "The '@' operator is");
    }
    Expr value = annotatedRhs();
    return new Stmt.AugAssign(target, op, value, rangeFrom(first));
  }

  private static @Nullable Operator augmented(int type) {
    return switch (type) {
      case T.PLUSEQUAL -> Operator.Add;
      case T.MINEQUAL -> Operator.Sub;
      case T.STAREQUAL -> Operator.Mult;
      case T.ATEQUAL -> Operator.MatMult;
      case T.SLASHEQUAL -> Operator.Div;
      case T.PERCENTEQUAL -> Operator.Mod;
      case T.AMPEREQUAL -> Operator.BitAnd;
      case T.VBAREQUAL -> Operator.BitOr;
      case T.CIRCUMFLEXEQUAL -> Operator.BitXor;
      case T.LEFTSHIFTEQUAL -> Operator.LShift;
      case T.RIGHTSHIFTEQUAL -> Operator.RShift;
      case T.DOUBLESTAREQUAL -> Operator.Pow;
      case T.DOUBLESLASHEQUAL -> Operator.FloorDiv;
      default -> null;
    };
  }

  private Stmt raise() {
    int first = p;
    advance();
    Expr exception = null;
    Expr cause = null;
    if (startsExpression()) {
      exception = expression();
      if (accept(T.KW_FROM)) {
        cause = expression();
      }
    }
    return new Stmt.Raise(exception, cause, rangeFrom(first));
  }

  private Stmt delete() {
    int first = p;
    advance();
    List<Expr> targets = new ArrayList<>(1);
    do {
      if (type[p] == T.NEWLINE || type[p] == T.SEMI) {
        break;
      }
      targets.add(target(primary(), ExprContext.Del));
    } while (accept(T.COMMA));
    if (targets.isEmpty() || (type[p] != T.NEWLINE && type[p] != T.SEMI)) {
      throw mismatch();
    }
    return new Stmt.Delete(targets, rangeFrom(first));
  }

  private Stmt importName() {
    int first = p;
    advance();
    List<Alias> names = new ArrayList<>(1);
    do {
      int start = p;
      String name = dottedName();
      String as = accept(T.KW_AS) ? name() : null;
      names.add(new Alias(name, as, rangeFrom(start)));
    } while (accept(T.COMMA));
    return new Stmt.Import(names, rangeFrom(first));
  }

  private String dottedName() {
    String name = name();
    if (type[p] != T.DOT) {
      return name;
    }
    StringBuilder sb = new StringBuilder(name);
    while (accept(T.DOT)) {
      sb.append('.').append(name());
    }
    return sb.toString();
  }

  private Stmt importFrom() {
    int first = p;
    advance();
    int level = 0;
    while (type[p] == T.DOT || type[p] == T.ELLIPSIS) {
      level += type[p] == T.DOT ? 1 : 3;
      advance();
    }
    String module = null;
    if (type[p] == T.NAME) {
      module = dottedName();
    } else if (level == 0) {
      throw mismatch();
    }
    expect(T.KW_IMPORT);
    List<Alias> names = importTargets();
    if (level == 0 && "__future__".equals(module)) {
      for (Alias a : names) {
        barryAsFlufl |= a.name().equals("barry_as_FLUFL");
      }
    }
    return new Stmt.ImportFrom(module, names, level, rangeFrom(first));
  }

  private List<Alias> importTargets() {
    List<Alias> names = new ArrayList<>(1);
    if (type[p] == T.STAR) {
      SourceRange range = tokenRange(p);
      advance();
      names.add(new Alias("*", null, range));
      return names;
    }
    boolean parens = accept(T.LPAR);
    do {
      if (parens && type[p] == T.RPAR && !names.isEmpty()) {
        break;
      }
      int start = p;
      String name = name();
      String as = accept(T.KW_AS) ? name() : null;
      names.add(new Alias(name, as, rangeFrom(start)));
    } while (accept(T.COMMA));
    if (parens) {
      expect(T.RPAR);
    }
    return names;
  }
}
