package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * Turns the instructions of a code object that are reached from an entry into JVM code. What isn't
 * treated here is done by the interpreter's own instruction object on the frame's registers.
 *
 * <p>First the kinds of registers at the starts of blocks are found by walking over the code until
 * nothing changes; then the same walk writes the code.
 */
final class Translator extends Texts {
  private static final ClassDesc SEQUENCES = ClassDesc.of("org.plait.runtime.protocol.PySequences");
  private static final ClassDesc MAPPINGS = ClassDesc.of("org.plait.runtime.protocol.PyMappings");

  /** So many walks may guess; then kinds only become more general. */
  private static final int GUESSING_WALKS = 6;

  private final int entry;

  /** By heads of loops, the kinds of numbers that registers are assumed to have there, else 0. */
  private final Map<Integer, byte[]> assumed = new HashMap<>();

  /** Without a frame: rare instructions that need one. */
  private final BitSet refused = new BitSet();

  /** How many instructions of which kinds were left to the interpreter, for the log. */
  private final Map<org.plait.compiler.code.Opcode, Integer> left =
      new EnumMap<>(org.plait.compiler.code.Opcode.class);

  /** What was left to the interpreter. */
  String left() {
    return left.toString();
  }

  Translator(PyCode code, Piece piece, int drain, Feedback feedback, Tier.Linkage linkage, Asm a) {
    super(
        code,
        feedback,
        linkage,
        new Flow(code.unit, piece, feedback, drain >= 0, a.frameless),
        drain,
        a);
    this.entry = piece.entry();
  }

  // ---- the walks

  private byte[] atEntry() {
    byte[] kinds = new byte[u.registerCount];
    Arrays.fill(kinds, a.frameless ? Kind.OBJECT : Kind.MEMORY);
    for (int v = 0; v < a.signature.parameters(); v++) {
      kinds[v] = a.signature.parameter(v);
    }
    for (int v = 0; v < kinds.length; v++) {
      if (!flow.live(entry, v)) {
        kinds[v] = Kind.DEAD;
      }
    }
    return kinds;
  }

  /**
   * Finds the kinds at the starts of blocks. What is a number on some ways through a loop and comes
   * in as an object is kept unboxed if that holds on all ways then: {@code if x: count += 1}.
   */
  void analyse() {
    findKinds();
    BitSet tried = new BitSet();
    while (assume(tried)) {
      do {
        findKinds();
      } while (!assumed.isEmpty() && drop());
    }
  }

  /** Assumes numbers at the heads of loops; false when there is nothing more to try. */
  private boolean assume(BitSet tried) {
    boolean more = false;
    for (int v = tried.nextClearBit(0); v < mixed.length; v = tried.nextClearBit(v + 1)) {
      for (int b = flow.heads.nextSetBit(0); mixed[v] != 0 && b >= 0; ) {
        byte[] kinds = in.get(b);
        if (kinds != null
            && flow.read(b, v)
            && Kind.isObject(kinds[v])
            && feedback.mayGuess(b)
            && startsAs(b, v, mixed[v])) {
          assumed.computeIfAbsent(b, x -> new byte[u.registerCount])[v] = mixed[v];
          tried.set(v);
          more = true;
        }
        b = flow.heads.nextSetBit(b + 1);
      }
    }
    return more;
  }

  /** Whether the value with which a loop begins is likely to be a number of a kind. */
  private boolean startsAs(int head, int v, byte kind) {
    for (int pc = head - 1; pc >= 0; pc--) {
      boolean[] written = new boolean[1];
      Effects.writes(u, pc, r -> written[0] |= r == v);
      if (written[0]) {
        return flow.op(pc) == org.plait.compiler.code.Opcode.LOAD_CONST
            && Kind.of(code.consts[u.code[pc * CodeUnit.WORDS + 2]]) == kind;
      }
    }
    return false;
  }

