package org.plait.compiler;

import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.diag.WarningSink;
import org.plait.compiler.gen.Gen;
import org.plait.compiler.scope.SymbolTable;
import org.plait.syntax.ast.Mod;

/** The compiler's door. Stateless; any thread may compile. */
public final class Compiler {
  private static final String TOO_DEEP = "maximum recursion depth exceeded during compilation";

  private Compiler() {}

  /**
   * Compiles a tree.
   *
   * @throws CompileError for what is wrong with the program
   */
  public static CodeUnit compile(
      Mod tree, String filename, CompileOptions options, WarningSink warnings) {
    try {
      if (options.validate()) {
        AstValidator.validate(tree);
      }
      FutureFeatures future = FutureFeatures.of(tree, filename);
      int flags = future.flags() | (options.flags() & CodeFlags.FUTURE_MASK);
      boolean futureAnnotations = (flags & CodeFlags.FUTURE_ANNOTATIONS) != 0;
      boolean topLevelAwait = (options.flags() & CodeFlags.PYCF_ALLOW_TOP_LEVEL_AWAIT) != 0;
      SymbolTable table = SymbolTable.build(tree, filename, futureAnnotations, topLevelAwait);
      return Gen.generate(
          tree,
          filename,
          table,
          options.optimize(),
          flags,
          futureAnnotations,
          future.line(),
          topLevelAwait,
          warnings);
    } catch (StackOverflowError e) {
      throw CompileError.of(CompileError.Kind.RECURSION, TOO_DEEP);
    }
  }

  /**
   * Only the symbol table of a tree.
   *
   * @throws CompileError for misused names
   */
  public static SymbolTable symbolTable(Mod tree, String filename) {
    try {
      FutureFeatures future = FutureFeatures.of(tree, filename);
      boolean futureAnnotations = (future.flags() & CodeFlags.FUTURE_ANNOTATIONS) != 0;
      return SymbolTable.build(tree, filename, futureAnnotations, false);
    } catch (StackOverflowError e) {
      throw CompileError.of(CompileError.Kind.RECURSION, TOO_DEEP);
    }
  }
}
