package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.List;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/** Assignments, deletions and everything else that stores into a target. */
final class AssignGen {
  /** Longest tuple assignment done without a tuple. */
  private static final int MAX_PARALLEL = 8;

  private final Gen g;

  AssignGen(Gen g) {
    this.g = g;
  }

  void assign(Stmt.Assign s) {
    Unit u = g.u;
    List<Expr> targets = s.targets();
    if (targets.size() == 1) {
      Expr target = targets.get(0);
      if (target instanceof Expr.Name n) {
        int r = g.names.tentativeRegister(n.id());
        if (r >= 0) {
          evaluateInto(s.value(), r, n.range());
          return;
        }
      }
      if (parallel(target, s.value())) {
        return;
      }
    }
    int v = g.ex.value(s.value());
    if (Unit.isLocal(v) && mayRebind(targets)) {
      int t = u.temp();
      g.ex.move(s.value().range(), t, v);
      v = t;
    }
    for (Expr target : targets) {
      int mark = u.mark();
      store(target, v);
      u.release(mark);
    }
  }

  /** Whether storing into one of the targets may bind other locals than itself. */
  private boolean mayRebind(List<Expr> targets) {
    if (g.u.scope.hasWalrus()) {
      return true;
    }
    for (Expr t : targets) {
      if (!(t instanceof Expr.Name) && !isLeaf(t)) {
        return targets.size() > 1;
      }
    }
    return false;
  }

  private void evaluateInto(Expr value, int register, SourceRange target) {
    Unit u = g.u;
    int v = g.ex.gen(value, register);
    u.fixLocal(register);
    if (v != register) {
      g.ex.move(target, register, v);
    } else if (u.code.lastLine != target.lineno()) {
      u.emit(target, NOP);
    }
  }

  private static List<Expr> elements(Expr e) {
    return e instanceof Expr.Tuple t ? t.elts() : e instanceof Expr.List l ? l.elts() : List.of();
  }

