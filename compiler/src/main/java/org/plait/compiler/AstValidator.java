package org.plait.compiler;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Comprehension;
import org.plait.syntax.ast.ExceptHandler;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Keyword;
import org.plait.syntax.ast.MatchCase;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.Positioned;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;
import org.plait.syntax.ast.TypeParam;
import org.plait.syntax.ast.UnaryOp;
import org.plait.syntax.ast.WithItem;

/** Checks a tree made by a program. Compare CPython's ast.c. */
public final class AstValidator {
  private AstValidator() {}

  /** Raises a CompileError for a tree that no source gives. */
  public static void validate(Mod tree) {
    switch (tree) {
      case Mod.Module m -> statements(m.body());
      case Mod.Interactive m -> statements(m.body());
      case Mod.Expression m -> expr(m.body(), ExprContext.Load);
      case Mod.FunctionType m -> {
        exprs(m.argtypes(), ExprContext.Load, false);
        expr(m.returns(), ExprContext.Load);
      }
    }
  }

  private static CompileError value(String message) {
    return CompileError.of(CompileError.Kind.VALUE, message);
  }

  private static CompileError type(String message) {
    return CompileError.of(CompileError.Kind.TYPE, message);
  }

  private static void positions(Positioned node) {
    SourceRange r = node.range();
    if (r.lineno() > r.endLineno()) {
      throw value("AST node line range (" + r.lineno() + ", " + r.endLineno() + ") is not valid");
    }
    if ((r.lineno() < 0 && r.endLineno() != r.lineno())
        || (r.colOffset() < 0 && r.colOffset() != r.endColOffset())) {
      throw value(
          "AST node column range ("
              + r.colOffset()
              + ", "
              + r.endColOffset()
              + ") for line range ("
              + r.lineno()
              + ", "
              + r.endLineno()
              + ") is not valid");
    }
    if (r.lineno() == r.endLineno() && r.colOffset() > r.endColOffset()) {
      throw value(
          "line "
              + r.lineno()
              + ", column "
              + r.colOffset()
              + "-"
              + r.endColOffset()
              + " is not a valid range");
    }
  }

  private static void name(@Nullable String name) {
    if (name != null && (name.equals("None") || name.equals("True") || name.equals("False"))) {
      throw value("identifier field can't represent '" + name + "' constant");
    }
  }

  private static void notEmpty(List<?> list, String what, String owner) {
    if (list.isEmpty()) {
      throw value("empty " + what + " on " + owner);
    }
  }

  private static void body(List<Stmt> body, String owner) {
    notEmpty(body, "body", owner);
    statements(body);
  }

  @SuppressWarnings("ConstantValue") // a program may have put None there
  private static void statements(List<Stmt> list) {
    for (Stmt s : list) {
      if (s == null) {
        throw value("None disallowed in statement list");
      }
      statement(s);
    }
  }

  private static void exprs(
      List<? extends @Nullable Expr> list, ExprContext context, boolean nullsAllowed) {
    for (Expr e : list) {
      if (e != null) {
        expr(e, context);
      } else if (!nullsAllowed) {
        throw value("None disallowed in expression list");
      }
    }
  }

  private static void optional(@Nullable Expr e) {
    if (e != null) {
      expr(e, ExprContext.Load);
    }
  }

  private static void load(Expr e) {
    expr(e, ExprContext.Load);
  }

  // ---- statements

