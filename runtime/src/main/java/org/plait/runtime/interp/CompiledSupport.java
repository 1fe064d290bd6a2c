package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyDictIterator;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyListIterator;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PyRangeIterator;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySetIterator;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStrIterator;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyTupleIterator;
import org.plait.sched.SafePoint;

/**
 * What compiled code calls. Small static methods, so that HotSpot inlines them; the meaning of
 * opcodes stays in {@link OpcodeImpl} and the instructions. Methods named {@code quick…} run no
 * Python code and never throw: the caller need not have its registers in place.
 */
final class CompiledSupport {
  /** Orders what is written to a {@link CompiledCode} before its publication. */
  static final Publication PUBLISH = new Publication();

  /** The longs that a double holds exactly. */
  private static final long EXACT = 1L << 53;

  /**
   * Code whose constants have missed so often, because it was made when other shapes were met, is
   * made anew.
   */
  private static final int MAX_MISSED = 4000;

  /** What the class that is being initialised takes as its constants. */
  private static Object @Nullable [] handedOver;

  private CompiledSupport() {}

  /** A release fence with a name. */
  static final class Publication {
    void setRelease(Object c) {
      VarHandle.releaseFence();
    }
  }

  // ---- classes

  static synchronized Object define(byte[] classFile, Object[] constants) {
    handedOver = constants;
    try {
      MethodHandles.Lookup l = MethodHandles.lookup().defineHiddenClass(classFile, true);
      return l.findConstructor(l.lookupClass(), java.lang.invoke.MethodType.methodType(void.class))
          .invoke();
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      handedOver = null;
    }
  }

  /** The kinds of {@link FastCode} with a method without boxes that are defined. */
  private static final Set<String> ENTRIES = new HashSet<>();