  /** Forgets assumptions that jumps back to the loop don't bear out; whether there were any. */
  private boolean drop() {
    boolean dropped = false;
    for (Map.Entry<Integer, byte[]> e : assumed.entrySet()) {
      byte[] brought = back.get(e.getKey());
      byte[] kinds = e.getValue();
      for (int v = 0; v < kinds.length; v++) {
        if (kinds[v] != 0 && (brought == null || brought[v] != kinds[v])) {
          for (byte[] all : assumed.values()) {
            all[v] = 0;
          }
          dropped = true;
        }
      }
    }
    return dropped;
  }

  private void findKinds() {
    Arrays.fill(mixed, (byte) 0);
    Map<Integer, byte[]> brought = new HashMap<>();
    Map<Integer, byte[]> before = new HashMap<>();
    for (int walk = 1; ; walk++) {
      in.clear();
      inKnown.clear();
      back.clear();
      in.put(entry, atEntry());
      inKnown.put(entry, new byte[u.registerCount]);
      for (int b = flow.starts.nextSetBit(0); b >= 0; b = flow.starts.nextSetBit(b + 1)) {
        if (flow.heads.get(b)) {
          head(b, brought.get(b), walk > GUESSING_WALKS ? before.get(b) : null);
        }
        byte[] kinds = in.get(b);
        if (kinds != null) {
          k = kinds.clone();
          known = facts(b);
          block(b);
        }
      }
      boolean same = true;
      for (int b = flow.heads.nextSetBit(0); b >= 0; b = flow.heads.nextSetBit(b + 1)) {
        same &=
            Arrays.equals(before.get(b), in.get(b)) && Arrays.equals(brought.get(b), back.get(b));
        before.put(b, in.get(b));
        brought.put(b, back.get(b));
      }
      if (same) {
        return;
      }
    }
  }

  private byte[] facts(int b) {
    byte[] facts = inKnown.get(b);
    return facts == null ? new byte[u.registerCount] : facts.clone();
  }

  private void head(int b, byte[] brought, byte[] before) {
    byte[] forward = in.get(b);
    if (forward == null || brought == null) {
      if (brought != null) {
        in.put(b, brought.clone());
      }
    } else {
      boolean guess = before == null && feedback.mayGuess(b);
      for (int v = 0; v < forward.length; v++) {
        forward[v] = Kind.atLoop(forward[v], brought[v], guess, flow.read(b, v));
      }
    }
    if (before != null && in.get(b) != null) {
      byte[] now = in.get(b);
      for (int v = 0; v < now.length; v++) {
        now[v] = Kind.meet(now[v], before[v], flow.read(b, v));
      }
    }
    byte[] numbers = assumed.get(b);
    if (numbers != null && in.get(b) != null) {
      byte[] now = in.get(b);
      for (int v = 0; v < now.length; v++) {
        if (numbers[v] != 0 && Kind.isObject(now[v])) {
          now[v] = numbers[v];
        }
      }
    }
  }

  /** Writes the method's code. */
  void write() {
    restart();
    k = atEntry();
    known = new byte[k.length];
    start();
    edge(entry);
    for (int b = flow.starts.nextSetBit(0); b >= 0; b = flow.starts.nextSetBit(b + 1)) {
      if (in.get(b) != null) {
        a.bind(blockLabel(b));
        k = in.get(b).clone();
        known = facts(b);
        block(b);
      }
    }
    finish();
  }

  private void block(int start) {
    int pc = start;
    while (true) {
      ended = false;
      fused = 0;
      translate(pc);
      pc += fused;
      if (ended || flow.ends(pc)) {
        return;
      }
      pc++;
      if (flow.starts.get(pc) || flow.outside(pc)) {
        go(pc - 1, pc);
        return;
      }
    }
  }

  /**
   * Translates one instruction. Without a frame, one that needs it but is rare leaves the code;
   * that is found out while nothing is written yet.
   */
  private void translate(int pc) {
    if (flow.cold.get(pc)) {
      a.branch(Opcode.GOTO, leaveCold(pc));
      ended = true;
      return;
    }
    if (!a.frameless) {
      instruction(pc);
      return;
    }
    if (refused.get(pc)) {
      end(pc, FastCode.AT);
      return;
    }
    byte[] before = k.clone();
    byte[] facts = known.clone();
    try {
      if (!withoutFrame(pc)) {
        instruction(pc);
      }
    } catch (NeedsFrame e) {
      if (!feedback.isRare(pc) || a.emitting()) {
        throw e;
      }
      refused.set(pc);
      k = before;
      known = facts;
      end(pc, FastCode.AT);
    }
  }