  private static void statement(Stmt s) {
    positions(s);
    switch (s) {
      case Stmt.FunctionDef x ->
          function(
              "FunctionDef", x.body(), x.typeParams(), x.args(), x.decoratorList(), x.returns());
      case Stmt.AsyncFunctionDef x ->
          function(
              "AsyncFunctionDef",
              x.body(),
              x.typeParams(),
              x.args(),
              x.decoratorList(),
              x.returns());
      case Stmt.ClassDef x -> {
        body(x.body(), "ClassDef");
        typeParams(x.typeParams());
        exprs(x.bases(), ExprContext.Load, false);
        keywords(x.keywords());
        exprs(x.decoratorList(), ExprContext.Load, false);
      }
      case Stmt.Return x -> optional(x.value());
      case Stmt.Delete x -> {
        notEmpty(x.targets(), "targets", "Delete");
        exprs(x.targets(), ExprContext.Del, false);
      }
      case Stmt.Assign x -> {
        notEmpty(x.targets(), "targets", "Assign");
        exprs(x.targets(), ExprContext.Store, false);
        load(x.value());
      }
      case Stmt.AugAssign x -> {
        expr(x.target(), ExprContext.Store);
        load(x.value());
      }
      case Stmt.AnnAssign x -> {
        if (x.simple() != 0 && !(x.target() instanceof Expr.Name)) {
          throw type("AnnAssign with simple non-Name target");
        }
        expr(x.target(), ExprContext.Store);
        optional(x.value());
        load(x.annotation());
      }
      case Stmt.TypeAlias x -> {
        if (!(x.name() instanceof Expr.Name)) {
          throw type("TypeAlias with non-Name name");
        }
        expr(x.name(), ExprContext.Store);
        typeParams(x.typeParams());
        load(x.value());
      }
      case Stmt.For x -> loop("For", x.target(), x.iter(), x.body(), x.orelse());
      case Stmt.AsyncFor x -> loop("AsyncFor", x.target(), x.iter(), x.body(), x.orelse());
      case Stmt.While x -> {
        load(x.test());
        body(x.body(), "While");
        statements(x.orelse());
      }
      case Stmt.If x -> {
        load(x.test());
        body(x.body(), "If");
        statements(x.orelse());
      }
      case Stmt.With x -> with("With", x.items(), x.body());
      case Stmt.AsyncWith x -> with("AsyncWith", x.items(), x.body());
      case Stmt.Match x -> {
        load(x.subject());
        notEmpty(x.cases(), "cases", "Match");
        for (MatchCase c : x.cases()) {
          pattern(c.pattern(), false);
          optional(c.guard());
          body(c.body(), "match_case");
        }
      }
      case Stmt.Raise x -> {
        if (x.exc() == null && x.cause() != null) {
          throw value("Raise with cause but no exception");
        }
        optional(x.exc());
        optional(x.cause());
      }
      case Stmt.Try x -> tryStatement("Try", x.body(), x.handlers(), x.orelse(), x.finalbody());
      case Stmt.TryStar x ->
          tryStatement("TryStar", x.body(), x.handlers(), x.orelse(), x.finalbody());
      case Stmt.Assert x -> {
        load(x.test());
        optional(x.msg());
      }
      case Stmt.Import x -> notEmpty(x.names(), "names", "Import");
      case Stmt.ImportFrom x -> {
        if (x.level() < 0) {
          throw value("Negative ImportFrom level");
        }
        notEmpty(x.names(), "names", "ImportFrom");
      }
      case Stmt.Global x -> notEmpty(x.names(), "names", "Global");
      case Stmt.Nonlocal x -> notEmpty(x.names(), "names", "Nonlocal");
      case Stmt.ExprStmt x -> load(x.value());
      case Stmt.Pass x -> {}
      case Stmt.Break x -> {}
      case Stmt.Continue x -> {}
    }
  }

  private static void function(
      String kind,
      List<Stmt> body,
      List<TypeParam> typeParams,
      Arguments args,
      List<Expr> decorators,
      @Nullable Expr returns) {
    body(body, kind);
    typeParams(typeParams);
    arguments(args);
    exprs(decorators, ExprContext.Load, false);
    optional(returns);
  }

  private static void loop(
      String kind, Expr target, Expr iter, List<Stmt> body, List<Stmt> orelse) {
    expr(target, ExprContext.Store);
    load(iter);
    body(body, kind);
    statements(orelse);
  }

  private static void with(String kind, List<WithItem> items, List<Stmt> body) {
    notEmpty(items, "items", kind);
    for (WithItem i : items) {
      load(i.contextExpr());
      if (i.optionalVars() != null) {
        expr(i.optionalVars(), ExprContext.Store);
      }
    }
    body(body, kind);
  }

  private static void tryStatement(
      String kind,
      List<Stmt> body,
      List<ExceptHandler> handlers,
      List<Stmt> orelse,
      List<Stmt> finalbody) {
    body(body, kind);
    if (handlers.isEmpty() && finalbody.isEmpty()) {
      throw value(kind + " has neither except handlers nor finalbody");
    }
    if (handlers.isEmpty() && !orelse.isEmpty()) {
      throw value(kind + " has orelse but no except handlers");
    }
    for (ExceptHandler h : handlers) {
      positions(h);
      optional(h.type());
      body(h.body(), "ExceptHandler");
    }
    statements(finalbody);
    statements(orelse);
  }

  private static void typeParams(List<TypeParam> params) {
    for (TypeParam p : params) {
      positions(p);
      switch (p) {
        case TypeParam.TypeVar x -> {
          name(x.name());
          optional(x.bound());
          optional(x.defaultValue());
        }
        case TypeParam.ParamSpec x -> {
          name(x.name());
          optional(x.defaultValue());
        }
        case TypeParam.TypeVarTuple x -> {
          name(x.name());
          optional(x.defaultValue());
        }
      }
    }
  }

