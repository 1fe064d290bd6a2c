package org.plait.runtime.text.sre;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.TextException;

/**
 * The state of matching one pattern against one subject. It runs on an explicit stack of ints, so
 * that no subject overflows Java's. Belongs to one thread; may be used for several matches in turn,
 * as {@code finditer} does.
 */
public final class SreMatcher {
  /** Steps between two calls of the poll hook. */
  private static final int POLL_STEPS = 1 << 14;

  private static final int[] NO_INTS = {};

  final @Nullable String str;
  final byte @Nullable [] bytes;
  final int[] cps;

  /** Matching does not look at or behind this position. */
  final int end;

  private final SrePattern pattern;
  private final @Nullable Runnable poll;

  /** Steps until the next poll, over all matches. */
  private int budget = POLL_STEPS;

  /** Where the match begins, or the search begins. */
  int start;

  /** The current position, after a match its end. */
  int ptr;

  /** Start and end of each group, -1 where it is not set. */
  final int[] marks;

  int lastIndex = -1;

  /** Counters of repeats, stack heights of atomic parts. */
  final int[] slots;

  int[] stack = new int[32];
  int sp;

  boolean matchAll;
  boolean mustAdvance;
  boolean done;

  SreMatcher(
      SrePattern pattern,
      @Nullable String str,
      byte @Nullable [] bytes,
      int @Nullable [] cps,
      int start,
      int end,
      @Nullable Runnable poll) {
    this.pattern = pattern;
    this.str = str;
    this.bytes = bytes;
    this.cps = cps == null ? NO_INTS : cps;
    this.start = start;
    this.end = end;
    this.poll = poll;
    this.marks = pattern.groups() == 0 ? NO_INTS : new int[pattern.groups() * 2];
    int n = pattern.program().slots;
    this.slots = n == 0 ? NO_INTS : new int[n];
  }

  int at(int i) {
    String s = str;
    if (s != null) {
      return s.charAt(i);
    }
    byte[] b = bytes;
    if (b != null) {
      return b[i] & 0xff;
    }
    return cps[i];
  }

  // ---- results

  /** Where the match begins. */
  public int start() {
    return start;
  }

  /** Where the match ends. */
  public int end() {
    return ptr;
  }

  /** The marks of the groups 1 to n: start and end each, -1 where a group is not set; a copy. */
  public int[] groups() {
    int[] m = marks.clone();
    for (int i = 0; i < m.length; i += 2) {
      if (m[i] < 0 || m[i + 1] < 0) {
        m[i] = -1;
        m[i + 1] = -1;
      }
    }
    return m;
  }

  /** Start of a group (from 1), or -1. */
  public int start(int group) {
    int i = 2 * group - 2;
    return marks[i + 1] < 0 ? -1 : marks[i];
  }

  /** End of a group (from 1), or -1. */
  public int end(int group) {
    int i = 2 * group - 2;
    return marks[i] < 0 ? -1 : marks[i + 1];
  }

  /** The number of the group that was closed last, or -1. */
  public int lastIndex() {
    return lastIndex;
  }

  // ---- matching

  /** Matches at the start position. */
  public boolean match() {
    reset();
    SreProgram p = pattern.program();
    ptr = start;
    boolean r = start <= end && end - ptr >= p.minLength && run(p);
    mustAdvance = false;
    return r;
  }

  /** Matches from the start position to the very end. */
  public boolean fullMatch() {
    matchAll = true;
    try {
      return match();
    } finally {
      matchAll = false;
    }
  }

  /** Finds the first match at or behind the start position. */
  public boolean search() {
    reset();
    SreProgram p = pattern.program();
    int from = start;
    int last = end - p.minLength;
    for (int at = from; at <= last; at++) {
      at = p.candidate(this, at, last);
      if (at < 0) {
        break;
      }
      mustAdvance &= at == from;
      start = at;
      ptr = at;
      if (budget <= 0) {
        budget = POLL_STEPS;
        if (poll != null) {
          poll.run();
        }
      }
      if (run(p)) {
        mustAdvance = false;
        return true;
      }
      if (p.onlyAtStart) {
        break;
      }
    }
    mustAdvance = false;
    return false;
  }

  /**
   * Prepares the next match behind the last one, as {@code finditer} and {@code sub} do: it begins
   * where the last one ended, and must not be empty there when the last one was.
   */
  public void advance() {
    mustAdvance = ptr == start;
    start = ptr;
  }

  /** Sets where the next match begins. */
  public void setStart(int position) {
    start = position;
    mustAdvance = false;
  }

  private void reset() {
    Arrays.fill(marks, -1);
    lastIndex = -1;
    sp = 0;
  }

  private boolean run(SreProgram p) {
    Node[] table = p.table;
    Node n = p.first;
    int budget = this.budget;
    done = false;
    while (true) {
      while (n != null) {
        n = n.step(this);
        budget--;
      }
      if (done) {
        sp = 0;
        this.budget = budget;
        return true;
      }
      if (sp == 0) {
        this.budget = budget - 1;
        return false;
      }
      if (budget <= 0) {
        budget = POLL_STEPS;
        if (poll != null) {
          poll.run();
        }
      }
      n = table[stack[--sp]].retry(this);
    }
  }

  // ---- the stack

  private void grow() {
    if (stack.length > 1 << 29) {
      throw new TextException(TextException.Kind.MEMORY, "");
    }
    stack = Arrays.copyOf(stack, stack.length * 2);
  }

  void push(int a, int id) {
    if (sp + 2 > stack.length) {
      grow();
    }
    stack[sp++] = a;
    stack[sp++] = id;
  }

  void push(int a, int b, int id) {
    if (sp + 3 > stack.length) {
      grow();
    }
    int[] s = stack;
    int p = sp;
    s[p] = a;
    s[p + 1] = b;
    s[p + 2] = id;
    sp = p + 3;
  }

  void push(int a, int b, int c, int id) {
    if (sp + 4 > stack.length) {
      grow();
    }
    int[] s = stack;
    int p = sp;
    s[p] = a;
    s[p + 1] = b;
    s[p + 2] = c;
    s[p + 3] = id;
    sp = p + 4;
  }

  int pop() {
    return stack[--sp];
  }

  /**
   * Drops the frames from {@code height} up to the top, but for those that restore group marks:
   * what an atomic part matched can't be matched otherwise any more, yet its groups are undone when
   * something before it fails.
   */
  void cut(int height, int frameStart) {
    Node[] table = pattern.program().table;
    int[] kept = NO_INTS;
    int count = 0;
    for (int p = sp; p > height; ) {
      Node n = table[stack[p - 1]];
      int size = n.frameSize();
      if (n instanceof Nodes.Mark) {
        if (count + size > kept.length) {
          kept = Arrays.copyOf(kept, Math.max(16, kept.length * 2));
        }
        for (int k = 1; k <= size; k++) {
          kept[count++] = stack[p - k];
        }
      }
      p -= size;
    }
    sp = frameStart;
    // They were collected from the top, each from its top.
    while (count > 0) {
      stack[sp++] = kept[--count];
    }
  }

  /** Drops the frames from {@code height} up to the top and undoes their group marks. */
  void unwind(int height) {
    Node[] table = pattern.program().table;
    while (sp > height) {
      Node n = table[stack[sp - 1]];
      if (n instanceof Nodes.Mark) {
        sp--;
        n.retry(this);
      } else {
        sp -= n.frameSize();
      }
    }
  }
}
