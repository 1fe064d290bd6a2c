package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.NativeDef;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyMethodWrapper;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyWeakReference;

/**
 * What code without frames ({@link FastCode}) calls where the callee is known only when the call is
 * made: a Python function that has such code, or a native callable that here and now neither blocks
 * nor runs Python code. All return null when that is not so; then nothing has been done, and the
 * caller leaves its code to do it with a frame. They return null, too, when a Python function has
 * been left, which {@link #isLeft} tells.
 *
 * <p>So a thread that waits in a lock or queue has all its frames: it is only locks that are free
 * which are taken here.
 */
final class Quiet {
  /** The arguments that {@code __exit__} gets when nothing was raised. */
  static final PyTuple NOTHING_RAISED = Py.tuple(Py.None, Py.None, Py.None);

  private static final PyObject[] THREE_NONES = {Py.None, Py.None, Py.None};

  // What is known of a native callable: NativeDef.quiet. 0 is not looked up yet.
  private static final byte NOISY = 1;

  /** It never blocks nor runs Python code, whatever its arguments. */
  private static final byte PLAIN = 2;

  /** As PLAIN with one argument at most. */
  private static final byte PLAIN_ONE = 3;

  /** Takes a lock, without arguments. */
  private static final byte ENTER = 4;

  /** {@code acquire} of a lock. */
  private static final byte ACQUIRE = 5;

  /** Takes an item from a queue, without arguments or with {@code True}. */
  private static final byte TAKE = 6;

  private static final byte REMOVE = 7;
  private static final byte HAS_ATTR = 8;
  private static final byte IS_INSTANCE = 9;

  /** {@code join} of a thread, without arguments or with None. */
  private static final byte JOIN = 10;

  /** As PLAIN, where the arguments are numbers and strs. */
  private static final byte PLAIN_ARGS = 11;

  /** {@code write} of a file. */
  private static final byte WRITE = 12;

  /** {@code run} of a context, with a function alone. */
  private static final byte RUN = 13;

  /**
   * Nearly always waits, and is always left for: who waits for long then has a flat Java stack, as
   * all callers whose code needs no frame have been left, too.
   */
  private static final byte WAIT = 14;

  /** {@code recv} of a socket, with a number alone. */
  private static final byte RECEIVE = 15;

  /** Takes an item from a queue that has one, without arguments. */
  private static final byte POLL = 16;

  /** As PLAIN while there are no audit hooks, which are Python code. */
  private static final byte AUDITED = 17;

  private Quiet() {}

  // ---- what is known of callables

  private static byte kind(NativeDef def) {
    byte k = def.quiet;
    if (k == 0) {
      k =
          kind(
              def.kind == NativeDef.FUNCTION
                  ? def.fullName()
                  : def.table.moduleName() + "." + def.fullName());
      def.quiet = k;
    }
    return k != AUDITED ? k : Audit.isUsed() ? NOISY : PLAIN;
  }

