package org.plait.compiler.scope;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.TypeParam;

/** The scopes of a tree. Nodes are keys by identity. */
public final class SymbolTable {
  final Map<AstNode, Scope> bodies = new IdentityHashMap<>();
  final Map<AstNode, Scope> typeParameters = new IdentityHashMap<>();
  final Map<AstNode, Scope> annotations = new IdentityHashMap<>();
  final Map<TypeParam, Scope> defaults = new IdentityHashMap<>();
  private final Scope top;

  SymbolTable(Scope top) {
    this.top = top;
  }

  /**
   * Builds and analyses the table.
   *
   * @param futureAnnotations whether {@code from __future__ import annotations} is active
   * @param topLevelAwait whether await is allowed at module level
   * @throws CompileError for misused names
   */
  public static SymbolTable build(
      Mod tree, String filename, boolean futureAnnotations, boolean topLevelAwait) {
    SymbolTable table =
        new SymbolTableBuilder(filename, futureAnnotations, topLevelAwait).build(tree);
    new ScopeAnalyzer(filename).analyze(table.top);
    return table;
  }

  /** The module's scope. */
  public Scope top() {
    return top;
  }

  /**
   * The scope of a function, class, lambda, comprehension or type alias, or of the bound of a type
   * variable.
   */
  public Scope body(AstNode node) {
    return get(bodies, node);
  }

  /** The scope of the type parameters of a function, class or type alias. */
  public Scope typeParameters(AstNode node) {
    return get(typeParameters, node);
  }

  /** The scope of the annotations of a function's signature. */
  public Scope annotations(AstNode function) {
    return get(annotations, function);
  }

  /** The scope of the default of a type parameter. */
  public Scope defaultOf(TypeParam parameter) {
    return get(defaults, parameter);
  }

  private static <K> Scope get(Map<K, Scope> map, K node) {
    @Nullable Scope scope = map.get(node);
    if (scope == null) {
      throw CompileError.of(CompileError.Kind.SYSTEM, "unknown symbol table entry");
    }
    return scope;
  }
}