  // ---- instructions

  /** Lets go of a result that nobody wants: it may be watched by a weak reference. */
  private void unused(int pc, int dst) {
    if (!ended && !flow.live(pc + 1, dst)) {
      forget(dst);
    }
  }

  private void instruction(int pc) {
    int at = pc * CodeUnit.WORDS;
    int x = u.code[at + 1];
    int y = u.code[at + 2];
    int z = u.code[at + 3];
    org.plait.compiler.code.Opcode op = flow.op(pc);
    switch (op) {
      case NOP -> {}
      case RESUME -> {
        a.support("quickPoll", Asm.Z);
        a.branch(Opcode.IFNE, leaveAt(pc));
      }
      case LOAD_CONST -> loadConst(x, code.consts[y]);
      case MOVE, RESTORE_LOCAL -> move(x, y);
      case SAVE_LOCAL -> {
        move(x, y);
        clear(y);
      }
      case CLEAR -> clear(x);
      case CHECK_LOCAL -> checkLocal(pc, x);
      case DELETE_LOCAL -> {
        checkLocal(pc, x);
        clear(x);
      }
      case LOAD_DEREF -> {
        object(y);
        push(y);
        a.support("cellValue", Asm.OBJECT, Asm.OBJECT);
        popUnlessNull(x, leaveAt(pc));
      }
      case STORE_DEREF -> {
        object(x);
        object(y);
        push(x);
        push(y);
        a.support("setCell", Asm.V, Asm.OBJECT, Asm.OBJECT);
      }
      case LOAD_GLOBAL -> loadGlobal(pc, x);
      case LOAD_ATTR -> loadAttr(pc, x, y);
      case LOAD_METHOD -> {
        if (!loadBuiltinMethod(pc, x, y, z)) {
          loadMethod(pc, x, y);
        }
      }
      case STORE_ATTR -> storeAttr(pc, x, z);
      case BINARY_SUBSCR -> subscript(pc, x, y, z);
      case STORE_SUBSCR -> storeSubscript(pc, x, y, z);
      case BINARY_SLICE -> slice(pc, x, y, z);
      case STORE_SLICE -> storeSlice(pc, x, y, z);
      case BUILD_SLICE -> {
        if (!fusedSlice(pc, x, y, z)) {
          buildSlice(x, y, z);
        }
      }
      case GET_ITER -> {
        object(y);
        showVariables(pc);
        mayRaise(pc);
        push(y);
        a.invoke(Asm.OPCODES, "iter", Asm.OBJECT, Asm.OBJECT);
        raised(pc);
        pop(x);
        afterPython(pc + 1);
      }
      case FOR_ITER -> forIter(pc, x, y, z);
      case UNARY_NEGATIVE -> negative(pc, x, y);
      case UNARY_NOT, TO_BOOL -> {
        truth(pc, y);
        a.iload(Asm.INT);
        if (op == org.plait.compiler.code.Opcode.UNARY_NOT) {
          a.iconst(1);
          a.op(Opcode.IXOR);
        }
        popBoolean(x);
      }
      case COMPARE_LT, COMPARE_LE, COMPARE_EQ, COMPARE_NE, COMPARE_GT, COMPARE_GE ->
          compare(pc, op.name().substring(8), x, y, z);
      case COMPARE_IS, COMPARE_IS_NOT -> {
        is(y, z);
        if (op == org.plait.compiler.code.Opcode.COMPARE_IS_NOT) {
          a.iconst(1);
          a.op(Opcode.IXOR);
        }
        popBoolean(x);
      }
      case COMPARE_IN, COMPARE_NOT_IN -> {
        contains(pc, y, z);
        if (op == org.plait.compiler.code.Opcode.COMPARE_NOT_IN) {
          a.iconst(1);
          a.op(Opcode.IXOR);
        }
        popBoolean(x);
        afterPython(pc + 1);
      }
      case JUMP -> go(pc, x);
      case JUMP_BACK -> jumpBack(pc, x);
      case JUMP_IF_TRUE, JUMP_IF_FALSE -> {
        truth(pc, x);
        a.iload(Asm.INT);
        branch(
            pc, op == org.plait.compiler.code.Opcode.JUMP_IF_TRUE ? Opcode.IFNE : Opcode.IFEQ, y);
      }
      case JUMP_IF_NONE, JUMP_IF_NOT_NONE -> {
        object(x);
        push(x);
        a.constant(org.plait.runtime.object.Py.None, Asm.OBJECT);
        branch(
            pc,
            op == org.plait.compiler.code.Opcode.JUMP_IF_NONE ? Opcode.IF_ACMPEQ : Opcode.IF_ACMPNE,
            y);
      }
      case JUMP_IF_LT, JUMP_IF_LE, JUMP_IF_EQ, JUMP_IF_NE, JUMP_IF_GT, JUMP_IF_GE ->
          compareAndJump(pc, op.name().substring(8), false, x, y, z);
      case JUMP_UNLESS_LT,
          JUMP_UNLESS_LE,
          JUMP_UNLESS_EQ,
          JUMP_UNLESS_NE,
          JUMP_UNLESS_GT,
          JUMP_UNLESS_GE ->
          compareAndJump(pc, op.name().substring(12), true, x, y, z);
      case JUMP_IF_IS, JUMP_IF_IS_NOT -> {
        is(x, y);
        branch(pc, op == org.plait.compiler.code.Opcode.JUMP_IF_IS ? Opcode.IFNE : Opcode.IFEQ, z);
      }
      case JUMP_IF_IN, JUMP_IF_NOT_IN -> {
        contains(pc, x, y);
        branch(pc, op == org.plait.compiler.code.Opcode.JUMP_IF_IN ? Opcode.IFNE : Opcode.IFEQ, z);
      }
      case CALL -> {
        if (!rangeLoop(pc, x, y, z)) {
          call(pc, x, y, z);
          unused(pc, x);
        }
      }
      case CALL_METHOD -> {
        callMethod(pc, x, y, z);
        unused(pc, x);
      }
      case CALL_EX -> callSpread(pc, x, y);
      case CALL_KW -> callNamed(pc, x, y, y + 1, u.callShapes[z]);
      case CALL_METHOD_KW -> callNamed(pc, x, y, y + 2, u.callShapes[z]);
      case MAKE_FUNCTION -> newFunction(x, y, z);
      case BUILD_MAP -> {
        if (z == 0) {
          a.invoke(Asm.QUIET, "emptyDict", Asm.OBJECT);
          pop(x);
        } else {
          interpreted(pc, op);
        }
      }
      case DICT_MERGE -> mergeKeywords(pc, x, y, z);
      case LIST_EXTEND -> extend(pc, x, y);
      case LOAD_SPECIAL -> {
        if (z > 1 || !feedback.mayGuess(pc)) {
          interpreted(pc, op);
        } else {
          special(pc, x, y, z);
        }
      }
      case WITH_EXIT -> endWith(pc, x, y);
      case LIST_TO_TUPLE -> {
        object(y);
        push(y);
        a.invoke(Asm.QUIET, "tuple", Asm.OBJECT, Asm.OBJECT);
        pop(x);
      }
      case BUILD_TUPLE, BUILD_LIST -> {
        boolean list = op == org.plait.compiler.code.Opcode.BUILD_LIST;
        if (list && z == 0) {
          a.support("emptyList", Asm.OBJECT);
        } else {
          array(y, z);
          a.support(list ? "list" : "tuple", Asm.OBJECT, Asm.OBJECT.arrayType());
        }
        pop(x);
      }
      case LIST_APPEND -> {
        object(x);
        object(y);
        mayRaise(pc);
        push(x);
        push(y);
        a.support("quickAppend", Asm.V, Asm.OBJECT, Asm.OBJECT);
        raised(pc);
      }
      case PUSH_EXC -> {
        object(y);
        a.aload(Asm.F);
        push(y);
        a.support("pushException", Asm.OBJECT, Asm.FRAME, Asm.OBJECT);
        pop(x);
      }
      case POP_EXCEPT -> {
        object(x);
        a.aload(Asm.F);
        push(x);
        a.support("popException", Asm.V, Asm.FRAME, Asm.OBJECT);
      }
      case JUMP_UNLESS_EXC_MATCH -> {
        object(x);
        object(y);
        mayRaise(pc);
        push(x);
        push(y);
        a.support("matches", Asm.Z, Asm.OBJECT, Asm.OBJECT);
        raised(pc);
        branch(pc, Opcode.IFEQ, z);
      }
      case UNPACK_SEQUENCE -> unpack(pc, x, y, z);
      case FORMAT_SIMPLE -> format(pc, x, y);
      case FORMAT_WITH_SPEC -> format(pc, x, y, z);
      case CONVERT_VALUE -> convert(pc, x, y, z);
      case BUILD_STRING -> join(x, y, z);
      case RETURN_VALUE -> {
        object(x);
        if (observed) {
          storeAll(k, u.length());
        }
        a.setPc(pc);
        push(x);
        a.op(Opcode.ARETURN);
      }
      case YIELD_VALUE -> yieldValue(pc, x, y);
      case GET_YIELD_FROM_ITER -> yieldFromIter(pc, x, y);
      case YIELD_DELEGATE -> leaveWith(pc, x, x);
      case SEND -> send(pc, x, y);
      default -> {
        if (op.name().startsWith("BINARY_") && op.b == org.plait.compiler.code.Operand.VAL
            || op.name().startsWith("INPLACE_")) {
          binary(pc, op, x, y, z);
        } else {
          interpreted(pc, op);
        }
      }
    }
  }

