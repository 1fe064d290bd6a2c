package org.plait.runtime.text.sre;

import org.jspecify.annotations.Nullable;

/** A decoded pattern: the nodes, and what a search can skip. Immutable. */
final class SreProgram {
  final Node first;
  final Node[] table;
  final int slots;
  final int minLength;

  /** Whether it can only match at the beginning of the subject. */
  final boolean onlyAtStart;

  private final @Nullable String prefix;
  private final @Nullable CharClass firstSet;

  SreProgram(Node first, Node[] table, int slots, int minLength) {
    this.first = first;
    this.table = table;
    this.slots = slots;
    this.minLength = minLength;
    Node n = first;
    while (n instanceof Nodes.Mark) {
      n = n.next;
    }
    onlyAtStart =
        n instanceof Nodes.At a
            && (a.where == Op.AT_BEGINNING || a.where == Op.AT_BEGINNING_STRING);
    prefix = n instanceof Nodes.Text t ? t.text : null;
    firstSet = first.first();
  }

  /** The next position from {@code from} to {@code last} where a match may begin, or -1. */
  int candidate(SreMatcher m, int from, int last) {
    if (onlyAtStart) {
      return from == 0 ? 0 : -1;
    }
    String p = prefix;
    String s = m.str;
    if (p != null && s != null) {
      return s.indexOf(p, from, Math.min(m.end, last + p.length()));
    }
    CharClass f = firstSet;
    if (f != null) {
      int i = f.find(m, from, Math.min(m.end, last + 1));
      return i <= last && i < m.end ? i : -1;
    }
    return from;
  }
}
