package org.plait.compiler.scope;

import static org.plait.compiler.scope.SymbolFlags.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.Alias;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.ExceptHandler;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Keyword;
import org.plait.syntax.ast.MatchCase;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.Positioned;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TypeParam;
import org.plait.syntax.ast.WithItem;

/**
 * First pass: enters every scope and records definitions and uses. Compare CPython's symtable.c;
 * the order of visits is its order, which decides which error is found first.
 */
final class SymbolTableBuilder {
  private static final String CLASSDICT = "__classdict__";

  final String filename;
  final boolean futureAnnotations;
  final boolean topLevelAwait;
  final SymbolTable table;
  private final List<Scope> stack = new ArrayList<>();
  Scope current;
  final Scope global;
  private @Nullable String className;
  private final ExprVisitor expressions;

  SymbolTableBuilder(String filename, boolean futureAnnotations, boolean topLevelAwait) {
    this.filename = filename;
    this.futureAnnotations = futureAnnotations;
    this.topLevelAwait = topLevelAwait;
    this.global = new Scope(ScopeKind.MODULE, "top", 0, null);
    this.current = global;
    this.table = new SymbolTable(global);
    this.expressions = new ExprVisitor(this);
    stack.add(global);
  }

  SymbolTable build(Mod tree) {
    table.bodies.put(tree, global);
    switch (tree) {
      case Mod.Module m -> {
        global.hasDocstring = hasDocstring(m.body());
        statements(m.body());
      }
      case Mod.Interactive m -> statements(m.body());
      case Mod.Expression m -> expression(m.body());
      case Mod.FunctionType m ->
          throw CompileError.of(
              CompileError.Kind.SYSTEM, "this compiler does not handle FunctionTypes");
    }
    return table;
  }

  // ---- scopes

  Scope enter(ScopeKind kind, String name, SourceRange range) {
    Scope scope = new Scope(kind, name, range.lineno(), current);
    reenter(scope, true);
    if (kind == ScopeKind.ANNOTATION
        || kind == ScopeKind.TYPE_VARIABLE
        || kind == ScopeKind.TYPE_ALIAS) {
      define(".format", DEF_PARAM, range);
      define(".format", USE, range);
    }
    return scope;
  }

  void reenter(Scope scope, boolean asChild) {
    Scope previous = current;
    stack.add(scope);
    scope.compIterExpr = previous.compIterExpr;
    if (previous.mangledNames != null && scope.kind != ScopeKind.CLASS) {
      scope.mangledNames = previous.mangledNames;
    }
    current = scope;
    if (futureAnnotations && scope.kind == ScopeKind.ANNOTATION) {
      return; // they only become strings
    }
    if (asChild) {
      previous.children.add(scope);
    }
  }

  void exit() {
    stack.remove(stack.size() - 1);
    current = stack.get(stack.size() - 1);
  }

  CompileError error(String message, SourceRange range) {
    return CompileError.syntax(message, filename, range);
  }

  String mangle(String name) {
    return Mangling.mangle(className, current.mangledNames, name);
  }

  int lookup(String name) {
    return current.symbols.get(mangle(name));
  }

  int lookup(Scope scope, String name) {
    return scope.symbols.get(Mangling.mangle(className, scope.mangledNames, name));
  }

  void define(String name, int flag, SourceRange range) {
    define(name, flag, range, flag == USE ? ExprContext.Load : ExprContext.Store);
  }

  void define(String name, int flag, SourceRange range, ExprContext context) {
    if ((flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) != 0) {
      checkName(name, range, context);
    }
    if ((flag & DEF_TYPE_PARAM) != 0 && current.mangledNames != null) {
      current.mangledNames.add(name);
    }
    defineIn(current, name, flag, range);
  }

  void defineIn(Scope scope, String name, int flag, SourceRange range) {
    String mangled = mangle(name);
    int old = scope.symbols.get(mangled);
    if ((flag & old & DEF_PARAM) != 0) {
      throw error("duplicate argument '" + name + "' in function definition", range);
    }
    if ((flag & old & DEF_TYPE_PARAM) != 0) {
      throw error("duplicate type parameter '" + name + "'", range);
    }
    int value = old | flag;
    if (scope.compIterTarget) {
      if ((value & (DEF_GLOBAL | DEF_NONLOCAL)) != 0) {
        throw error(
            "comprehension inner loop cannot rebind assignment expression target '" + name + "'",
            range);
      }
      value |= DEF_COMP_ITER;
    }
    scope.symbols.put(mangled, value);
    if ((flag & DEF_PARAM) != 0) {
      scope.parameters.add(mangled);
    } else if ((flag & DEF_GLOBAL) != 0) {
      global.symbols.put(mangled, global.symbols.get(mangled) | flag);
    }
  }