  private static byte kind(String name) {
    return switch (name) {
      case "_thread.lock.release",
          "_thread.lock.locked",
          "_thread.lock.__exit__",
          "_thread.RLock.release",
          "_thread.RLock.locked",
          "_thread.RLock.__exit__",
          "_thread.RLock._is_owned",
          "_thread.RLock._release_save",
          "_thread.get_ident",
          "_thread.get_native_id",
          "_thread.allocate_lock",
          "_thread.set_name",
          "_thread._ThreadHandle.is_done",
          "collections.deque.append",
          "collections.deque.appendleft",
          "collections.deque.pop",
          "collections.deque.popleft",
          "collections.deque.clear",
          "_queue.SimpleQueue.empty",
          "_queue.SimpleQueue.qsize",
          "_queue.SimpleQueue.put_nowait",
          "time.monotonic",
          "time.perf_counter",
          "time.time",
          "time.monotonic_ns",
          "time.perf_counter_ns",
          "time.time_ns",
          "posix.getpid",
          "_io._IOBase.flush",
          "_random.Random.random",
          "_contextvars.copy_context",
          "decimal.Decimal.quantize",
          "decimal.Decimal.normalize",
          "decimal.Decimal.compare",
          "decimal.Decimal.copy_abs",
          "decimal.Decimal.to_integral_value",
          "decimal.Decimal.is_nan",
          "decimal.Decimal.is_zero",
          "decimal.Decimal.is_signed",
          "list.append",
          "callable" ->
          PLAIN;
      case "id", "_thread.start_joinable_thread" -> AUDITED;
      case "_queue.SimpleQueue.put" -> PLAIN_ONE;
      case "min",
          "max",
          "round",
          "divmod",
          "posix.fspath",
          "re.Match.group",
          "re.Match.groups",
          "re.Match.start",
          "re.Match.end",
          "re.Match.span" ->
          PLAIN_ARGS;
      case "_io.StringIO.write" -> WRITE;
      case "_thread.lock.__enter__", "_thread.RLock.__enter__" -> ENTER;
      case "_thread.lock.acquire", "_thread.RLock.acquire" -> ACQUIRE;
      case "_queue.SimpleQueue.get" -> TAKE;
      case "_queue.SimpleQueue.get_nowait" -> POLL;
      case "collections.deque.remove" -> REMOVE;
      case "_thread._ThreadHandle.join" -> JOIN;
      case "_contextvars.Context.run" -> RUN;
      case "time.sleep" -> WAIT;
      case "_socket.socket.recv" -> RECEIVE;
      case "hasattr" -> HAS_ATTR;
      case "isinstance" -> IS_INSTANCE;
      default -> name.startsWith("math.") ? PLAIN_ARGS : NOISY;
    };
  }

  /** Whether calling a native class without arguments just makes an object. */
  private static boolean isPlainClass(PyType t) {
    NativeTable table = t.isHeap() ? null : t.table();
    if (table == null) {
      return false;
    }
    byte k = table.quietNew;
    if (k == 0) {
      k =
          switch (table.moduleName() + "." + table.typeName()) {
            case "_thread.lock",
                "_thread.RLock",
                "_thread._ThreadHandle",
                "collections.deque",
                "_queue.SimpleQueue",
                "_contextvars.Context" ->
                PLAIN;
            default -> NOISY;
          };
      table.quietNew = k;
    }
    return k == PLAIN;
  }

  /** Whether there is hope for a callable that is no Python function; for the notes. */
  static boolean mayDo(@Nullable PyObject callee) {
    return switch (callee) {
      case PyMethodDescriptor d -> kind(d.def()) != NOISY;
      case PyBuiltinFunction f -> kind(f.def()) != NOISY;
      case PyMethod m -> m.function instanceof PyFunction;
      case PyWeakReference w -> w.getClass() == PyWeakReference.class;
      case PyMethodWrapper w -> w.self() instanceof QuietMethods.Iterator && isNext(w);
      case PyType t -> isPlainClass(t) || t.plainInit() instanceof PyFunction;
      case null, default -> false;
    };
  }

  private static boolean isNext(PyMethodWrapper w) {
    return w.descriptor().is(Special.NEXT);
  }

  /** The code that a callable runs which is no Python function itself; for the notes. */
  static @Nullable PyCode codeBehind(@Nullable PyObject callee) {
    PyObject f =
        callee instanceof PyMethod m
            ? m.function
            : callee instanceof PyType t && t.isHeap() ? t.plainInit() : null;
    return f instanceof PyFunction fn ? fn.code : null;
  }

  /** Whether a null was returned because the callee has been left. */
  static boolean isLeft(ThreadState ts) {
    return ts.left != null;
  }

  private static @Nullable PyObject blocks(ThreadState ts) {
    ts.wouldBlock = true;
    return null;
  }

  // ---- calls; self is null where the callee is bound

