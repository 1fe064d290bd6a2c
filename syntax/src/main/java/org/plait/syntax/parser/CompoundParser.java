package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.ExceptHandler;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.MatchCase;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TypeParam;
import org.plait.syntax.ast.WithItem;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError.Kind;

/** Compound statements and blocks. */
class CompoundParser extends StatementParser {
  /** How many of CPython's rules lie between a block and a statement's block inside it. */
  private static final int BLOCK_DEPTH = 7;

  CompoundParser(Tokens t, ParseOptions options) {
    super(t, options);
  }

  /** Statements up to a dedent or the end. */
  final List<Stmt> statements() {
    List<Stmt> out = new ArrayList<>();
    while (type[p] != T.DEDENT && type[p] != T.ENDMARKER) {
      statement(out);
    }
    return out;
  }

  final void statement(List<Stmt> out) {
    Stmt compound = compound();
    if (compound != null) {
      out.add(compound);
    } else {
      simpleStatements(out);
    }
  }

  /** A compound statement, or null if none begins here. */
  final @Nullable Stmt compound() {
    return switch (type[p]) {
      case T.KW_DEF -> function(p, List.of(), false);
      case T.AT -> decorated();
      case T.KW_ASYNC -> async();
      case T.KW_IF -> ifStatement();
      case T.KW_CLASS -> classDef(List.of());
      case T.KW_WITH -> with(p, false);
      case T.KW_FOR -> forStatement(p, false);
      case T.KW_TRY -> tryStatement();
      case T.KW_WHILE -> whileStatement();
      case T.NAME -> t.isName(p, "match") ? match() : null;
      default -> null;
    };
  }

  private List<Stmt> block() {
    List<Stmt> body;
    enter(BLOCK_DEPTH);
    if (accept(T.NEWLINE)) {
      expect(T.INDENT);
      body = new ArrayList<>();
      do {
        statement(body);
      } while (type[p] != T.DEDENT && type[p] != T.ENDMARKER);
      expect(T.DEDENT);
    } else {
      body = new ArrayList<>(1);
      simpleStatements(body);
    }
    depth -= BLOCK_DEPTH;
    return body;
  }

  private List<Stmt> elseBlock() {
    if (!accept(T.KW_ELSE)) {
      return List.of();
    }
    forceColon();
    return block();
  }

  private Stmt async() {
    int first = p;
    advance();
    return switch (type[p]) {
      case T.KW_DEF -> function(first, List.of(), true);
      case T.KW_WITH -> with(first, true);
      case T.KW_FOR -> forStatement(first, true);
      default -> throw mismatch();
    };
  }

  private Stmt decorated() {
    List<Expr> decorators = new ArrayList<>();
    while (accept(T.AT)) {
      decorators.add(namedExpression());
      expect(T.NEWLINE);
    }
    int first = p;
    if (type[p] == T.KW_CLASS) {
      return classDef(decorators);
    }
    boolean async = accept(T.KW_ASYNC);
    return function(first, decorators, async);
  }

  private Stmt function(int first, List<Expr> decorators, boolean async) {
    expect(T.KW_DEF);
    String name = name();
    List<TypeParam> typeParams = typeParams();
    expect(T.LPAR);
    Arguments params = parameters(T.RPAR);
    expect(T.RPAR);
    Expr returns = accept(T.RARROW) ? expression() : null;
    expect(T.COLON);
    String comment = functionTypeComment();
    List<Stmt> body = block();
    if (async) {
      since(5, "Async functions are");
      return new Stmt.AsyncFunctionDef(
          name, params, body, decorators, returns, comment, typeParams, blockRangeFrom(first));
    }
    return new Stmt.FunctionDef(
        name, params, body, decorators, returns, comment, typeParams, blockRangeFrom(first));
  }

