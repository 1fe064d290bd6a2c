package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.ScopeKind;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;

/** Loads, stores and deletions of names. Compare CPython's codegen_nameop. */
final class NameGen {
  private enum Access {
    FAST,
    GLOBAL,
    NAME,
    DEREF
  }

  private final Gen g;

  NameGen(Gen g) {
    this.g = g;
  }

  String mangle(String name) {
    return g.u.scope.mangle(g.u.className, name);
  }

  private Access access(String mangled) {
    Unit u = g.u;
    return switch (u.scope.place(mangled)) {
      case SymbolFlags.FREE, SymbolFlags.CELL -> Access.DEREF;
      case SymbolFlags.LOCAL ->
          u.isFunctionLike() || (u.fastHidden != null && u.fastHidden.contains(mangled))
              ? Access.FAST
              : Access.NAME;
      case SymbolFlags.GLOBAL_IMPLICIT -> u.isFunctionLike() ? Access.GLOBAL : Access.NAME;
      case SymbolFlags.GLOBAL_EXPLICIT -> Access.GLOBAL;
      default -> Access.NAME;
    };
  }

  /** The register of a fast local of this name, or -1 if it lives elsewhere. */
  int fastRegister(String name) {
    String mangled = mangle(name);
    return access(mangled) == Access.FAST ? g.u.local(mangled) : -1;
  }

  /** As {@link #fastRegister} for a target whose value is evaluated first. */
  int tentativeRegister(String name) {
    String mangled = mangle(name);
    return access(mangled) == Access.FAST ? g.u.tentativeLocal(mangled) : -1;
  }

  /**
   * Register with the value: the local itself or a temporary, which is {@code hint} if it is one.
   */
  int operand(SourceRange range, String name, int hint) {
    int r = fastRegister(name);
    if (r >= 0) {
      g.u.emit(range, CHECK_LOCAL, r);
      return r;
    }
    int dst = Unit.isTemp(hint) ? hint : g.u.temp();
    load(range, name, dst);
    return dst;
  }

  /** Loads into a register. */
  void load(SourceRange range, String name, int dst) {
    Unit u = g.u;
    String mangled = mangle(name);
    Scope scope = u.scope;
    switch (access(mangled)) {
      case FAST -> {
        int r = u.local(mangled);
        u.emit(range, CHECK_LOCAL, r);
        if (r != dst) {
          u.emit(range, MOVE, dst, r);
        }
      }
      case GLOBAL -> {
        if (scope.canSeeClassScope() && scope.place(mangled) == SymbolFlags.GLOBAL_IMPLICIT) {
          int t = u.temp();
          u.emit(range, LOAD_DEREF, t, u.cell("__classdict__"));
          u.emit(range, LOAD_FROM_DICT_OR_GLOBALS, dst, t, u.nameIndex(mangled));
        } else {
          u.emit(range, LOAD_GLOBAL, dst, u.nameIndex(mangled));
        }
      }
      case NAME ->
          u.emit(
              range,
              scope.kind() == ScopeKind.CLASS && u.inlinedDepth > 0 ? LOAD_GLOBAL : LOAD_NAME,
              dst,
              u.nameIndex(mangled));
      case DEREF -> {
        int cell = cell(mangled);
        if (scope.kind() == ScopeKind.CLASS && u.inlinedDepth == 0) {
          int t = u.temp();
          u.emit(range, LOAD_LOCALS, t);
          u.emit(range, LOAD_FROM_DICT_OR_DEREF, dst, t, cell);
        } else if (scope.canSeeClassScope()) {
          int t = u.temp();
          u.emit(range, LOAD_DEREF, t, u.cell("__classdict__"));
          u.emit(range, LOAD_FROM_DICT_OR_DEREF, dst, t, cell);
        } else {
          u.emit(range, LOAD_DEREF, dst, cell);
        }
      }
    }
  }

  private int cell(String mangled) {
    return g.u.scope.place(mangled) == SymbolFlags.FREE ? g.u.freeCell(mangled) : g.u.cell(mangled);
  }

  /** Stores a register or constant. */
  void store(@Nullable SourceRange range, String name, int value) {
    Unit u = g.u;
    String mangled = mangle(name);
    switch (access(mangled)) {
      case FAST -> {
        int r = u.local(mangled);
        if (value < 0) {
          u.emit(range, LOAD_CONST, r, ~value);
        } else if (value != r) {
          u.emit(range, MOVE, r, value);
        }
      }
      case GLOBAL -> u.emit(range, STORE_GLOBAL, u.nameIndex(mangled), value);
      case NAME -> u.emit(range, STORE_NAME, u.nameIndex(mangled), value);
      case DEREF -> u.emit(range, STORE_DEREF, cell(mangled), value);
    }
  }

  void delete(@Nullable SourceRange range, String name) {
    Unit u = g.u;
    String mangled = mangle(name);
    switch (access(mangled)) {
      case FAST -> u.emit(range, DELETE_LOCAL, u.local(mangled));
      case GLOBAL -> u.emit(range, DELETE_GLOBAL, u.nameIndex(mangled));
      case NAME -> u.emit(range, DELETE_NAME, u.nameIndex(mangled));
      case DEREF -> u.emit(range, DELETE_DEREF, cell(mangled));
    }
  }

  /**
   * The operand, copied if it is a local that an expression evaluated later may bind anew.
   *
   * @param later what is still evaluated before the operand is used
   */
  int stable(int operand, @Nullable Expr later) {
    Unit u = g.u;
    if (!Unit.isLocal(operand)
        || !u.scope.hasWalrus()
        || later == null
        || later instanceof Expr.Name
        || later instanceof Expr.Constant
        || !u.scope.bindsByWalrus(u.localName(operand))) {
      return operand;
    }
    int t = u.temp();
    u.emit(later.range(), MOVE, t, operand);
    return t;
  }
}
