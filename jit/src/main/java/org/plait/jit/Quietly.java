package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.List;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.types.PyStr;

/**
 * In code without a frame: calls whose callee is found out when they are made, with any arguments,
 * and of native callables that may block or not (the runtime's {@code Quiet}); with statements and
 * functions being made. What can't be done so at the moment leaves the code before anything has
 * been done.
 */
abstract class Quietly extends Calls {
  /** So many arguments are passed one by one. */
  private static final int FEW = 2;

  /** The rest of the block is not reached. */
  boolean ended;

  Quietly(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** Leaves the code for good. */
  final void end(int pc, int how) {
    a.branch(Opcode.GOTO, a.emitting() ? leave(how, pc) : null);
    ended = true;
  }

  /** Translates an instruction; false when it is the same as with a frame. */
  final boolean quietly(int pc, int x, int y, int z) {
    switch (flow.op(pc)) {
      case RAISE, RAISE_FROM, RAISE_BARE, RERAISE, IMPORT_NAME, IMPORT_FROM -> end(pc, FastCode.AT);
      case LOAD_ATTR -> {
        if (!feedback.isProperty(pc)) {
          return false;
        }
        property(pc, x, y);
      }
      case LOAD_SPECIAL -> {
        if (z > 1) {
          throw new NeedsFrame("asynchronous with at " + pc);
        }
        special(pc, x, y, z);
      }
      case WITH_EXIT -> withExit(pc, x, y);
      case CALL_KW -> callKw(pc, x, y, y + 1, u.callShapes[z]);
      case CALL_METHOD_KW -> callKw(pc, x, y, y + 2, u.callShapes[z]);
      case CALL_EX -> callEx(pc, x, y);
      case BUILD_MAP -> {
        if (z != 0) {
          return false;
        }
        quiet("emptyDict", Asm.OBJECT);
        pop(x);
      }
      case DICT_MERGE -> ask(pc, "merge", x, y);
      case LIST_EXTEND -> ask(pc, "extend", x, y);
      case DELETE_SUBSCR -> ask(pc, "delete", x, y);
      case LIST_TO_TUPLE -> {
        object(y);
        push(y);
        quiet("tuple", Asm.OBJECT, Asm.OBJECT);
        pop(x);
      }
      case BUILD_SET -> {
        if (isOnlyLookedInto(pc)) {
          return true;
        }
        array(y, z);
        quiet("set", Asm.OBJECT, Asm.OBJECT.arrayType());
        popUnlessNull(x, leaveAt(pc));
      }
      case DELETE_ATTR -> {
        object(x);
        push(x);
        a.constant(PyStr.intern(u.names[y]), Asm.OBJECT);
        quiet("deleteAttr", Asm.Z, Asm.OBJECT, Asm.OBJECT);
        a.branch(Opcode.IFEQ, leaveAt(pc));
      }
      case BINARY_MOD -> {
        if (seen(y, feedback.left(pc)) != Feedback.STR) {
          return false;
        }
        object(y);
        object(z);
        mayRaise(pc);
        push(y);
        push(z);
        quiet("format", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
        raised(pc);
        popUnlessNull(x, leaveAt(pc));
      }
      case MAKE_FUNCTION -> newFunction(x, y, z);
      case SET_FUNCTION_ATTRIBUTE -> {
        object(x);
        object(z);
        push(x);
        a.iconst(y);
        push(z);
        quiet("setFunctionAttribute", Asm.V, Asm.OBJECT, Asm.I, Asm.OBJECT);
      }
      case STORE_SUBSCR -> {
        if (feedback.left(pc) != Feedback.DICT || feedback.right(pc) != Feedback.OTHER) {
          return false;
        }
        storeItem(pc, x, y, z);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a set of a few is made for the next instruction alone, which asks whether something is
   * in it: it need not be made then.
   */
  final boolean isOnlyLookedInto(int pc) {
    int set = u.code[pc * CodeUnit.WORDS + 1];
    int count = u.code[pc * CodeUnit.WORDS + 3];
    if (!a.frameless
        || flow.op(pc) != org.plait.compiler.code.Opcode.BUILD_SET
        || count < 2
        || count > 3
        || flow.starts.get(pc + 1)) {
      return false;
    }
    int x = u.code[(pc + 1) * CodeUnit.WORDS + 1];
    int y = u.code[(pc + 1) * CodeUnit.WORDS + 2];
    int z = u.code[(pc + 1) * CodeUnit.WORDS + 3];
    return switch (flow.op(pc + 1)) {
      case JUMP_IF_IN, JUMP_IF_NOT_IN ->
          y == set && x != set && !flow.read(pc + 2, set) && !flow.read(z, set);
      case COMPARE_IN, COMPARE_NOT_IN ->
          z == set && y != set && (x == set || !flow.read(pc + 2, set));
      default -> false;
    };
  }

  /** Pushes whether something is in the set that an instruction would make. */
  final void isOneOf(int pc, int item) {
    int first = u.code[pc * CodeUnit.WORDS + 2];
    int count = u.code[pc * CodeUnit.WORDS + 3];
    object(item);
    for (int i = 0; i < count; i++) {
      object(first + i);
    }
    push(item);
    for (int i = 0; i < count; i++) {
      push(first + i);
    }
    ClassDesc[] parameters = new ClassDesc[1 + count];
    java.util.Arrays.fill(parameters, Asm.OBJECT);
    quiet("isOneOf", Asm.I, parameters);
    a.istore(Asm.INT);
    a.iload(Asm.INT);
    a.branch(Opcode.IFLT, leaveAt(pc));
    a.iload(Asm.INT);
  }

  private void quiet(String name, ClassDesc result, ClassDesc... parameters) {
    a.invoke(Asm.QUIET, name, result, parameters);
  }

  /** Does something to two registers that may not be possible. */
  private void ask(int pc, String name, int x, int y) {
    object(x);
    object(y);
    mayRaise(pc);
    push(x);
    push(y);
    quiet(name, Asm.Z, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.branch(Opcode.IFEQ, leaveAt(pc));
  }

  // ---- items

  final void quietItem(int pc, int dst, int o, int i) {
    object(o);
    object(i);
    push(o);
    push(i);
    quiet("item", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    popUnlessNull(dst, leaveAt(pc));
  }

  private void storeItem(int pc, int o, int key, int v) {
    object(o);
    object(key);
    object(v);
    require(o, "isDict", leaveAt(pc));
    push(key);
    quiet("isQuietKey", Asm.Z, Asm.OBJECT);
    a.branch(Opcode.IFEQ, leaveAt(pc));
    mayRaise(pc);
    push(o);
    push(key);
    push(v);
    a.support("setDictItem", Asm.V, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
  }

  private void property(int pc, int dst, int o) {
    object(o);
    mayRaise(pc);
    a.aload(Asm.TS);
    ClassDesc type = pushInstruction(pc);
    push(o);
    quiet("property", Asm.OBJECT, Asm.THREAD, type, Asm.OBJECT);
    called(pc);
    pop(dst);
  }

  // ---- with statements

  private void withExit(int pc, int dst, int base) {
    needsQuiet(pc);
    object(base);
    object(base + 1);
    mayRaise(pc);
    a.aload(Asm.TS);
    push(base);
    push(base + 1);
    quiet("exit", Asm.OBJECT, Asm.THREAD, Asm.OBJECT, Asm.OBJECT);
    called(pc);
    pop(dst);
  }

  // ---- calls

  /** Whether all callees of a call that are functions take just its arguments. */
  final boolean takesAll(int pc, boolean method, int count) {
    boolean withSelf = method && !feedback.calledWithoutSelf(pc);
    for (PyCode c : feedback.callees(pc)) {
      if (!takes(c, count) && !(withSelf && takes(c, count + 1))) {
        return false;
      }
    }
    return true;
  }

  final boolean isQuietCall(int pc) {
    if (!feedback.isQuiet(pc)) {
      return false;
    }
    for (PyCode c : feedback.callees(pc)) {
      if (!feedback.mayRunWithoutFrame(c)) {
        return false;
      }
    }
    for (PyCode c : feedback.behind(pc)) {
      if (!feedback.mayRunWithoutFrame(c)) {
        return false;
      }
    }
    return true;
  }

  private void needsQuiet(int pc) {
    if (!isQuietCall(pc)) {
      throw new NeedsFrame(flow.op(pc) + " at " + pc);
    }
  }

  /** What a call has returned or not is on the stack: goes on with it on the stack, or leaves. */
  private void called(int pc) {
    raised(pc);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(
        Opcode.IFNULL,
        aside(
            () -> {
              a.aload(Asm.TS);
              quiet("isLeft", Asm.Z, Asm.THREAD);
              a.branch(Opcode.IFNE, leaveCalled(pc, -1));
              a.branch(Opcode.GOTO, leaveAt(pc));
            }));
    a.aload(Asm.REF);
  }

  final void quietCall(int pc, int dst, int base, int first, int count) {
    mayRaise(pc);
    pushCallee(base, first);
    if (count <= FEW) {
      ClassDesc[] types = new ClassDesc[3 + count];
      Arrays.fill(types, Asm.OBJECT);
      types[0] = Asm.THREAD;
      for (int i = 0; i < count; i++) {
        push(first + i);
      }
      quiet("call" + count, Asm.OBJECT, types);
    } else {
      array(first, count);
      a.nullConst();
      callArray();
    }
    called(pc);
    letGo(base, first + count - 1);
    pop(dst);
  }

  private void pushCallee(int base, int first) {
    a.aload(Asm.TS);
    push(base);
    if (first > base + 1) {
      push(base + 1);
    } else {
      a.nullConst();
    }
  }

  private void callArray() {
    quiet("call", Asm.OBJECT, Asm.THREAD, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT.arrayType(), NAMES);
  }

  private void callKw(int pc, int dst, int base, int first, CallShape shape) {
    int count = shape.argCount;
    needsQuiet(pc);
    Arguments args = arguments(pc, first, count, shape.keywords);
    if (args != null) {
      planned(pc, dst, base, first + count - 1, args);
      return;
    }
    for (int v = base; v < first + count; v++) {
      object(v);
    }
    if (feedback.left(pc) == Feedback.TYPE && !feedback.behind(pc).isEmpty()) {
      if (first > base + 1) {
        requireSelf(base, false, leaveAt(pc));
      }
      quietConstruct(pc, dst, base, first, count, shape.keywords);
      return;
    }
    mayRaise(pc);
    pushCallee(base, first);
    array(first, count);
    a.constant(shape.keywords, NAMES);
    callArray();
    called(pc);
    letGo(base, first + count - 1);
    pop(dst);
  }

  /** A call of a function with known code, each argument in its place. */
  final void planned(int pc, int dst, int base, int last, Arguments args) {
    if (isMethod(pc)) {
      object(base + 1);
      requireSelf(base, args.has(base + 1), leaveAt(pc));
    }
    direct(pc, dst, base, last, args, feedback.callee(pc), null);
  }

  /**
   * Calls the code without a frame that is on the stack, or leaves if there is none.
   *
   * @param base the function's register
   * @param run pushes the arguments and calls
   */
  final void callFast(int pc, int base, Runnable run) {
    a.astore(Asm.FAST);
    a.aload(Asm.FAST);
    a.branch(Opcode.IFNULL, leaveAt(pc));
    mayRaise(pc);
    a.aload(Asm.FAST);
    a.aload(Asm.TS);
    push(base);
    a.cast(Asm.FUNCTION);
    run.run();
    raised(pc);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, a.emitting() ? leaveCalled(pc, -1) : null);
  }

  /** Pushes the arguments and calls; code, thread and function are on the stack. */
  private void run(Arguments plan) {
    int n = plan.from().length;
    for (int v : plan.from()) {
      pushArgument(v);
    }
    a.virtual(Asm.FAST_CODE, "run" + n, Unit.runType(n));
  }

  private void callEx(int pc, int dst, int base) {
    needsQuiet(pc);
    for (int v = base; v < base + 3; v++) {
      object(v);
    }
    mayRaise(pc);
    a.aload(Asm.TS);
    push(base);
    push(base + 1);
    push(base + 2);
    quiet("callEx", Asm.OBJECT, Asm.THREAD, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    called(pc);
    pop(dst);
  }

  /**
   * A call of a class that makes a plain instance, whose {@code __init__} takes other arguments
   * than those given as they stand.
   */
  final void quietConstruct(int pc, int dst, int base, int first, int count, String[] keywords) {
    List<PyCode> codes = feedback.behind(pc);
    PyCode expected = codes.size() == 1 && feedback.mayGuess(pc) ? codes.get(0) : null;
    Arguments plan =
        expected == null ? null : Arguments.of(expected, first - 1, count + 1, keywords);
    if (plan != null) {
      construct(
          pc,
          dst,
          base,
          first,
          count,
          () -> {
            a.constant(expected, Asm.CODE);
            a.support("freshIf", Asm.FAST_CODE, Asm.OBJECT, Asm.CODE);
            a.astore(Asm.FAST);
            needsDefaults(pc, plan, expected, () -> a.aload(Asm.REF2), null);
            a.aload(Asm.FAST);
          },
          () -> {
            a.cast(Asm.FUNCTION);
            run(plan);
          });
      return;
    }
    construct(
        pc,
        dst,
        base,
        first,
        count,
        () -> quiet("init", Asm.FAST_CODE, Asm.OBJECT),
        () -> {
          array(first - 1, count + 1);
          if (keywords == null) {
            a.nullConst();
          } else {
            a.constant(keywords, NAMES);
          }
          quiet(
              "initialise",
              Asm.OBJECT,
              Asm.FAST_CODE,
              Asm.THREAD,
              Asm.OBJECT,
              Asm.OBJECT.arrayType(),
              NAMES);
        });
  }

  /**
   * Makes a plain instance and has it initialised.
   *
   * @param code takes {@code __init__} from the stack and pushes its code
   * @param run calls that code, which is on the stack with the thread and {@code __init__}, for
   *     self and the arguments, which stand from {@code first - 1} on; pushes the result
   */
  final void construct(
      int pc, int dst, int base, int first, int count, Runnable code, Runnable run) {
    push(base);
    a.support("initOf", Asm.FUNCTION, Asm.OBJECT);
    a.astore(Asm.REF2);
    a.aload(Asm.REF2);
    a.branch(Opcode.IFNULL, leaveAt(pc));
    a.aload(Asm.REF2);
    code.run();
    a.astore(Asm.FAST);
    a.aload(Asm.FAST);
    a.branch(Opcode.IFNULL, leaveAt(pc));
    mayRaise(pc);
    push(base);
    a.support("instance", Asm.OBJECT, Asm.OBJECT);
    a.astore(objectSlot(base));
    // self takes the place before the first argument; a method's is null.
    if (first - 1 != base) {
      push(base);
      a.astore(objectSlot(first - 1));
    }
    a.aload(Asm.FAST);
    a.aload(Asm.TS);
    a.aload(Asm.REF2);
    run.run();
    a.astore(Asm.REF);
    Label left = a.emitting() ? leaveCalled(pc, base) : null;
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, left);
    a.aload(Asm.REF);
    a.support("checkInit", Asm.V, Asm.OBJECT);
    raised(pc);
    push(base);
    a.astore(Asm.REF);
    popScratch(dst, base, first + count - 1);
  }
}
