package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;
import org.plait.syntax.ast.SourceRange;

/**
 * Turns a {@link CodeBuffer} into final arrays: drops what can't be reached and checks that can't
 * fail, threads jumps, puts handlers behind the normal code, and hands out positions.
 */
final class Assembler {
  private static final Operand[] A = new Operand[Opcode.count()];
  private static final Operand[] B = new Operand[Opcode.count()];
  private static final Operand[] C = new Operand[Opcode.count()];

  static {
    for (Opcode o : Opcode.values()) {
      A[o.ordinal()] = o.a;
      B[o.ordinal()] = o.b;
      C[o.ordinal()] = o.c;
    }
  }

  /** Longest exit that is copied. */
  private static final int MAX_EXIT = 8;

  private final CodeBuffer buffer;
  private int n;
  private Opcode[] op;
  private int[] a;
  private int[] b;
  private int[] c;
  private @Nullable SourceRange[] where;
  private int[] handler;

  /** Target instruction of a jump, else -1. */
  private int[] target;

  private boolean[] live;

  private int[] codeOut = new int[0];

  private int[] exceptionsOut = new int[0];
  private int[] positionsOut = new int[0];

  Assembler(CodeBuffer buffer) {
    buffer.sortSections();
    this.buffer = buffer;
    this.n = buffer.size;
    this.op = buffer.op;
    this.a = buffer.a;
    this.b = buffer.b;
    this.c = buffer.c;
    this.where = buffer.where;
    this.handler = buffer.handler;
    this.target = new int[n];
    this.live = new boolean[n];
  }

  int[] code() {
    return codeOut;
  }

  int[] exceptions() {
    return exceptionsOut;
  }

  int[] positions() {
    return positionsOut;
  }

  /**
   * Runs the passes.
   *
   * @param parameterCount locals that are bound from the start
   * @param localCount number of fast locals
   */
  void run(int parameterCount, int localCount) {
    resolve();
    markLive();
    dropChecks(parameterCount, localCount);
    threadJumps();
    markLive();
    cloneExits();
    inheritPositions();
  }

  private void resolve() {
    for (int i = 0; i < n; i++) {
      int t = -1;
      Opcode o = op[i];
      if (o.c == Operand.TARGET) {
        t = buffer.position(c[i]);
      } else if (o.b == Operand.TARGET) {
        t = buffer.position(b[i]);
      } else if (o.a == Operand.TARGET) {
        t = buffer.position(a[i]);
      }
      target[i] = t;
    }
  }

  private void markLive() {
    boolean[] seen = new boolean[n];
    boolean[] handlerSeen = new boolean[buffer.handlerCount];
    int[] work = new int[16];
    int top = 0;
    work[top++] = 0;
    while (top > 0) {
      int i = work[--top];
      while (i < n && !seen[i]) {
        seen[i] = true;
        int h = handler[i];
        if (h >= 0 && !handlerSeen[h]) {
          handlerSeen[h] = true;
          if (top + 2 >= work.length) {
            work = Arrays.copyOf(work, work.length * 2);
          }
          work[top++] = buffer.position(buffer.handlerLabel[h]);
        }
        if (target[i] >= 0) {
          if (top + 2 >= work.length) {
            work = Arrays.copyOf(work, work.length * 2);
          }
          work[top++] = target[i];
        }
        if (op[i].endsBlock()) {
          break;
        }
        i++;
      }
    }
    live = seen;
  }

  // ---- checks of locals

