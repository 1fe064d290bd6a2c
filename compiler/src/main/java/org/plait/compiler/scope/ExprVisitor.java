package org.plait.compiler.scope;

import static org.plait.compiler.scope.SymbolFlags.*;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.Comprehension;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.SourceRange;

/** The expressions of the first pass; see {@link SymbolTableBuilder}. */
final class ExprVisitor {
  /** How deep expressions may nest; the stack may give out before. */
  private static final int MAX_DEPTH = 50_000;

  private final SymbolTableBuilder b;
  private int depth;

  ExprVisitor(SymbolTableBuilder b) {
    this.b = b;
  }

  void visit(Expr e) {
    if (++depth > MAX_DEPTH) {
      throw CompileError.of(
          CompileError.Kind.RECURSION, "maximum recursion depth exceeded during compilation");
    }
    visitNode(e);
    depth--;
  }

  private void visitNode(Expr e) {
    switch (e) {
      case Expr.Name x -> {
        Scope scope = b.current;
        boolean load = x.ctx() == ExprContext.Load;
        if (!scope.inUnevaluatedAnnotation) {
          b.define(x.id(), load ? USE : DEF_LOCAL, x.range(), x.ctx());
        }
        if (load && scope.isFunctionLike() && x.id().equals("super")) {
          b.define("__class__", USE, x.range());
        }
      }
      case Expr.Constant x -> {}
      case Expr.Attribute x -> {
        b.checkName(x.attr(), x.range(), x.ctx());
        visit(x.value());
      }
      case Expr.Call x -> {
        visit(x.func());
        visitAll(x.args());
        b.keywords(x.keywords());
      }
      case Expr.BinOp x -> {
        visit(x.left());
        visit(x.right());
      }
      case Expr.Subscript x -> {
        visit(x.value());
        visit(x.slice());
      }
      case Expr.Compare x -> {
        visit(x.left());
        visitAll(x.comparators());
      }
      case Expr.BoolOp x -> visitAll(x.values());
      case Expr.UnaryOp x -> visit(x.operand());
      case Expr.Tuple x -> visitAll(x.elts());
      case Expr.List x -> visitAll(x.elts());
      case Expr.Set x -> visitAll(x.elts());
      case Expr.Dict x -> {
        visitAll(x.keys());
        visitAll(x.values());
      }
      case Expr.IfExp x -> {
        visit(x.test());
        visit(x.body());
        visit(x.orelse());
      }
      case Expr.JoinedStr x -> visitAll(x.values());
      case Expr.TemplateStr x -> visitAll(x.values());
      case Expr.FormattedValue x -> {
        visit(x.value());
        visit(x.formatSpec(), 0);
      }
      case Expr.Interpolation x -> {
        visit(x.value());
        visit(x.formatSpec(), 0);
      }
      case Expr.Starred x -> visit(x.value());
      case Expr.Slice x -> {
        visit(x.lower(), 0);
        visit(x.upper(), 0);
        visit(x.step(), 0);
      }
      case Expr.Lambda x -> lambda(x);
      case Expr.NamedExpr x -> named(x);
      case Expr.ListComp x ->
          comprehension(x, ComprehensionKind.LIST, x.generators(), x.elt(), null);
      case Expr.SetComp x -> comprehension(x, ComprehensionKind.SET, x.generators(), x.elt(), null);
      case Expr.DictComp x ->
          comprehension(x, ComprehensionKind.DICT, x.generators(), x.key(), x.value());
      case Expr.GeneratorExp x ->
          comprehension(x, ComprehensionKind.GENERATOR, x.generators(), x.elt(), null);
      case Expr.Yield x -> yielding(x, x.value());
      case Expr.YieldFrom x -> yielding(x, x.value());
      case Expr.Await x -> await(x);
    }
  }

  private void visit(@Nullable Expr e, int unused) {
    if (e != null) {
      visit(e);
    }
  }

  private void visitAll(List<? extends @Nullable Expr> list) {
    for (int i = 0; i < list.size(); i++) {
      Expr e = list.get(i);
      if (e != null) {
        visit(e);
      }
    }
  }

  void parameters(Arguments args) {
    parameters(args.posonlyargs());
    parameters(args.args());
    parameters(args.kwonlyargs());
    Arg vararg = args.vararg();
    if (vararg != null) {
      b.define(vararg.arg(), DEF_PARAM, vararg.range());
      b.current.varargs = true;
    }
    Arg kwarg = args.kwarg();
    if (kwarg != null) {
      b.define(kwarg.arg(), DEF_PARAM, kwarg.range());
      b.current.varkeywords = true;
    }
  }

  private void parameters(List<Arg> args) {
    for (int i = 0; i < args.size(); i++) {
      b.define(args.get(i).arg(), DEF_PARAM, args.get(i).range());
    }
  }

  private void lambda(Expr.Lambda e) {
    visitAll(e.args().defaults());
    visitAll(e.args().kwDefaults());
    Scope scope = b.enter(ScopeKind.FUNCTION, "lambda", e.range());
    b.table.bodies.put(e, scope);
    parameters(e.args());
    visit(e.body());
    b.exit();
  }

