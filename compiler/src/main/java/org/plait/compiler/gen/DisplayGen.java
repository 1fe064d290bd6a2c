package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.TupleValue;

/** Tuple, list, set and dict displays. Results are as {@link ExprGen} describes. */
final class DisplayGen {
  private final Gen g;

  DisplayGen(Gen g) {
    this.g = g;
  }

  /** Evaluates into a row of registers. */
  int row(List<Expr> elements) {
    int base = g.u.temps(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      int mark = g.u.mark();
      g.ex.into(elements.get(i), base + i);
      g.u.release(mark);
    }
    return base;
  }

  /** Whether a display is built element by element: it has starred ones or is long. */
  private static boolean oneByOne(List<Expr> elements) {
    if (elements.size() > ExprGen.STACK_USE_GUIDELINE) {
      return true;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Expr.Starred) {
        return true;
      }
    }
    return false;
  }

  int tuple(Expr.Tuple e, int dst) {
    TupleValue folded = g.ex.foldAll(e.elts());
    if (folded != null) {
      return g.ex.constant(e.range(), folded);
    }
    int d = g.ex.target(dst);
    int mark = g.u.mark();
    if (oneByOne(e.elts())) {
      int list = g.u.temp();
      starred(e.range(), e.elts(), list);
      g.u.emit(e.range(), LIST_TO_TUPLE, d, list);
    } else {
      int base = row(e.elts());
      g.u.emit(e.range(), BUILD_TUPLE, d, base, e.elts().size());
    }
    g.u.release(mark);
    return d;
  }

  int list(Expr.List e, int dst) {
    int d = g.ex.target(dst);
    int mark = g.u.mark();
    TupleValue folded = e.elts().size() >= 3 ? g.ex.foldAll(e.elts()) : null;
    if (folded == null && oneByOne(e.elts())) {
      int list = Unit.isTemp(d) ? d : g.u.temp();
      starred(e.range(), e.elts(), list);
      g.ex.move(e.range(), d, list);
    } else {
      if (folded != null) {
        int list = Unit.isTemp(d) ? d : g.u.temp();
        g.u.emit(e.range(), BUILD_LIST, list, 0, 0);
        g.u.emit(e.range(), LIST_EXTEND, list, g.u.constantOperand(folded));
        g.ex.move(e.range(), d, list);
      } else {
        int base = row(e.elts());
        g.u.emit(e.range(), BUILD_LIST, d, base, e.elts().size());
      }
    }
    g.u.release(mark);
    return d;
  }

  /** How many elements of a display built one by one are put into it at once. */
  private static int leading(List<Expr> elements) {
    if (elements.size() > ExprGen.STACK_USE_GUIDELINE) {
      return 0;
    }
    int first = 0;
    while (first < elements.size() && !(elements.get(first) instanceof Expr.Starred)) {
      first++;
    }
    return first;
  }

  /** Builds a list one by one. */
  void starred(SourceRange range, List<Expr> elements, int list) {
    Unit u = g.u;
    int first = leading(elements);
    int mark = u.mark();
    int base = row(elements.subList(0, first));
    u.emit(range, BUILD_LIST, list, base, first);
    u.release(mark);
    for (int i = first; i < elements.size(); i++) {
      Expr x = elements.get(i);
      if (x instanceof Expr.Starred s) {
        u.emit(range, LIST_EXTEND, list, g.ex.value(s.value()));
      } else {
        u.emit(range, LIST_APPEND, list, g.ex.value(x));
      }
      u.release(mark);
    }
  }

  int set(Expr.Set e, int dst) {
    Unit u = g.u;
    int d = g.ex.target(dst);
    int mark = u.mark();
    int set = Unit.isTemp(d) ? d : u.temp();
    TupleValue folded = e.elts().size() >= 3 ? g.ex.foldAll(e.elts()) : null;
    if (folded != null) {
      u.emit(e.range(), BUILD_SET, set, 0, 0);
      u.emit(e.range(), SET_UPDATE, set, u.constantOperand(new FrozenSetValue(folded.items())));
    } else if (oneByOne(e.elts())) {
      int first = leading(e.elts());
      int inner = u.mark();
      int base = row(e.elts().subList(0, first));
      u.emit(e.range(), BUILD_SET, set, base, first);
      u.release(inner);
      for (int i = first; i < e.elts().size(); i++) {
        Expr x = e.elts().get(i);
        if (x instanceof Expr.Starred s) {
          u.emit(e.range(), SET_UPDATE, set, g.ex.value(s.value()));
        } else {
          u.emit(e.range(), SET_ADD, set, g.ex.value(x));
        }
        u.release(inner);
      }
    } else {
      int base = row(e.elts());
      u.emit(e.range(), BUILD_SET, set, base, e.elts().size());
    }
    u.release(mark);
    g.ex.move(e.range(), d, set);
    return d;
  }

  int dict(Expr.Dict e, int dst) {
    Unit u = g.u;
    int d = g.ex.target(dst);
    int mark = u.mark();
    List<@Nullable Expr> keys = e.keys();
    int n = keys.size();
    int dict = Unit.isTemp(d) ? d : u.temp();
    // keys that can't fail to hash may be added one by one
    int start = 0;
    boolean built = false;
    for (int i = 0; i <= n; i++) {
      boolean unpack = i < n && keys.get(i) == null;
      if (i == n || unpack || i - start == 17) {
        if (i > start) {
          built = pairs(e, start, i, dict, built);
        }
        if (unpack) {
          if (!built) {
            u.emit(e.range(), BUILD_MAP, dict, 0, 0);
            built = true;
          }
          int inner = u.mark();
          int other = g.ex.reg(e.values().get(i), -1);
          u.emit(e.range(), DICT_UPDATE, dict, other);
          u.release(inner);
          start = i + 1;
        } else {
          start = i;
        }
      }
    }
    if (!built) {
      u.emit(e.range(), BUILD_MAP, dict, 0, 0);
    }
    u.release(mark);
    g.ex.move(e.range(), d, dict);
    return d;
  }

  private boolean pairs(Expr.Dict e, int from, int to, int dict, boolean built) {
    Unit u = g.u;
    boolean safe = true;
    for (int i = from; i < to; i++) {
      safe &= e.keys().get(i) instanceof Expr.Constant;
    }
    int mark = u.mark();
    if (safe) {
      if (!built) {
        u.emit(e.range(), BUILD_MAP, dict, 0, 0);
      }
      for (int i = from; i < to; i++) {
        int key = g.ex.value(Objects.requireNonNull(e.keys().get(i)));
        u.emit(e.range(), MAP_ADD, dict, key, g.ex.value(e.values().get(i)));
        u.release(mark);
      }
      return true;
    }
    int base = u.temps(2 * (to - from));
    for (int i = from; i < to; i++) {
      int inner = u.mark();
      g.ex.into(Objects.requireNonNull(e.keys().get(i)), base + 2 * (i - from));
      g.ex.into(e.values().get(i), base + 2 * (i - from) + 1);
      u.release(inner);
    }
    if (built) {
      int part = u.temp();
      u.emit(e.range(), BUILD_MAP, part, base, to - from);
      u.emit(e.range(), DICT_UPDATE, dict, part);
    } else {
      u.emit(e.range(), BUILD_MAP, dict, base, to - from);
    }
    u.release(mark);
    return true;
  }
}