  /**
   * {@code a, b = x, y} without making a tuple. Compare CPython's SWAP optimisation in flowgraph.c
   */
  private boolean parallel(Expr target, Expr value) {
    if (!(value instanceof Expr.Tuple)) {
      return false;
    }
    List<Expr> targets = elements(target);
    List<Expr> values = elements(value);
    int n = targets.size();
    if (n == 0 || n != values.size() || n > MAX_PARALLEL) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (targets.get(i) instanceof Expr.Starred || values.get(i) instanceof Expr.Starred) {
        return false;
      }
    }
    Unit u = g.u;
    int[] operands = new int[n];
    int direct = distinctNames(targets) ? tentative(targets.get(n - 1)) : -1;
    for (int i = 0; i < n; i++) {
      int v =
          i == n - 1 && direct >= 0 ? g.ex.gen(values.get(i), direct) : g.ex.value(values.get(i));
      if (v == direct && v >= 0 && i == n - 1) {
        operands[i] = v;
        continue;
      }
      if (Unit.isLocal(v) && mayStore(targets, u.localName(v))) {
        int t = u.temp();
        g.ex.move(values.get(i).range(), t, v);
        v = t;
      }
      operands[i] = v;
    }
    for (int i = 0; i < n; i++) {
      int mark = u.mark();
      store(targets.get(i), operands[i]);
      u.release(mark);
    }
    return true;
  }

  private int tentative(Expr target) {
    return g.names.tentativeRegister(((Expr.Name) target).id());
  }

  private static boolean distinctNames(List<Expr> targets) {
    for (int i = 0; i < targets.size(); i++) {
      if (!(targets.get(i) instanceof Expr.Name n)) {
        return false;
      }
      for (int k = 0; k < i; k++) {
        if (((Expr.Name) targets.get(k)).id().equals(n.id())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether evaluating or storing into the targets may bind a local. */
  private boolean mayStore(List<Expr> targets, String local) {
    if (g.u.scope.hasWalrus()) {
      return true;
    }
    for (Expr t : targets) {
      if (t instanceof Expr.Name n ? g.names.mangle(n.id()).equals(local) : !isLeaf(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLeaf(Expr target) {
    return target instanceof Expr.Attribute || target instanceof Expr.Subscript;
  }

  /** Stores a register or constant into a target. */
  void store(Expr target, int value) {
    Unit u = g.u;
    switch (target) {
      case Expr.Name x -> g.names.store(x.range(), x.id(), value);
      case Expr.Attribute x -> {
        staticAttribute(x);
        int object = g.ex.reg(x.value(), -1);
        u.emit(
            ExprGen.attributeRange(x.range(), x),
            STORE_ATTR,
            object,
            u.nameIndex(g.names.mangle(x.attr())),
            value);
      }
      case Expr.Subscript x -> storeSubscript(x, value);
      case Expr.Tuple x -> unpack(x.range(), x.elts(), value);
      case Expr.List x -> unpack(x.range(), x.elts(), value);
      case Expr.Starred x ->
          throw g.error("starred assignment target must be in a list or tuple", x.range());
      default ->
          throw CompileError.of(
              CompileError.Kind.SYSTEM, "expression which can't be assigned to in Store context");
    }
  }

  private void storeSubscript(Expr.Subscript x, int value) {
    Unit u = g.u;
    int object = g.names.stable(g.ex.reg(x.value(), -1), x.slice());
    if (x.slice() instanceof Expr.Slice s && s.step() == null && g.ex.constantSlice(s) == null) {
      int bounds = g.ex.bounds(s);
      u.emit(x.range(), STORE_SLICE, object, bounds, value);
    } else {
      u.emit(x.range(), STORE_SUBSCR, object, g.ex.value(x.slice()), value);
    }
  }

  // Compare CPython's _PyCompile_MaybeAddStaticAttributeToClass in compile.c
  private void staticAttribute(Expr.Attribute e) {
    if (!(e.value() instanceof Expr.Name n) || !n.id().equals("self")) {
      return;
    }
    Unit unit = g.u;
    while (unit.parent != null) {
      if (unit.kind == Unit.Kind.CLASS) {
        unit.staticAttributes.add(e.attr());
        return;
      }
      unit = unit.parent;
    }
  }

  private void unpack(SourceRange range, List<Expr> elts, int value) {
    Unit u = g.u;
    int n = elts.size();
    int source = value;
    if (source < 0) {
      source = u.temp();
      g.ex.move(range, source, value);
    }
    int star = -1;
    for (int i = 0; i < n; i++) {
      if (elts.get(i) instanceof Expr.Starred) {
        if (star >= 0) {
          throw g.error("multiple starred expressions in assignment", range);
        }
        if (i >= 256 || n - i - 1 >= Integer.MAX_VALUE >> 8) {
          throw g.error("too many expressions in star-unpacking assignment", range);
        }
        star = i;
      }
    }
    if (star < 0) {
      int direct = consecutiveLocals(range, elts);
      if (direct >= 0) {
        u.emit(range, UNPACK_SEQUENCE, source, direct, n);
        return;
      }
    }
    int base = u.temps(n);
    if (star < 0) {
      u.emit(range, UNPACK_SEQUENCE, source, base, n);
    } else {
      u.emit(range, UNPACK_EX, source, base, star | (n - star - 1) << 8);
    }
    for (int i = 0; i < n; i++) {
      int mark = u.mark();
      Expr e = elts.get(i);
      store(e instanceof Expr.Starred s ? s.value() : e, base + i);
      u.release(mark);
    }
  }

  /** First register if the targets are fast locals in a row, on one line; otherwise -1. */
  private int consecutiveLocals(SourceRange range, List<Expr> elts) {
    for (Expr e : elts) {
      if (!(e instanceof Expr.Name) || e.lineno() != range.lineno()) {
        return -1;
      }
    }
    int first = -1;
    boolean row = true;
    for (int i = 0; i < elts.size(); i++) {
      int r = g.names.fastRegister(((Expr.Name) elts.get(i)).id());
      if (i == 0) {
        first = r;
      }
      row &= first >= 0 && r == first + i && g.u.localIndex(r) == g.u.localIndex(first) + i;
    }
    return row ? first : -1;
  }

  /** Emits a FOR_ITER and stores the item. */
  void forIter(SourceRange range, int iterator, Expr target, int anchor) {
    Unit u = g.u;
    int r = target instanceof Expr.Name n ? g.names.fastRegister(n.id()) : -1;
    if (r >= 0) {
      u.emit(range, FOR_ITER, r, iterator, anchor);
      u.emit(target.range(), NOP);
      return;
    }
    int mark = u.mark();
    int t = u.temp();
    u.emit(range, FOR_ITER, t, iterator, anchor);
    u.emit(target.range(), NOP);
    store(target, t);
    u.release(mark);
  }

  void augmented(Stmt.AugAssign s) {
    Unit u = g.u;
    SourceRange range = s.range();
    switch (s.target()) {
      case Expr.Name x -> {
        int r = g.names.fastRegister(x.id());
        if (r >= 0) {
          u.emit(x.range(), CHECK_LOCAL, r);
          int left = g.names.stable(r, s.value());
          int right = g.ex.value(s.value());
          u.emit(range, ExprGen.inplace(s.op()), r, left, right);
          if (x.lineno() != range.lineno()) {
            u.emit(x.range(), NOP);
          }
        } else {
          int t = u.temp();
          g.names.load(x.range(), x.id(), t);
          int right = g.ex.value(s.value());
          u.emit(range, ExprGen.inplace(s.op()), t, t, right);
          g.names.store(x.range(), x.id(), t);
        }
      }
      case Expr.Attribute x -> {
        SourceRange at = ExprGen.attributeRange(x.range(), x);
        int object = g.names.stable(g.ex.reg(x.value(), -1), s.value());
        int name = u.nameIndex(g.names.mangle(x.attr()));
        int t = u.temp();
        u.emit(at, LOAD_ATTR, t, object, name);
        int right = g.ex.value(s.value());
        u.emit(range, ExprGen.inplace(s.op()), t, t, right);
        staticAttribute(x);
        u.emit(at, STORE_ATTR, object, name, t);
      }
      case Expr.Subscript x -> {
        int object = g.names.stable(g.ex.reg(x.value(), -1), x.slice());
        object = g.names.stable(object, s.value());
        int t = u.temp();
        if (x.slice() instanceof Expr.Slice slice
            && slice.step() == null
            && g.ex.constantSlice(slice) == null) {
          int bounds = g.ex.bounds(slice);
          u.emit(x.range(), BINARY_SLICE, t, object, bounds);
          int right = g.ex.value(s.value());
          u.emit(range, ExprGen.inplace(s.op()), t, t, right);
          u.emit(x.range(), STORE_SLICE, object, bounds, t);
        } else {
          int index = g.names.stable(g.ex.value(x.slice()), s.value());
          u.emit(x.range(), BINARY_SUBSCR, t, object, index);
          int right = g.ex.value(s.value());
          u.emit(range, ExprGen.inplace(s.op()), t, t, right);
          u.emit(x.range(), STORE_SUBSCR, object, index, t);
        }
      }
      default ->
          throw CompileError.of(
              CompileError.Kind.SYSTEM, "invalid node type for augmented assignment");
    }
  }

  void delete(Expr target) {
    Unit u = g.u;
    int mark = u.mark();
    switch (target) {
      case Expr.Name x -> g.names.delete(x.range(), x.id());
      case Expr.Attribute x -> {
        int object = g.ex.reg(x.value(), -1);
        u.emit(
            ExprGen.attributeRange(x.range(), x),
            DELETE_ATTR,
            object,
            u.nameIndex(g.names.mangle(x.attr())));
      }
      case Expr.Subscript x -> {
        int object = g.names.stable(g.ex.reg(x.value(), -1), x.slice());
        u.emit(x.range(), DELETE_SUBSCR, object, g.ex.value(x.slice()));
      }
      case Expr.Tuple x -> x.elts().forEach(this::delete);
      case Expr.List x -> x.elts().forEach(this::delete);
      default ->
          throw CompileError.of(
              CompileError.Kind.SYSTEM, "expression which can't be deleted in Del context");
    }
    u.release(mark);
  }
}
