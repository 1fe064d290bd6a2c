package org.plait.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plait.syntax.ast.Asdl;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;
import org.plait.syntax.parser.PythonParser.Mode;
import org.plait.syntax.source.PySyntaxError;

/** Nesting, options and constants that golden files can't show well. */
class ParserLimitsTest {
  private static PySyntaxError error(String source, ParseOptions options) {
    return catchThrowableOfType(
        PySyntaxError.class, () -> PythonParser.parse(source, Mode.EXEC, options));
  }

  private static Object constant(String source) {
    Mod.Module m = (Mod.Module) PythonParser.parse(source, Mode.EXEC, ParseOptions.DEFAULT);
    return ((Expr.Constant) ((Stmt.ExprStmt) m.body().get(0)).value()).value();
  }

  @Test
  void bracketsMayNestTwoHundredDeep() {
    PythonParser.parse("(".repeat(200) + ")".repeat(200), Mode.EXEC, ParseOptions.DEFAULT);
    assertThat(error("(".repeat(201) + ")".repeat(201), ParseOptions.DEFAULT))
        .hasMessage("too many nested parentheses");
  }

  @Test
  void deepOperatorsEndInMemoryError() {
    for (String deep : List.of("-", "not ", "2**", "lambda: ")) {
      PythonParser.parse(deep.repeat(1000) + "1", Mode.EXEC, ParseOptions.DEFAULT);
      PySyntaxError e = error(deep.repeat(7000) + "1", ParseOptions.DEFAULT);
      assertThat(e.kind()).as(deep).isEqualTo(PySyntaxError.Kind.MEMORY);
    }
  }

  @Test
  void deepErrorsStayErrors() {
    String deep = "(".repeat(150) + "x y" + ")".repeat(150);
    assertThat(error(deep, ParseOptions.DEFAULT).kind()).isEqualTo(PySyntaxError.Kind.SYNTAX);
  }

  @Test
  void escapedSurrogatesStayApart() {
    assertThat(constant("'\\ud83d\\ude00'")).isEqualTo(new CodePoints(new int[] {0xD83D, 0xDE00}));
    assertThat(constant("'\\ud83d' '\\ude00'")).isInstanceOf(CodePoints.class);
    assertThat(constant("'\\U0001f600'")).isEqualTo(Character.toString(0x1F600));
    assertThat(constant("'\\ud83d'")).isEqualTo("\ud83d");
  }

  @Test
  void longDecimalIntegersAreLimited() {
    assertThat(error("1".repeat(4301), ParseOptions.DEFAULT).getMessage())
        .startsWith("Exceeds the limit (4300 digits) for integer string conversion:");
    PythonParser.parse("1".repeat(4301), Mode.EXEC, ParseOptions.DEFAULT.withMaxIntDigits(0));
  }

  @Test
  void featureVersionRefusesNewSyntax() {
    ParseOptions old = ParseOptions.DEFAULT.withFeatureVersion(7);
    assertThat(error("(x := 1)", old))
        .hasMessage("Assignment expressions are only supported in Python 3.8 and greater");
    assertThat(error("def f(a, /): pass", old))
        .hasMessage("Positional-only parameters are only supported in Python 3.8 and greater");
  }

  @Test
  void typeCommentsAreKeptOnDemand() {
    String source = "x = 1  # type: int\nfor a in b:  # type: str\n  pass  # type: ignore[x]\n";
    Mod.Module m =
        (Mod.Module)
            PythonParser.parse(source, Mode.EXEC, ParseOptions.DEFAULT.withTypeComments(true));
    assertThat(((Stmt.Assign) m.body().get(0)).typeComment()).isEqualTo("int");
    assertThat(((Stmt.For) m.body().get(1)).typeComment()).isEqualTo("str");
    assertThat(m.typeIgnores().get(0).tag()).isEqualTo("[x]");
    assertThat(m.typeIgnores().get(0).lineno()).isEqualTo(3);
  }

  @Test
  void warningsComeWithTheirLine() {
    List<String> warnings = new ArrayList<>();
    ParseOptions options =
        ParseOptions.DEFAULT.withWarnings(
            (message, lineno, site) ->
                warnings.add(
                    lineno + " " + message.substring(0, 12) + " " + site.asError().offset()));
    PythonParser.parse("x = 1\ny = '''\n\\d'''\nz = 1or 2\n", Mode.EXEC, options);
    assertThat(warnings).containsExactly("3 \"\\d\" is an i 1", "4 invalid deci 5");
  }

  @Test
  void functionTypes() {
    Mod m = PythonParser.parse("(int, *str, **x) -> y", Mode.FUNC_TYPE, ParseOptions.DEFAULT);
    assertThat(((Mod.FunctionType) m).argtypes()).hasSize(3);
  }

  @Test
  void nodesAreMadeByName() {
    SourceRange r = new SourceRange(1, 0, 1, 1);
    Object[] fields = {"x", ExprContext.Load};
    assertThat(Asdl.create("Name", fields, r)).isEqualTo(new Expr.Name("x", ExprContext.Load, r));
    assertThat(Asdl.enumMembers("boolop")).hasSize(2);
  }
}
