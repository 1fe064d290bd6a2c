package org.plait.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Liveness;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.diag.WarningSink;
import org.plait.compiler.fold.AstOptimizer;
import org.plait.compiler.unparse.Unparser;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;

/** Trees made by programs, options, and what is computed from code. */
class TreeTest {
  private static final SourceRange AT = new SourceRange(1, 0, 1, 1);

  private static Mod parse(String source) {
    return PythonParser.parse(source, PythonParser.Mode.EXEC, ParseOptions.DEFAULT);
  }

  private static CodeUnit compile(String source, int optimize, int flags) {
    return Compiler.compile(
        parse(source), "f", new CompileOptions(optimize, flags, true), WarningSink.NONE);
  }

  private static CodeUnit inner(CodeUnit code, String name) {
    for (Object c : code.consts) {
      if (c instanceof CodeUnit u && u.name.equals(name)) {
        return u;
      }
    }
    throw new AssertionError(name);
  }

  private static void refuses(Stmt statement, CompileError.Kind kind, String message) {
    assertThatThrownBy(
            () ->
                Compiler.compile(
                    new Mod.Module(List.of(statement), List.of()),
                    "f",
                    new CompileOptions(0, 0, true),
                    WarningSink.NONE))
        .isInstanceOfSatisfying(CompileError.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessage(message);
  }

  @Test
  void invalidTreesAreRefused() {
    Expr name = new Expr.Name("x", ExprContext.Load, AT);
    refuses(
        new Stmt.Assign(List.of(name), name, null, AT),
        CompileError.Kind.VALUE,
        "expression must have Store context but has Load instead");
    refuses(
        new Stmt.Assign(List.of(), name, null, AT),
        CompileError.Kind.VALUE,
        "empty targets on Assign");
    refuses(
        new Stmt.ExprStmt(new Expr.Name("None", ExprContext.Load, AT), AT),
        CompileError.Kind.VALUE,
        "identifier field can't represent 'None' constant");
    refuses(
        new Stmt.Pass(new SourceRange(2, 0, 1, 0)),
        CompileError.Kind.VALUE,
        "AST node line range (2, 1) is not valid");
  }

  @Test
  void deepTreesAreARecursionError() {
    Expr e = new Expr.Constant(1L, null, AT);
    for (int i = 0; i < 2_000_000; i++) {
      e = new Expr.UnaryOp(org.plait.syntax.ast.UnaryOp.Not, e, AT);
    }
    refuses(
        new Stmt.ExprStmt(e, AT),
        CompileError.Kind.RECURSION,
        "maximum recursion depth exceeded during compilation");
  }

  @Test
  void longChainsTakeFewRegisters() {
    Expr e = new Expr.Name("x", ExprContext.Load, AT);
    for (int i = 0; i < 500; i++) {
      e = new Expr.BinOp(e, Operator.Add, new Expr.Name("x", ExprContext.Load, AT), AT);
    }
    CodeUnit code =
        Compiler.compile(
            new Mod.Expression(e), "f", new CompileOptions(0, 0, true), WarningSink.NONE);
    assertThat(code.registerCount).isLessThan(5);
  }

  @Test
  void optimizeLevels() {
    String source = "def f():\n  'doc'\n  assert x\n  return __debug__\n";
    CodeUnit plain = inner(compile(source, 0, 0), "f");
    assertThat(plain.has(CodeFlags.HAS_DOCSTRING)).isTrue();
    assertThat(plain.names).contains("x");
    CodeUnit one = inner(compile(source, 1, 0), "f");
    assertThat(one.has(CodeFlags.HAS_DOCSTRING)).isTrue();
    assertThat(one.names).doesNotContain("x");
    assertThat(one.consts).contains(false);
    CodeUnit two = inner(compile(source, 2, 0), "f");
    assertThat(two.has(CodeFlags.HAS_DOCSTRING)).isFalse();
    assertThat(two.consts).doesNotContain("doc");
  }

  @Test
  void topLevelAwait() {
    CodeUnit code = compile("await x", 0, CodeFlags.PYCF_ALLOW_TOP_LEVEL_AWAIT);
    assertThat(code.has(CodeFlags.COROUTINE)).isTrue();
  }

  @Test
  void interactiveStatementsPrint() {
    CodeUnit code =
        Compiler.compile(
            PythonParser.parse("x\n", PythonParser.Mode.SINGLE, ParseOptions.DEFAULT),
            "f",
            CompileOptions.DEFAULT,
            WarningSink.NONE);
    assertThat(code.code[2 * CodeUnit.WORDS]).isEqualTo(Opcode.PRINT_EXPR.ordinal());
  }

  @Test
  void optimizedTree() {
    Mod tree = parse("'doc'\ndef f(): 'd'\nx = __debug__\n'%s' % (a,)\nmatch x:\n case -1: pass");
    String text = AstOptimizer.optimize(tree, 2).toString();
    assertThat(text)
        .doesNotContain("doc")
        .contains("Pass")
        .contains("JoinedStr")
        .contains("value=false")
        .contains("value=-1");
    assertThat(AstOptimizer.optimize(parse("x = 1"), 1)).isEqualTo(parse("x = 1"));
  }

  @Test
  void annotationsAsText() {
    for (String text :
        List.of(
            "a.b[c, d]",
            "x if y else lambda a, *b, c=1, **d: z",
            "f'a{b!r:>{c}}'",
            "(yield)",
            "not a or b and c",
            "-1 ** (2 + 3) * 4",
            "{1: 2, **a}",
            "[x async for x in y if z]",
            "a[1:2, ::3]",
            "(x := 1)",
            "1e309 + 2j")) {
      Mod tree = PythonParser.parse(text, PythonParser.Mode.EVAL, ParseOptions.DEFAULT);
      assertThat(Unparser.unparse(((Mod.Expression) tree).body())).isEqualTo(text);
    }
  }

  @Test
  void argumentsAreDeadWhileTheyAreCalled() {
    CodeUnit code = inner(compile("def f(a): g(a); return a", 0, 0), "f");
    Liveness liveness = Liveness.of(code);
    for (int pc = 0; pc < code.length(); pc++) {
      if (code.code[pc * CodeUnit.WORDS] == Opcode.CALL.ordinal()) {
        int base = code.code[pc * CodeUnit.WORDS + 2];
        assertThat(liveness.isLive(pc, base)).isFalse();
        assertThat(liveness.isLive(pc, base + 1)).isFalse();
        assertThat(liveness.isLive(pc, 0)).isTrue();
        return;
      }
    }
    throw new AssertionError("no call");
  }
}