  // ---- registers

  private void loadConst(int dst, PyObject c) {
    if (isVariable(dst) && c.getClass() == PyInt.class && ((PyInt) c).isLong()) {
      forget(dst);
      a.lconst(((PyInt) c).longValue());
      a.lstore(a.slot(dst, Kind.LONG));
      k[dst] = Kind.LONG;
    } else if (isVariable(dst) && c.getClass() == PyFloat.class) {
      forget(dst);
      a.dconst(((PyFloat) c).value());
      a.dstore(a.slot(dst, Kind.DOUBLE));
      k[dst] = Kind.DOUBLE;
    } else {
      a.constant(c, Asm.OBJECT);
      pop(dst);
    }
  }

  private void move(int dst, int src) {
    if (dst == src) {
      return;
    }
    switch (k[src]) {
      case Kind.LONG -> {
        a.lload(a.slot(src, Kind.LONG));
        a.lstore(a.slot(dst, Kind.LONG));
        k[dst] = Kind.LONG;
      }
      case Kind.DOUBLE -> {
        a.dload(a.slot(src, Kind.DOUBLE));
        a.dstore(a.slot(dst, Kind.DOUBLE));
        k[dst] = Kind.DOUBLE;
      }
      default -> {
        object(src);
        push(src);
        pop(dst);
        known[dst] = (byte) (known[src] & ~(Kind.LONG_TOO | Kind.DOUBLE_TOO));
        if (isUnboxed(src, Kind.LONG)) {
          a.lload(a.slot(src, Kind.LONG));
          a.lstore(a.slot(dst, Kind.LONG));
          known[dst] |= Kind.LONG_TOO;
        }
      }
    }
  }

