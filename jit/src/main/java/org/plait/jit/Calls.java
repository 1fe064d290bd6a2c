package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeFlags;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.PyObject;

/** Calls of functions and of native callables that the compiler knows. */
abstract class Calls extends Containers {
  static final ClassDesc NAMES = ConstantDescs.CD_String.arrayType();

  Calls(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  // ---- calls

  /** Pushes an array of registers. */
  final void array(int first, int count) {
    array(IntStream.range(first, first + count).toArray(), count);
  }

  /** Pushes an array of a length that begins with registers. */
  private void array(int[] registers, int length) {
    for (int v : registers) {
      object(v);
    }
    a.iconst(length);
    if (a.emitting()) {
      a.cb.anewarray(Asm.OBJECT);
    }
    for (int i = 0; i < registers.length; i++) {
      if (a.emitting()) {
        a.cb.dup();
      }
      a.iconst(i);
      push(registers[i]);
      if (a.emitting()) {
        a.cb.aastore();
      }
    }
  }

  /** Whether a call with so many positional arguments fills the code's registers as they are. */
  static boolean takes(@Nullable PyCode callee, int count) {
    return callee != null
        && callee.unit.argCount == count
        && callee.unit.kwOnlyArgCount == 0
        && callee.unit.has(CodeFlags.OPTIMIZED)
        && !callee.unit.has(CodeFlags.VARARGS)
        && !callee.unit.has(CodeFlags.VARKEYWORDS);
  }

  /**
   * Whether a call makes a generator to which the code delegates at once, and whose first step may
   * have code without a frame.
   */
  final boolean startsDelegate(int pc, int dst, boolean method, int count) {
    int get = pc + 1;
    int send = pc + 3;
    PyCode callee = feedback.callee(pc);
    return callee != null
        && feedback.mayGuess(pc)
        && feedback.mayStartWithoutFrame(callee)
        && takes(callee, method && takesSelf(pc, count) ? count + 1 : count)
        && !flow.outside(send)
        && flow.op(get) == org.plait.compiler.code.Opcode.GET_YIELD_FROM_ITER
        && operand(get, 2) == dst
        && flow.op(pc + 2) == org.plait.compiler.code.Opcode.LOAD_CONST
        && flow.op(send) == org.plait.compiler.code.Opcode.SEND
        && operand(send, 1) == operand(pc + 2, 1)
        && operand(send, 2) == operand(get, 1);
  }

  /** Calls what is in a register with the arguments from another on; the result is pushed. */
  private void invoke(@Nullable PyCode expected, int callee, int first, int count) {
    boolean direct = takes(expected, count);
    int n = Math.min(count, 4);
    ClassDesc[] types = new ClassDesc[n == 4 ? 1 : n];
    Arrays.fill(types, Asm.OBJECT);
    if (n == 4) {
      types[0] = Asm.OBJECT.arrayType();
    }
    if (direct) {
      a.aload(Asm.F);
    }
    push(callee);
    if (direct) {
      a.constant(expected, Asm.CODE);
    }
    if (n == 4) {
      // The registers of what is called, if it is the code that is expected.
      int length = direct && expected != null ? expected.unit.registerCount : count;
      array(IntStream.range(first, first + count).toArray(), length);
    } else {
      for (int i = 0; i < count; i++) {
        push(first + i);
      }
    }
    String name = n == 4 ? "call" : "call" + count;
    if (direct) {
      ClassDesc[] all = new ClassDesc[types.length + 3];
      all[0] = Asm.FRAME;
      all[1] = Asm.OBJECT;
      all[2] = Asm.CODE;
      System.arraycopy(types, 0, all, 3, types.length);
      a.support(name, Asm.OBJECT, all);
    } else if (n == 4) {
      a.nullConst();
      a.virtual(Asm.OBJECT, name, Asm.OBJECT, types[0], NAMES);
    } else {
      a.virtual(Asm.OBJECT, name, Asm.OBJECT, types);
    }
  }

  private void prepareCall(int pc, int base, int count) {
    for (int i = 0; i < count; i++) {
      object(base + i);
    }
    showVariables(pc);
    mayRaise(pc);
  }

  private void endCall(int pc, int dst, int base, int count) {
    raised(pc);
    for (int i = 0; i < count; i++) {
      letGo(base + i);
    }
    pop(dst);
    afterPython(pc + 1);
  }

  /** The kind that both arguments are or may be guessed to have, or 0. */
  private byte extremeKind(int pc, int first) {
    int seen = feedback.result(pc);
    byte kind = seen == Feedback.LONG ? Kind.LONG : seen == Feedback.FLOAT ? Kind.DOUBLE : 0;
    for (int v = first; v <= first + 1; v++) {
      if (k[v] != kind && !Kind.isObject(k[v])) {
        return 0;
      }
    }
    return kind;
  }

  /** {@code max} or {@code min} of two numbers of one kind. */
  private void extreme(int pc, int dst, int base, byte kind, PyObject callee, String name) {
    object(base);
    guardCallee(pc, base, callee);
    boolean longs = kind == Kind.LONG;
    int x = unboxed(pc, base + 1, kind, longs ? Asm.LONG1 : Asm.DOUBLE1);
    int y = unboxed(pc, base + 2, kind, longs ? Asm.LONG2 : Asm.DOUBLE2);
    if (longs) {
      a.lload(x);
      a.lload(y);
      a.invoke(Asm.ITERATION, name, Asm.J, Asm.J, Asm.J);
      a.lstore(Asm.LONG1);
      letGo(base, base + 2);
      a.lload(Asm.LONG1);
      setLong(dst);
    } else {
      a.dload(x);
      a.dload(y);
      a.invoke(Asm.ITERATION, name, Asm.D, Asm.D, Asm.D);
      a.dstore(Asm.DOUBLE1);
      letGo(base, base + 2);
      a.dload(Asm.DOUBLE1);
      setDouble(dst);
    }
  }

  /** A call of a native callable that the compiler knows; false when it is none. */
  final boolean intrinsic(int pc, int dst, int base, int first, int count) {
    PyObject callee = feedback.mayGuess(pc) ? feedback.nativeCallee(pc) : null;
    Feedback.Intrinsic known = Feedback.intrinsic(callee);
    if (known == null) {
      return containerMethod(pc, dst, base, first, count);
    }
    boolean method = first > base + 1;
    if (known == Feedback.Intrinsic.MAX || known == Feedback.Intrinsic.MIN) {
      byte kind = count == 2 && !method ? extremeKind(pc, first) : 0;
      if (kind != 0) {
        extreme(pc, dst, base, kind, callee, known == Feedback.Intrinsic.MAX ? "max" : "min");
      }
      return kind != 0;
    }
    if (count != 1 || known == Feedback.Intrinsic.APPEND && !method) {
      return false;
    }
    object(base);
    guardCallee(pc, base, callee);
    if (method) {
      object(base + 1);
      push(base + 1);
      if (known == Feedback.Intrinsic.APPEND) {
        a.support("isList", Asm.Z, Asm.OBJECT);
        a.branch(Opcode.IFEQ, deopt(pc));
      } else {
        a.branch(Opcode.IFNONNULL, deopt(pc));
      }
    }
    switch (known) {
      case LEN -> {
        object(first);
        push(first);
        a.support("quickLength", Asm.J, Asm.OBJECT);
        a.lstore(Asm.LONG1);
        a.lload(Asm.LONG1);
        a.lconst(0);
        a.op(Opcode.LCMP);
        a.branch(Opcode.IFLT, deopt(pc));
        letGo(base, first);
        a.lload(Asm.LONG1);
        setLong(dst);
      }
      case SQRT -> {
        int slot = a.slot(first, Kind.DOUBLE);
        if (k[first] != Kind.DOUBLE) {
          object(first);
          slot = Asm.DOUBLE1;
          unbox(first, Kind.DOUBLE, slot, pc);
        }
        // Less than zero raises; so does what is no number, here.
        a.dload(slot);
        a.dconst(0);
        a.op(Opcode.DCMPL);
        a.branch(Opcode.IFLT, deopt(pc));
        a.dload(slot);
        a.invoke(ClassDesc.of("java.lang.Math"), "sqrt", Asm.D, Asm.D);
        a.dstore(Asm.DOUBLE1);
        letGo(base, first);
        a.dload(Asm.DOUBLE1);
        setDouble(dst);
      }
      case APPEND -> {
        object(first);
        mayRaise(pc);
        push(base + 1);
        push(first);
        a.support("quickAppend", Asm.V, Asm.OBJECT, Asm.OBJECT);
        raised(pc);
        letGo(base, first);
        a.constant(org.plait.runtime.object.Py.None, Asm.OBJECT);
        pop(dst);
      }
      default -> throw new IllegalStateException(known.name());
    }
    return true;
  }

  /**
   * How the arguments of a call come to their places where all functions that it has called have
   * the same code, or null.
   *
   * @param first register of the first of them, without self
   */
  final @Nullable Arguments arguments(int pc, int first, int count, String @Nullable [] keywords) {
    PyCode expected = feedback.mayGuess(pc) ? feedback.callee(pc) : null;
    int self = isMethod(pc) && !feedback.calledWithoutSelf(pc) ? 1 : 0;
    return expected == null ? null : Arguments.of(expected, first - self, count + self, keywords);
  }

  /** In code with a frame: the same for calls that are {@linkplain #isDirect direct} alone. */
  private @Nullable Arguments directArguments(
      int pc, int first, int count, String @Nullable [] keywords) {
    if (!isDirect(pc)) {
      return null;
    }
    if (feedback.callee(pc) == null && keywords == null) {
      int self = isMethod(pc) && takesSelf(pc, count) ? 1 : 0;
      return Arguments.plain(first - self, count + self);
    }
    return arguments(pc, first, count, keywords);
  }

  final void call(int pc, int dst, int base, int count) {
    if (intrinsic(pc, dst, base, base + 1, count)) {
      return;
    }
    PyCode expected = feedback.callee(pc);
    if (startsDelegate(pc, dst, false, count)) {
      delegate(
          pc, dst, base, base + count, base + 1, () -> invoke(expected, base, base + 1, count));
      return;
    }
    Arguments args = directArguments(pc, base + 1, count, null);
    if (args != null) {
      direct(
          pc,
          dst,
          base,
          base + count,
          args,
          expected,
          () -> invoke(expected, base, base + 1, count));
      return;
    }
    prepareCall(pc, base, 1 + count);
    if (count < 4 && feedback.left(pc) == Feedback.TYPE && !feedback.behind(pc).isEmpty()) {
      ClassDesc[] types = new ClassDesc[1 + count];
      Arrays.fill(types, Asm.OBJECT);
      for (int i = 0; i <= count; i++) {
        push(base + i);
      }
      a.support("make" + count, Asm.OBJECT, types);
    } else {
      invoke(expected, base, base + 1, count);
    }
    endCall(pc, dst, base, 1 + count);
  }

  final void callMethod(int pc, int dst, int base, int count) {
    if (intrinsic(pc, dst, base, base + 2, count) || textMethod(pc, dst, base, base + 2, count)) {
      return;
    }
    PyCode expected = feedback.callee(pc);
    int withSelf = takesSelf(pc, count) ? 1 : 0;
    if (startsDelegate(pc, dst, true, count)) {
      delegate(
          pc,
          dst,
          base,
          base + 1 + count,
          base + 2 - withSelf,
          () -> pushCall(expected, base, count));
      return;
    }
    Arguments args = directArguments(pc, base + 2, count, null);
    if (args != null) {
      direct(
          pc, dst, base, base + 1 + count, args, expected, () -> pushCall(expected, base, count));
      return;
    }
    prepareCall(pc, base, 2 + count);
    pushCall(expected, base, count);
    endCall(pc, dst, base, 2 + count);
  }

  /** The call of what LOAD_METHOD found; the result is pushed. */
  private void pushCall(@Nullable PyCode expected, int base, int count) {
    push(base + 1);
    Label bound = a.label();
    Label join = a.label();
    a.branch(Opcode.IFNULL, bound);
    invoke(expected, base, base + 1, 1 + count);
    a.branch(Opcode.GOTO, join);
    a.bind(bound);
    invoke(expected, base, base + 2, count);
    a.bind(join);
  }

  /** A call with named arguments; of a method, self or null is in the register before the first. */
  final void callNamed(int pc, int dst, int base, int first, CallShape shape) {
    int count = first - base + shape.argCount;
    Arguments args = directArguments(pc, first, shape.argCount, shape.keywords);
    if (args != null) {
      PyCode expected = feedback.callee(pc);
      direct(
          pc, dst, base, base + count - 1, args, expected, () -> pushNamed(pc, base, count, shape));
      return;
    }
    prepareCall(pc, base, count);
    pushNamed(pc, base, count, shape);
    endCall(pc, dst, base, count);
  }

  private void pushNamed(int pc, int base, int count, CallShape shape) {
    push(base);
    array(base + 1, count - 1);
    a.constant(shape.keywords, NAMES);
    a.support(
        isMethod(pc) ? "callMethodNamed" : "callNamed",
        Asm.OBJECT,
        Asm.OBJECT,
        Asm.OBJECT.arrayType(),
        NAMES);
  }

  /** A new function of a code object, with the cells that it takes from here. */
  final void newFunction(int dst, int constant, int closure) {
    a.aload(a.frameless ? Asm.FN : Asm.F);
    a.constant(code.consts[constant], Asm.CODE);
    int[] cells = closure < 0 ? new int[0] : u.closures[closure];
    array(cells, cells.length);
    if (a.frameless) {
      a.invoke(Asm.QUIET, "function", Asm.OBJECT, Asm.FUNCTION, Asm.CODE, Asm.OBJECT.arrayType());
    } else {
      a.support("newFunction", Asm.OBJECT, Asm.FRAME, Asm.CODE, Asm.OBJECT.arrayType());
    }
    pop(dst);
  }

  /** {@code callee(*args, **kwargs)}. */
  final void callSpread(int pc, int dst, int base) {
    prepareCall(pc, base, 3);
    for (int i = 0; i < 3; i++) {
      push(base + i);
    }
    a.support("callSpread", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(dst);
    afterPython(pc + 1);
  }

  /** Finds the method that a with statement calls, and its object. */
  final void special(int pc, int dst, int o, int which) {
    object(o);
    push(o);
    a.iconst(which);
    a.invoke(Asm.QUIET, "special", Asm.OBJECT, Asm.OBJECT, Asm.I);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, a.frameless ? leaveAt(pc) : deopt(pc));
    push(o);
    a.astore(Asm.REF2);
    a.aload(Asm.REF);
    pop(dst);
    a.aload(Asm.REF2);
    pop(dst + 1);
  }

  /** The end of a with statement when nothing was raised. */
  final void endWith(int pc, int dst, int base) {
    prepareCall(pc, base, 2);
    push(base);
    push(base + 1);
    a.invoke(Asm.WITH, "exit", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(dst);
    afterPython(pc + 1);
  }

  /** Puts the items of an iterable behind those of a list, which is part of a display or call. */
  final void extend(int pc, int list, int items) {
    object(list);
    object(items);
    Label join = a.label();
    Label slowly =
        slowCall(
            pc,
            join,
            () -> {
              push(list);
              push(items);
              a.invoke(Asm.COLD, "extend", Asm.V, Asm.OBJECT, Asm.OBJECT);
            },
            () -> {});
    push(list);
    push(items);
    a.invoke(Asm.QUIET, "extend", Asm.Z, Asm.OBJECT, Asm.OBJECT);
    a.branch(Opcode.IFEQ, slowly);
    a.bind(join);
  }

  final void mergeKeywords(int pc, int into, int dict, int callee) {
    for (int v : new int[] {into, dict, callee}) {
      object(v);
    }
    Label join = a.label();
    Label slowly =
        slowCall(
            pc,
            join,
            () -> {
              push(into);
              push(dict);
              push(callee);
              a.support("mergeKeywords", Asm.V, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
            },
            () -> {});
    mayRaise(pc);
    push(into);
    push(dict);
    a.invoke(Asm.QUIET, "merge", Asm.Z, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.branch(Opcode.IFEQ, slowly);
    a.bind(join);
  }
}
