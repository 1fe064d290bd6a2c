package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.unparse.Repr;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.MatchCase;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;

/**
 * match statements. Captured values stay in temporaries until the whole pattern has matched.
 * Compare CPython's codegen_match.
 */
final class PatternGen {
  private final Gen g;

  /** Names captured so far, with the registers of their values. */
  private Map<String, Integer> captures = new LinkedHashMap<>();

  private boolean allowIrrefutable;

  PatternGen(Gen g) {
    this.g = g;
  }

  private static boolean isWildcard(Pattern p) {
    return p instanceof Pattern.MatchAs a && a.pattern() == null && a.name() == null;
  }

  void match(Stmt.Match s) {
    Unit u = g.u;
    int subject = u.temp();
    g.ex.into(s.subject(), subject);
    List<MatchCase> cases = s.cases();
    int n = cases.size();
    MatchCase last = cases.get(n - 1);
    boolean hasDefault = isWildcard(last.pattern()) && n > 1;
    int end = u.label();
    int tested = hasDefault ? n - 1 : n;
    Map<String, Integer> outerCaptures = captures;
    for (int i = 0; i < tested; i++) {
      MatchCase c = cases.get(i);
      int mark = u.mark();
      int fail = u.label();
      captures = new LinkedHashMap<>();
      allowIrrefutable = c.guard() != null || i == n - 1;
      pattern(c.pattern(), subject, fail);
      for (Map.Entry<String, Integer> e : captures.entrySet()) {
        g.names.store(c.pattern().range(), e.getKey(), e.getValue());
      }
      if (c.guard() != null) {
        g.ex.jumpIf(c.guard(), fail, false);
      }
      u.release(mark);
      g.statements.conditional(c.body());
      u.emit(null, JUMP, end);
      u.place(fail);
    }
    captures = outerCaptures;
    if (hasDefault) {
      u.emit(last.pattern().range(), NOP);
      if (last.guard() != null) {
        g.ex.jumpIf(last.guard(), end, false);
      }
      g.statements.conditional(last.body());
    }
    u.place(end);
  }

  private void pattern(Pattern p, int subject, int fail) {
    Unit u = g.u;
    switch (p) {
      case Pattern.MatchValue x -> {
        if (!isValue(x.value())) {
          throw g.error("patterns may only match literals and attribute lookups", p.range());
        }
        int v = g.ex.value(x.value());
        u.emit(p.range(), JUMP_UNLESS_EQ, subject, v, fail);
      }
      case Pattern.MatchSingleton x ->
          u.emit(p.range(), JUMP_IF_IS_NOT, subject, u.constantOperand(x.value()), fail);
      case Pattern.MatchSequence x -> sequence(x, subject, fail);
      case Pattern.MatchMapping x -> mapping(x, subject, fail);
      case Pattern.MatchClass x -> classPattern(x, subject, fail);
      case Pattern.MatchStar x -> capture(p.range(), x.name(), subject);
      case Pattern.MatchAs x -> {
        Pattern inner = x.pattern();
        if (inner == null) {
          if (!allowIrrefutable) {
            throw g.error(
                x.name() == null
                    ? "wildcard makes remaining patterns unreachable"
                    : "name capture '" + x.name() + "' makes remaining patterns unreachable",
                p.range());
          }
        } else {
          pattern(inner, subject, fail);
        }
        capture(p.range(), x.name(), subject);
      }
      case Pattern.MatchOr x -> alternatives(x, subject, fail);
    }
  }

  private boolean isValue(Expr e) {
    return e instanceof Expr.Attribute
        || e instanceof Expr.Constant
        || ((e instanceof Expr.UnaryOp || e instanceof Expr.BinOp) && g.ex.fold(e) != null);
  }

  private void capture(SourceRange range, @Nullable String name, int value) {
    if (name == null) {
      g.u.emit(range, NOP);
    } else if (captures.putIfAbsent(name, value) != null) {
      throw g.error("multiple assignments to name '" + name + "' in pattern", range);
    }
  }

  private void subPattern(Pattern p, int subject, int fail) {
    boolean saved = allowIrrefutable;
    allowIrrefutable = true;
    pattern(p, subject, fail);
    allowIrrefutable = saved;
  }