  private void clear(int register) {
    a.nullConst();
    pop(register);
  }

  private void checkLocal(int pc, int v) {
    if (k[v] != Kind.LONG && k[v] != Kind.DOUBLE) {
      object(v);
      push(v);
      a.branch(Opcode.IFNULL, leaveAt(pc));
    }
  }

  // ---- the interpreter's instructions

  /** Has the interpreter's instruction do it, on the frame's registers. */
  private void interpreted(int pc, org.plait.compiler.code.Opcode op) {
    if (a.frameless) {
      throw new NeedsFrame(op + " at " + pc);
    }
    left.merge(op, a.emitting() ? 1 : 0, Integer::sum);
    Effects.reads(u, pc, this::inFrame);
    showVariables(pc);
    mayRaise(pc);
    execute(pc);
    raised(pc);
    Effects.reads(
        u,
        pc,
        r -> {
          // Calls let go of their arguments.
          if (!isVariable(r)) {
            k[r] = Kind.MEMORY;
          }
        });
    Effects.writes(u, pc, r -> k[r] = Kind.MEMORY);
    int target = Effects.target(u, pc);
    if (target >= 0) {
      a.iload(Asm.INT);
      a.iconst(target);
      branch(pc, Opcode.IF_ICMPEQ, target);
    }
    if (flow.ends(pc)) {
      a.branch(Opcode.GOTO, leaveWithCode(Math.min(pc + 1, u.length())));
      return;
    }
    a.iload(Asm.INT);
    a.iconst(pc + 1);
    a.branch(Opcode.IF_ICMPNE, leaveWithCode(pc + 1));
    afterPython(pc + 1);
  }

