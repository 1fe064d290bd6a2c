package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;

/**
 * Calls of functions without frames that take and return numbers without boxes ({@link Signature}).
 * While the call isn't left nobody looks at frames, so that of the caller, if it has one, needs
 * nothing before.
 */
abstract class Unboxed extends Iteration {
  /** Those of callees; they may get others while this is compiled. */
  private final Map<PyCode, Signature> signatures = new IdentityHashMap<>();

  private final Map<Integer, Boolean> direct = new HashMap<>();

  /** In code with a frame: how deep the calls were before. */
  private static final int DEPTH = Asm.PC;

  Unboxed(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** Whether what a method call calls takes one argument more than stands there: self. */
  final boolean takesSelf(int pc, int count) {
    boolean more = false;
    for (PyCode c : feedback.callees(pc)) {
      more = c.unit.argCount > count;
    }
    return more;
  }

  /**
   * In code with a frame: whether all that a call has called had code without one when this was
   * first asked.
   */
  final boolean isDirect(int pc) {
    return direct.computeIfAbsent(
        pc,
        x ->
            feedback.left(pc) == Feedback.FUNCTION
                && feedback.mayGuess(pc)
                && feedback.runWithoutFrame(pc));
  }

  /**
   * A call of functions that have no frame.
   *
   * @param callee the function's code, or null when there are several
   * @param generic in code with a frame, makes any call and pushes the result
   */
  final void direct(
      int pc,
      int dst,
      int base,
      int last,
      Arguments args,
      @Nullable PyCode callee,
      @Nullable Runnable generic) {
    Signature s = callee == null ? null : signature(callee, args);
    for (int v = base; v <= last; v++) {
      if (s == null || !args.has(v)) {
        object(v);
      }
    }
    Signature kinds = s == null ? Signature.boxed(args.from().length) : s;
    unboxedCall(pc, dst, base, last, args, callee, kinds, generic);
  }

  /** As {@link #signature(PyCode)}; null also where a default would have to be a number. */
  final @Nullable Signature signature(PyCode callee, Arguments args) {
    Signature s = signature(callee);
    for (int i = 0; s != null && i < s.parameters(); i++) {
      if (args.from()[i] < 0 && s.parameter(i) != Kind.OBJECT) {
        return null;
      }
    }
    return s;
  }

  /** How a function takes numbers, or null when it takes and returns objects alone. */
  final @Nullable Signature signature(PyCode callee) {
    Signature s =
        signatures.computeIfAbsent(
            callee,
            c ->
                a.frameless && c == code
                    ? a.signature
                    : Signature.parse(feedback.kinds(c), c.parameters()));
    return s.isBoxed() ? null : s;
  }

  final void letGo(int from, int to) {
    for (int v = from; v <= to; v++) {
      forget(v);
      k[v] = Kind.DEAD;
    }
  }

  /** Stores the scratch object, the result of a call that needs its registers no longer. */
  final void popScratch(int dst, int from, int to) {
    letGo(from, to);
    a.aload(Asm.REF);
    pop(dst);
  }

  final void returnValue(int pc, int x) {
    byte kind = a.signature.result();
    int slot = -1;
    if (kind == Kind.OBJECT) {
      object(x);
    } else if (number(pc, x, feedback.left(pc)) == kind) {
      slot = unboxed(pc, x, kind, kind == Kind.LONG ? Asm.LONG1 : Asm.DOUBLE1);
    } else {
      // Not what was guessed.
      object(x);
      a.branch(Opcode.GOTO, deopt(pc));
      return;
    }
    a.aload(Asm.TS);
    a.virtual(Asm.THREAD, "leaveRecursive", Asm.V);
    switch (kind) {
      case Kind.LONG -> {
        pushLong(x, slot);
        a.op(Opcode.LRETURN);
      }
      case Kind.DOUBLE -> {
        pushDouble(x, kind, slot);
        a.op(Opcode.DRETURN);
      }
      default -> {
        push(x);
        a.op(Opcode.ARETURN);
      }
    }
  }

  /**
   * A call of a function with known code.
   *
   * @param base the function's register, the first of those that the call clears
   * @param last the last of them
   */
  final void unboxedCall(
      int pc,
      int dst,
      int base,
      int last,
      Arguments args,
      @Nullable PyCode callee,
      Signature s,
      @Nullable Runnable generic) {
    prepare(pc, base, args, s);
    Label join = a.label();
    boolean itself = callee == code && a.frameless && s.equals(a.signature) && !isFresh();
    Label otherwise = null;
    if (!a.frameless) {
      otherwise = slowPath(pc, () -> boxedCall(pc, dst, base, last, s.result(), generic, join));
    } else if (!itself) {
      otherwise = leaveStale(pc);
    }
    Label left = a.frameless ? leaveLeft(pc) : finish(pc, dst, base, last, s, join);
    if (!a.frameless && isMethod(pc)) {
      requireSelf(base, args.has(base + 1), otherwise);
    }
    if (itself) {
      requireCode(pc, base, callee, null);
    } else if (callee == null) {
      push(base);
      a.iconst(s.parameters());
      a.support("fastNow", Asm.FAST_CODE, Asm.OBJECT, Asm.I);
      takeFast(s, otherwise);
    } else {
      takeCode(pc, base, callee, "fast", s, otherwise);
    }
    needsDefaults(pc, args, callee, () -> push(base), otherwise);
    run(pc, base, args, s, itself);
    takeResult(s.result(), left, join);
    a.bind(join);
    letGo(base, last);
    result(dst, s.result());
  }

  /**
   * A call that makes a generator to which the code delegates at once: does the generator's first
   * step without making it, and goes on behind the SEND if it has ended then. What follows is
   * reached, in code with a frame, where that can't be done and the call is an ordinary one.
   *
   * @param base the function's register, the first of those that the call clears
   * @param last the last of them
   * @param from the register of the first argument
   * @param generic in code with a frame, makes the call and pushes the result
   */
  final void delegate(int pc, int dst, int base, int last, int from, @Nullable Runnable generic) {
    int send = pc + 3;
    PyCode callee = feedback.callee(pc);
    Signature unboxed = signature(callee);
    Signature s = unboxed == null ? Signature.boxed(callee.parameters()) : unboxed;
    Arguments args = Arguments.plain(from, s.parameters());
    prepare(pc, base, args, s);
    Label join = a.label();
    Label otherwise =
        a.frameless
            ? leaveStale(pc)
            : slowPath(pc, () -> boxedCall(pc, dst, base, last, Kind.OBJECT, generic, join));
    Label left = a.frameless ? leaveStarted(send) : finishStart(send, base, last);
    if (isMethod(pc)) {
      requireSelf(base, from == base + 1, a.frameless ? leaveAt(pc) : otherwise);
    }
    takeCode(pc, base, callee, "started", s, otherwise);
    run(send, base, args, s, false);
    Label ended = a.label();
    takeResult(s.result(), left, ended);
    a.bind(ended);
    byte[] kinds = k.clone();
    byte[] facts = known.clone();
    letGo(base, last);
    result(operand(send, 1), s.result());
    go(send, operand(send, 3));
    if (!a.frameless) {
      k = kinds;
      known = facts;
      a.bind(join);
      popScratch(dst, base, last);
    }
  }

  /** In code with a frame: the generator has been made, as it was left in its first step. */
  private @Nullable Label finishStart(int send, int base, int last) {
    return slowPath(
        send,
        () -> {
          int value = operand(send, 1);
          int receiver = operand(send, 2);
          letGo(base, last);
          a.aload(Asm.TS);
          a.iload(DEPTH);
          a.aload(Asm.F);
          a.iconst(receiver);
          a.invoke(Asm.FRAMELESS, "finishStart", Asm.OBJECT, Asm.THREAD, Asm.I, Asm.FRAME, Asm.I);
          raised(send);
          k[receiver] = Kind.MEMORY;
          pop(value);
          sent(send);
          go(send, send + 1);
        });
  }

  /** Jumps unless LOAD_METHOD has found a method, which takes self, or with false no method. */
  final void requireSelf(int base, boolean self, @Nullable Label otherwise) {
    push(base + 1);
    a.branch(self ? Opcode.IFNULL : Opcode.IFNONNULL, otherwise);
  }

  /** Has the arguments of a call in the kinds in which they are taken. */
  private void prepare(int pc, int base, Arguments args, Signature s) {
    object(base);
    for (int i = 0; i < s.parameters(); i++) {
      byte kind = s.parameter(i);
      int v = args.from()[i];
      if (v < 0) {
        continue;
      }
      if (kind == Kind.OBJECT) {
        object(v);
      } else if (!isUnboxed(v, kind)) {
        object(v);
        unbox(v, kind, a.slot(v, kind), pc);
      }
    }
  }

  /**
   * Has the defaults that a function must have in the scratch object, or leaves; in code with a
   * frame, or jumps.
   *
   * @param function pushes the function, which has the callee's code
   */
  final void needsDefaults(
      int pc,
      Arguments args,
      @Nullable PyCode callee,
      Runnable function,
      @Nullable Label otherwise) {
    if (args.defaults() == 0) {
      return;
    }
    function.run();
    a.iconst(args.defaults());
    if (args.named() == 0) {
      a.support("defaultsOf", Asm.OBJECT, Asm.OBJECT, Asm.I);
    } else {
      a.iconst(args.named());
      a.constant(callee, Asm.CODE);
      a.support("allDefaultsOf", Asm.OBJECT, Asm.OBJECT, Asm.I, Asm.I, Asm.CODE);
    }
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, a.frameless ? leaveAt(pc) : otherwise);
  }