  static @Nullable PyObject call0(ThreadState ts, PyObject callee, @Nullable PyObject self) {
    if (callee instanceof PyFunction fn) {
      return self == null ? run0(ts, fn) : run1(ts, fn, self);
    }
    if (self != null) {
      return callee instanceof PyMethodDescriptor d ? native0(ts, d.def(), self) : null;
    }
    return switch (callee) {
      case PyBuiltinFunction f -> native0(ts, f.def(), f.self());
      case PyMethod m -> m.function instanceof PyFunction fn ? run1(ts, fn, m.self) : null;
      case PyType t -> isPlainClass(t) ? t.call0() : null;
      case PyWeakReference w ->
          w.getClass() == PyWeakReference.class && !w.isLetGo() ? w.call0() : null;
      case PyMethodWrapper w ->
          isNext(w) && w.self() instanceof QuietMethods.Iterator i ? i.nextQuietly() : null;
      default -> null;
    };
  }

  static @Nullable PyObject call1(
      ThreadState ts, PyObject callee, @Nullable PyObject self, PyObject a) {
    if (callee instanceof PyFunction fn) {
      return self == null ? run1(ts, fn, a) : run2(ts, fn, self, a);
    }
    if (self != null) {
      return callee instanceof PyMethodDescriptor d ? native1(ts, d.def(), self, a) : null;
    }
    return switch (callee) {
      case PyBuiltinFunction f -> native1(ts, f.def(), f.self(), a);
      case PyMethod m -> m.function instanceof PyFunction fn ? run2(ts, fn, m.self, a) : null;
      default -> null;
    };
  }

  static @Nullable PyObject call2(
      ThreadState ts, PyObject callee, @Nullable PyObject self, PyObject a, PyObject b) {
    if (callee instanceof PyFunction fn) {
      return self == null ? run2(ts, fn, a, b) : run3(ts, fn, self, a, b);
    }
    if (self != null) {
      return callee instanceof PyMethodDescriptor d ? native2(ts, d.def(), self, a, b) : null;
    }
    return switch (callee) {
      case PyBuiltinFunction f -> native2(ts, f.def(), f.self(), a, b);
      case PyMethod m -> m.function instanceof PyFunction fn ? run3(ts, fn, m.self, a, b) : null;
      default -> null;
    };
  }

  /** With any number of arguments, the last of them perhaps named. */
  static @Nullable PyObject call(
      ThreadState ts,
      PyObject callee,
      @Nullable PyObject self,
      PyObject[] args,
      String @Nullable [] names) {
    PyObject function = callee;
    PyObject first = self;
    if (self == null && callee instanceof PyMethod m) {
      function = m.function;
      first = m.self;
    }
    if (function instanceof PyFunction fn) {
      PyCode code = fn.code;
      FastCode fast = code.fast;
      return fast == null
          ? null
          : bindAndRun(
              ts,
              fn,
              code,
              fast,
              first == null ? args : org.plait.runtime.protocol.PyCalls.prepend(first, args),
              names);
    }
    NativeDef def;
    if (first == null && function instanceof PyBuiltinFunction f) {
      def = f.def();
      first = f.self();
    } else if (first != null && function instanceof PyMethodDescriptor d) {
      def = d.def();
    } else {
      return args.length == 0 && first == null ? call0(ts, callee, null) : null;
    }
    if (Tracer.looks()) {
      return null;
    }
    byte kind = kind(def);
    if ((kind == PLAIN || kind == PLAIN_ARGS && arePlain(args)) && accepts(def, first)) {
      return def.table.call(def, first, args, names);
    }
    if (names != null) {
      return null;
    }
    return switch (args.length) {
      case 0 -> native0(ts, def, first);
      case 1 -> native1(ts, def, first, args[0]);
      case 2 -> native2(ts, def, first, args[0], args[1]);
      default -> null;
    };
  }

  /** {@code callee(*args, **kwargs)}. */
  static @Nullable PyObject callEx(
      ThreadState ts, PyObject callee, PyObject args, @Nullable PyObject kwargs) {
    if (args.getClass() != PyTuple.class) {
      return null;
    }
    PyObject[] positional = ((PyTuple) args).array();
    if (kwargs == null || kwargs.getClass() == PyDict.class && ((PyDict) kwargs).size() == 0) {
      return switch (positional.length) {
        case 0 -> call0(ts, callee, null);
        case 1 -> call1(ts, callee, null, positional[0]);
        case 2 -> call2(ts, callee, null, positional[0], positional[1]);
        default -> call(ts, callee, null, positional, null);
      };
    }
    return null;
  }