  static synchronized void defineEntry(String kinds, byte[] classFile) {
    if (ENTRIES.add(kinds)) {
      try {
        MethodHandles.lookup().defineClass(classFile);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** For the static initialiser of a compiled class. */
  static Object[] constants() {
    return handedOver;
  }

  // ---- leaving and polling

  /** A guess was wrong: the interpreter does the instruction. Returns how the frame is left. */
  static @Nullable PyObject deopt(PyFrame f, PyObject[] r, CompiledCode self, int pc) {
    f.pc = pc;
    self.tier.deopted(self, pc, true);
    f.exit = self.tier.base[pc].exec(f, r);
    return null;
  }

  /** As {@link #deopt}, where a loop begins that had never been run when the code was made. */
  static @Nullable PyObject leaveCold(PyFrame f, PyObject[] r, CompiledCode self, int pc) {
    f.pc = pc;
    self.tier.deopted(self, pc, false);
    f.exit = self.tier.base[pc].exec(f, r);
    return null;
  }

  /** As {@link #deopt}, in code that the compiler left to the interpreter: no wrong guess. */
  static @Nullable PyObject leaveAt(PyFrame f, PyObject[] r, CompiledCode self, int pc) {
    f.pc = pc;
    f.exit = self.tier.base[pc].exec(f, r);
    return null;
  }

  static @Nullable PyObject exit(PyFrame f, int code) {
    f.exit = code;
    return null;
  }

  static @Nullable PyObject yield(PyFrame f, PyObject value, int pc) {
    f.pc = pc;
    f.result = value;
    f.exit = Instr.YIELD;
    return null;
  }

  /** Whether the frame has to be left behind an instruction that may have run Python code. */
  static boolean mustLeave(PyFrame f) {
    return f.poked || Tracer.looks() && Tracer.wantsLook(f);
  }

  /** Leaves the frame before an instruction, all registers in place. */
  static @Nullable PyObject leave(PyFrame f, int next) {
    if (Tracer.looks()) {
      // Where the call is, for the exceptions of a signal's handler.
      f.pc = next - 1;
    }
    return leaveTo(f, next);
  }

  /** As {@link #leave}, but the instruction that was done last is where the frame stands. */
  static @Nullable PyObject leaveTo(PyFrame f, int target) {
    f.poked = false;
    f.exit = Tracer.looks() ? Tracer.checkFrame(f, target) : target;
    return null;
  }

  /** Leaves for an instruction that is not in this piece of the code. */
  static @Nullable PyObject beyond(PyFrame f, CompiledCode self, int target) {
    self.tier.left(target);
    f.exit = target;
    return null;
  }

  /**
   * Whether a back-edge has more to do than jump. Reads one volatile field, by a plain instruction:
   * a VarHandle would cost a twentieth of what HotSpot inlines into a method.
   */
  static boolean quickPoll() {
    return SafePoint.isArmed() && mustPoll();
  }

  private static boolean mustPoll() {
    return SafePoint.isWanted() || Tracer.armed();
  }

  /** The long way over a back-edge, registers in place. Returns where to go on. */
  static int poll(PyFrame f, int pc, int target) {
    f.pc = pc;
    SafePoint.poll();
    int next = Tracer.armed() ? Tracer.checkFrame(f, target) : target;
    if (next == target && f.poked) {
      f.poked = false;
      f.exit = target;
      return Integer.MIN_VALUE;
    }
    f.exit = next;
    return next;
  }

  /** The function's entry: as RESUME. */
  static void enter(PyFrame f, int pc) {
    f.pc = pc;
    SafePoint.poll();
  }

  /** Finds the handler of what came up to the frame, registers in place; throws if none. */
  static int caught(PyFrame f, Throwable e) throws Throwable {
    PyException p;
    if (e instanceof PyException x) {
      if (Tracer.armed() && Tracer.wanted(f)) {
        throw x;
      }
      p = x;
    } else if (e instanceof StackOverflowError
        || e instanceof OutOfMemoryError
        || e instanceof RuntimeException) {
      p = Interpreter.asPython(e);
    } else {
      throw e;
    }
    return Interpreter.unwind(f, p);
  }

  /** As PUSH_EXC: begins to handle an exception; returns the one that was handled before. */
  static @Nullable PyObject pushException(PyFrame f, PyObject e) {
    ThreadState.ExcState s = f.ts.handled;
    PyObject before = s.exception;
    s.exception = (PyBaseException) e;
    return before;
  }

  static void popException(PyFrame f, @Nullable PyObject before) {
    f.ts.handled.exception = before instanceof PyBaseException e ? e : null;
  }

  static boolean matches(PyObject exception, PyObject type) {
    return ExceptionInstrs.isCaughtBy((PyBaseException) exception, type);
  }

  // ---- boxes

  static PyObject bool(boolean v) {
    return Py.bool_(v);
  }

  static PyObject tuple(PyObject[] items) {
    return PyTuple.of(items);
  }

  static PyObject list(PyObject[] items) {
    return PyList.of(items);
  }

  /** Without an array of its own: many lists stay empty. */
  static PyObject emptyList() {
    return new PyList();
  }

  static PyObject box(long v) {
    return PyInt.of(v);
  }

  static PyObject box(double v) {
    return new PyFloat(v);
  }

  static @Nullable PyObject boxIf(int unboxed, long v, @Nullable PyObject o) {
    return unboxed != 0 ? box(v) : o;
  }

  static @Nullable PyObject boxIf(int unboxed, double v, @Nullable PyObject o) {
    return unboxed != 0 ? box(v) : o;
  }

  static boolean isLong(@Nullable PyObject o) {
    return o != null && o.getClass() == PyInt.class && ((PyInt) o).isLong();
  }

  static long longValue(PyObject o) {
    return ((PyInt) o).longValue();
  }

  static boolean isFloat(@Nullable PyObject o) {
    return o != null && o.getClass() == PyFloat.class;
  }

  static double floatValue(PyObject o) {
    return ((PyFloat) o).value();
  }

  /** Whether both are divided exactly as CPython does when divided as doubles. */
  static boolean dividesAsDouble(long a, long b) {
    return b != 0 && a <= EXACT && a >= -EXACT && b <= EXACT && b >= -EXACT;
  }

  /** Cheaper than Math.addExact after a poll has once fired. */
  static boolean addsExactly(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) >= 0;
  }

  static boolean subtractsExactly(long a, long b) {
    return ((a ^ b) & (a ^ a - b)) >= 0;
  }

  /** One comparison once it is inlined. */
  static boolean addsExactlyConstant(long a, long constant) {
    return constant >= 0 ? a + constant >= a : a + constant < a;
  }

  static boolean subtractsExactlyConstant(long a, long constant) {
    return constant >= 0 ? a - constant <= a : a - constant > a;
  }

  static boolean multipliesExactly(long a, long b) {
    return Math.multiplyHigh(a, b) == a * b >> 63;
  }

  static boolean shiftsLeftExactly(long a, long b) {
    return b >= 0 && b < 63 && a << b >> b == a;
  }

  // ---- ranges

  /** Whether the iterator is one that only a for statement knows, over exact longs. */
  static boolean isLoopRange(@Nullable PyObject it) {
    return it instanceof PyRangeIterator x && x.isOwned();
  }

  static long rangeAt(PyObject it) {
    return ((PyRangeIterator) it).at();
  }

  static long rangeLength(PyObject it) {
    return ((PyRangeIterator) it).length();
  }

  static long rangeStart(PyObject it) {
    return ((PyRangeIterator) it).start();
  }

  static long rangeStep(PyObject it) {
    return ((PyRangeIterator) it).step();
  }

  static void rangeSync(PyObject it, long at) {
    ((PyRangeIterator) it).setAt(at);
  }

  // ---- iteration and subscripts

  static boolean isListIterator(@Nullable PyObject it) {
    return it instanceof PyListIterator;
  }

  static @Nullable PyObject quickNext(PyObject it) {
    return ((PyListIterator) it).next();
  }

  static @Nullable PyObject next(PyObject it) {
    return it instanceof PyIterator n && it.attrs() == null ? n.next() : PyIters.next(it);
  }

  static boolean isList(@Nullable PyObject o) {
    return o != null && o.getClass() == PyList.class;
  }

  /** The element of an exact list, or null beyond its ends. */
  static @Nullable PyObject quickItem(PyObject list, long i) {
    return ((PyList) list).item(i);
  }

  static boolean isTuple(@Nullable PyObject o) {
    return o != null && o.getClass() == PyTuple.class;
  }

  /** The element of an exact tuple, or null beyond its ends. */
  static @Nullable PyObject quickTupleItem(PyObject tuple, long i) {
    PyTuple t = (PyTuple) tuple;
    if (i < 0) {
      i += t.size();
    }
    return i >= 0 && i < t.size() ? t.get((int) i) : null;
  }

  /** Whether the element of an exact list was there and has been replaced. */
  static boolean quickSetItem(PyObject list, long i, PyObject value) {
    return ((PyList) list).replace(i, value);
  }

  static void quickAppend(PyObject list, PyObject value) {
    ((PyList) list).append(value);
  }

  /** The last element of an exact list, which loses it; null when there is none. */
  static @Nullable PyObject quickPop(PyObject list) {
    return ((PyList) list).popAt(-1);
  }

  /** The sum of two exact lists. */
  static PyObject concat(PyObject x, PyObject y) {
    return ((PyList) x).concat(y);
  }

  /** As {@code list(x)} of an exact built-in container. */
  static PyObject listOf(PyObject x) {
    return x instanceof PyList l ? l.copy() : PySequences.list(x);
  }

  /** The length of an exact built-in container, else -1. */
  static long quickLength(PyObject o) {
    Class<?> c = o.getClass();
    if (c == PyList.class) {
      return ((PyList) o).size();
    }
    if (c == PyTuple.class) {
      return ((PyTuple) o).size();
    }
    if (c == PyStr.class) {
      return ((PyStr) o).length();
    }
    return c == PyDict.class || c == PySet.class
        ? PySequences.length(o)
        : o instanceof QuietMethods.Sequence s ? s.lengthQuietly() : -1;
  }

  static boolean isDict(@Nullable PyObject o) {
    return o != null && o.getClass() == PyDict.class;
  }

  /**
   * Whether looking for the key in a hash table hashes and compares natively. Another key may be of
   * a Python class and have the same hash; what its {@code __eq__} does is not told beforehand.
   */
  static boolean isPlainKey(@Nullable PyObject key) {
    return key != null && (key.getClass() == PyStr.class || key.getClass() == PyInt.class);
  }

  /** The item of an exact dict, or null. */
  static @Nullable PyObject dictItem(PyObject dict, PyObject key) {
    return ((PyDict) dict).get(key);
  }

  static void setDictItem(PyObject dict, PyObject key, PyObject value) {
    ((PyDict) dict).put(key, value);
  }

  /** Whether {@link #contains} is enough. */
  static boolean containsPlainly(PyObject container, PyObject item) {
    Class<?> c = container.getClass();
    return isPlainKey(item)
        && (c == PyDict.class
            || c == PySet.class
            || c == PyFrozenSet.class
            || c == PyList.class
            || c == PyStr.class && item.getClass() == PyStr.class);
  }

  /** 1 or 0; or -1 when Python code may have a say. */
  static int contains(PyObject container, PyObject item) {
    if (container instanceof PyStr text) {
      return text.containsItem(item) ? 1 : 0;
    }
    if (!(container instanceof PyList list)) {
      return (container instanceof PyDict d ? d.contains(item) : inSet(container, item)) ? 1 : 0;
    }
    for (int i = 0; ; i++) {
      PyObject v = list.get(i);
      if (v == null) {
        return 0;
      }
      if (!isPlainKey(v)) {
        return -1;
      }
      if (v == item || OpcodeImpl.testEq(v, item)) {
        return 1;
      }
    }
  }

  private static boolean inSet(PyObject set, PyObject item) {
    return set instanceof PySet s ? s.contains(item) : ((PyFrozenSet) set).contains(item);
  }

  /** Whether an exact list or tuple has that many items. */
  static boolean hasItems(@Nullable PyObject o, int n) {
    return o != null && (o.getClass() == PyTuple.class && ((PyTuple) o).size() == n);
  }

  static PyObject tupleItem(PyObject tuple, int i) {
    return ((PyTuple) tuple).get(i);
  }

  static @Nullable PyObject cellValue(PyObject cell) {
    return ((PyCell) cell).get();
  }

  static void setCell(PyObject cell, PyObject value) {
    ((PyCell) cell).set(value);
  }

  /** Null where the object is not of the shape with the stamp. */
  static @Nullable PyObject method(PyObject o, long stamp, AttributeInstrs.MethodOfShape m) {
    return o instanceof PyInstance i && i.stamp() == stamp ? m.function() : null;
  }

  /** An attribute was found by the inline caches, but not by the constants of the code. */
  static void missed(CompiledCode self) {
    if (++self.missed == MAX_MISSED) {
      self.tier.outdated(self);
    }
  }

  static void missed(FastCode self) {
    if (++self.missed == MAX_MISSED) {
      self.tier.outdated(self);
    }
  }

  // ---- truth

  /** 1 or 0, or -1 where Python code may have a say. */
  static int quickTruth(PyObject o) {
    Class<?> c = o.getClass();
    if (c == PyBool.class) {
      return o == Py.True ? 1 : 0;
    }
    if (c == PyInt.class) {
      return ((PyInt) o).isZero() ? 0 : 1;
    }
    if (o == Py.None) {
      return 0;
    }
    if (c == PyList.class) {
      return ((PyList) o).size() != 0 ? 1 : 0;
    }
    if (c == PyStr.class) {
      return ((PyStr) o).length() != 0 ? 1 : 0;
    }
    if (o instanceof PyInstance i) {
      PyType type = i.shape().type();
      return type.special(Special.BOOL) == null && type.special(Special.LEN) == null ? 1 : -1;
    }
    if (o instanceof QuietMethods.Sequence s) {
      return Integer.signum(s.lengthQuietly());
    }
    return c == PyTuple.class || c == PyDict.class || c == PySet.class
        ? PySequences.length(o) != 0 ? 1 : 0
        : -1;
  }

  // ---- for code without a frame

  /** Whether it is compared, added and hashed without Python code. */
  static boolean isPlain(@Nullable PyObject o) {
    if (o == null) {
      return false;
    }
    Class<?> c = o.getClass();
    return c == PyStr.class || c == PyInt.class || c == PyFloat.class || c == PyBool.class;
  }

  /** As {@link #isPlain}, or None, or bytes. */
  static boolean isScalar(@Nullable PyObject o) {
    return isPlain(o) || o == Py.None || o != null && o.getClass() == PyBytes.class;
  }

  static boolean isListOrTuple(@Nullable PyObject o) {
    return o != null && (o.getClass() == PyList.class || o.getClass() == PyTuple.class);
  }

  static boolean isListOfNumbers(@Nullable PyObject o) {
    if (!isList(o)) {
      return false;
    }
    for (int i = 0; ; i++) {
      PyObject v = ((PyList) o).get(i);
      if (v == null) {
        return true;
      }
      if (v.getClass() != PyInt.class && v.getClass() != PyFloat.class) {
        return false;
      }
    }
  }

  /** Whether comparing it with anything of the same kind runs no Python code. */
  private static boolean isEqualPlainly(PyObject o) {
    return isScalar(o)
        || o instanceof PyInstance i
            && i.shape().type().special(Special.EQ) == PyBaseObject.TYPE.special(Special.EQ);
  }

  /** Whether looking for an object in an exact list runs no Python code. */
  static boolean findsPlainly(@Nullable PyObject list, @Nullable PyObject item) {
    if (!isList(list) || item == null || !isEqualPlainly(item)) {
      return false;
    }
    for (int i = 0; ; i++) {
      PyObject v = ((PyList) list).get(i);
      if (v == null || v == item) {
        return true;
      }
      if (!isEqualPlainly(v)) {
        return false;
      }
    }
  }

  static boolean isSet(@Nullable PyObject o) {
    return o != null && o.getClass() == PySet.class;
  }

  static boolean isStr(@Nullable PyObject o) {
    return o != null && o.getClass() == PyStr.class;
  }

  static boolean isPlainIterable(@Nullable PyObject o) {
    if (o == null) {
      return false;
    }
    Class<?> c = o.getClass();
    return c == PyList.class
        || c == PyTuple.class
        || c == PyRange.class
        || c == PyDict.class
        || c == PyStr.class
        || c == PySet.class
        || c == PyFrozenSet.class;
  }

  static boolean isPlainIterator(@Nullable PyObject o) {
    return o instanceof PyListIterator
        || o instanceof PyTupleIterator
        || o instanceof PyRangeIterator
        || o instanceof PyDictIterator
        || o instanceof PyStrIterator
        || o instanceof PySetIterator;
  }

  /** The code without a frame of a function with so many parameters, or null. */
  static @Nullable FastCode fastOf(PyObject callee, int count) {
    if (!(callee instanceof PyFunction fn)) {
      return null;
    }
    PyCode code = fn.code;
    return code.plainArgs == count ? code.fast : null;
  }

  /** As {@link #fastOf}, to be run as {@code __init__} of an instance that nobody else knows. */
  static @Nullable FastCode freshOf(PyObject init, int count) {
    FastCode fast = fastOf(init, count);
    return fast == null ? null : fast.fresh;
  }

  /** As {@link #fastOf}, when that may run now. */
  static @Nullable FastCode fastNow(PyObject callee, int count) {
    return Tracer.armed() ? null : fastOf(callee, count);
  }

  /** As {@link #freshOf}, for a function that must have that code. */
  static @Nullable FastCode freshIf(PyObject init, PyCode code) {
    FastCode fast = runs(init, code) ? code.fast : null;
    return fast == null ? null : fast.fresh;
  }

  /** The defaults of a function if there are so many, else null. */
  static @Nullable PyObject defaultsOf(PyObject function, int count) {
    PyTuple d = ((PyFunction) function).defaults;
    return d == null || d.size() < count ? null : d;
  }

  /**
   * The same with those of the parameters that must be named behind them.
   *
   * @param named which of these are needed, a bit for each, the first being 1; others are null
   * @param code the function's, which somebody may replace just now
   */
  static @Nullable PyObject allDefaultsOf(PyObject function, int count, int named, PyCode code) {
    PyTuple all = ((PyFunction) function).allDefaults(code);
    int n = all == null ? 0 : all.size();
    if (n < count) {
      return null;
    }
    int first = n - code.unit.kwOnlyArgCount;
    for (int i = 0; named >> i != 0; i++) {
      if ((named >> i & 1) != 0 && all.get(first + i) == null) {
        return null;
      }
    }
    return all;
  }

  /** A default, counted from the last one, which is 1. */
  static PyObject defaultAt(PyObject defaults, int fromEnd) {
    PyTuple d = (PyTuple) defaults;
    return d.get(d.size() - fromEnd);
  }

  /** The function that initialises a plain new instance when the class is called, or null. */
  static @Nullable PyFunction initOf(PyObject callee) {
    return callee instanceof PyType t && t.plainInit() instanceof PyFunction fn ? fn : null;
  }

  static PyObject instance(PyObject type) {
    return PyInstance.of((PyType) type);
  }

  // ---- calls of classes from code with a frame

  /** What initialises a new instance with so many arguments without a frame, if that may run. */
  private static @Nullable FastCode freshNow(@Nullable PyFunction init, int count) {
    return init == null || Tracer.armed() ? null : freshOf(init, count + 1);
  }

  static PyObject make0(PyObject callee) {
    PyFunction init = initOf(callee);
    FastCode fast = freshNow(init, 0);
    if (fast == null) {
      return callee.call0();
    }
    PyObject self = instance(callee);
    checkInit(Frameless.call1(fast, ThreadState.current(), init, self));
    return self;
  }

  static PyObject make1(PyObject callee, PyObject a) {
    PyFunction init = initOf(callee);
    FastCode fast = freshNow(init, 1);
    if (fast == null) {
      return callee.call1(a);
    }
    PyObject self = instance(callee);
    checkInit(Frameless.call2(fast, ThreadState.current(), init, self, a));
    return self;
  }

  static PyObject make2(PyObject callee, PyObject a, PyObject b) {
    PyFunction init = initOf(callee);
    FastCode fast = freshNow(init, 2);
    if (fast == null) {
      return callee.call2(a, b);
    }
    PyObject self = instance(callee);
    checkInit(Frameless.call3(fast, ThreadState.current(), init, self, a, b));
    return self;
  }

  static PyObject make3(PyObject callee, PyObject a, PyObject b, PyObject c) {
    PyFunction init = initOf(callee);
    FastCode fast = freshNow(init, 3);
    if (fast == null) {
      return callee.call3(a, b, c);
    }
    PyObject self = instance(callee);
    PyObject[] all = {self, a, b, c};
    checkInit(Frameless.call(fast, ThreadState.current(), init, all));
    return self;
  }

  static void checkInit(PyObject v) {
    if (v != Py.None) {
      throw Errors.typeError("__init__() should return None, not '" + v.type().name() + "'");
    }
  }

  /** As LOAD_SUPER_METHOD where that finds a method that needs no binding; else null. */
  static @Nullable PyObject superMethod(
      PyObject superType, PyObject start, PyObject self, PyObject name) {
    return SuperOps.method(superType, start, self, name.toString());
  }

  static PyObject freeCell(PyFunction fn, int i) {
    return fn.closure[i];
  }

  static PyObject newCell(@Nullable PyObject v) {
    return new PyCell(v);
  }

  // ---- calls

  /** Whether it is a function with that code now. */
  static boolean runs(PyObject callee, PyCode code) {
    return callee instanceof PyFunction fn && fn.code == code;
  }

  // The number of arguments was compared with the code's when the call was compiled.

  static PyObject call0(PyFrame f, PyObject callee, PyCode code) {
    if (!runs(callee, code)) {
      return callee.call0();
    }
    FastCode fast = fast(code);
    return fast != null
        ? Frameless.call0(fast, f.ts, (PyFunction) callee)
        : run(f, (PyFunction) callee, code, new PyObject[code.unit.registerCount]);
  }

  static PyObject call1(PyFrame f, PyObject callee, PyCode code, PyObject a) {
    if (!runs(callee, code)) {
      return callee.call1(a);
    }
    FastCode fast = fast(code);
    if (fast != null) {
      return Frameless.call1(fast, f.ts, (PyFunction) callee, a);
    }
    PyObject[] r = new PyObject[code.unit.registerCount];
    r[0] = a;
    return run(f, (PyFunction) callee, code, r);
  }

  static PyObject call2(PyFrame f, PyObject callee, PyCode code, PyObject a, PyObject b) {
    if (!runs(callee, code)) {
      return callee.call2(a, b);
    }
    FastCode fast = fast(code);
    if (fast != null) {
      return Frameless.call2(fast, f.ts, (PyFunction) callee, a, b);
    }
    PyObject[] r = new PyObject[code.unit.registerCount];
    r[0] = a;
    r[1] = b;
    return run(f, (PyFunction) callee, code, r);
  }

  static PyObject call3(
      PyFrame f, PyObject callee, PyCode code, PyObject a, PyObject b, PyObject c) {
    if (!runs(callee, code)) {
      return callee.call3(a, b, c);
    }
    FastCode fast = fast(code);
    if (fast != null) {
      return Frameless.call3(fast, f.ts, (PyFunction) callee, a, b, c);
    }
    PyObject[] r = new PyObject[code.unit.registerCount];
    r[0] = a;
    r[1] = b;
    r[2] = c;
    return run(f, (PyFunction) callee, code, r);
  }

  /** A call with more arguments, which are the first of the registers. */
  static PyObject call(PyFrame f, PyObject callee, PyCode code, PyObject[] r) {
    if (!runs(callee, code)) {
      return callee.call(java.util.Arrays.copyOf(r, code.unit.argCount), null);
    }
    FastCode fast = fast(code);
    if (fast != null) {
      return Frameless.call(fast, f.ts, (PyFunction) callee, r);
    }
    return run(f, (PyFunction) callee, code, r);
  }

  /** The code without a frame, when that may run now. */
  static @Nullable FastCode fast(PyCode code) {
    FastCode fast = code.fast;
    return fast == null || Tracer.armed() ? null : fast;
  }

  /** The first step of generators without a frame, when that may run now. */
  static @Nullable FastCode started(PyCode code) {
    FastCode started = code.started;
    return started == null || Tracer.armed() ? null : started;
  }

  static PyObject callNamed(PyObject callee, PyObject[] args, String[] names) {
    return callee.call(args, names);
  }

  /** With self, or null where it is no method, before the arguments. */
  static PyObject callMethodNamed(PyObject callee, PyObject[] args, String[] names) {
    return callee.call(
        args[0] != null ? args : java.util.Arrays.copyOfRange(args, 1, args.length), names);
  }

  static PyObject newFunction(PyFrame f, PyCode code, PyObject[] cells) {
    return new PyFunction(code, f.globals, f.builtins, closure(cells));
  }

  static PyCell[] closure(PyObject[] cells) {
    PyCell[] closure = cells.length == 0 ? PyFunction.NO_CELLS : new PyCell[cells.length];
    System.arraycopy(cells, 0, closure, 0, cells.length);
    return closure;
  }

  /** {@code callee(*args, **kwargs)}; {@code kwargs} may be null. */
  static PyObject callSpread(PyObject callee, PyObject args, @Nullable PyObject kwargs) {
    boolean named =
        kwargs != null && (kwargs.getClass() != PyDict.class || ((PyDict) kwargs).size() != 0);
    if (named || args.getClass() != PyTuple.class) {
      return CallInstrs.CallEx.call(callee, args, kwargs);
    }
    if (callee instanceof PyMethod m && m.function instanceof PyFunction fn) {
      return fn.callSpread(m.self, ((PyTuple) args).array());
    }
    return callee instanceof PyFunction fn
        ? fn.callSpread(null, ((PyTuple) args).array())
        : CallInstrs.CallEx.call(callee, args, kwargs);
  }

  static void mergeKeywords(PyObject into, PyObject dict, PyObject callee) {
    Unpacking.dictMerge((PyDict) into, dict, callee);
  }

  private static PyObject run(PyFrame back, PyFunction fn, PyCode code, PyObject[] r) {
    if (CompiledIteration.onlyMakesGenerator(code)) {
      return CompiledIteration.generator(fn, code, r);
    }
    return Interpreter.runFrom(
        back, new PyFrame(code, r, fn.globals, fn.builtins, null, fn), code.entry);
  }
}