  /** Pushes an argument: a register or a default. */
  final void pushArgument(int v) {
    if (v >= 0) {
      push(v);
    } else {
      a.aload(Asm.REF);
      a.iconst(-v);
      a.support("defaultAt", Asm.OBJECT, Asm.OBJECT, Asm.I);
    }
  }

  /** Pops code without a frame, which must have the method with those kinds. */
  private void takeFast(Signature s, @Nullable Label otherwise) {
    a.astore(Asm.FAST);
    a.aload(Asm.FAST);
    if (s.isBoxed()) {
      a.branch(Opcode.IFNULL, otherwise);
    } else {
      a.instanceOf(s.entry());
      a.branch(Opcode.IFEQ, otherwise);
    }
  }

  /** Pops a result into the scratch variable of its kind, or jumps where the code was left. */
  private void takeResult(byte kind, @Nullable Label left, @Nullable Label join) {
    switch (kind) {
      case Kind.LONG -> {
        a.lstore(Asm.LONG1);
        a.lload(Asm.LONG1);
        a.lconst(FastCode.LEFT);
        a.op(Opcode.LCMP);
        a.branch(Opcode.IFEQ, left == null ? null : check(left, join));
      }
      case Kind.DOUBLE -> {
        a.dstore(Asm.DOUBLE1);
        a.dload(Asm.DOUBLE1);
        a.dload(Asm.DOUBLE1);
        a.op(Opcode.DCMPL);
        a.branch(Opcode.IFNE, left == null ? null : check(left, join));
      }
      default -> {
        a.astore(Asm.REF);
        a.aload(Asm.REF);
        a.branch(Opcode.IFNULL, left);
      }
    }
  }

