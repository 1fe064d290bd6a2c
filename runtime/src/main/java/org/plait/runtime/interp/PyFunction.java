package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * {@code function}: code, globals, closure and defaults. The mutable parts are volatile; a call
 * reads each once. What Python sees of it beyond the call is in {@link FunctionAccess}.
 */
@PyTypeDef(
    name = "function",
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF})
public final class PyFunction extends FunctionAccess implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyFunctionTable.INSTANCE);

  static final PyCell[] NO_CELLS = {};

  private static final VarHandle CODE;
  private static final VarHandle NAME;
  private static final VarHandle QUALNAME;
  private static final VarHandle DOC;
  private static final VarHandle MODULE;
  private static final VarHandle ALL_DEFAULTS;
  private static final VarHandle TYPE_PARAMS;
  private static final VarHandle DEFAULTS;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      CODE = l.findVarHandle(PyFunction.class, "code", PyCode.class);
      NAME = l.findVarHandle(PyFunction.class, "name", PyStr.class);
      QUALNAME = l.findVarHandle(PyFunction.class, "qualname", PyStr.class);
      DOC = l.findVarHandle(PyFunction.class, "doc", PyObject.class);
      MODULE = l.findVarHandle(PyFunction.class, "module", PyObject.class);
      DEFAULTS = l.findVarHandle(PyFunction.class, "defaults", PyTuple.class);
      TYPE_PARAMS = l.findVarHandle(PyFunction.class, "typeParams", PyTuple.class);
      ALL_DEFAULTS = l.findVarHandle(PyFunction.class, "allDefaults", AllDefaults.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  volatile PyCode code;

  @PyMember("__globals__")
  final PyDict globals;

  final PyObject builtins;
  final PyCell[] closure;
  volatile PyStr name;
  volatile PyStr qualname;
  volatile @Nullable PyTuple defaults;
  volatile @Nullable PyDict kwdefaults;

  /** What {@link #allDefaults} has found, or SHOWN. */
  private volatile @Nullable AllDefaults allDefaults;

  /**
   * {@code __annotations__} once computed, or the tuple of names and values of the future import.
   */
  volatile @Nullable PyObject annotations;

  volatile @Nullable PyObject annotate;
  volatile PyTuple typeParams;
  volatile PyObject doc;
  volatile PyObject module;

  public PyFunction(PyCode code, PyDict globals, PyObject builtins, PyCell[] closure) {
    super(TYPE);
    this.globals = globals;
    this.builtins = builtins;
    this.closure = closure;
    PyObject m = globals.getStr("__name__");
    // Whoever gets to see the function does so by a later release; volatile stores would be six
    // full fences, half of what making a function costs.
    CODE.set(this, code);
    NAME.set(this, code.name);
    QUALNAME.set(this, code.qualname);
    DOC.set(this, code.docstring());
    MODULE.set(this, m == null ? Py.None : m);
    TYPE_PARAMS.set(this, Py.EmptyTuple);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The defaults of a new function, which nobody else knows yet. */
  void firstDefaults(PyTuple d) {
    DEFAULTS.set(this, d);
  }

  public PyCode code() {
    return code;
  }

  public PyDict globals() {
    return globals;
  }

  public PyCell[] closure() {
    return closure;
  }

  public PyStr qualname() {
    return qualname;
  }

  // ---- defaults

  /** The defaults of all parameters, as long as the function has this code and these defaults. */
  private record AllDefaults(@Nullable PyCode code, @Nullable PyTuple positional, PyTuple all) {}

  /** Python code may have the dict, and may change it unseen. */
  private static final AllDefaults SHOWN = new AllDefaults(null, null, Py.EmptyTuple);

  /** The dict of the defaults of parameters that must be named, for Python code. */
  @Nullable PyDict showKeywordDefaults() {
    allDefaults = SHOWN;
    return kwdefaults;
  }

  void setKeywordDefaults(@Nullable PyDict d) {
    kwdefaults = d;
    allDefaults = SHOWN;
  }

  /**
   * The defaults and, behind them, those of the parameters that must be named, in order, null where
   * there is none; or null when none of these has any.
   *
   * @param code the function's, which somebody may replace just now
   */
  @Nullable PyTuple allDefaults(PyCode code) {
    AllDefaults known = allDefaults;
    PyTuple positional = defaults;
    if (known != null && known.code == code && known.positional == positional) {
      return known.all;
    }
    PyDict named = kwdefaults;
    if (named == null) {
      return null;
    }
    CodeUnit u = code.unit;
    int n = positional == null ? 0 : positional.size();
    PyObject[] all = new PyObject[n + u.kwOnlyArgCount];
    if (positional != null) {
      System.arraycopy(positional.array(), 0, all, 0, n);
    }
    for (int i = 0; i < u.kwOnlyArgCount; i++) {
      all[n + i] = named.getStr(u.varNames[u.argCount + i]);
    }
    PyTuple found = PyTuple.of(all);
    if (known != SHOWN) {
      // Nobody must find it who looks after the dict has been shown.
      ALL_DEFAULTS.compareAndSet(this, known, new AllDefaults(code, positional, found));
    }
    return found;
  }

  // ---- descriptor

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return self == null ? this : new PyMethod(this, self);
  }

  @Override
  public boolean isMethodDescriptor() {
    return true;
  }

  // ---- calls

  private PyObject run(PyCode c, PyObject[] registers) {
    FastCode fast = c.fast;
    if (fast != null && !Tracer.armed()) {
      return Frameless.call(fast, ThreadState.current(), this, registers);
    }
    PyObject locals = c.unit.has(CodeFlags.OPTIMIZED) ? null : globals;
    return Interpreter.run(new PyFrame(c, registers, globals, builtins, locals, this));
  }

  /**
   * The registers of a frame for n positional arguments, defaults in place; null if binding takes
   * more than that.
   */
  private PyObject @Nullable [] registers(PyCode c, int n) {
    int missing = c.unit.argCount - n;
    if (!c.simpleArgs || missing < 0) {
      return null;
    }
    if (missing == 0) {
      return new PyObject[c.unit.registerCount];
    }
    PyTuple d = defaults;
    int from = d == null ? -1 : d.size() - missing;
    if (from < 0) {
      return null;
    }
    PyObject[] registers = new PyObject[c.unit.registerCount];
    for (int i = 0; i < missing; i++) {
      registers[n + i] = d.get(from + i);
    }
    return registers;
  }

  /** The code without a frame, when that may run now with n positional arguments. */
  private static @Nullable FastCode fast(PyCode c, int n) {
    FastCode fast = c.fast;
    return fast == null || c.unit.argCount != n || !c.simpleArgs || Tracer.armed() ? null : fast;
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    PyCode c = code;
    if (kwnames == null) {
      PyObject[] registers = registers(c, args.length);
      if (registers != null) {
        System.arraycopy(args, 0, registers, 0, args.length);
        return run(c, registers);
      }
    }
    return bindAndRun(c, args, kwnames);
  }

  /** Calls with positional arguments that are not ours to keep; {@code self} may be null. */
  PyObject callSpread(@Nullable PyObject self, PyObject[] args) {
    PyCode c = code;
    int from = self == null ? 0 : 1;
    if (c.takesRest) {
      FastCode fast = Tracer.armed() ? null : c.fast;
      int size = fast == null ? c.unit.registerCount : c.parameters();
      PyObject[] r = ArgumentBinding.spread(c, self, args, size);
      if (r != null) {
        return fast == null ? run(c, r) : Frameless.call(fast, ThreadState.current(), this, r);
      }
    }
    PyObject[] registers = registers(c, from + args.length);
    if (registers == null) {
      return bindAndRun(c, self == null ? args : PyCalls.prepend(self, args), null);
    }
    if (self != null) {
      registers[0] = self;
    }
    System.arraycopy(args, 0, registers, from, args.length);
    return run(c, registers);
  }

  private PyObject bindAndRun(PyCode c, PyObject[] args, String @Nullable [] kwnames) {
    FastCode fast = c.fast;
    return fast != null && !Tracer.armed()
        ? Frameless.call(
            fast,
            ThreadState.current(),
            this,
            ArgumentBinding.bind(this, c, args, kwnames, c.parameters()))
        : run(c, ArgumentBinding.bind(this, c, args, kwnames));
  }

  @Override
  public PyObject call0() {
    PyCode c = code;
    FastCode fast = fast(c, 0);
    if (fast != null) {
      return Frameless.call0(fast, ThreadState.current(), this);
    }
    PyObject[] registers = registers(c, 0);
    return registers == null ? bindAndRun(c, NO_ARGS, null) : run(c, registers);
  }

  @Override
  public PyObject call1(PyObject a) {
    PyCode c = code;
    FastCode fast = fast(c, 1);
    if (fast != null) {
      return Frameless.call1(fast, ThreadState.current(), this, a);
    }
    PyTuple d = defaults;
    if (d != null && c.plainArgs == 2 && (fast = fast(c, 2)) != null) {
      int n = d.size();
      if (n > 0) {
        return Frameless.call2(fast, ThreadState.current(), this, a, d.get(n - 1));
      }
    }
    PyObject[] registers = registers(c, 1);
    if (registers == null) {
      return bindAndRun(c, new PyObject[] {a}, null);
    }
    registers[0] = a;
    return run(c, registers);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    PyCode c = code;
    FastCode fast = fast(c, 2);
    if (fast != null) {
      return Frameless.call2(fast, ThreadState.current(), this, a, b);
    }
    PyObject[] registers = registers(c, 2);
    if (registers == null) {
      return bindAndRun(c, new PyObject[] {a, b}, null);
    }
    registers[0] = a;
    registers[1] = b;
    return run(c, registers);
  }

  @Override
  public PyObject call3(PyObject a, PyObject b, PyObject d) {
    PyCode c = code;
    FastCode fast = fast(c, 3);
    if (fast != null) {
      return Frameless.call3(fast, ThreadState.current(), this, a, b, d);
    }
    PyObject[] registers = registers(c, 3);
    if (registers == null) {
      return bindAndRun(c, new PyObject[] {a, b, d}, null);
    }
    registers[0] = a;
    registers[1] = b;
    registers[2] = d;
    return run(c, registers);
  }

  /** Runs code of this function as a class body or the like with a namespace. */
  public PyObject runWithLocals(PyObject locals) {
    PyCode c = code;
    return Interpreter.run(
        new PyFrame(c, new PyObject[c.unit.registerCount], globals, builtins, locals, this));
  }
}
