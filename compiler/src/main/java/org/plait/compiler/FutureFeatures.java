package org.plait.compiler;

import java.util.List;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.Constants;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.Alias;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.Stmt;

/**
 * What {@code from __future__ import} asks for. Compare CPython's future.c.
 *
 * @param flags bits of {@link CodeFlags}
 * @param line line of the last such statement, 0 if there is none
 */
public record FutureFeatures(int flags, int line) {
  /**
   * Reads the statements at the start of a module.
   *
   * @throws CompileError for features that don't exist
   */
  public static FutureFeatures of(Mod tree, String filename) {
    List<Stmt> body =
        switch (tree) {
          case Mod.Module m -> m.body();
          case Mod.Interactive m -> m.body();
          default -> List.of();
        };
    int flags = 0;
    int line = 0;
    int first = startsWithDocstring(body) ? 1 : 0;
    for (int i = first; i < body.size(); i++) {
      if (!(body.get(i) instanceof Stmt.ImportFrom s) || !"__future__".equals(s.module())) {
        break;
      }
      for (Alias a : s.names()) {
        flags |= flag(a, filename);
      }
      line = s.lineno();
    }
    return new FutureFeatures(flags, line);
  }

  private static boolean startsWithDocstring(List<Stmt> body) {
    return !body.isEmpty()
        && body.get(0) instanceof Stmt.ExprStmt e
        && e.value() instanceof Expr.Constant c
        && Constants.isString(c.value());
  }

  private static int flag(Alias a, String filename) {
    return switch (a.name()) {
      case "nested_scopes",
          "generators",
          "division",
          "absolute_import",
          "with_statement",
          "print_function",
          "unicode_literals",
          "generator_stop" ->
          0;
      case "barry_as_FLUFL" -> CodeFlags.FUTURE_BARRY_AS_BDFL;
      case "annotations" -> CodeFlags.FUTURE_ANNOTATIONS;
      case "braces" -> throw CompileError.syntax("not a chance", filename, a.range());
      default ->
          throw CompileError.syntax(
              "future feature " + a.name() + " is not defined", filename, a.range());
    };
  }
}