  final boolean isMethod(int pc) {
    return switch (flow.op(pc)) {
      case CALL_METHOD, CALL_METHOD_KW -> true;
      default -> false;
    };
  }

  /**
   * Takes the code without a frame of a function, which must have the expected code, and that the
   * method with those kinds.
   *
   * @param which the field of the code
   */
  private void takeCode(
      int pc, int base, PyCode callee, String which, Signature s, @Nullable Label otherwise) {
    requireCode(pc, base, callee, otherwise);
    a.constant(callee, Asm.CODE);
    if (a.frameless) {
      a.field(Asm.CODE, which, Asm.FAST_CODE);
    } else {
      a.support(which, Asm.FAST_CODE, Asm.CODE);
    }
    takeFast(s, otherwise);
  }

  private void requireCode(int pc, int base, PyCode callee, @Nullable Label otherwise) {
    push(base);
    a.constant(callee, Asm.CODE);
    a.support("runs", Asm.Z, Asm.OBJECT, Asm.CODE);
    a.branch(Opcode.IFEQ, a.frameless ? deopt(pc) : otherwise);
  }

  /** From the scratch variable of the kind. */
  private void result(int dst, byte kind) {
    switch (kind) {
      case Kind.LONG -> {
        a.lload(Asm.LONG1);
        setLong(dst);
      }
      case Kind.DOUBLE -> {
        a.dload(Asm.DOUBLE1);
        setDouble(dst);
      }
      default -> {
        a.aload(Asm.REF);
        pop(dst);
      }
    }
  }

  /** The function has no such code any more, or has none now. */
  private @Nullable Label leaveStale(int pc) {
    return a.emitting() ? leave(FastCode.COLD, pc) : null;
  }

  private @Nullable Label leaveLeft(int pc) {
    return a.emitting() ? leaveCalled(pc, -1) : null;
  }

  /** It looks as if the code had been left. */
  private Label check(Label left, Label join) {
    return aside(
        () -> {
          a.aload(Asm.TS);
          a.invoke(Asm.FRAMELESS, "isLeft", Asm.Z, Asm.THREAD);
          a.branch(Opcode.IFEQ, join);
          a.branch(Opcode.GOTO, left);
        });
  }