  private void checkLength(SourceRange range, int subject, boolean exact, long n, int fail) {
    Unit u = g.u;
    int length = u.temp();
    u.emit(range, GET_LEN, length, subject);
    u.emit(range, exact ? JUMP_UNLESS_EQ : JUMP_UNLESS_GE, length, u.constantOperand(n), fail);
  }

  private void sequence(Pattern.MatchSequence p, int subject, int fail) {
    Unit u = g.u;
    SourceRange range = p.range();
    List<Pattern> patterns = p.patterns();
    int n = patterns.size();
    int star = -1;
    boolean onlyWildcards = true;
    boolean starWildcard = false;
    for (int i = 0; i < n; i++) {
      Pattern x = patterns.get(i);
      if (x instanceof Pattern.MatchStar s) {
        if (star >= 0) {
          throw g.error("multiple starred names in sequence pattern", range);
        }
        starWildcard = s.name() == null;
        onlyWildcards &= starWildcard;
        star = i;
      } else {
        onlyWildcards &= isWildcard(x);
      }
    }
    int t = u.temp();
    u.emit(range, MATCH_SEQUENCE, t, subject);
    u.emit(range, JUMP_IF_FALSE, t, fail);
    if (star < 0) {
      checkLength(range, subject, true, n, fail);
    } else if (n > 1) {
      checkLength(range, subject, false, n - 1, fail);
    }
    if (onlyWildcards) {
      return;
    }
    if (starWildcard) {
      bySubscript(range, patterns, star, subject, fail);
      return;
    }
    int base = u.temps(n);
    if (star < 0) {
      u.emit(range, UNPACK_SEQUENCE, subject, base, n);
    } else {
      if (star >= 256) {
        throw g.error("too many expressions in star-unpacking sequence pattern", range);
      }
      u.emit(range, UNPACK_EX, subject, base, star | (n - star - 1) << 8);
    }
    for (int i = 0; i < n; i++) {
      subPattern(patterns.get(i), base + i, fail);
    }
  }

  private void bySubscript(
      SourceRange range, List<Pattern> patterns, int star, int subject, int fail) {
    Unit u = g.u;
    int n = patterns.size();
    for (int i = 0; i < n; i++) {
      Pattern x = patterns.get(i);
      if (i == star || isWildcard(x)) {
        continue;
      }
      int item = u.temp();
      if (i < star) {
        u.emit(range, BINARY_SUBSCR, item, subject, u.constantOperand((long) i));
      } else {
        // the subject may not support negative indices
        int index = u.temp();
        u.emit(range, GET_LEN, index, subject);
        u.emit(range, BINARY_SUB, index, index, u.constantOperand((long) n - i));
        u.emit(range, BINARY_SUBSCR, item, subject, index);
      }
      subPattern(x, item, fail);
    }
  }

  private void mapping(Pattern.MatchMapping p, int subject, int fail) {
    Unit u = g.u;
    SourceRange range = p.range();
    int n = p.keys().size();
    if (n != p.patterns().size()) {
      throw g.error(
          "keys ("
              + n
              + ") / patterns ("
              + p.patterns().size()
              + ") length mismatch in mapping pattern",
          range);
    }
    int t = u.temp();
    u.emit(range, MATCH_MAPPING, t, subject);
    u.emit(range, JUMP_IF_FALSE, t, fail);
    if (n == 0 && p.rest() == null) {
      return;
    }
    if (n > 0) {
      checkLength(range, subject, false, n, fail);
    }
    int keys = keys(p);
    int values = u.temp();
    u.emit(range, MATCH_KEYS, values, subject, keys);
    u.emit(range, JUMP_IF_NONE, values, fail);
    int base = u.temps(n);
    u.emit(range, UNPACK_SEQUENCE, values, base, n);
    for (int i = 0; i < n; i++) {
      subPattern(p.patterns().get(i), base + i, fail);
    }
    if (p.rest() != null) {
      int rest = u.temp();
      u.emit(range, BUILD_MAP, rest, 0, 0);
      u.emit(range, DICT_UPDATE, rest, subject);
      int row = u.temps(n);
      u.emit(range, UNPACK_SEQUENCE, keys, row, n);
      for (int i = n - 1; i >= 0; i--) {
        u.emit(range, DELETE_SUBSCR, rest, row + i);
      }
      capture(range, p.rest(), rest);
    }
  }

