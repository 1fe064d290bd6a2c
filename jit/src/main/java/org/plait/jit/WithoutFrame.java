package org.plait.jit;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * The instructions that are done otherwise in code without a frame. Nothing there may run code that
 * could look at frames: what is rare leaves the code, which makes the frames; a function that does
 * more is compiled with a frame ({@link NeedsFrame}).
 */
abstract class WithoutFrame extends Quietly {
  private static final Set<String> LIST = Set.of("append", "pop", "clear", "copy", "reverse");
  private static final Set<String> DICT = Set.of("get", "pop", "setdefault", "keys", "values");
  private static final Set<String> SET = Set.of("add", "discard", "remove", "clear");

  WithoutFrame(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** {@code range(…)} called for nothing but the loop that follows; false if it is another call. */
  abstract boolean rangeLoop(int pc, int dst, int base, int count);

  /** The first thing in the method. */
  final void start() {
    if (!a.frameless) {
      a.initialise(readEarly);
      begin();
      return;
    }
    a.takeArguments();
    for (int v = 0; v < k.length; v++) {
      if (k[v] == Kind.OBJECT) {
        readEarly.set(objectSlot(v));
      }
    }
    a.initialise(readEarly);
    a.aload(Asm.TS);
    a.virtual(Asm.THREAD, "entersTooDeep", Asm.Z);
    a.branch(Opcode.IFNE, leave(FastCode.TOO_DEEP, 0));
  }

  /** Translates an instruction; false when it is the same as with a frame. */
  final boolean withoutFrame(int pc) {
    int at = pc * CodeUnit.WORDS;
    int x = u.code[at + 1];
    int y = u.code[at + 2];
    int z = u.code[at + 3];
    if (feedback.needsFrame(pc)) {
      throw new NeedsFrame("left at " + pc + " too often");
    }
    if (feedback.neverRan(pc) && flow.op(pc) != org.plait.compiler.code.Opcode.RESUME) {
      end(pc, FastCode.COLD);
      return true;
    }
    switch (flow.op(pc)) {
      case RESUME -> {
        a.support("quickPoll", Asm.Z);
        a.branch(Opcode.IFNE, a.emitting() ? leave(FastCode.POLL, pc) : null);
      }
      case JUMP_BACK -> {
        a.support("quickPoll", Asm.Z);
        a.branch(Opcode.IFNE, a.emitting() ? leave(FastCode.POLL, pc) : null);
        go(pc, x);
      }
      // The generator isn't made before it yields.
      case RETURN_GENERATOR -> {}
      case YIELD_VALUE -> end(pc, FastCode.POLL);
      case COPY_FREE_VARS -> {
        for (int i = 0; i < y; i++) {
          a.aload(Asm.FN);
          a.iconst(i);
          a.support("freeCell", Asm.OBJECT, Asm.FUNCTION, Asm.I);
          pop(x + i);
        }
      }
      case MAKE_CELL -> {
        if (y >= 0) {
          object(y);
          push(y);
          a.support("newCell", Asm.OBJECT, Asm.OBJECT);
          a.astore(Asm.REF);
          a.nullConst();
          pop(y);
          a.aload(Asm.REF);
        } else {
          a.nullConst();
          a.support("newCell", Asm.OBJECT, Asm.OBJECT);
        }
        pop(x);
      }
      case LOAD_GLOBAL -> {
        pushGlobal(pc, Asm.FN, Asm.FUNCTION);
        popUnlessNull(x, feedback.global(pc) == null ? leaveAt(pc) : deopt(pc));
      }
      case LOAD_SUPER_METHOD, LOAD_ZERO_SUPER_METHOD -> superMethod(pc, x, y, z);
      case GET_ITER -> iterator(pc, x, y);
      case FOR_ITER -> {
        int seen = feedback.left(pc);
        if (seen == Feedback.LIST_ITERATOR || seen == Feedback.RANGE_ITERATOR) {
          return false;
        }
        next(pc, x, y, z);
      }
      case BINARY_SUBSCR -> {
        if (feedback.left(pc) == Feedback.OTHER) {
          quietItem(pc, x, y, z);
          return true;
        }
        if (feedback.left(pc) != Feedback.STR) {
          return false;
        }
        if (!character(pc, x, y, z)) {
          item(pc, x, y, z);
        }
      }
      case CALL -> {
        if (!rangeLoop(pc, x, y, z)) {
          call(pc, x, y, y + 1, z);
        }
      }
      case CALL_METHOD -> call(pc, x, y, y + 2, z);
      case RETURN_VALUE -> returnValue(pc, x);
      default -> {
        return quietly(pc, x, y, z);
      }
    }
    return true;
  }

  private void superMethod(int pc, int dst, int first, int name) {
    for (int i = 0; i < 3; i++) {
      object(first + i);
      push(first + i);
    }
    a.constant(PyStr.intern(u.names[name]), Asm.OBJECT);
    a.support("superMethod", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, leaveAt(pc));
    push(first + 2);
    pop(dst + 1);
    a.aload(Asm.REF);
    pop(dst);
  }

  // ---- iteration and subscripts

  private void iterator(int pc, int dst, int o) {
    int plain =
        Feedback.LIST
            | Feedback.TUPLE
            | Feedback.DICT
            | Feedback.STR
            | Feedback.SET
            | Feedback.RANGE;
    if ((feedback.left(pc) & ~plain) != 0 || !feedback.mayGuess(pc)) {
      throw new NeedsFrame("iterator of " + feedback.left(pc) + " at " + pc);
    }
    object(o);
    require(o, "isPlainIterable", deopt(pc));
    mayRaise(pc);
    push(o);
    a.invoke(Asm.OPCODES, "iter", Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(dst);
  }

  private void next(int pc, int dst, int it, int target) {
    if (k[it] == Kind.RANGE || !feedback.mayGuess(pc)) {
      throw new NeedsFrame("next of " + feedback.left(pc) + " at " + pc);
    }
    object(it);
    require(it, "isPlainIterator", deopt(pc));
    mayRaise(pc);
    push(it);
    a.support("next", Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    branch(pc, Opcode.IFNULL, target);
    a.aload(Asm.REF);
    pop(dst);
  }

  /** A character of a str. */
  private void item(int pc, int dst, int o, int i) {
    if (seen(i, feedback.right(pc)) != Feedback.LONG || !feedback.mayGuess(pc)) {
      throw new NeedsFrame("item of a str at " + pc);
    }
    object(o);
    object(i);
    guard(pc, o, "isStr");
    if (i >= 0 && !isUnboxed(i, Kind.LONG)) {
      require(i, "isLong", deopt(pc));
    }
    mayRaise(pc);
    push(o);
    push(i);
    a.invoke(Asm.OPCODES, "getItem", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(dst);
  }

  // ---- calls

  /**
   * A call.
   *
   * @param first register of the first argument; the one before it holds self or null if there is
   *     one between it and the callee
   */
  private void call(int pc, int dst, int base, int first, int count) {
    if (intrinsic(pc, dst, base, first, count)) {
      return;
    }
    boolean method = first > base + 1;
    if (startsDelegate(pc, dst, method, count)) {
      int withSelf = method && takesSelf(pc, count) ? 1 : 0;
      delegate(pc, dst, base, first + count - 1, first - withSelf, null);
      ended = true;
      return;
    }
    int seen = feedback.left(pc);
    PyObject callee = feedback.nativeCallee(pc);
    String argument = method || count != 1 ? null : plainArgument(pc, callee);
    if (seen == Feedback.FUNCTION && takesAll(pc, method, count)) {
      python(pc, dst, base, first, count);
      return;
    }
    Arguments args =
        seen == Feedback.FUNCTION && isQuietCall(pc) ? arguments(pc, first, count, null) : null;
    if (args != null) {
      planned(pc, dst, base, first + count - 1, args);
      return;
    }
    for (int v = base; v < first + count; v++) {
      object(v);
    }
    if (seen == Feedback.TYPE && !feedback.behind(pc).isEmpty()) {
      if (method) {
        requireSelf(base, false, leaveAt(pc));
      }
      construct(pc, dst, base, first, count);
    } else if (argument != null) {
      nativeFunction(pc, dst, base, callee, argument);
    } else if (isQuietCall(pc)) {
      quietCall(pc, dst, base, first, count);
    } else if (seen == Feedback.TYPE && callee instanceof PyType type && !method) {
      builtinClass(pc, dst, base, count, type);
    } else if (seen == Feedback.OTHER && callee != null && method) {
      nativeMethod(pc, dst, base, count, callee);
    } else if (seen == Feedback.OTHER && callee != null) {
      throw new NeedsFrame("call at " + pc + " of a native function");
    } else {
      throw new NeedsFrame("call at " + pc + " of kinds " + seen);
    }
  }

  /** A call of functions that have code without a frame, too. */
  private void python(int pc, int dst, int base, int first, int count) {
    boolean method = first > base + 1;
    PyCode expected = feedback.callee(pc);
    boolean withSelf = false;
    for (PyCode c : feedback.callees(pc)) {
      if (!feedback.mayRunWithoutFrame(c)) {
        throw new NeedsFrame("call at " + pc + " of " + c.unit.qualname);
      }
      withSelf = method && c.unit.argCount > count;
    }
    int args = withSelf ? count + 1 : count;
    int from = withSelf ? first - 1 : first;
    Signature s =
        expected != null && takes(expected, args) && feedback.mayGuess(pc)
            ? signature(expected)
            : null;
    for (int v = base; v < first + count; v++) {
      if (s == null || v < from) {
        object(v);
      }
    }
    if (method) {
      requireSelf(base, withSelf, leaveAt(pc));
    }
    if (s != null) {
      unboxedCall(pc, dst, base, first + count - 1, Arguments.plain(from, args), expected, s, null);
      return;
    }
    if (expected != null && feedback.mayGuess(pc)) {
      if (!takes(expected, args)) {
        throw new NeedsFrame("arguments of the call at " + pc);
      }
      push(base);
      a.constant(expected, Asm.CODE);
      a.support("runs", Asm.Z, Asm.OBJECT, Asm.CODE);
      a.branch(Opcode.IFEQ, deopt(pc));
      a.constant(expected, Asm.CODE);
      a.field(Asm.CODE, "fast", Asm.FAST_CODE);
    } else {
      push(base);
      a.iconst(args);
      a.support("fastOf", Asm.FAST_CODE, Asm.OBJECT, Asm.I);
    }
    callFast(pc, base, () -> run(from, args));
    popScratch(dst, base, first + count - 1);
  }

  /** Pushes arguments and calls; what takes them is on the stack. */
  private void run(int from, int args) {
    if (args > org.plait.runtime.interp.FastCode.MAX_ARGUMENTS) {
      throw new NeedsFrame(args + " arguments");
    }
    ClassDesc[] types = new ClassDesc[2 + args];
    Arrays.fill(types, Asm.OBJECT);
    types[0] = Asm.THREAD;
    types[1] = Asm.FUNCTION;
    for (int i = 0; i < args; i++) {
      push(from + i);
    }
    a.virtual(Asm.FAST_CODE, "run" + args, Asm.OBJECT, types);
  }

  /** A call of a class that makes a plain instance and has an {@code __init__} of its own. */
  private void construct(int pc, int dst, int base, int first, int count) {
    for (PyCode init : feedback.behind(pc)) {
      if (!feedback.mayRunWithoutFrame(init)) {
        throw new NeedsFrame("call at " + pc + " of " + init.unit.qualname);
      }
      if (!takes(init, count + 1)) {
        quietConstruct(pc, dst, base, first, count, null);
        return;
      }
    }
    construct(
        pc,
        dst,
        base,
        first,
        count,
        () -> {
          a.iconst(count + 1);
          a.support("freshOf", Asm.FAST_CODE, Asm.OBJECT, Asm.I);
        },
        () -> {
          a.cast(Asm.FUNCTION);
          run(first - 1, count + 1);
        });
  }

  /** The test for the only argument of a function that runs no Python code then; or null. */
  private @Nullable String plainArgument(int pc, @Nullable PyObject callee) {
    return callee != null && feedback.left(pc) == Feedback.OTHER && feedback.mayGuess(pc)
        ? feedback.plainArgument(callee)
        : null;
  }

  /** A function of the module builtins, of one argument, that runs no Python code. */
  private void nativeFunction(int pc, int dst, int base, PyObject callee, String argument) {
    guardCallee(pc, base, callee);
    guard(pc, base + 1, argument);
    mayRaise(pc);
    push(base);
    push(base + 1);
    a.virtual(Asm.OBJECT, "call1", Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.astore(Asm.REF);
    popScratch(dst, base, base + 1);
  }

  /** A call of a built-in class that runs no Python code. */
  private void builtinClass(int pc, int dst, int base, int count, PyType type) {
    String test = feedback.mayGuess(pc) ? plainArguments(type, count) : null;
    if (test == null) {
      throw new NeedsFrame("call at " + pc + " of the class " + type.name());
    }
    guardCallee(pc, base, type);
    for (int i = 1; i <= count; i++) {
      guard(pc, base + i, test);
    }
    mayRaise(pc);
    if (type == PyList.TYPE && count == 1) {
      push(base + 1);
      a.support("listOf", Asm.OBJECT, Asm.OBJECT);
    } else {
      ClassDesc[] types = new ClassDesc[count];
      Arrays.fill(types, Asm.OBJECT);
      for (int i = 0; i <= count; i++) {
        push(base + i);
      }
      a.virtual(Asm.OBJECT, "call" + count, Asm.OBJECT, types);
    }
    raised(pc);
    a.astore(Asm.REF);
    popScratch(dst, base, base + count);
  }

  /** The test for arguments with which a class's instances are made natively; null if none is. */
  private static @Nullable String plainArguments(PyType type, int count) {
    boolean sequence = type == PyList.TYPE || type == PyTuple.TYPE;
    boolean scalar =
        type == PyInt.TYPE || type == PyFloat.TYPE || type == PyStr.TYPE || type == PyBool.TYPE;
    boolean empty = count == 0 && (type == PyDict.TYPE || type == PySet.TYPE);
    return sequence && count <= 1 || empty
        ? "isPlainIterable"
        : scalar && count <= 1 || type == PyRange.TYPE && count >= 1 && count <= 3
            ? "isPlain"
            : null;
  }

  /** A method of a built-in type that runs no Python code. */
  private void nativeMethod(int pc, int dst, int base, int count, PyObject callee) {
    if (!(callee instanceof PyMethodDescriptor d) || count > 2 || !feedback.mayGuess(pc)) {
      throw new NeedsFrame("call at " + pc + " of a native callable");
    }
    String self;
    String arguments = "isScalar";
    int anyFrom = count;
    if (d.objclass() == PyList.TYPE && d.name().equals("remove") && count == 1) {
      self = "isList";
      anyFrom = 0;
      push(base + 1);
      push(base + 2);
      a.support("findsPlainly", Asm.Z, Asm.OBJECT, Asm.OBJECT);
      a.branch(Opcode.IFEQ, leaveAt(pc));
    } else if (d.objclass() == PyList.TYPE && LIST.contains(d.name())) {
      self = "isList";
      anyFrom = d.name().equals("append") ? 0 : count;
    } else if (d.objclass() == PyDict.TYPE && DICT.contains(d.name())) {
      self = "isDict";
      anyFrom = 1;
    } else if (d.objclass() == PySet.TYPE && SET.contains(d.name())) {
      self = "isSet";
    } else if (d.objclass() == PyStr.TYPE
        || d.objclass() == PyBytes.TYPE
        || d.objclass() == PyInt.TYPE
        || d.objclass() == PyFloat.TYPE) {
      self = "isScalar";
      if (d.name().equals("join")) {
        arguments = "isListOrTuple";
      }
    } else {
      throw new NeedsFrame("call at " + pc + " of " + d.name());
    }
    guardCallee(pc, base, callee);
    guard(pc, base + 1, self);
    for (int i = 0; i < anyFrom; i++) {
      guard(pc, base + 2 + i, arguments);
    }
    if (d.objclass() == PyList.TYPE && d.name().equals("pop") && count == 0) {
      push(base + 1);
      a.support("quickPop", Asm.OBJECT, Asm.OBJECT);
      a.astore(Asm.REF);
      a.aload(Asm.REF);
      // IndexError.
      a.branch(Opcode.IFNULL, leaveAt(pc));
      popScratch(dst, base, base + 1);
      return;
    }
    if (d.objclass() == PyStr.TYPE && d.name().equals("replace") && count == 2) {
      replaced(pc, base, deopt(pc));
      popScratch(dst, base, base + 1 + count);
      return;
    }
    mayRaise(pc);
    ClassDesc[] types = new ClassDesc[1 + count];
    Arrays.fill(types, Asm.OBJECT);
    push(base);
    for (int i = 0; i <= count; i++) {
      push(base + 1 + i);
    }
    a.virtual(Asm.OBJECT, "call" + (count + 1), Asm.OBJECT, types);
    raised(pc);
    a.astore(Asm.REF);
    popScratch(dst, base, base + 1 + count);
  }
}
