package org.plait.compiler.scope;

import static org.plait.compiler.scope.SymbolFlags.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.SourceRange;

/**
 * Second pass: decides for every name of every scope where it lives, and which comprehensions are
 * inlined. Compare CPython's analyze_block in symtable.c.
 */
final class ScopeAnalyzer {
  private static final Set<String> CLASS_CELLS =
      Set.of("__class__", "__classdict__", "__conditional_annotations__");

  private final String filename;

  ScopeAnalyzer(String filename) {
    this.filename = filename;
  }

  void analyze(Scope top) {
    block(top, null, new HashSet<>(), new HashSet<>(), new HashSet<>(), null);
  }

  private CompileError atDirective(Scope scope, String name, String message) {
    for (Scope.Directive d : scope.directives) {
      if (d.name().equals(name)) {
        return CompileError.syntax(message, filename, d.range());
      }
    }
    return CompileError.syntax(message, filename, new SourceRange(scope.line, 0, scope.line, 0));
  }

  private int placeOf(
      Scope scope,
      String name,
      int flags,
      @Nullable Set<String> bound,
      Set<String> local,
      Set<String> free,
      Set<String> global,
      Set<String> typeParams,
      @Nullable Scope classEntry) {
    if ((flags & DEF_GLOBAL) != 0) {
      if ((flags & DEF_NONLOCAL) != 0) {
        throw atDirective(scope, name, "name '" + name + "' is nonlocal and global");
      }
      global.add(name);
      if (bound != null) {
        bound.remove(name);
      }
      return GLOBAL_EXPLICIT;
    }
    if ((flags & DEF_NONLOCAL) != 0) {
      if (bound == null) {
        throw atDirective(scope, name, "nonlocal declaration not allowed at module level");
      }
      if (!bound.contains(name)) {
        throw atDirective(scope, name, "no binding for nonlocal '" + name + "' found");
      }
      if (typeParams.contains(name)) {
        throw atDirective(
            scope, name, "nonlocal binding not allowed for type parameter '" + name + "'");
      }
      free.add(name);
      return FREE;
    }
    if ((flags & DEF_BOUND) != 0) {
      local.add(name);
      global.remove(name);
      if ((flags & DEF_TYPE_PARAM) != 0) {
        typeParams.add(name);
      } else {
        typeParams.remove(name);
      }
      return LOCAL;
    }
    if (classEntry != null) {
      int classFlags = classEntry.symbols.get(name);
      if ((classFlags & DEF_GLOBAL) != 0) {
        return GLOBAL_EXPLICIT;
      }
      if ((classFlags & DEF_BOUND) != 0 && (classFlags & DEF_NONLOCAL) == 0) {
        return GLOBAL_IMPLICIT;
      }
    }
    if (bound != null && bound.contains(name)) {
      free.add(name);
      return FREE;
    }
    return GLOBAL_IMPLICIT;
  }

  private void block(
      Scope scope,
      @Nullable Set<String> bound,
      Set<String> free,
      Set<String> global,
      Set<String> typeParams,
      @Nullable Scope classEntry) {
    boolean isClass = scope.kind == ScopeKind.CLASS;
    SymbolMap symbols = scope.symbols;
    Set<String> local = new HashSet<>();
    SymbolMap places = new SymbolMap();
    Set<String> newGlobal = new HashSet<>();
    Set<String> newFree = new HashSet<>();
    Set<String> newBound = new HashSet<>();
    Set<String> inlinedCells = new HashSet<>(2);
    if (isClass) {
      newGlobal.addAll(global);
      if (bound != null) {
        newBound.addAll(bound);
      }
    }
    for (int i = 0; i < symbols.size(); i++) {
      String name = symbols.key(i);
      places.put(
          name,
          placeOf(
              scope, name, symbols.value(i), bound, local, free, global, typeParams, classEntry));
    }
    if (isClass) {
      newBound.addAll(CLASS_CELLS);
    } else {
      if (scope.isFunctionLike()) {
        newBound.addAll(local);
      }
      if (bound != null) {
        newBound.addAll(bound);
      }
      newGlobal.addAll(global);
    }
    boolean anyInlined = false;
    List<Scope> children = scope.children;
    for (int i = 0; i < children.size(); i++) {
      Scope child = children.get(i);
      Scope childClass = null;
      if (child.canSeeClassScope) {
        childClass = isClass ? scope : classEntry;
      }
      boolean inlined =
          child.comprehension != ComprehensionKind.NONE
              && child.comprehension != ComprehensionKind.GENERATOR
              && !scope.canSeeClassScope;
      Set<String> childFree = new HashSet<>();
      block(
          child,
          new HashSet<>(newBound),
          childFree,
          new HashSet<>(newGlobal),
          new HashSet<>(typeParams),
          childClass);
      if (inlined) {
        inline(scope, child, places, childFree, inlinedCells);
        child.inlined = true;
        anyInlined = true;
      }
      newFree.addAll(childFree);
    }
    if (anyInlined) {
      splice(scope);
    }
    if (scope.isFunctionLike()) {
      cells(places, newFree, inlinedCells);
    } else if (isClass) {
      scope.needsClassClosure |= newFree.remove("__class__");
      scope.needsClassDict |= newFree.remove("__classdict__");
      scope.hasConditionalAnnotations |= newFree.remove("__conditional_annotations__");
    }
    update(scope, places, bound, newFree, inlinedCells, isClass || scope.canSeeClassScope);
    free.addAll(newFree);
  }