  private int keys(Pattern.MatchMapping p) {
    Unit u = g.u;
    int n = p.keys().size();
    Set<Object> seen = new HashSet<>();
    List<Object> constants = new ArrayList<>();
    int row = u.temps(n);
    int keys = u.temp();
    for (Expr key : p.keys()) {
      Object constant = g.ex.fold(key);
      if (constant != null) {
        constants.add(constant);
        if (!seen.add(canonical(constant))) {
          throw g.error(
              "mapping pattern checks duplicate key (" + Repr.of(constant) + ")", p.range());
        }
      } else if (!(key instanceof Expr.Attribute)) {
        throw g.error(
            "mapping pattern keys may only match literals and attribute lookups", p.range());
      }
    }
    if (constants.size() == n) {
      u.emit(p.range(), LOAD_CONST, keys, u.constant(new TupleValue(constants)));
      return keys;
    }
    for (int i = 0; i < n; i++) {
      int mark = u.mark();
      g.ex.into(p.keys().get(i), row + i);
      u.release(mark);
    }
    u.emit(p.range(), BUILD_TUPLE, keys, row, n);
    return keys;
  }

  /** Equal keys in Python's sense are equal objects. */
  private static Object canonical(Object constant) {
    if (constant instanceof Boolean b) {
      return b ? 1L : 0L;
    }
    if (constant instanceof Complex c && c.imag() == 0) {
      return canonical(c.real());
    }
    if (constant instanceof Double d && d == Math.rint(d) && Math.abs(d) < 0x1p63) {
      return (long) d.doubleValue();
    }
    return constant;
  }

  private void classPattern(Pattern.MatchClass p, int subject, int fail) {
    Unit u = g.u;
    SourceRange range = p.range();
    int positional = p.patterns().size();
    int named = p.kwdAttrs().size();
    if (named != p.kwdPatterns().size()) {
      throw g.error(
          "kwd_attrs ("
              + named
              + ") / kwd_patterns ("
              + p.kwdPatterns().size()
              + ") length mismatch in class pattern",
          range);
    }
    Set<String> seen = new HashSet<>();
    List<Object> names = new ArrayList<>();
    for (int i = 0; i < named; i++) {
      String name = p.kwdAttrs().get(i);
      if (!seen.add(name)) {
        throw g.error(
            "attribute name repeated in class pattern: " + name, p.kwdPatterns().get(i).range());
      }
      names.add(name);
    }
    int three = u.temps(3);
    u.emit(range, MOVE, three, subject);
    int mark = u.mark();
    g.ex.into(p.cls(), three + 1);
    u.release(mark);
    u.emit(range, LOAD_CONST, three + 2, u.constant(new TupleValue(names)));
    u.emit(range, MATCH_CLASS, three, three, positional);
    u.emit(range, JUMP_IF_NONE, three, fail);
    int n = positional + named;
    int base = u.temps(n);
    u.emit(range, UNPACK_SEQUENCE, three, base, n);
    for (int i = 0; i < n; i++) {
      Pattern x = i < positional ? p.patterns().get(i) : p.kwdPatterns().get(i - positional);
      if (!isWildcard(x)) {
        subPattern(x, base + i, fail);
      }
    }
  }

  private void alternatives(Pattern.MatchOr p, int subject, int fail) {
    Unit u = g.u;
    Map<String, Integer> before = captures;
    boolean allow = allowIrrefutable;
    int n = p.patterns().size();
    int success = u.label();
    Map<String, Integer> shared = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      boolean isLast = i == n - 1;
      captures = new LinkedHashMap<>();
      allowIrrefutable = isLast && allow;
      int next = isLast ? fail : u.label();
      Pattern alternative = p.patterns().get(i);
      pattern(alternative, subject, next);
      if (i == 0) {
        for (String name : captures.keySet()) {
          shared.put(name, u.temp());
        }
      } else if (!captures.keySet().equals(shared.keySet())) {
        throw g.error("alternative patterns bind different names", p.range());
      }
      for (Map.Entry<String, Integer> e : captures.entrySet()) {
        u.emit(
            alternative.range(),
            MOVE,
            Objects.requireNonNull(shared.get(e.getKey())),
            e.getValue());
      }
      if (!isLast) {
        u.emit(null, JUMP, success);
        u.place(next);
      }
    }
    u.place(success);
    captures = before;
    allowIrrefutable = allow;
    for (Map.Entry<String, Integer> e : shared.entrySet()) {
      capture(p.range(), e.getKey(), e.getValue());
    }
  }
}