  /** An attribute that was a property when the code was made. */
  static @Nullable PyObject property(ThreadState ts, AttributeInstrs.LoadAttr i, PyObject o) {
    PyFunction getter = i.getter(o);
    return getter == null ? i.quietly(o) : run1(ts, getter, o);
  }

  /** The end of a with statement when nothing was raised. */
  static @Nullable PyObject exit(ThreadState ts, PyObject function, @Nullable PyObject self) {
    if (self != null && function instanceof PyMethodDescriptor d) {
      return kind(d.def()) == PLAIN && d.def().table.accepts(self)
          ? d.invoke3(self, Py.None, Py.None, Py.None)
          : null;
    }
    if (self != null && function instanceof PyFunction fn) {
      PyCode code = fn.code;
      FastCode fast = code.fast;
      if (fast == null) {
        return null;
      }
      return code.takesSelfAndRest()
          ? fast.run2(ts, fn, self, NOTHING_RAISED)
          : bindAndRun(ts, fn, code, fast, new PyObject[] {self, Py.None, Py.None, Py.None}, null);
    }
    return call(ts, function, self, THREE_NONES, null);
  }

  // ---- natives; not those of a thread that may have to run a signal's handler behind them, nor
  // when there is a tool that may want to be told of them

  private static boolean accepts(NativeDef def, PyObject self) {
    return def.kind == NativeDef.FUNCTION || def.table.accepts(self);
  }