  void checkName(String name, SourceRange range, ExprContext context) {
    if (name.equals("__debug__") && context != ExprContext.Load) {
      throw error(
          context == ExprContext.Store ? "cannot assign to __debug__" : "cannot delete __debug__",
          range);
    }
  }

  void directive(String name, SourceRange range) {
    current.directives.add(new Scope.Directive(mangle(name), range));
  }

  boolean inAsyncFunction() {
    return current.kind == ScopeKind.FUNCTION && current.coroutine;
  }

  boolean awaitAllowedHere() {
    return topLevelAwait && current.kind == ScopeKind.MODULE;
  }

  /** The scopes entered, outermost first. */
  List<Scope> stack() {
    return stack;
  }

  static boolean hasDocstring(List<Stmt> body) {
    return !body.isEmpty()
        && body.get(0) instanceof Stmt.ExprStmt e
        && e.value() instanceof Expr.Constant c
        && Constants.isString(c.value());
  }

  // ---- statements

  private void statements(List<Stmt> list) {
    for (int i = 0; i < list.size(); i++) {
      statement(list.get(i));
    }
  }

  private void expressions(List<? extends @Nullable Expr> list) {
    for (int i = 0; i < list.size(); i++) {
      Expr e = list.get(i);
      if (e != null) {
        expression(e);
      }
    }
  }

  private void expression(@Nullable Expr e) {
    if (e != null) {
      expressions.visit(e);
    }
  }

  private void statement(Stmt s) {
    switch (s) {
      case Stmt.ExprStmt x -> expression(x.value());
      case Stmt.Assign x -> {
        expressions(x.targets());
        expression(x.value());
      }
      case Stmt.If x -> {
        expression(x.test());
        boolean saved = enterConditional();
        statements(x.body());
        statements(x.orelse());
        current.inConditionalBlock = saved;
      }
      case Stmt.Return x -> expression(x.value());
      case Stmt.FunctionDef x ->
          function(
              x,
              x.name(),
              x.args(),
              x.body(),
              x.decoratorList(),
              x.returns(),
              x.typeParams(),
              false);
      case Stmt.AsyncFunctionDef x ->
          function(
              x,
              x.name(),
              x.args(),
              x.body(),
              x.decoratorList(),
              x.returns(),
              x.typeParams(),
              true);
      case Stmt.ClassDef x -> classDefinition(x);
      case Stmt.For x -> loop(x.target(), x.iter(), x.body(), x.orelse());
      case Stmt.AsyncFor x -> {
        maybeModuleCoroutine();
        loop(x.target(), x.iter(), x.body(), x.orelse());
      }
      case Stmt.While x -> {
        expression(x.test());
        boolean saved = enterConditional();
        statements(x.body());
        statements(x.orelse());
        current.inConditionalBlock = saved;
      }
      case Stmt.Try x -> tryStatement(x.body(), x.handlers(), x.orelse(), x.finalbody());
      case Stmt.TryStar x -> tryStatement(x.body(), x.handlers(), x.orelse(), x.finalbody());
      case Stmt.With x -> with(x.items(), x.body());
      case Stmt.AsyncWith x -> {
        maybeModuleCoroutine();
        with(x.items(), x.body());
      }
      case Stmt.AugAssign x -> {
        expression(x.target());
        expression(x.value());
      }
      case Stmt.AnnAssign x -> annotatedAssignment(x);
      case Stmt.Raise x -> {
        expression(x.exc());
        expression(x.cause());
      }
      case Stmt.Assert x -> {
        expression(x.test());
        expression(x.msg());
      }
      case Stmt.Delete x -> expressions(x.targets());
      case Stmt.Import x -> aliases(x.names());
      case Stmt.ImportFrom x -> aliases(x.names());
      case Stmt.Global x -> {
        for (String name : x.names()) {
          globalName(name, x.range());
        }
      }
      case Stmt.Nonlocal x -> {
        for (String name : x.names()) {
          nonlocalName(name, x.range());
        }
      }
      case Stmt.Match x -> {
        expression(x.subject());
        boolean saved = enterConditional();
        for (MatchCase c : x.cases()) {
          pattern(c.pattern());
          expression(c.guard());
          statements(c.body());
        }
        current.inConditionalBlock = saved;
      }
      case Stmt.TypeAlias x -> typeAlias(x);
      case Stmt.Pass x -> {}
      case Stmt.Break x -> {}
      case Stmt.Continue x -> {}
    }
  }

