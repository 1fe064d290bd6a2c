package org.plait.runtime.text.sre;

import org.jspecify.annotations.Nullable;

/** The instructions that repeat. A maximum of {@link #UNLIMITED} means none. */
final class Repeats {
  static final int UNLIMITED = Integer.MAX_VALUE;

  private Repeats() {}

  /** Common to the repeats of one character. */
  abstract static class One extends Node {
    final CharClass set;
    final int min;
    final int max;
    @Nullable CharClass tail;
    int tailChar = -1;

    One(CharClass set, int min, int max) {
      this.set = set;
      this.min = min;
      this.max = max;
    }

    /** To be called when all nodes are linked. */
    void prepare() {
      tail = next.first();
      tailChar = tail == null ? -1 : tail.single();
    }

    final int limit(SreMatcher m, int from) {
      return max < m.end - from ? from + max : m.end;
    }

    /** Whether what follows can begin at a position, as far as one character tells. */
    final boolean mayFollow(SreMatcher m, int p) {
      CharClass t = tail;
      return t == null || (p < m.end && t.test(m.at(p)));
    }

    @Override
    int frameSize() {
      return 3;
    }

    @Override
    @Nullable CharClass computeFirst() {
      return min > 0 ? set : CharClass.union(set, next.first());
    }
  }

  /** As many as possible. Frame: least and current position of what follows. */
  static final class Greedy extends One {
    private boolean once;

    Greedy(CharClass set, int min, int max) {
      super(set, min, max);
    }

    @Override
    void prepare() {
      super.prepare();
      // Where what follows can't begin inside the run, only the whole run will do. (But a limited
      // run may be followed by more of the same.)
      once = tail != null && CharClass.disjoint(set, tail);
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int from = m.ptr;
      int low = from + min;
      if (low > m.end || low < from) {
        return null;
      }
      int to = set.run(m, from, limit(m, from));
      if (to < low) {
        return null;
      }
      if (once) {
        if (!mayFollow(m, to)) {
          return null;
        }
        m.ptr = to;
        return next;
      }
      return settle(m, low, to);
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      int p = m.pop();
      return settle(m, m.pop(), p - 1);
    }

    private @Nullable Node settle(SreMatcher m, int low, int from) {
      int p = from;
      int c = tailChar;
      if (c >= 0) {
        if (p == m.end) {
          p--;
        }
        String s = m.str;
        if (s != null) {
          while (p >= low && s.charAt(p) != c) {
            p--;
          }
        } else {
          while (p >= low && m.at(p) != c) {
            p--;
          }
        }
      } else if (tail != null) {
        while (p >= low && !mayFollow(m, p)) {
          p--;
        }
      }
      if (p < low) {
        return null;
      }
      if (p > low) {
        m.push(low, p, id);
      }
      m.ptr = p;
      return next;
    }
  }

  /** As few as possible. Frame: position, limit. */
  static final class Lazy extends One {
    Lazy(CharClass set, int min, int max) {
      super(set, min, max);
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int from = m.ptr;
      int low = from + min;
      if (low > m.end || low < from || (min > 0 && set.run(m, from, low) < low)) {
        return null;
      }
      return settle(m, low, limit(m, from));
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      int limit = m.pop();
      int p = m.pop();
      return set.test(m.at(p)) ? settle(m, p + 1, limit) : null;
    }

    private @Nullable Node settle(SreMatcher m, int from, int limit) {
      int p = from;
      String s = m.str;
      if (tailChar >= 0 && s != null) {
        int q = p < m.end ? s.indexOf(tailChar, p, m.end) : -1;
        if (q < 0 || q > limit || set.run(m, p, q) < q) {
          return null;
        }
        p = q;
      }
      while (!mayFollow(m, p)) {
        if (p >= limit || !set.test(m.at(p))) {
          return null;
        }
        p++;
      }
      if (p < limit) {
        m.push(p, limit, id);
      }
      m.ptr = p;
      return next;
    }
  }

  /** As many as possible, and no fewer. */
  static final class PossessiveOne extends One {
    PossessiveOne(CharClass set, int min, int max) {
      super(set, min, max);
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int from = m.ptr;
      int to = set.run(m, from, limit(m, from));
      if (to - from < min) {
        return null;
      }
      m.ptr = to;
      return next;
    }
  }

  /**
   * The end of a repeated part, where it is decided whether to repeat it. Slots: the number of
   * repetitions begun minus one, and the position at which the last optional one began (so that an
   * empty one is not repeated). Frame: position (-1 when the frame only restores the slots), old
   * number, old position. Compare CPython SRE_OP_MAX_UNTIL and SRE_OP_MIN_UNTIL.
   */
  abstract static class Until extends Node {
    final int min;
    final int max;
    final int slot;
    Node body = this;
    @Nullable CharClass bodyFirst;

    Until(int min, int max, int slot) {
      this.min = min;
      this.max = max;
      this.slot = slot;
    }