  private void notInAnnotation(String what, SourceRange range) {
    String where =
        switch (b.current.kind) {
          case ANNOTATION -> "an annotation";
          case TYPE_VARIABLE -> b.current.scopeInfo;
          case TYPE_ALIAS -> "a type alias";
          case TYPE_PARAMETERS -> "the definition of a generic";
          default -> "";
        };
    if (!where.isEmpty()) {
      throw b.error(what + " cannot be used within " + where, range);
    }
  }

  private void yielding(Expr e, @Nullable Expr value) {
    notInAnnotation("yield expression", e.range());
    visit(value, 0);
    Scope scope = b.current;
    scope.generator = true;
    if (scope.comprehension != ComprehensionKind.NONE) {
      throw b.error("'yield' inside " + scope.comprehension.text(), e.range());
    }
  }

  private void await(Expr.Await e) {
    notInAnnotation("await expression", e.range());
    if (!b.awaitAllowedHere()) {
      if (!b.current.isFunctionLike()) {
        throw b.error("'await' outside function", e.range());
      }
      if (!b.inAsyncFunction() && b.current.comprehension == ComprehensionKind.NONE) {
        throw b.error("'await' outside async function", e.range());
      }
    }
    visit(e.value());
    b.current.coroutine = true;
  }

  private void named(Expr.NamedExpr e) {
    notInAnnotation("named expression", e.range());
    if (b.current.compIterExpr > 0) {
      throw b.error(
          "assignment expression cannot be used in a comprehension iterable expression", e.range());
    }
    Scope bound = b.current;
    if (bound.comprehension != ComprehensionKind.NONE && e.target() instanceof Expr.Name target) {
      bound = extendNamed(target);
    }
    if (e.target() instanceof Expr.Name target) {
      if (bound.walrusNames == null) {
        bound.walrusNames = new HashSet<>();
      }
      bound.walrusNames.add(b.mangle(target.id()));
    }
    visit(e.value());
    visit(e.target());
  }

  /** Binds a := within comprehensions in the scope around them, which is returned. */
  private Scope extendNamed(Expr.Name target) {
    String name = target.id();
    SourceRange range = target.range();
    for (int i = b.stack().size() - 1; i >= 0; i--) {
      Scope scope = b.stack().get(i);
      if (scope.comprehension != ComprehensionKind.NONE) {
        int flags = b.lookup(scope, name);
        if ((flags & DEF_COMP_ITER) != 0 && (flags & (DEF_LOCAL | DEF_GLOBAL)) != 0) {
          throw b.error(
              "assignment expression cannot rebind comprehension iteration variable '" + name + "'",
              range);
        }
        continue;
      }
      switch (scope.kind) {
        case FUNCTION -> {
          boolean global = (b.lookup(scope, name) & DEF_GLOBAL) != 0;
          b.define(name, global ? DEF_GLOBAL : DEF_NONLOCAL, range);
          b.directive(name, range);
          b.defineIn(scope, name, DEF_LOCAL, range);
          return scope;
        }
        case MODULE -> {
          b.define(name, DEF_GLOBAL, range);
          b.directive(name, range);
          b.defineIn(scope, name, DEF_GLOBAL, range);
          return scope;
        }
        case CLASS ->
            throw b.error(
                "assignment expression within a comprehension cannot be used in a class body",
                range);
        case TYPE_PARAMETERS ->
            throw b.error(
                "assignment expression within a comprehension cannot be used within the definition"
                    + " of a generic",
                range);
        case TYPE_ALIAS ->
            throw b.error(
                "assignment expression within a comprehension cannot be used in a type alias",
                range);
        case TYPE_VARIABLE ->
            throw b.error(
                "assignment expression within a comprehension cannot be used in a TypeVar bound",
                range);
        case ANNOTATION -> {}
      }
    }
    return b.current;
  }

  private void comprehension(
      Expr e,
      ComprehensionKind kind,
      List<Comprehension> generators,
      Expr elt,
      @Nullable Expr value) {
    Comprehension outermost = generators.get(0);
    b.current.compIterExpr++;
    visit(outermost.iter());
    b.current.compIterExpr--;
    Scope scope =
        b.enter(
            ScopeKind.FUNCTION,
            kind.scopeName().substring(1, kind.scopeName().length() - 1),
            e.range());
    b.table.bodies.put(e, scope);
    scope.comprehension = kind;
    if (outermost.isAsync() != 0) {
      scope.coroutine = true;
    }
    b.define(".0", DEF_PARAM, e.range());
    scope.compIterTarget = true;
    visit(outermost.target());
    scope.compIterTarget = false;
    visitAll(outermost.ifs());
    for (int i = 1; i < generators.size(); i++) {
      clause(scope, generators.get(i));
    }
    visit(value, 0);
    visit(elt);
    scope.generator = kind == ComprehensionKind.GENERATOR;
    boolean async = scope.coroutine && !scope.generator;
    b.exit();
    if (async) {
      if (!b.inAsyncFunction()
          && b.current.comprehension == ComprehensionKind.NONE
          && !b.awaitAllowedHere()) {
        throw b.error("asynchronous comprehension outside of an asynchronous function", e.range());
      }
      b.current.coroutine = true;
    }
  }

  private void clause(Scope scope, Comprehension c) {
    scope.compIterTarget = true;
    visit(c.target());
    scope.compIterTarget = false;
    scope.compIterExpr++;
    visit(c.iter());
    scope.compIterExpr--;
    visitAll(c.ifs());
    if (c.isAsync() != 0) {
      scope.coroutine = true;
    }
  }
}