  private boolean enterConditional() {
    boolean saved = current.inConditionalBlock;
    current.inConditionalBlock = true;
    return saved;
  }

  private void maybeModuleCoroutine() {
    if (awaitAllowedHere()) {
      current.coroutine = true;
    }
  }

  private void loop(Expr target, Expr iter, List<Stmt> body, List<Stmt> orelse) {
    expression(target);
    expression(iter);
    boolean saved = enterConditional();
    statements(body);
    statements(orelse);
    current.inConditionalBlock = saved;
  }

  private void tryStatement(
      List<Stmt> body, List<ExceptHandler> handlers, List<Stmt> orelse, List<Stmt> finalbody) {
    boolean saved = enterConditional();
    statements(body);
    for (ExceptHandler h : handlers) {
      expression(h.type());
      String name = h.name();
      if (name != null) {
        define(name, DEF_LOCAL, h.range());
      }
      statements(h.body());
    }
    statements(orelse);
    statements(finalbody);
    current.inConditionalBlock = saved;
  }

  private void with(List<WithItem> items, List<Stmt> body) {
    boolean saved = enterConditional();
    for (WithItem item : items) {
      expression(item.contextExpr());
      expression(item.optionalVars());
    }
    statements(body);
    current.inConditionalBlock = saved;
  }

  private void aliases(List<Alias> names) {
    for (Alias a : names) {
      String asname = a.asname();
      String name = asname == null ? a.name() : asname;
      int dot = name.indexOf('.');
      if (!name.equals("*")) {
        define(dot < 0 ? name : name.substring(0, dot), DEF_IMPORT, a.range());
      } else if (current.kind != ScopeKind.MODULE) {
        throw error("import * only allowed at module level", a.range());
      }
    }
  }

  private void globalName(String name, SourceRange range) {
    int now = lookup(name);
    if ((now & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) != 0) {
      throw error(
          (now & DEF_PARAM) != 0
              ? "name '" + name + "' is parameter and global"
              : (now & USE) != 0
                  ? "name '" + name + "' is used prior to global declaration"
                  : (now & DEF_ANNOT) != 0
                      ? "annotated name '" + name + "' can't be global"
                      : "name '" + name + "' is assigned to before global declaration",
          range);
    }
    define(name, DEF_GLOBAL, range);
    directive(name, range);
  }

  private void nonlocalName(String name, SourceRange range) {
    int now = lookup(name);
    if ((now & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) != 0) {
      throw error(
          (now & DEF_PARAM) != 0
              ? "name '" + name + "' is parameter and nonlocal"
              : (now & USE) != 0
                  ? "name '" + name + "' is used prior to nonlocal declaration"
                  : (now & DEF_ANNOT) != 0
                      ? "annotated name '" + name + "' can't be nonlocal"
                      : "name '" + name + "' is assigned to before nonlocal declaration",
          range);
    }
    define(name, DEF_NONLOCAL, range);
    directive(name, range);
  }

  private void annotatedAssignment(Stmt.AnnAssign s) {
    current.annotationsUsed = true;
    if (s.target() instanceof Expr.Name target) {
      String name = target.id();
      int now = lookup(name);
      boolean simple = s.simple() != 0;
      if ((now & (DEF_GLOBAL | DEF_NONLOCAL)) != 0 && current != global && simple) {
        throw error(
            "annotated name '"
                + name
                + "' can't be "
                + ((now & DEF_GLOBAL) != 0 ? "global" : "nonlocal"),
            s.range());
      }
      if (simple) {
        define(name, DEF_ANNOT | DEF_LOCAL, target.range());
      } else if (s.value() != null) {
        define(name, DEF_LOCAL, target.range());
      }
    } else {
      expression(s.target());
    }
    annotation(s.annotation());
    expression(s.value());
  }