    /** To be called when all nodes are linked. */
    void prepare() {
      bodyFirst = body.first();
    }

    /** Whether the part can begin at a position, as far as one character tells. */
    final boolean mayRepeat(SreMatcher m, int p) {
      CharClass f = bodyFirst;
      return f == null || (p < m.end && f.test(m.at(p)));
    }

    final @Nullable Node required(SreMatcher m, int count) {
      if (!mayRepeat(m, m.ptr)) {
        return null;
      }
      m.push(-1, count - 1, m.slots[slot + 1], id);
      m.slots[slot] = count;
      return body;
    }

    @Override
    int frameSize() {
      return 4;
    }
  }

  /** As many as possible. */
  static final class MaxUntil extends Until {
    MaxUntil(int min, int max, int slot) {
      super(min, max, slot);
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int[] slots = m.slots;
      int count = slots[slot] + 1;
      if (count < min) {
        return required(m, count);
      }
      int p = m.ptr;
      int last = slots[slot + 1];
      if (count < max && p != last && mayRepeat(m, p)) {
        m.push(p, count - 1, last, id);
        slots[slot] = count;
        slots[slot + 1] = p;
        return body;
      }
      return next;
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      m.slots[slot + 1] = m.pop();
      m.slots[slot] = m.pop();
      int p = m.pop();
      if (p < 0) {
        return null;
      }
      m.ptr = p;
      return next;
    }
  }

  /** As few as possible. */
  static final class MinUntil extends Until {
    MinUntil(int min, int max, int slot) {
      super(min, max, slot);
    }

    @Override
    @Nullable Node step(SreMatcher m) {
      int count = m.slots[slot] + 1;
      if (count < min) {
        return required(m, count);
      }
      m.push(m.ptr, count - 1, m.slots[slot + 1], id);
      return next;
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      int last = m.pop();
      int count = m.pop() + 1;
      int p = m.pop();
      m.slots[slot] = count - 1;
      m.slots[slot + 1] = last;
      if (p < 0 || count >= max || p == last || !mayRepeat(m, p)) {
        return null;
      }
      m.ptr = p;
      m.push(-1, count - 1, last, id);
      m.slots[slot] = count;
      m.slots[slot + 1] = p;
      return body;
    }
  }

  /** The start of a repeat. Frame: the slots of an earlier run of it. */
  static final class Enter extends Node {
    private final Until until;

    Enter(Until until) {
      this.until = until;
    }

    @Override
    Node step(SreMatcher m) {
      int slot = until.slot;
      m.push(m.slots[slot], m.slots[slot + 1], id);
      m.slots[slot] = -1;
      m.slots[slot + 1] = -1;
      return until;
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      m.slots[until.slot + 1] = m.pop();
      m.slots[until.slot] = m.pop();
      return null;
    }

    @Override
    int frameSize() {
      return 3;
    }

    @Override
    @Nullable CharClass computeFirst() {
      CharClass b = until.body.first();
      return until.min > 0 ? b : CharClass.union(b, until.next.first());
    }
  }

  /**
   * A possessive repeat. Each repetition is matched on its own and then kept. Slots: the number of
   * finished repetitions, the position at which the last optional one began, the stack height above
   * the frame. Frame: the position.
   */
  static final class Possessive extends Node {
    private final int min;
    private final int max;
    private final int slot;
    Node body = this;

    Possessive(int min, int max, int slot) {
      this.min = min;
      this.max = max;
      this.slot = slot;
    }

    @Override
    Node step(SreMatcher m) {
      m.slots[slot] = 0;
      m.slots[slot + 1] = -1;
      return again(m);
    }

    private Node again(SreMatcher m) {
      int count = m.slots[slot];
      int p = m.ptr;
      if (count >= min) {
        if (count >= max || p == m.slots[slot + 1]) {
          return next;
        }
        m.slots[slot + 1] = p;
      }
      m.push(p, id);
      m.slots[slot + 2] = m.sp;
      return body;
    }

    /** A repetition has matched. */
    Node matched(SreMatcher m) {
      int height = m.slots[slot + 2];
      m.cut(height, height - 2);
      m.slots[slot]++;
      return again(m);
    }

    @Override
    @Nullable Node retry(SreMatcher m) {
      m.ptr = m.pop();
      return m.slots[slot] < min ? null : next;
    }

    @Override
    int frameSize() {
      return 2;
    }

    @Override
    @Nullable CharClass computeFirst() {
      return min > 0 ? body.first() : CharClass.union(body.first(), next.first());
    }
  }

  /** The end of one repetition of a possessive repeat. */
  static final class PossessiveEnd extends Node {
    private final Possessive repeat;

    PossessiveEnd(Possessive repeat) {
      this.repeat = repeat;
    }

    @Override
    Node step(SreMatcher m) {
      return repeat.matched(m);
    }
  }
}