  // ---- names

  private void loadGlobal(int pc, int dst) {
    pushGlobal(pc, Asm.F, Asm.FRAME);
    if (feedback.global(pc) != null) {
      popUnlessNull(dst, deopt(pc));
      return;
    }
    orSlowly(
        pc,
        dst,
        () -> {
          ClassDesc type = pushInstruction(pc);
          a.aload(Asm.F);
          a.virtual(type, "slow", Asm.OBJECT, Asm.FRAME);
        });
  }

  // ---- subscripts

  private void subscript(int pc, int dst, int o, int i) {
    int seen = feedback.left(pc);
    boolean list = seen == Feedback.LIST;
    if (o >= 0 && seen == Feedback.DICT && isPlainKey(pc, i)) {
      guardDict(pc, o, i);
      mayRaise(pc);
      push(o);
      push(i);
      a.support("dictItem", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
      raised(pc);
      if (flow.handler(pc) >= 0 && !a.frameless) {
        // What is raised goes to the handler.
        orSlowly(
            pc,
            dst,
            () -> {
              push(o);
              push(i);
              a.invoke(Asm.OPCODES, "getItem", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
            });
      } else {
        popUnlessNull(dst, leaveAt(pc));
      }
      return;
    }
    if (constantSlice(pc, dst, o, i)) {
      return;
    }
    if (o >= 0 && i >= 0 && list && feedback.right(pc) == Feedback.OTHER) {
      sliceItem(pc, dst, o, i);
      return;
    }
    if (seen == Feedback.STR && character(pc, dst, o, i)) {
      return;
    }
    if (o < 0
        || !(list || seen == Feedback.TUPLE)
        || !feedback.mayGuess(pc)
        || number(pc, i, feedback.right(pc)) != Kind.LONG) {
      general(pc, dst, o, i, "getItem");
      return;
    }
    object(o);
    guard(pc, o, list ? "isList" : "isTuple");
    int slot = unboxed(pc, i, Kind.LONG, Asm.LONG1);
    push(o);
    pushLong(i, slot);
    a.support(list ? "quickItem" : "quickTupleItem", Asm.OBJECT, Asm.OBJECT, Asm.J);
    popUnlessNull(dst, deopt(pc));
  }

  private void slice(int pc, int dst, int o, int bounds) {
    Runnable slowly =
        () -> {
          object(bounds);
          object(bounds + 1);
          push(o);
          push(bounds);
          push(bounds + 1);
          a.invoke(SEQUENCES, "getSlice", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
        };
    if (feedback.left(pc) == Feedback.LIST || feedback.left(pc) == Feedback.STR) {
      listSlice(pc, dst, o, bounds, slowly);
      return;
    }
    object(o);
    object(bounds);
    object(bounds + 1);
    push(o);
    push(bounds);
    push(bounds + 1);
    a.invoke(Asm.ITERATION, "slice", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    orSlowly(pc, dst, slowly);
  }

  private void storeSlice(int pc, int o, int bounds, int v) {
    Runnable slowly =
        () -> {
          object(bounds);
          object(bounds + 1);
          pushAll(o, bounds, v);
          a.invoke(
              Asm.ITERATION,
              "setSliceSlowly",
              Asm.V,
              Asm.OBJECT,
              Asm.OBJECT,
              Asm.OBJECT,
              Asm.OBJECT);
        };
    if (feedback.left(pc) == Feedback.LIST) {
      setListSlice(pc, o, bounds, v, slowly);
      return;
    }
    object(o);
    object(bounds);
    object(bounds + 1);
    object(v);
    pushAll(o, bounds, v);
    a.invoke(Asm.ITERATION, "setSlice", Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    Label join = a.label();
    a.branch(Opcode.IFEQ, slowCall(pc, join, slowly, () -> {}));
    a.bind(join);
  }

  private void pushAll(int o, int bounds, int v) {
    push(o);
    push(bounds);
    push(bounds + 1);
    push(v);
  }

  private void buildSlice(int dst, int first, int count) {
    for (int i = 0; i < count; i++) {
      object(first + i);
    }
    push(first);
    push(first + 1);
    if (count == 3) {
      push(first + 2);
    } else {
      a.constant(org.plait.runtime.object.Py.None, Asm.OBJECT);
    }
    a.invoke(Asm.ITERATION, "makeSlice", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    pop(dst);
  }

  /** {@code list[slice]}. */
  private void sliceItem(int pc, int dst, int o, int key) {
    object(o);
    object(key);
    push(o);
    push(key);
    a.invoke(Asm.ITERATION, "slice", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    orSlowly(
        pc,
        dst,
        () -> {
          push(o);
          push(key);
          a.invoke(Asm.OPCODES, "getItem", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
        });
  }

  /** Whether the key is or may be guessed to be an exact str or int. */
  private boolean isPlainKey(int pc, int key) {
    if (key < 0) {
      PyObject c = code.consts[~key];
      return c.getClass() == PyStr.class || c.getClass() == PyInt.class;
    }
    int seen = feedback.right(pc);
    return feedback.mayGuess(pc)
        && (k[key] == Kind.LONG || seen == Feedback.STR || seen == Feedback.LONG);
  }

  /** Guesses that it is a dict and a key that need no Python code; both are objects then. */
  private void guardDict(int pc, int o, int key) {
    boolean known = key < 0 || k[key] == Kind.LONG;
    object(o);
    object(key);
    guard(pc, o, "isDict");
    if (!known) {
      require(key, "isPlainKey", deopt(pc));
    }
  }

  private void storeSubscript(int pc, int o, int i, int v) {
    if (feedback.left(pc) == Feedback.DICT && feedback.mayGuess(pc) && isPlainKey(pc, i)) {
      object(v);
      guardDict(pc, o, i);
      mayRaise(pc);
      push(o);
      push(i);
      push(v);
      a.support("setDictItem", Asm.V, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
      raised(pc);
      return;
    }
    if (feedback.left(pc) == Feedback.LIST
        && feedback.mayGuess(pc)
        && number(pc, i, feedback.right(pc)) == Kind.LONG) {
      object(o);
      object(v);
      guard(pc, o, "isList");
      int slot = unboxed(pc, i, Kind.LONG, Asm.LONG1);
      push(o);
      pushLong(i, slot);
      push(v);
      a.support("quickSetItem", Asm.Z, Asm.OBJECT, Asm.J, Asm.OBJECT);
      a.branch(Opcode.IFEQ, deopt(pc));
      return;
    }
    object(o);
    object(i);
    object(v);
    showVariables(pc);
    mayRaise(pc);
    push(o);
    push(i);
    push(v);
    a.invoke(MAPPINGS, "setItem", Asm.V, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    afterPython(pc + 1);
  }

  private void contains(int pc, int item, int container) {
    if (pc > 0 && isOnlyLookedInto(pc - 1)) {
      isOneOf(pc - 1, item);
      return;
    }
    boolean unboxed = item >= 0 && k[item] == Kind.LONG;
    if (!unboxed) {
      object(item);
    }
    object(container);
    Label join = a.label();
    Label slow =
        slowPath(
            pc,
            () -> {
              object(item);
              push(container);
              push(item);
              a.invoke(SEQUENCES, "contains", Asm.Z, Asm.OBJECT, Asm.OBJECT);
              raised(pc);
              a.istore(Asm.INT);
              a.branch(Opcode.GOTO, join);
            });
    if (unboxed) {
      containsLong(item, container, slow);
      a.bind(join);
      a.iload(Asm.INT);
      return;
    }
    push(container);
    push(item);
    a.support("containsPlainly", Asm.Z, Asm.OBJECT, Asm.OBJECT);
    a.branch(Opcode.IFEQ, slow);
    mayRaise(pc);
    push(container);
    push(item);
    a.support("contains", Asm.I, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.istore(Asm.INT);
    a.iload(Asm.INT);
    a.branch(Opcode.IFLT, slow);
    a.bind(join);
    a.iload(Asm.INT);
  }

  private void unpack(int pc, int o, int first, int count) {
    if (feedback.left(pc) != Feedback.TUPLE || !feedback.mayGuess(pc)) {
      interpreted(pc, flow.op(pc));
      return;
    }
    object(o);
    push(o);
    a.iconst(count);
    a.support("hasItems", Asm.Z, Asm.OBJECT, Asm.I);
    a.branch(Opcode.IFEQ, deopt(pc));
    push(o);
    a.astore(Asm.REF);
    for (int i = 0; i < count; i++) {
      a.aload(Asm.REF);
      a.iconst(i);
      a.support("tupleItem", Asm.OBJECT, Asm.OBJECT, Asm.I);
      pop(first + i);
    }
  }

  // ---- tests and jumps

  /** Identity of two values goes on the stack. */
  private void is(int x, int y) {
    object(x);
    object(y);
    push(x);
    push(y);
    a.invoke(Asm.OPCODES, "is", Asm.Z, Asm.OBJECT, Asm.OBJECT);
  }

  /** The truth of a register goes to the scratch int. */
  private void truth(int pc, int v) {
    boolean isLong = isUnboxed(v, Kind.LONG);
    if (isLong || isUnboxed(v, Kind.DOUBLE)) {
      if (isLong) {
        a.lload(a.slot(v, Kind.LONG));
        a.lconst(0);
        a.op(Opcode.LCMP);
      } else {
        a.dload(a.slot(v, Kind.DOUBLE));
        a.dconst(0);
        a.op(Opcode.DCMPL);
      }
      if (a.emitting()) {
        a.cb.ifThenElse(Opcode.IFNE, t -> t.iconst_1(), e -> e.iconst_0());
      }
      a.istore(Asm.INT);
      return;
    }
    object(v);
    push(v);
    a.support("quickTruth", Asm.I, Asm.OBJECT);
    a.istore(Asm.INT);
    a.iload(Asm.INT);
    Label join = a.label();
    a.branch(
        Opcode.IFLT,
        slowPath(
            pc,
            () -> {
              push(v);
              a.invoke(Asm.OPCODES, "truth", Asm.Z, Asm.OBJECT);
              raised(pc);
              a.istore(Asm.INT);
              a.branch(Opcode.GOTO, join);
            }));
    a.bind(join);
  }

  private void jumpBack(int pc, int target) {
    Label join = a.label();
    a.support("quickPoll", Asm.Z);
    a.branch(
        Opcode.IFNE,
        slowPath(
            pc,
            () -> {
              a.aload(Asm.F);
              a.iconst(pc);
              a.iconst(target);
              a.support("poll", Asm.I, Asm.FRAME, Asm.I, Asm.I);
              raised(pc);
              a.iconst(target);
              a.branch(Opcode.IF_ICMPEQ, join);
              // The exit is in the frame already, and so are the registers.
              a.nullConst();
              a.op(Opcode.ARETURN);
            }));
    a.bind(join);
    go(pc, target);
  }
}