  private void annotation(Expr annotation) {
    boolean unevaluated = current.kind == ScopeKind.FUNCTION;
    SourceRange range = annotation.range();
    Scope owner = current;
    if (((owner.kind == ScopeKind.CLASS && owner.inConditionalBlock)
            || owner.kind == ScopeKind.MODULE)
        && !owner.hasConditionalAnnotations) {
      owner.hasConditionalAnnotations = true;
      define("__conditional_annotations__", USE, range);
    }
    Scope block = owner.annotationBlock;
    if (block == null) {
      block = enter(ScopeKind.ANNOTATION, "__annotate__", range);
      owner.annotationBlock = block;
      if (owner.kind == ScopeKind.CLASS) {
        block.canSeeClassScope = true;
        define(CLASSDICT, USE, range);
      }
    } else {
      reenter(block, false);
    }
    block.inUnevaluatedAnnotation = unevaluated;
    expression(annotation);
    block.inUnevaluatedAnnotation = false;
    exit();
  }

  private void function(
      Stmt node,
      String name,
      Arguments args,
      List<Stmt> body,
      List<Expr> decorators,
      @Nullable Expr returns,
      List<TypeParam> typeParams,
      boolean async) {
    SourceRange range = node.range();
    define(name, DEF_LOCAL, range);
    expressions(args.defaults());
    expressions(args.kwDefaults());
    expressions(decorators);
    if (!typeParams.isEmpty()) {
      boolean kwDefaults = false;
      for (Expr e : args.kwDefaults()) {
        kwDefaults |= e != null;
      }
      enterTypeParameters(node, name, true, kwDefaults, range);
      typeParameters(typeParams);
    }
    Scope scope = new Scope(ScopeKind.FUNCTION, name, range.lineno(), current);
    table.bodies.put(node, scope);
    signatureAnnotations(node, args, returns, scope);
    reenter(scope, true);
    scope.coroutine = async;
    expressions.parameters(args);
    scope.hasDocstring = hasDocstring(body);
    statements(body);
    exit();
    if (!typeParams.isEmpty()) {
      exit();
    }
  }

  private void signatureAnnotations(
      Stmt node, Arguments args, @Nullable Expr returns, Scope function) {
    boolean inClass = current.canSeeClassScope || current.kind == ScopeKind.CLASS;
    Scope scope = enter(ScopeKind.ANNOTATION, "__annotate__", node.range());
    table.annotations.put(node, scope);
    scope.functionName = function.name;
    if (inClass) {
      scope.canSeeClassScope = true;
      define(CLASSDICT, USE, node.range());
    }
    annotations(args.posonlyargs());
    annotations(args.args());
    annotation(args.vararg());
    annotation(args.kwarg());
    annotations(args.kwonlyargs());
    if (returns != null) {
      current.annotationsUsed = true;
      expression(returns);
    }
    exit();
  }

  private void annotations(List<Arg> args) {
    for (int i = 0; i < args.size(); i++) {
      annotation(args.get(i));
    }
  }

  private void annotation(@Nullable Arg arg) {
    if (arg != null && arg.annotation() != null) {
      current.annotationsUsed = true;
      expression(arg.annotation());
    }
  }

  private void enterTypeParameters(
      AstNode node, String name, boolean defaults, boolean kwDefaults, SourceRange range) {
    boolean inClass = current.kind == ScopeKind.CLASS;
    Scope scope = enter(ScopeKind.TYPE_PARAMETERS, name, range);
    table.typeParameters.put(node, scope);
    if (inClass) {
      scope.canSeeClassScope = true;
      define(CLASSDICT, USE, range);
    }
    if (node instanceof Stmt.ClassDef) {
      define(".type_params", DEF_LOCAL, range);
      define(".type_params", USE, range);
      define(".generic_base", DEF_LOCAL, range);
      define(".generic_base", USE, range);
    }
    if (defaults) {
      define(".defaults", DEF_PARAM, range);
    }
    if (kwDefaults) {
      define(".kwdefaults", DEF_PARAM, range);
    }
  }

  private void typeParameters(List<TypeParam> parameters) {
    for (TypeParam p : parameters) {
      switch (p) {
        case TypeParam.TypeVar x -> {
          define(x.name(), DEF_TYPE_PARAM | DEF_LOCAL, x.range());
          Expr bound = x.bound();
          String info = bound instanceof Expr.Tuple ? "a TypeVar constraint" : "a TypeVar bound";
          typeVariable(x.name(), x, bound, info, false);
          typeVariable(x.name(), x, x.defaultValue(), "a TypeVar default", true);
        }
        case TypeParam.TypeVarTuple x -> {
          define(x.name(), DEF_TYPE_PARAM | DEF_LOCAL, x.range());
          typeVariable(x.name(), x, x.defaultValue(), "a TypeVarTuple default", true);
        }
        case TypeParam.ParamSpec x -> {
          define(x.name(), DEF_TYPE_PARAM | DEF_LOCAL, x.range());
          typeVariable(x.name(), x, x.defaultValue(), "a ParamSpec default", true);
        }
      }
    }
  }