  private static void arguments(Arguments a) {
    args(a.posonlyargs());
    args(a.args());
    if (a.vararg() != null) {
      optional(a.vararg().annotation());
    }
    args(a.kwonlyargs());
    if (a.kwarg() != null) {
      optional(a.kwarg().annotation());
    }
    if (a.defaults().size() > a.posonlyargs().size() + a.args().size()) {
      throw value("more positional defaults than args on arguments");
    }
    if (a.kwDefaults().size() != a.kwonlyargs().size()) {
      throw value("length of kwonlyargs is not the same as kw_defaults on arguments");
    }
    exprs(a.defaults(), ExprContext.Load, false);
    exprs(a.kwDefaults(), ExprContext.Load, true);
  }

  private static void args(List<Arg> args) {
    for (Arg a : args) {
      positions(a);
      optional(a.annotation());
    }
  }

  private static void keywords(List<Keyword> keywords) {
    for (Keyword k : keywords) {
      load(k.value());
    }
  }

  // ---- expressions

  private static void expr(Expr e, ExprContext context) {
    positions(e);
    ExprContext actual =
        switch (e) {
          case Expr.Attribute x -> x.ctx();
          case Expr.Subscript x -> x.ctx();
          case Expr.Starred x -> x.ctx();
          case Expr.Name x -> {
            name(x.id());
            yield x.ctx();
          }
          case Expr.List x -> x.ctx();
          case Expr.Tuple x -> x.ctx();
          default -> null;
        };
    if (actual == null) {
      if (context != ExprContext.Load) {
        throw value("expression which can't be assigned to in " + context.name() + " context");
      }
    } else if (actual != context) {
      throw value(
          "expression must have "
              + context.name()
              + " context but has "
              + actual.name()
              + " instead");
    }
    parts(e, context);
  }

  private static void parts(Expr e, ExprContext context) {
    switch (e) {
      case Expr.BoolOp x -> {
        if (x.values().size() < 2) {
          throw value("BoolOp with less than 2 values");
        }
        exprs(x.values(), ExprContext.Load, false);
      }
      case Expr.BinOp x -> {
        load(x.left());
        load(x.right());
      }
      case Expr.UnaryOp x -> load(x.operand());
      case Expr.Lambda x -> {
        arguments(x.args());
        load(x.body());
      }
      case Expr.IfExp x -> {
        load(x.test());
        load(x.body());
        load(x.orelse());
      }
      case Expr.Dict x -> {
        if (x.keys().size() != x.values().size()) {
          throw value("Dict doesn't have the same number of keys as values");
        }
        exprs(x.keys(), ExprContext.Load, true);
        exprs(x.values(), ExprContext.Load, false);
      }
      case Expr.Set x -> exprs(x.elts(), ExprContext.Load, false);
      case Expr.ListComp x -> {
        comprehensions(x.generators());
        load(x.elt());
      }
      case Expr.SetComp x -> {
        comprehensions(x.generators());
        load(x.elt());
      }
      case Expr.GeneratorExp x -> {
        comprehensions(x.generators());
        load(x.elt());
      }
      case Expr.DictComp x -> {
        comprehensions(x.generators());
        load(x.key());
        load(x.value());
      }
      case Expr.Yield x -> optional(x.value());
      case Expr.YieldFrom x -> load(x.value());
      case Expr.Await x -> load(x.value());
      case Expr.Compare x -> {
        if (x.comparators().isEmpty()) {
          throw value("Compare has no comparators");
        }
        if (x.comparators().size() != x.ops().size()) {
          throw value("Compare has a different number of comparators and operands");
        }
        exprs(x.comparators(), ExprContext.Load, false);
        load(x.left());
      }
      case Expr.Call x -> {
        load(x.func());
        exprs(x.args(), ExprContext.Load, false);
        keywords(x.keywords());
      }
      case Expr.Constant x -> {}
      case Expr.JoinedStr x -> exprs(x.values(), ExprContext.Load, false);
      case Expr.TemplateStr x -> exprs(x.values(), ExprContext.Load, false);
      case Expr.FormattedValue x -> {
        load(x.value());
        optional(x.formatSpec());
      }
      case Expr.Interpolation x -> {
        load(x.value());
        optional(x.formatSpec());
      }
      case Expr.Attribute x -> load(x.value());
      case Expr.Subscript x -> {
        load(x.slice());
        load(x.value());
      }
      case Expr.Starred x -> expr(x.value(), context);
      case Expr.List x -> exprs(x.elts(), context, false);
      case Expr.Tuple x -> exprs(x.elts(), context, false);
      case Expr.NamedExpr x -> {
        if (!(x.target() instanceof Expr.Name)) {
          throw type("NamedExpr target must be a Name");
        }
        load(x.value());
      }
      case Expr.Slice x -> {
        optional(x.lower());
        optional(x.upper());
        optional(x.step());
      }
      case Expr.Name x -> {}
    }
  }

