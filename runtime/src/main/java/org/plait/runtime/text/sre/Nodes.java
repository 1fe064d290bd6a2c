package org.plait.runtime.text.sre;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The instructions that match characters, positions and groups. */
final class Nodes {
  private Nodes() {}

  /** The end of the pattern. */
  static final class Success extends Node {
    @Override
    @Nullable Node step(SreMatcher m) {
      if (!(m.matchAll && m.ptr != m.end) && !(m.mustAdvance && m.ptr == m.start)) {
        m.done = true;
      }
      return null;
    }
  }

  /** Matches nothing. */
  static final class Fail extends Node {
    @Override
    @Nullable Node step(SreMatcher m) {
      return null;
    }
  }

  /** One given character. */
  static final class Char extends Node {
    final int c;

    Char(int c) {
      this.c = c;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int p = m.ptr;
      if (p < m.end && m.at(p) == c) {
        m.ptr = p + 1;
        return next;
      }
      return null;
    }

    @Override
    CharClass computeFirst() {
      return new CharClass.Single(c);
    }
  }

  /** Several given characters, all below U+10000. */
  static final class Text extends Node {
    final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int p = m.ptr;
      int n = text.length();
      if (m.end - p < n) {
        return null;
      }
      String s = m.str;
      if (s != null) {
        if (!s.startsWith(text, p)) {
          return null;
        }
      } else {
        for (int i = 0; i < n; i++) {
          if (m.at(p + i) != text.charAt(i)) {
            return null;
          }
        }
      }
      m.ptr = p + n;
      return next;
    }