  private static void splice(Scope scope) {
    List<Scope> spliced = new ArrayList<>();
    for (Scope child : scope.children) {
      if (child.inlined) {
        spliced.addAll(child.children);
      } else {
        spliced.add(child);
      }
    }
    scope.children = spliced;
  }

  private static boolean freeInAnyChild(Scope scope, String name) {
    for (Scope child : scope.children) {
      if (child.place(name) == FREE) {
        return true;
      }
    }
    return false;
  }

  private static void inline(
      Scope scope,
      Scope comprehension,
      SymbolMap places,
      Set<String> comprehensionFree,
      Set<String> inlinedCells) {
    SymbolMap symbols = comprehension.symbols;
    for (int i = 0; i < symbols.size(); i++) {
      String name = symbols.key(i);
      int flags = symbols.value(i);
      if ((flags & DEF_PARAM) != 0) {
        continue; // the implicit argument
      }
      int place = place(flags);
      int only = flags & ((1 << SCOPE_OFFSET) - 1);
      if (place == CELL || (only & DEF_COMP_CELL) != 0) {
        inlinedCells.add(name);
      }
      int existing = scope.symbols.get(name);
      if (place == FREE && scope.kind == ScopeKind.CLASS && CLASS_CELLS.contains(name)) {
        // a comprehension in a class body does not see the class's own cells
        place = GLOBAL_IMPLICIT;
        comprehensionFree.remove(name);
        symbols.setValue(i, only | GLOBAL_IMPLICIT << SCOPE_OFFSET);
      }
      if (!scope.symbols.contains(name)) {
        scope.symbols.put(name, only);
        places.put(name, place);
      } else if ((existing & DEF_BOUND) != 0
          && scope.kind != ScopeKind.CLASS
          && !freeInAnyChild(comprehension, name)) {
        comprehensionFree.remove(name);
      }
    }
  }

  private static void cells(SymbolMap places, Set<String> free, Set<String> inlinedCells) {
    if (free.isEmpty() && inlinedCells.isEmpty()) {
      return;
    }
    for (int i = 0; i < places.size(); i++) {
      String name = places.key(i);
      if (places.value(i) == LOCAL && (free.contains(name) || inlinedCells.contains(name))) {
        places.setValue(i, CELL);
        free.remove(name);
      }
    }
  }

  private static void update(
      Scope scope,
      SymbolMap places,
      @Nullable Set<String> bound,
      Set<String> free,
      Set<String> inlinedCells,
      boolean classFlag) {
    SymbolMap symbols = scope.symbols;
    for (int i = 0; i < symbols.size(); i++) {
      String name = symbols.key(i);
      int flags = symbols.value(i);
      if (inlinedCells.contains(name)) {
        flags |= DEF_COMP_CELL;
      }
      symbols.setValue(i, flags | places.get(name) << SCOPE_OFFSET);
    }
    for (String name : free) {
      int flags = symbols.get(name);
      if (flags != 0) {
        if (classFlag) {
          symbols.put(name, flags | DEF_FREE_CLASS);
        }
        continue;
      }
      if (bound != null && !bound.contains(name)) {
        continue;
      }
      symbols.put(name, FREE << SCOPE_OFFSET);
    }
  }
}