  // Compare CPython's add_checks_for_loads_of_uninitialized_variables in flowgraph.c
  private void dropChecks(int parameterCount, int localCount) {
    boolean any = false;
    for (int i = 0; i < n; i++) {
      if (live[i] && op[i] == CHECK_LOCAL) {
        any = true;
        break;
      }
    }
    if (!any) {
      return;
    }
    // blocks
    boolean[] leader = new boolean[n + 1];
    leader[0] = true;
    for (int i = 0; i < n; i++) {
      if (!live[i]) {
        continue;
      }
      if (target[i] >= 0) {
        leader[target[i]] = true;
      }
      if (target[i] >= 0 || op[i].endsBlock()) {
        leader[i + 1] = true;
      }
      if (handler[i] >= 0) {
        leader[buffer.position(buffer.handlerLabel[handler[i]])] = true;
      }
    }
    int words = (localCount + 63) >>> 6;
    int[] block = new int[n];
    int[] start = new int[n + 1];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (leader[i]) {
        start[count++] = i;
      }
      block[i] = count - 1;
    }
    start[count] = n;
    long[] in = new long[count * words];
    Arrays.fill(in, -1L);
    for (int r = 0; r < words * 64; r++) {
      if (r >= parameterCount) {
        in[r >>> 6] &= ~(1L << r);
      }
    }
    long[] state = new long[words];
    boolean[] dirty = new boolean[count];
    dirty[0] = true;
    boolean again = true;
    boolean[] visited = new boolean[count];
    while (again) {
      again = false;
      for (int k = 0; k < count; k++) {
        if (!dirty[k]) {
          continue;
        }
        dirty[k] = false;
        visited[k] = true;
        System.arraycopy(in, k * words, state, 0, words);
        int lastHandler = -1;
        boolean changed = true;
        boolean falls = true;
        for (int i = start[k]; i < start[k + 1]; i++) {
          if (!live[i]) {
            falls = false;
            break;
          }
          int h = handler[i];
          if (h >= 0 && (changed || h != lastHandler)) {
            again |=
                merge(
                    in,
                    block[buffer.position(buffer.handlerLabel[h])],
                    state,
                    words,
                    dirty,
                    visited);
            lastHandler = h;
            changed = false;
          }
          boolean loopEnd = op[i] == FOR_ITER; // at its end nothing is stored
          if (loopEnd) {
            again |= merge(in, block[target[i]], state, words, dirty, visited);
          }
          changed |= step(i, state, localCount);
          if (target[i] >= 0 && !loopEnd) {
            again |= merge(in, block[target[i]], state, words, dirty, visited);
          }
          falls = !op[i].endsBlock();
        }
        if (falls && k + 1 < count) {
          again |= merge(in, k + 1, state, words, dirty, visited);
        }
      }
    }
    for (int k = 0; k < count; k++) {
      System.arraycopy(in, k * words, state, 0, words);
      for (int i = start[k]; i < start[k + 1]; i++) {
        if (!live[i]) {
          continue;
        }
        if (op[i] == CHECK_LOCAL && (state[a[i] >>> 6] & (1L << a[i])) != 0) {
          op[i] = NOP;
          continue;
        }
        step(i, state, localCount);
      }
    }
  }

  private static boolean merge(
      long[] in, int k, long[] state, int words, boolean[] dirty, boolean[] visited) {
    boolean change = !visited[k];
    for (int w = 0; w < words; w++) {
      long x = in[k * words + w] & state[w];
      if (x != in[k * words + w]) {
        in[k * words + w] = x;
        change = true;
      }
    }
    if (change && !dirty[k]) {
      dirty[k] = true;
      return true;
    }
    return false;
  }

  /** Applies what an instruction does to the set of bound locals; tells whether that changed. */
  private boolean step(int i, long[] state, int locals) {
    Opcode o = op[i];
    switch (o) {
      case CHECK_LOCAL:
        return set(state, a[i]);
      case DELETE_LOCAL, CLEAR:
        return clear(state, a[i], locals);
      case SAVE_LOCAL:
        return clear(state, b[i], locals);
      case RESTORE_LOCAL:
        // what comes back may be unbound
        return clear(state, a[i], locals);
      case MAKE_CELL:
        return b[i] >= 0 && clear(state, b[i], locals);
      case UNPACK_SEQUENCE:
        boolean changed = false;
        if (b[i] < locals) {
          for (int r = b[i]; r < b[i] + c[i]; r++) {
            changed |= set(state, r);
          }
        }
        return changed;
      default:
        if ((o.a == Operand.DST || o.a == Operand.MOD) && a[i] < locals) {
          return set(state, a[i]);
        }
        return false;
    }
  }

  private static boolean set(long[] state, int r) {
    long old = state[r >>> 6];
    state[r >>> 6] = old | 1L << r;
    return state[r >>> 6] != old;
  }

  private static boolean clear(long[] state, int r, int locals) {
    if (r < 0 || r >= locals) {
      return false;
    }
    long old = state[r >>> 6];
    state[r >>> 6] = old & ~(1L << r);
    return state[r >>> 6] != old;
  }

  // ---- jumps

  private int skipNops(int i) {
    while (i < n && op[i] == NOP && where[i] == null) {
      i++;
    }
    return i;
  }

  private boolean sameLine(int i, int j) {
    SourceRange x = where[i];
    SourceRange y = where[j];
    return y == null || (x != null && x.lineno() == y.lineno());
  }

  private void threadJumps() {
    for (int i = 0; i < n; i++) {
      if (!live[i] || target[i] < 0) {
        continue;
      }
      for (int hops = 0; hops < 8; hops++) {
        int t = skipNops(target[i]);
        if (t >= n) {
          break;
        }
        target[i] = t;
        if (op[i] == FOR_ITER) {
          break;
        }
        if (op[t] == JUMP && t != i && target[t] != t && sameLine(i, t)) {
          target[i] = target[t];
          continue;
        }
        if (op[i] == JUMP && op[t] == JUMP_BACK && where[t] == null) {
          op[i] = JUMP_BACK;
          target[i] = target[t];
        } else if (op[i] == JUMP && op[t] == RETURN_VALUE && a[t] < 0 && where[t] == null) {
          op[i] = RETURN_VALUE;
          a[i] = a[t];
          target[i] = -1;
        }
        break;
      }
    }
  }

  // Compare CPython's duplicate_exits_without_lineno in flowgraph.c
  /** Gives conditional jumps to a back-edge or return without a line copies of their own. */
  private void cloneExits() {
    int old = n;
    for (int i = 0; i < old; i++) {
      int t = target[i];
      if (!live[i]
          || t < 0
          || where[i] == null
          || where[t] != null
          || !(op[t] == JUMP_BACK || (op[t] == RETURN_VALUE && a[t] < 0))) {
        continue;
      }
      if (n == op.length || n == target.length) {
        grow();
      }
      op[n] = op[t];
      a[n] = a[t];
      b[n] = b[t];
      c[n] = c[t];
      where[n] = where[i];
      handler[n] = handler[t];
      target[n] = target[t];
      live[n] = true;
      target[i] = n++;
    }
    for (int i = 0; i < old; i++) {
      if (live[i] && op[i] == JUMP) {
        int length = exitLength(target[i]);
        if (length > 0) {
          cloneBlock(i, length);
        }
      }
    }
    if (n > old) {
      markLive();
    }
  }

  /** How many instructions without a line lead to a return, 0 if it is not so or they are many. */
  private int exitLength(int start) {
    for (int k = 0; k < MAX_EXIT; k++) {
      int i = start + k;
      if (i >= n || where[i] != null || target[i] >= 0 || handler[i] != handler[start]) {
        return 0;
      }
      if (op[i].endsBlock()) {
        return op[i] == RETURN_VALUE ? k + 1 : 0;
      }
    }
    return 0;
  }

  /** Gives a jump to an exit its own copy, which takes the line of the jump. */
  private void cloneBlock(int jump, int length) {
    int from = target[jump];
    while (n + length > op.length || n + length > target.length) {
      grow();
    }
    target[jump] = n;
    for (int k = 0; k < length; k++) {
      op[n] = op[from + k];
      a[n] = a[from + k];
      b[n] = b[from + k];
      c[n] = c[from + k];
      where[n] = null;
      handler[n] = handler[from + k];
      target[n] = -1;
      live[n] = true;
      n++;
    }
  }

  private void grow() {
    int size = n * 2;
    op = Arrays.copyOf(op, size);
    a = Arrays.copyOf(a, size);
    b = Arrays.copyOf(b, size);
    c = Arrays.copyOf(c, size);
    where = Arrays.copyOf(where, size);
    handler = Arrays.copyOf(handler, size);
    target = Arrays.copyOf(target, size);
    live = Arrays.copyOf(live, size);
  }

  // Compare CPython's resolve_line_numbers in flowgraph.c
  private void inheritPositions() {
    int[] jumpsTo = new int[n + 1];
    int[] jumper = new int[n + 1];
    for (int i = 0; i < n; i++) {
      if (live[i] && target[i] >= 0) {
        jumpsTo[target[i]]++;
        jumper[target[i]] = i;
      }
    }
    for (int h = 0; h < buffer.handlerCount; h++) {
      int p = buffer.position(buffer.handlerLabel[h]);
      if (p >= 0) {
        jumpsTo[p] += 2;
      }
    }
    int previous = -1;
    for (int i = 0; i < n; i++) {
      if (!live[i]) {
        previous = -1;
        continue;
      }
      if (where[i] == null) {
        boolean falls = previous >= 0 && !op[previous].endsBlock();
        if (falls && jumpsTo[i] == 0) {
          where[i] = where[previous];
        } else if (!falls && jumpsTo[i] == 1) {
          where[i] = where[jumper[i]];
        }
      }
      previous = i;
    }
  }

  // ---- output

  /** What becomes of constants and registers in the final code. */
  interface Relocation {
    int constantPlace(int index);

    int finalRegister(int virtual);
  }

  private int nextLive(int i) {
    int j = i + 1;
    while (j < n && !live[j]) {
      j++;
    }
    return j;
  }

  void layOut(Relocation relocation) {
    boolean[] isTarget = new boolean[n + 1];
    int m = 0;
    for (int i = 0; i < n; i++) {
      if (live[i]) {
        m++;
        if (target[i] >= 0) {
          isTarget[target[i]] = true;
        }
      }
    }
    int[] out = new int[m];
    int size = 0;
    int[] place = new int[n + 1];
    Arrays.fill(place, -1);
    for (int i = nextLive(-1); i < n; i = nextLive(i)) {
      int follower = nextLive(i);
      place[i] = size;
      if (follower < n
          && (op[i] == NOP
              ? redundantNop(i, follower, out, size, isTarget)
              : op[i] == JUMP
                  && follower == target[i]
                  && jumpTellsNothing(i, follower, out, size))) {
        continue;
      }
      out[size++] = i;
    }
    write(out, size, place, relocation);
  }

  private boolean redundantNop(int i, int follower, int[] out, int size, boolean[] isTarget) {
    SourceRange w = where[i];
    if (w == null) {
      return true;
    }
    if (size > 0 && !isTarget[i]) {
      int p = out[size - 1];
      SourceRange pw = where[p];
      if (pw != null && pw.lineno() == w.lineno() && !op[p].endsBlock()) {
        return true;
      }
    }
    SourceRange fw = where[follower];
    if (fw == null) {
      if (isTarget[follower]) {
        return false;
      }
      where[follower] = w;
      return true;
    }
    return fw.lineno() == w.lineno();
  }

  private boolean jumpTellsNothing(int i, int follower, int[] out, int size) {
    SourceRange w = where[i];
    if (w == null) {
      return true;
    }
    SourceRange fw = where[follower];
    if (fw != null && fw.lineno() == w.lineno()) {
      return true;
    }
    SourceRange pw = size > 0 ? where[out[size - 1]] : null;
    return pw != null && pw.lineno() == w.lineno();
  }

  private void write(int[] out, int size, int[] place, Relocation relocation) {
    int[] code = new int[size * 4];
    int[] positions = new int[size * 4];
    int[] handlers = new int[size];
    for (int k = 0; k < size; k++) {
      int i = out[k];
      int p = k * 4;
      Opcode o = op[i];
      int num = o.ordinal();
      code[p] = num;
      code[p + 1] = operand(A[num], a[i], i, place, relocation);
      code[p + 2] = operand(B[num], b[i], i, place, relocation);
      code[p + 3] = operand(C[num], c[i], i, place, relocation);
      handlers[k] = handler[i];
      SourceRange w = where[i];
      if (w == null) {
        positions[p] = -1;
        positions[p + 1] = -1;
        positions[p + 2] = -1;
        positions[p + 3] = -1;
      } else {
        positions[p] = w.lineno();
        positions[p + 1] = w.endLineno();
        positions[p + 2] = w.colOffset();
        positions[p + 3] = w.endColOffset();
      }
    }
    codeOut = code;
    positionsOut = positions;
    exceptionsOut = exceptionTable(handlers, place, relocation);
  }

  private int operand(Operand kind, int value, int i, int[] place, Relocation relocation) {
    return switch (kind) {
      case TARGET -> place[target[i]];
      case CONST -> relocation.constantPlace(value);
      case VAL -> value < 0 ? ~relocation.constantPlace(~value) : relocation.finalRegister(value);
      case DST,
          SRC,
          MOD,
          CELL,
          RANGE,
          CALLEE,
          METHOD,
          PAIRS,
          READ2,
          READ3,
          WRITE2,
          WRITE_RANGE,
          WRITE_EX ->
          relocation.finalRegister(value);
      case IMM -> op[i] == MAKE_CELL && value >= 0 ? relocation.finalRegister(value) : value;
      default -> value;
    };
  }

  private int[] exceptionTable(int[] handlers, int[] place, Relocation relocation) {
    int[] table = new int[16];
    int k = 0;
    int size = handlers.length;
    for (int i = 0; i < size; ) {
      int h = handlers[i];
      int j = i + 1;
      while (j < size && handlers[j] == h) {
        j++;
      }
      if (h >= 0) {
        if (k == table.length) {
          table = Arrays.copyOf(table, k * 2);
        }
        table[k++] = i;
        table[k++] = j;
        table[k++] = place[buffer.position(buffer.handlerLabel[h])];
        table[k++] = relocation.finalRegister(buffer.handlerRegister[h]);
      }
      i = j;
    }
    return Arrays.copyOf(table, k);
  }

  /** Marks the constants that are used by live instructions. */
  void markConstants(boolean[] used) {
    for (int i = 0; i < n; i++) {
      if (live[i]) {
        int num = op[i].ordinal();
        mark(A[num], a[i], used);
        mark(B[num], b[i], used);
        mark(C[num], c[i], used);
      }
    }
  }

  private static void mark(Operand kind, int value, boolean[] used) {
    if (kind == Operand.CONST) {
      used[value] = true;
    } else if (kind == Operand.VAL && value < 0) {
      used[~value] = true;
    }
  }

  /** Calls back for each live instruction with a keyword call. */
  void markShapes(boolean[] used) {
    for (int i = 0; i < n; i++) {
      if (live[i] && op[i].c == Operand.SHAPE) {
        used[c[i]] = true;
      }
    }
  }
}