  /** A type comment behind the colon, or on a line of its own at the head of the body. */
  private @Nullable String functionTypeComment() {
    if (!options.typeComments()) {
      return null;
    }
    if (type[p] == T.NEWLINE && peekNext() == T.TYPE_COMMENT) {
      if (p + 3 < t.count && type[p + 2] == T.NEWLINE && type[p + 3] == T.INDENT) {
        advance();
        return typeComment();
      }
      return null;
    }
    return typeComment();
  }

  private Stmt classDef(List<Expr> decorators) {
    int first = p;
    expect(T.KW_CLASS);
    String name = name();
    List<TypeParam> typeParams = typeParams();
    CallArguments bases =
        type[p] == T.LPAR ? arguments(false) : new CallArguments(List.of(), List.of());
    expect(T.COLON);
    List<Stmt> body = block();
    return new Stmt.ClassDef(
        name, bases.args(), bases.keywords(), body, decorators, typeParams, blockRangeFrom(first));
  }

  private record Branch(int first, Expr test, List<Stmt> body) {}

  private Stmt ifStatement() {
    List<Branch> branches = new ArrayList<>(1);
    do {
      int first = p;
      advance();
      Expr test = namedExpression();
      expect(T.COLON);
      branches.add(new Branch(first, test, block()));
      enter(1);
    } while (type[p] == T.KW_ELIF);
    depth -= branches.size();
    List<Stmt> orelse = elseBlock();
    Stmt.If result = null;
    for (int i = branches.size() - 1; i >= 0; i--) {
      Branch b = branches.get(i);
      result = new Stmt.If(b.test(), b.body(), orelse, blockRangeFrom(b.first()));
      orelse = List.of(result);
    }
    if (result == null) {
      throw new IllegalStateException("an if statement has a branch");
    }
    return result;
  }

  private Stmt whileStatement() {
    int first = p;
    advance();
    Expr test = namedExpression();
    expect(T.COLON);
    List<Stmt> body = block();
    List<Stmt> orelse = elseBlock();
    return new Stmt.While(test, body, orelse, blockRangeFrom(first));
  }

  private Stmt forStatement(int first, boolean async) {
    advance();
    Expr target = starTargets();
    expect(T.KW_IN);
    Expr iter = starExpressions();
    expect(T.COLON);
    String comment = typeComment();
    List<Stmt> body = block();
    List<Stmt> orelse = elseBlock();
    if (async) {
      since(5, "Async for loops are");
      return new Stmt.AsyncFor(target, iter, body, orelse, comment, blockRangeFrom(first));
    }
    return new Stmt.For(target, iter, body, orelse, comment, blockRangeFrom(first));
  }

  private Stmt with(int first, boolean async) {
    advance();
    int items = p;
    boolean parenthesized = false;
    List<WithItem> list = null;
    if (type[p] == T.LPAR) {
      list = parenthesizedItems();
      parenthesized = list != null;
      if (list == null) {
        p = items;
      }
    }
    if (list == null) {
      list = new ArrayList<>(1);
      do {
        list.add(withItem());
      } while (accept(T.COMMA));
      expect(T.COLON);
    }
    String comment = async && parenthesized ? null : typeComment();
    List<Stmt> body = block();
    if (async) {
      since(5, "Async with statements are");
      return new Stmt.AsyncWith(list, body, comment, blockRangeFrom(first));
    }
    return new Stmt.With(list, body, comment, blockRangeFrom(first));
  }

  /** Items in parentheses and the colon behind them, or null if the tokens don't read that way. */
  private @Nullable List<WithItem> parenthesizedItems() {
    int savedDepth = depth;
    try {
      advance();
      List<WithItem> list = new ArrayList<>();
      do {
        if (type[p] == T.RPAR && !list.isEmpty()) {
          break;
        }
        list.add(withItem());
      } while (accept(T.COMMA));
      expect(T.RPAR);
      expect(T.COLON);
      return list;
    } catch (Mismatch e) {
      depth = savedDepth;
      return null;
    }
  }

