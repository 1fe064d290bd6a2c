package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree. Nodes are immutable records; their {@code equals} compares whole
 * trees, so maps keyed by nodes want identity.
 */
public sealed interface AstNode
    permits Positioned, Mod, Arguments, Comprehension, MatchCase, WithItem, TypeIgnore {
  /** What the node is; {@code kind().name()} is Python's name of it. */
  NodeKind kind();

  /**
   * The value of a field.
   *
   * @param index its index in {@code kind().fields()}
   * @return a node, enum constant, String, Integer, List, constant (see {@link Expr.Constant}) or
   *     null
   */
  @Nullable Object field(int index);
}