  private void typeVariable(
      String name, TypeParam node, @Nullable Expr value, String info, boolean isDefault) {
    if (name.equals(CLASSDICT)) {
      throw error("reserved name '" + name + "' cannot be used for type parameter", node.range());
    }
    if (value == null) {
      return;
    }
    boolean inClass = current.canSeeClassScope;
    Scope scope = enter(ScopeKind.TYPE_VARIABLE, name, value.range());
    if (isDefault) {
      table.defaults.put(node, scope);
    } else {
      table.bodies.put(node, scope);
    }
    scope.canSeeClassScope = inClass;
    if (inClass) {
      define(CLASSDICT, USE, value.range());
    }
    scope.scopeInfo = info;
    expression(value);
    exit();
  }

  private void classDefinition(Stmt.ClassDef s) {
    define(s.name(), DEF_LOCAL, s.range());
    expressions(s.decoratorList());
    String outerClass = className;
    boolean generic = !s.typeParams().isEmpty();
    if (generic) {
      enterTypeParameters(s, s.name(), false, false, s.range());
      className = s.name();
      current.mangledNames = new HashSet<>();
      typeParameters(s.typeParams());
    }
    expressions(s.bases());
    keywords(s.keywords());
    Scope scope = enter(ScopeKind.CLASS, s.name(), s.range());
    table.bodies.put(s, scope);
    className = s.name();
    if (generic) {
      define("__type_params__", DEF_LOCAL, s.range());
      define(".type_params", USE, s.range());
    }
    scope.hasDocstring = hasDocstring(s.body());
    statements(s.body());
    exit();
    if (generic) {
      exit();
    }
    className = outerClass;
  }

  void keywords(List<Keyword> keywords) {
    for (Keyword k : keywords) {
      if (k.arg() != null) {
        checkName(k.arg(), k.range(), ExprContext.Store);
      }
    }
    for (Keyword k : keywords) {
      expression(k.value());
    }
  }

  private void typeAlias(Stmt.TypeAlias s) {
    expression(s.name());
    String name = s.name() instanceof Expr.Name n ? n.id() : "";
    boolean inClass = current.kind == ScopeKind.CLASS;
    boolean generic = !s.typeParams().isEmpty();
    if (generic) {
      enterTypeParameters(s, name, false, false, s.range());
      typeParameters(s.typeParams());
    }
    Scope scope = enter(ScopeKind.TYPE_ALIAS, name, s.range());
    table.bodies.put(s, scope);
    if (inClass) {
      scope.canSeeClassScope = true;
      define(CLASSDICT, USE, s.value().range());
    }
    expression(s.value());
    exit();
    if (generic) {
      exit();
    }
  }

  private void patterns(List<Pattern> list) {
    for (Pattern p : list) {
      pattern(p);
    }
  }

  private void pattern(Pattern p) {
    switch (p) {
      case Pattern.MatchValue x -> expression(x.value());
      case Pattern.MatchSingleton x -> {}
      case Pattern.MatchSequence x -> patterns(x.patterns());
      case Pattern.MatchStar x -> capture(x.name(), x);
      case Pattern.MatchMapping x -> {
        expressions(x.keys());
        patterns(x.patterns());
        capture(x.rest(), x);
      }
      case Pattern.MatchClass x -> {
        expression(x.cls());
        patterns(x.patterns());
        for (int i = 0; i < x.kwdAttrs().size(); i++) {
          checkName(x.kwdAttrs().get(i), x.kwdPatterns().get(i).range(), ExprContext.Store);
        }
        patterns(x.kwdPatterns());
      }
      case Pattern.MatchAs x -> {
        if (x.pattern() != null) {
          pattern(x.pattern());
        }
        capture(x.name(), x);
      }
      case Pattern.MatchOr x -> patterns(x.patterns());
    }
  }

  private void capture(@Nullable String name, Positioned where) {
    if (name != null) {
      define(name, DEF_LOCAL, where.range());
    }
  }
}
