package org.plait.compiler.scope;

/** Which comprehension a function scope is, if it is one. */
public enum ComprehensionKind {
  NONE("", ""),
  LIST("list comprehension", "<listcomp>"),
  SET("set comprehension", "<setcomp>"),
  DICT("dict comprehension", "<dictcomp>"),
  GENERATOR("generator expression", "<genexpr>");

  private final String text;
  private final String scopeName;

  ComprehensionKind(String text, String scopeName) {
    this.text = text;
    this.scopeName = scopeName;
  }

  /** As messages call it. */
  public String text() {
    return text;
  }

  /** The name of its scope. */
  public String scopeName() {
    return scopeName;
  }
}