  /**
   * The call itself.
   *
   * @param itself whether this code is called, not what is in the scratch variable
   */
  private void run(int pc, int base, Arguments args, Signature s, boolean itself) {
    Label start = null;
    if (a.frameless) {
      mayRaise(pc);
    } else {
      a.aload(Asm.F);
      a.field(Asm.FRAME, "ts", Asm.THREAD);
      a.astore(Asm.TS);
      a.aload(Asm.TS);
      a.virtual(Asm.THREAD, "depth", Asm.I);
      a.istore(DEPTH);
      start = a.label();
      a.bind(start);
    }
    a.aload(itself ? Asm.THIS : Asm.FAST);
    if (!itself && !s.isBoxed()) {
      a.cast(s.entry());
    }
    a.aload(Asm.TS);
    push(base);
    a.cast(Asm.FUNCTION);
    for (int i = 0; i < s.parameters(); i++) {
      int v = args.from()[i];
      switch (s.parameter(i)) {
        case Kind.LONG -> a.lload(a.slot(v, Kind.LONG));
        case Kind.DOUBLE -> a.dload(a.slot(v, Kind.DOUBLE));
        default -> pushArgument(v);
      }
    }
    if (s.isBoxed()) {
      a.virtual(Asm.FAST_CODE, "run" + s.parameters(), s.methodType());
    } else {
      a.virtual(s.entry(), Signature.METHOD, s.methodType());
    }
    if (a.frameless) {
      raised(pc);
    } else {
      lost(pc, start);
    }
  }

  /** What comes through such a call are errors of the JVM's. */
  private void lost(int pc, @Nullable Label start) {
    if (!a.emitting()) {
      return;
    }
    Label end = a.label();
    a.bind(end);
    cover(
        start,
        end,
        aside(
            () -> {
              a.astore(Asm.THROWN);
              mayRaise(pc);
              a.aload(Asm.TS);
              a.iload(DEPTH);
              a.aload(Asm.THROWN);
              a.invoke(
                  Asm.FRAMELESS,
                  "lost",
                  java.lang.constant.ClassDesc.of("java.lang.RuntimeException"),
                  Asm.THREAD,
                  Asm.I,
                  java.lang.constant.ConstantDescs.CD_Throwable);
              a.op(Opcode.ATHROW);
              raised(pc);
            }));
  }

  /** In code with a frame: runs the frames that were left. */
  private @Nullable Label finish(
      int pc, int dst, int base, int last, Signature s, @Nullable Label join) {
    return slowPath(
        pc,
        () -> {
          a.aload(Asm.TS);
          a.iload(DEPTH);
          a.invoke(Asm.FRAMELESS, "finish", Asm.OBJECT, Asm.THREAD, Asm.I);
          raised(pc);
          a.astore(Asm.REF);
          boxedResult(pc, dst, base, last, s.result(), join);
        });
  }

  /** In code with a frame, its registers in place: any call. */
  private void boxedCall(
      int pc, int dst, int base, int last, byte kind, Runnable generic, Label join) {
    for (int v = base; v <= last; v++) {
      object(v);
    }
    generic.run();
    raised(pc);
    a.astore(Asm.REF);
    boxedResult(pc, dst, base, last, kind, join);
  }

  /** The scratch object is the result: goes on if it is of the kind, else leaves. */
  private void boxedResult(int pc, int dst, int base, int last, byte kind, Label join) {
    Label leave = a.label();
    a.aload(Asm.F);
    a.support("mustLeave", Asm.Z, Asm.FRAME);
    a.branch(Opcode.IFNE, leave);
    if (kind == Kind.LONG) {
      a.aload(Asm.REF);
      a.support("isLong", Asm.Z, Asm.OBJECT);
      a.branch(Opcode.IFEQ, leave);
      a.aload(Asm.REF);
      a.support("longValue", Asm.J, Asm.OBJECT);
      a.lstore(Asm.LONG1);
    } else if (kind == Kind.DOUBLE) {
      a.aload(Asm.REF);
      a.support("isFloat", Asm.Z, Asm.OBJECT);
      a.branch(Opcode.IFEQ, leave);
      a.aload(Asm.REF);
      a.support("floatValue", Asm.D, Asm.OBJECT);
      a.dstore(Asm.DOUBLE1);
    }
    a.branch(Opcode.GOTO, join);
    a.bind(leave);
    popScratch(dst, base, last);
    a.branch(Opcode.GOTO, leaveBefore(pc + 1));
  }
}
