package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
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

  volatile PyCode code;

  @PyMember("__globals__")
  final PyDict globals;

  final PyObject builtins;
  final PyCell[] closure;
  volatile PyStr name;
  volatile PyStr qualname;
  volatile @Nullable PyTuple defaults;
  volatile @Nullable PyDict kwdefaults;

  /**
   * {@code __annotations__} once computed, or the tuple of names and values of the future import.
   */
  volatile @Nullable PyObject annotations;

  volatile @Nullable PyObject annotate;
  volatile PyTuple typeParams = Py.EmptyTuple;
  volatile PyObject doc;
  volatile PyObject module;

  public PyFunction(PyCode code, PyDict globals, PyObject builtins, PyCell[] closure) {
    super(TYPE);
    this.code = code;
    this.globals = globals;
    this.builtins = builtins;
    this.closure = closure;
    this.name = code.name;
    this.qualname = code.qualname;
    this.doc = code.docstring();
    PyObject m = globals.getStr("__name__");
    this.module = m == null ? Py.None : m;
  }

  @Override
  public PyType type() {
    return TYPE;
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
    PyObject locals = c.unit.has(CodeFlags.OPTIMIZED) ? null : globals;
    return Interpreter.run(new PyFrame(c, registers, globals, builtins, locals, this));
  }

  /** Whether n positional arguments fill exactly the parameters. */
  private static boolean exact(PyCode c, int n) {
    return c.simpleArgs && c.unit.argCount == n;
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    PyCode c = code;
    if (kwnames == null && exact(c, args.length)) {
      PyObject[] registers = new PyObject[c.unit.registerCount];
      System.arraycopy(args, 0, registers, 0, args.length);
      return run(c, registers);
    }
    return run(c, ArgumentBinding.bind(this, c, args, kwnames));
  }

  @Override
  public PyObject call0() {
    PyCode c = code;
    return exact(c, 0) ? run(c, new PyObject[c.unit.registerCount]) : call(NO_ARGS, null);
  }

  @Override
  public PyObject call1(PyObject a) {
    PyCode c = code;
    if (!exact(c, 1)) {
      return call(new PyObject[] {a}, null);
    }
    PyObject[] registers = new PyObject[c.unit.registerCount];
    registers[0] = a;
    return run(c, registers);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    PyCode c = code;
    if (!exact(c, 2)) {
      return call(new PyObject[] {a, b}, null);
    }
    PyObject[] registers = new PyObject[c.unit.registerCount];
    registers[0] = a;
    registers[1] = b;
    return run(c, registers);
  }

  @Override
  public PyObject call3(PyObject a, PyObject b, PyObject d) {
    PyCode c = code;
    if (!exact(c, 3)) {
      return call(new PyObject[] {a, b, d}, null);
    }
    PyObject[] registers = new PyObject[c.unit.registerCount];
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