  private static void comprehensions(List<Comprehension> generators) {
    if (generators.isEmpty()) {
      throw value("comprehension with no generators");
    }
    for (Comprehension c : generators) {
      expr(c.target(), ExprContext.Store);
      load(c.iter());
      exprs(c.ifs(), ExprContext.Load, false);
    }
  }

  // ---- patterns

  private static void capture(@Nullable String name) {
    if ("_".equals(name)) {
      throw value("can't capture name '_' in patterns");
    }
    name(name);
  }

  private static void patterns(List<Pattern> list, boolean starAllowed) {
    for (Pattern p : list) {
      pattern(p, starAllowed);
    }
  }

  private static void pattern(Pattern p, boolean starAllowed) {
    positions(p);
    switch (p) {
      case Pattern.MatchValue x -> matchValue(x.value());
      case Pattern.MatchSingleton x -> {
        if (!(x.value() instanceof Boolean) && x.value() != Singleton.NONE) {
          throw value("MatchSingleton can only contain True, False and None");
        }
      }
      case Pattern.MatchSequence x -> patterns(x.patterns(), true);
      case Pattern.MatchMapping x -> {
        if (x.keys().size() != x.patterns().size()) {
          throw value("MatchMapping doesn't have the same number of keys as patterns");
        }
        capture(x.rest());
        for (Expr key : x.keys()) {
          if (!(key instanceof Expr.Constant c)
              || !(c.value() instanceof Boolean || c.value() == Singleton.NONE)) {
            matchValue(key);
          }
        }
        patterns(x.patterns(), false);
      }
      case Pattern.MatchClass x -> {
        if (x.kwdAttrs().size() != x.kwdPatterns().size()) {
          throw value("MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        load(x.cls());
        Expr cls = x.cls();
        while (cls instanceof Expr.Attribute a) {
          cls = a.value();
        }
        if (!(cls instanceof Expr.Name)) {
          throw value("MatchClass cls field can only contain Name or Attribute nodes.");
        }
        x.kwdAttrs().forEach(AstValidator::name);
        patterns(x.patterns(), false);
        patterns(x.kwdPatterns(), false);
      }
      case Pattern.MatchStar x -> {
        if (!starAllowed) {
          throw value("can't use MatchStar here");
        }
        capture(x.name());
      }
      case Pattern.MatchAs x -> {
        capture(x.name());
        if (x.pattern() != null) {
          if (x.name() == null) {
            throw value("MatchAs must specify a target name if a pattern is given");
          }
          pattern(x.pattern(), false);
        }
      }
      case Pattern.MatchOr x -> {
        if (x.patterns().size() < 2) {
          throw value("MatchOr requires at least 2 patterns");
        }
        patterns(x.patterns(), false);
      }
    }
  }

  private static void matchValue(Expr e) {
    load(e);
    boolean ok =
        switch (e) {
          case Expr.Constant c ->
              !(c.value() instanceof Boolean
                  || c.value() instanceof Singleton
                  || c.value() instanceof TupleValue
                  || c.value() instanceof FrozenSetValue);
          case Expr.Attribute a -> true;
          case Expr.UnaryOp u -> u.op() == UnaryOp.USub && isNumber(u.operand(), true, true);
          case Expr.BinOp b ->
              (b.op() == Operator.Add || b.op() == Operator.Sub)
                  && isSigned(b.left())
                  && isNumber(b.right(), false, true);
          case Expr.JoinedStr j -> true;
          case Expr.TemplateStr t -> true;
          default -> false;
        };
    if (!ok) {
      throw value("patterns may only match literals and attribute lookups");
    }
  }

  private static boolean isSigned(Expr e) {
    return e instanceof Expr.UnaryOp u && u.op() == UnaryOp.USub
        ? isNumber(u.operand(), true, false)
        : isNumber(e, true, false);
  }

  private static boolean isNumber(Expr e, boolean real, boolean imaginary) {
    if (!(e instanceof Expr.Constant c)) {
      return false;
    }
    return c.value() instanceof Complex
        ? imaginary
        : real
            && (c.value() instanceof Long
                || c.value() instanceof java.math.BigInteger
                || c.value() instanceof Double);
  }
}