  private WithItem withItem() {
    Expr context = expression();
    if (!accept(T.KW_AS)) {
      return new WithItem(context, null);
    }
    Expr target = starTarget();
    if (type[p] != T.COMMA && type[p] != T.RPAR && type[p] != T.COLON) {
      throw mismatch();
    }
    return new WithItem(context, target);
  }

  /** CPython does not look for another error where these colons are missing. */
  private void forceColon() {
    if (type[p] != T.COLON) {
      throw Errors.range(t, Kind.SYNTAX, far, p, p, "expected ':'");
    }
    advance();
  }

  private Stmt tryStatement() {
    int first = p;
    advance();
    forceColon();
    List<Stmt> body = block();
    List<ExceptHandler> handlers = new ArrayList<>(1);
    boolean star = false;
    while (type[p] == T.KW_EXCEPT) {
      int start = p;
      boolean hasStar = peekNext() == T.STAR;
      if (!handlers.isEmpty() && hasStar != star) {
        throw mismatch();
      }
      advance();
      if (hasStar) {
        advance();
      }
      star = hasStar;
      handlers.add(handler(start, star));
    }
    List<Stmt> orelse = handlers.isEmpty() ? List.of() : elseBlock();
    List<Stmt> finalBody = List.of();
    if (accept(T.KW_FINALLY)) {
      forceColon();
      finalBody = block();
    } else if (handlers.isEmpty()) {
      throw mismatch();
    }
    if (star) {
      since(11, "Exception groups are");
      return new Stmt.TryStar(body, handlers, orelse, finalBody, blockRangeFrom(first));
    }
    return new Stmt.Try(body, handlers, orelse, finalBody, blockRangeFrom(first));
  }

  private ExceptHandler handler(int start, boolean star) {
    Expr exception = null;
    String name = null;
    boolean bare = false;
    if (star || type[p] != T.COLON) {
      int first = p;
      exception = expression();
      if (type[p] == T.COMMA) {
        exception = tupleAfter(first, exception);
        bare = true;
      } else if (accept(T.KW_AS)) {
        name = name();
      }
    }
    expect(T.COLON);
    List<Stmt> body = block();
    if (bare) {
      since(14, "except expressions without parentheses are");
    }
    return new ExceptHandler(exception, name, body, blockRangeFrom(start));
  }

  /** A match statement, or null if {@code match} is just a name here. */
  private @Nullable Stmt match() {
    int first = p;
    int savedDepth = depth;
    Expr subject;
    try {
      advance();
      if (!startsStarExpression()) {
        p = first;
        return null;
      }
      subject = subject();
      expect(T.COLON);
      expect(T.NEWLINE);
      expect(T.INDENT);
      if (!t.isName(p, "case")) {
        throw mismatch();
      }
    } catch (Mismatch e) {
      p = first;
      depth = savedDepth;
      return null;
    }
    enter(BLOCK_DEPTH);
    List<MatchCase> cases = new ArrayList<>();
    while (t.isName(p, "case")) {
      advance();
      Pattern pattern = patterns();
      Expr guard = accept(T.KW_IF) ? namedExpression() : null;
      expect(T.COLON);
      cases.add(new MatchCase(pattern, guard, block()));
    }
    expect(T.DEDENT);
    depth -= BLOCK_DEPTH;
    since(10, "Pattern matching is");
    return new Stmt.Match(subject, cases, blockRangeFrom(first));
  }

  private Expr subject() {
    int first = p;
    Expr e = starNamedExpression();
    if (type[p] != T.COMMA) {
      if (e instanceof Expr.Starred) {
        throw mismatch();
      }
      return e;
    }
    List<Expr> items = new ArrayList<>();
    items.add(e);
    while (accept(T.COMMA)) {
      if (type[p] == T.COLON) {
        break;
      }
      items.add(starNamedExpression());
    }
    return new Expr.Tuple(items, ExprContext.Load, rangeFrom(first));
  }
}
