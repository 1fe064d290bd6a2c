package org.plait.compiler.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.SourceRange;

/**
 * One scope of the symbol table. Built and analysed by one thread, read-only afterwards but for the
 * symbols of a scope whose code is being generated (inlined comprehensions override some for a
 * while).
 */
public final class Scope {
  /** A global or nonlocal declaration, kept for error messages. */
  record Directive(String name, SourceRange range) {}

  final ScopeKind kind;
  final String name;
  final int line;
  final @Nullable Scope parent;
  final SymbolMap symbols = new SymbolMap();
  final List<String> parameters = new ArrayList<>();
  List<Scope> children = new ArrayList<>(4);
  final List<Directive> directives = new ArrayList<>(0);

  /** Names bound by := here; such locals are not safe as operands across one. */
  @Nullable Set<String> walrusNames;

  /** The names that are private in type parameters of a class; null where all are. */
  @Nullable Set<String> mangledNames;

  boolean nested;
  boolean generator;
  boolean coroutine;
  ComprehensionKind comprehension = ComprehensionKind.NONE;
  boolean varargs;
  boolean varkeywords;
  boolean annotationsUsed;
  boolean hasDocstring;
  boolean method;
  boolean needsClassClosure;
  boolean needsClassDict;
  boolean hasConditionalAnnotations;
  boolean inConditionalBlock;
  boolean inUnevaluatedAnnotation;
  boolean inlined;
  boolean compIterTarget;
  int compIterExpr;
  boolean canSeeClassScope;
  @Nullable Scope annotationBlock;
  @Nullable String functionName;
  String scopeInfo = "";

  Scope(ScopeKind kind, String name, int line, @Nullable Scope parent) {
    this.kind = kind;
    this.name = name;
    this.line = line;
    this.parent = parent;
    this.method = kind == ScopeKind.FUNCTION && parent != null && parent.kind == ScopeKind.CLASS;
    this.nested = parent != null && (parent.nested || parent.kind.isFunctionLike());
  }

  public ScopeKind kind() {
    return kind;
  }

  /** "top" for the module. */
  public String name() {
    return name;
  }

  /** First line; 0 for the module. */
  public int line() {
    return line;
  }

  /** Bits of {@link SymbolFlags} by (mangled) name. */
  public SymbolMap symbols() {
    return symbols;
  }

  /** The bits of a symbol, 0 if there is none. */
  public int flags(String mangled) {
    return symbols.get(mangled);
  }

  /** Where a symbol lives: {@link SymbolFlags#LOCAL} and so on, 0 if unknown. */
  public int place(String mangled) {
    return SymbolFlags.place(symbols.get(mangled));
  }

  /** Parameters in the order of {@code co_varnames}. */
  public List<String> parameters() {
    return parameters;
  }

  /** Inner scopes; those of inlined comprehensions stand in their place. */
  public List<Scope> children() {
    return children;
  }

  public boolean isFunctionLike() {
    return kind.isFunctionLike();
  }

  public boolean isNested() {
    return nested;
  }

  public boolean isGenerator() {
    return generator;
  }

  public boolean isCoroutine() {
    return coroutine;
  }

  public ComprehensionKind comprehension() {
    return comprehension;
  }

  public boolean hasVarargs() {
    return varargs;
  }

  public boolean hasVarkeywords() {
    return varkeywords;
  }

  /** Whether annotations occur in a module, class or function signature. */
  public boolean annotationsUsed() {
    return annotationsUsed;
  }

  public boolean hasDocstring() {
    return hasDocstring;
  }

  /** Whether it is a function directly within a class. */
  public boolean isMethod() {
    return method;
  }

  /** Whether a class has a {@code __class__} cell. */
  public boolean needsClassClosure() {
    return needsClassClosure;
  }

  /** Whether a class has a {@code __classdict__} cell. */
  public boolean needsClassDict() {
    return needsClassDict;
  }

  public boolean hasConditionalAnnotations() {
    return hasConditionalAnnotations;
  }

  /** Whether a comprehension is compiled into the scope around it (PEP 709). */
  public boolean isInlined() {
    return inlined;
  }

  /** Whether names are first looked up in the class around it. */
  public boolean canSeeClassScope() {
    return canSeeClassScope;
  }

  /** The function an annotation scope belongs to, or null. */
  public @Nullable String functionName() {
    return functionName;
  }

  /** Whether := binds the local here. */
  public boolean bindsByWalrus(String mangled) {
    return walrusNames != null && walrusNames.contains(mangled);
  }

  /** Whether any := binds a local here. */
  public boolean hasWalrus() {
    return walrusNames != null;
  }

  /** The name as it is known here. */
  public String mangle(@Nullable String className, String identifier) {
    return Mangling.mangle(className, mangledNames, identifier);
  }

  /** The scope of the annotations of a module or class body, or null. */
  public @Nullable Scope annotationBlock() {
    return annotationBlock;
  }
}