  private static boolean arePlain(PyObject[] args) {
    for (PyObject a : args) {
      if (!CompiledSupport.isPlain(a)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable PyObject native0(ThreadState ts, NativeDef def, PyObject self) {
    if (Tracer.looks()) {
      return null;
    }
    return switch (kind(def)) {
      case PLAIN, PLAIN_ONE, PLAIN_ARGS ->
          accepts(def, self) ? def.table.call0(def.id, self) : null;
      case ENTER, ACQUIRE ->
          self instanceof QuietMethods.Lock l ? l.enterQuietly(true) ? Py.True : blocks(ts) : null;
      case JOIN -> {
        if (!(self instanceof QuietMethods.Lock l)) {
          yield null;
        }
        if (!l.enterQuietly(true)) {
          yield blocks(ts);
        }
        // The thread may have sent a signal as it ended; joining it once more does no harm.
        if (Tracer.looks()) {
          yield null;
        }
        yield Py.None;
      }
      case TAKE -> {
        PyObject v = self instanceof QuietMethods.Source s ? s.takeQuietly(true) : null;
        yield v != null ? v : blocks(ts);
      }
      case POLL -> self instanceof QuietMethods.Source s ? s.takeQuietly(false) : null;
      default -> null;
    };
  }

  private static @Nullable PyObject native1(
      ThreadState ts, NativeDef def, PyObject self, PyObject a) {
    if (Tracer.looks()) {
      return null;
    }
    return switch (kind(def)) {
      case PLAIN, PLAIN_ONE -> accepts(def, self) ? def.table.call1(def.id, self, a) : null;
      case PLAIN_ARGS ->
          CompiledSupport.isPlain(a) && accepts(def, self)
              ? def.table.call1(def.id, self, a)
              : null;
      case WRITE -> self instanceof QuietMethods.Sink s ? s.writeQuietly(a) : null;
      case ACQUIRE -> {
        if (!(self instanceof QuietMethods.Lock l) || a != Py.True && a != Py.False) {
          yield null;
        }
        yield l.enterQuietly(a == Py.True) ? Py.True : a == Py.False ? Py.False : blocks(ts);
      }
      case RUN -> self instanceof QuietMethods.Scope s ? runIn(ts, s, a) : null;
      case WAIT -> blocks(ts);
      case RECEIVE -> {
        PyObject v = self instanceof QuietMethods.Receiver r ? r.receiveQuietly(a) : null;
        yield v != null ? v : blocks(ts);
      }
      case JOIN -> a == Py.None ? native0(ts, def, self) : null;
      case TAKE -> a == Py.True ? native0(ts, def, self) : null;
      case REMOVE ->
          self instanceof QuietMethods.Sequence s && s.removeFirstQuietly(a) ? Py.None : null;
      default -> null;
    };
  }

  /** Calls a function in a scope, which frames that are left take with them. */
  private static @Nullable PyObject runIn(ThreadState ts, QuietMethods.Scope scope, PyObject f) {
    if (!scope.enter()) {
      return null;
    }
    PyObject v = null;
    boolean left = false;
    try {
      v = call0(ts, f, null);
      left = v == null && isLeft(ts);
      if (left) {
        ts.leftLast.scope = scope;
      }
    } finally {
      if (!left) {
        scope.leave();
      }
    }
    // Where nothing has been done, that says nothing about the caller's code.
    return v != null || left ? v : blocks(ts);
  }

  private static @Nullable PyObject native2(
      ThreadState ts, NativeDef def, PyObject self, PyObject a, PyObject b) {
    if (Tracer.looks()) {
      return null;
    }
    return switch (kind(def)) {
      case PLAIN -> accepts(def, self) ? def.table.call2(def.id, self, a, b) : null;
      case PLAIN_ARGS ->
          CompiledSupport.isPlain(a) && CompiledSupport.isPlain(b) && accepts(def, self)
              ? def.table.call2(def.id, self, a, b)
              : null;
      case HAS_ATTR -> hasAttr(a, b);
      case IS_INSTANCE -> isInstance(a, b);
      default -> null;
    };
  }

  private static @Nullable PyObject hasAttr(PyObject o, PyObject name) {
    PyType type = o.type();
    if (name.getClass() != PyStr.class) {
      return null;
    }
    if (type == PyModule.TYPE && o instanceof PyModule m) {
      return m.dict().getStr(name.toString()) != null ? Py.True : null;
    }
    if (!type.isHeap() && o.attrs() == null) {
      return hasBuiltin(type, name.toString());
    }
    if (!type.usesObjectGetattribute()) {
      return null;
    }
    PyObject found = type.lookup(name.toString());
    if (found != null && (found.type().isHeap() || PyDescriptors.isData(found))) {
      return null;
    }
    PyInstance attrs = found == null ? o.attrs() : null;
    return Py.bool_(found != null || attrs != null && attrs.getDictAttr(name.toString()) != null);
  }

  /** Whether a built-in class, which never changes, has an attribute; null as in hasAttr. */
  private record Has(PyType type, String name, @Nullable PyObject answer) {}

  private static final Has[] HAS = new Has[64];

  private static @Nullable PyObject hasBuiltin(PyType type, String name) {
    int at = (31 * type.version() + name.hashCode()) & HAS.length - 1;
    Has h = HAS[at];
    if (h == null || h.type != type || !h.name.equals(name)) {
      PyObject answer = null;
      if (type.usesObjectGetattribute()) {
        PyObject found = type.lookup(name);
        boolean plain = found == null || !found.type().isHeap() && !PyDescriptors.isData(found);
        answer = plain ? Py.bool_(found != null) : null;
      }
      h = new Has(type, name, answer);
      HAS[at] = h;
    }
    return h.answer;
  }

  private static @Nullable PyObject isInstance(PyObject o, PyObject cls) {
    if (!(cls instanceof PyType c) || c.type() != PyType.TYPE) {
      return null;
    }
    PyType type = o.type();
    if (type == c || type.isSubtypeOf(c)) {
      return Py.True;
    }
    // Otherwise its attribute __class__ counts, too.
    boolean plain =
        type.usesObjectGetattribute()
            && type.lookup("__class__") == PyBaseObject.TYPE.lookup("__class__");
    return plain ? Py.False : null;
  }

  // ---- Python functions

  private static @Nullable PyObject run0(ThreadState ts, PyFunction fn) {
    PyCode code = fn.code;
    FastCode fast = code.fast;
    if (fast == null) {
      return null;
    }
    return code.simpleArgs && code.unit.argCount == 0
        ? fast.run0(ts, fn)
        : bindAndRun(ts, fn, code, fast, PyObject.NO_ARGS, null);
  }

  private static @Nullable PyObject run1(ThreadState ts, PyFunction fn, PyObject a) {
    PyCode code = fn.code;
    FastCode fast = code.fast;
    if (fast == null) {
      return null;
    }
    if (code.simpleArgs) {
      int n = code.unit.argCount;
      if (n == 1) {
        return fast.run1(ts, fn, a);
      }
      PyTuple d = fn.defaults;
      int count = d == null ? 0 : d.size();
      if (n == 2 && count >= 1) {
        return fast.run2(ts, fn, a, d.get(count - 1));
      }
      if (n == 3 && count >= 2) {
        return fast.run3(ts, fn, a, d.get(count - 2), d.get(count - 1));
      }
    }
    return bindAndRun(ts, fn, code, fast, new PyObject[] {a}, null);
  }

  private static @Nullable PyObject run2(ThreadState ts, PyFunction fn, PyObject a, PyObject b) {
    PyCode code = fn.code;
    FastCode fast = code.fast;
    if (fast == null) {
      return null;
    }
    if (code.simpleArgs) {
      int n = code.unit.argCount;
      if (n == 2) {
        return fast.run2(ts, fn, a, b);
      }
      PyTuple d = fn.defaults;
      int count = d == null ? 0 : d.size();
      if (n == 3 && count >= 1) {
        return fast.run3(ts, fn, a, b, d.get(count - 1));
      }
      if (n == 4 && count >= 2) {
        return fast.run4(ts, fn, a, b, d.get(count - 2), d.get(count - 1));
      }
    }
    return bindAndRun(ts, fn, code, fast, new PyObject[] {a, b}, null);
  }

  private static @Nullable PyObject run3(
      ThreadState ts, PyFunction fn, PyObject a, PyObject b, PyObject c) {
    PyCode code = fn.code;
    FastCode fast = code.fast;
    if (fast == null) {
      return null;
    }
    return code.simpleArgs && code.unit.argCount == 3
        ? fast.run3(ts, fn, a, b, c)
        : bindAndRun(ts, fn, code, fast, new PyObject[] {a, b, c}, null);
  }

  private static @Nullable PyObject bindAndRun(
      ThreadState ts,
      PyFunction fn,
      PyCode code,
      FastCode fast,
      PyObject[] args,
      String @Nullable [] names) {
    return fast.run(ts, fn, ArgumentBinding.bind(fn, code, args, names, fast.parameters));
  }

  // ---- new instances of Python classes

  /** The code without a frame of an {@code __init__} for a new instance, or null. */
  static @Nullable FastCode init(PyObject function) {
    FastCode fast = ((PyFunction) function).code.fast;
    return fast == null ? null : fast.fresh;
  }

  /** Runs it with a new instance and the arguments behind it. */
  static @Nullable PyObject initialise(
      FastCode fast,
      ThreadState ts,
      PyObject function,
      PyObject[] args,
      String @Nullable [] names) {
    PyFunction fn = (PyFunction) function;
    PyCode code = fast.tier.code;
    return fast.run(ts, fn, ArgumentBinding.bind(fn, code, args, names, fast.parameters));
  }

  // ---- other instructions

  /** The special method of a with statement if it needs no binding; or null. */
  static @Nullable PyObject special(PyObject o, int enter) {
    PyType type = o instanceof PyInstance i ? i.shape().type() : o.type();
    PyObject f = type.special(enter == 0 ? Special.ENTER : Special.EXIT);
    return f instanceof PyFunction
            || f instanceof PyMethodDescriptor
            || f != null && PyDescriptors.isMethod(f)
        ? f
        : null;
  }

  /** The item of a sequence that is no built-in one of the interpreter. */
  static @Nullable PyObject item(PyObject o, PyObject i) {
    return o instanceof QuietMethods.Sequence s
            && i.getClass() == PyInt.class
            && ((PyInt) i).isLong()
            && ((PyInt) i).longValue() >= 0
        ? s.itemQuietly(((PyInt) i).longValue())
        : null;
  }

  static PyObject function(PyFunction maker, PyCode code, PyObject[] cells) {
    return new PyFunction(code, maker.globals, maker.builtins, CompiledSupport.closure(cells));
  }

  static void setFunctionAttribute(PyObject function, int which, PyObject value) {
    ColdOps.setFunctionAttribute((PyFunction) function, which, value);
  }

  static PyObject emptyDict() {
    return new PyDict();
  }

  /** Adds the named arguments in a dict to those there are; false when that is not simple. */
  static boolean merge(PyObject into, PyObject dict) {
    if (dict.getClass() != PyDict.class) {
      return false;
    }
    if (((PyDict) dict).size() != 0) {
      if (((PyDict) into).size() != 0) {
        return false;
      }
      ((PyDict) into).putAll((PyDict) dict);
    }
    return true;
  }

  static boolean extend(PyObject list, PyObject items) {
    if (items.getClass() != PyTuple.class) {
      return false;
    }
    ((PyList) list).appendAll(((PyTuple) items).array());
    return true;
  }

  static PyObject tuple(PyObject list) {
    return PyTuple.of(((PyList) list).toArray());
  }

  /** A set of quiet keys; null if one is none. */
  static @Nullable PyObject set(PyObject[] items) {
    for (PyObject v : items) {
      if (!isQuietKey(v)) {
        return null;
      }
    }
    PySet s = new PySet();
    for (PyObject v : items) {
      s.add(v);
    }
    return s;
  }

  /** {@code v in {a, b}} without the set: 1 or 0; or -1 where one of them is no plain key. */
  static int isOneOf(PyObject v, PyObject a, PyObject b) {
    if (!CompiledSupport.isPlainKey(v)
        || !CompiledSupport.isPlainKey(a)
        || !CompiledSupport.isPlainKey(b)) {
      return -1;
    }
    return v == a || v == b || OpcodeImpl.testEq(v, a) || OpcodeImpl.testEq(v, b) ? 1 : 0;
  }

  static int isOneOf(PyObject v, PyObject a, PyObject b, PyObject c) {
    int found = isOneOf(v, a, b);
    if (found < 0 || !CompiledSupport.isPlainKey(c)) {
      return -1;
    }
    return found != 0 || v == c || OpcodeImpl.testEq(v, c) ? 1 : 0;
  }

  /** {@code text % v} where no Python code is run for it. */
  static @Nullable PyObject format(PyObject text, PyObject v) {
    if (text.getClass() != PyStr.class) {
      return null;
    }
    if (PyDict.isExact(v)) {
      return ((PyStr) text).modPlainDict((PyDict) v);
    }
    boolean plain =
        v.getClass() == PyTuple.class
            ? arePlain(((PyTuple) v).array())
            : CompiledSupport.isPlain(v);
    return plain ? OpcodeImpl.mod(text, v) : null;
  }

  /** Deletes an instance attribute if that is all there is to it. */
  static boolean deleteAttr(PyObject o, PyObject name) {
    if (!(o instanceof PyInstance i)) {
      return false;
    }
    PyType type = i.type();
    PyObject inClass = type.lookup(name.toString());
    return type.usesObjectSetattr()
        && (inClass == null || !PyDescriptors.isData(inClass))
        && i.removeDictAttr(name.toString()) != null;
  }

  /** Whether an object is a key of which neither hash nor comparison is written in Python. */
  static boolean isQuietKey(@Nullable PyObject o) {
    return CompiledSupport.isPlainKey(o)
        || o instanceof PyInstance i
            && i.shape().type().special(Special.HASH) == PyBaseObject.TYPE.special(Special.HASH)
            && i.shape().type().special(Special.EQ) == PyBaseObject.TYPE.special(Special.EQ);
  }

  /** Deletes a key of an exact dict; false when there is none, or it is no dict or plain key. */
  static boolean delete(PyObject o, PyObject key) {
    return o.getClass() == PyDict.class && isQuietKey(key) && ((PyDict) o).remove(key) != null;
  }
}