    @Override
    CharClass computeFirst() {
      return new CharClass.Single(text.charAt(0));
    }
  }

  /** One character of a set. */
  static final class Set extends Node {
    final CharClass set;

    Set(CharClass set) {
      this.set = set;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int p = m.ptr;
      if (p < m.end && set.test(m.at(p))) {
        m.ptr = p + 1;
        return next;
      }
      return null;
    }

    @Override
    CharClass computeFirst() {
      return set;
    }
  }

  /** A position. */
  static final class At extends Node {
    final int where;

    At(int where) {
      this.where = where;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      return holds(m, m.ptr) ? next : null;
    }

    private boolean holds(SreMatcher m, int p) {
      return switch (where) {
        case Op.AT_BEGINNING, Op.AT_BEGINNING_STRING -> p == 0;
        case Op.AT_BEGINNING_LINE -> p == 0 || m.at(p - 1) == '\n';
        case Op.AT_END -> p == m.end || (m.end - p == 1 && m.at(p) == '\n');
        case Op.AT_END_LINE -> p == m.end || m.at(p) == '\n';
        case Op.AT_END_STRING -> p == m.end;
        case Op.AT_BOUNDARY, Op.AT_LOC_BOUNDARY -> asciiWord(m, p - 1) != asciiWord(m, p);
        case Op.AT_NON_BOUNDARY, Op.AT_LOC_NON_BOUNDARY -> asciiWord(m, p - 1) == asciiWord(m, p);
        case Op.AT_UNI_BOUNDARY -> word(m, p - 1) != word(m, p);
        default -> word(m, p - 1) == word(m, p);
      };
    }

    private static boolean asciiWord(SreMatcher m, int i) {
      return i >= 0 && i < m.end && SreChars.isAsciiWord(m.at(i));
    }

    private static boolean word(SreMatcher m, int i) {
      if (i < 0 || i >= m.end) {
        return false;
      }
      int c = m.at(i);
      return c < 0x80 ? SreChars.isAsciiWord(c) : SreChars.isUnicodeWord(c);
    }

    @Override
    @Nullable CharClass computeFirst() {
      return next.first();
    }
  }

  /** Sets the start or the end of a group. Frame: old value, old last index. */
  static final class Mark extends Node {
    private final int index;

    Mark(int index) {
      this.index = index;
    }

    @Override
    Node step(SreMatcher m) {
      m.push(m.marks[index], m.lastIndex, id);
      m.marks[index] = m.ptr;
      if ((index & 1) != 0) {
        m.lastIndex = index / 2 + 1;
      }
      return next;
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      m.lastIndex = m.pop();
      m.marks[index] = m.pop();
      return null;
    }

    @Override
    int frameSize() {
      return 3;
    }

    @Override
    @Nullable CharClass computeFirst() {
      return next.first();
    }
  }

  /** The text of a group again. */
  static final class GroupRef extends Node {
    private final int group;
    private final CharClass.Case mode;

    GroupRef(int group, CharClass.Case mode) {
      this.group = group;
      this.mode = mode;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int p = m.marks[2 * group];
      int e = m.marks[2 * group + 1];
      if (p < 0 || e < p) {
        return null;
      }
      int n = e - p;
      int at = m.ptr;
      if (m.end - at < n) {
        return null;
      }
      String s = m.str;
      if (s != null && mode == CharClass.Case.EXACT) {
        if (!s.regionMatches(p, s, at, n)) {
          return null;
        }
      } else {
        for (int i = 0; i < n; i++) {
          int a = m.at(p + i);
          int b = m.at(at + i);
          if (a != b && mode.lower(a) != mode.lower(b)) {
            return null;
          }
        }
      }
      m.ptr = at + n;
      return next;
    }
  }

  /** Goes one of two ways, by whether a group is set. */
  static final class GroupExists extends Node {
    private final int group;
    private final Node yes;
    private final Node no;

    GroupExists(int group, Node yes, Node no) {
      this.group = group;
      this.yes = yes;
      this.no = no;
    }

    @Override
    Node step(SreMatcher m) {
      int p = m.marks[2 * group];
      int e = m.marks[2 * group + 1];
      return p < 0 || e < p ? no : yes;
    }

    @Override
    @Nullable CharClass computeFirst() {
      return CharClass.union(yes.first(), no.first());
    }
  }

  /** One of several alternatives, in order. Frame: position, next alternative. */
  static final class Branch extends Node {
    private final Node[] alternatives;
    private final @Nullable CharClass[] firsts;

    Branch(Node[] alternatives) {
      this.alternatives = alternatives;
      this.firsts = new CharClass[alternatives.length];
    }

    /** To be called when all nodes are linked. */
    void prepare() {
      for (int i = 0; i < firsts.length; i++) {
        firsts[i] = alternatives[i].first();
      }
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      return from(m, 0);
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      int i = m.pop();
      m.ptr = m.pop();
      return from(m, i);
    }

    private @Nullable Node from(SreMatcher m, int alternative) {
      int p = m.ptr;
      int c = p < m.end ? m.at(p) : -1;
      int i = viable(alternative, c);
      if (i == alternatives.length) {
        return null;
      }
      int later = viable(i + 1, c);
      if (later < alternatives.length) {
        m.push(p, later, id);
      }
      return alternatives[i];
    }

    private int viable(int from, int c) {
      int i = from;
      while (i < alternatives.length) {
        CharClass f = firsts[i];
        if (f == null || (c >= 0 && f.test(c))) {
          break;
        }
        i++;
      }
      return i;
    }

    @Override
    int frameSize() {
      return 3;
    }

    @Override
    @Nullable CharClass computeFirst() {
      List<CharClass> sets = new ArrayList<>();
      for (Node a : alternatives) {
        CharClass f = a.first();
        if (f == null) {
          return null;
        }
        sets.add(f);
      }
      return new CharClass.Union(sets);
    }
  }

  /**
   * The start of a part that is matched on its own: a look-around or an atomic group. Frame: the
   * position. The slot holds the stack height above the frame while the part is being matched.
   */
  static final class Group extends Node {
    /** What the success of the part means. */
    enum Kind {
      ATOMIC,
      ASSERT,
      ASSERT_NOT
    }

    private final Kind kind;
    private final int back;
    private final int slot;
    Node body = this;

    Group(Kind kind, int back, int slot) {
      this.kind = kind;
      this.back = back;
      this.slot = slot;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int p = m.ptr;
      if (p < back) {
        return kind == Kind.ASSERT_NOT ? next : null;
      }
      m.push(p, id);
      m.slots[slot] = m.sp;
      m.ptr = p - back;
      return body;
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      m.ptr = m.pop();
      return kind == Kind.ASSERT_NOT ? next : null;
    }

    @Override
    int frameSize() {
      return 2;
    }

    /** The part has matched. */
    @Nullable Node matched(SreMatcher m) {
      int height = m.slots[slot];
      int p = m.stack[height - 2];
      if (kind == Kind.ASSERT_NOT) {
        m.unwind(height);
        m.sp = height - 2;
        return null;
      }
      m.cut(height, height - 2);
      if (kind == Kind.ASSERT) {
        m.ptr = p;
      }
      return next;
    }

    @Override
    @Nullable CharClass computeFirst() {
      return kind == Kind.ATOMIC ? body.first() : next.first();
    }
  }

  /**
   * The end of a part that is matched on its own. What follows must not steer the part's choices,
   * so its first characters count as unknown.
   */
  static final class GroupEnd extends Node {
    private final Group group;

    GroupEnd(Group group) {
      this.group = group;
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      return group.matched(m);
    }
  }
}
