package org.plait.compiler.scope;

/** The kinds of scopes, in the order of {@code _symtable.TYPE_*}. */
public enum ScopeKind {
  FUNCTION,
  CLASS,
  MODULE,
  ANNOTATION,
  TYPE_ALIAS,
  TYPE_PARAMETERS,
  /** The bound, constraints or default of one type parameter. */
  TYPE_VARIABLE;

  /** Whether names are fast locals, as in everything but modules and classes. */
  public boolean isFunctionLike() {
    return this != CLASS && this != MODULE;
  }
}
