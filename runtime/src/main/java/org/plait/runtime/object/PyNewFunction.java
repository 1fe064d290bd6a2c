package org.plait.runtime.object;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;

/**
 * A native type's {@code __new__}. The {@code call} methods are what Python calls, with the class
 * as first argument and all checks; the {@code invoke} methods are the slot, for calls of the
 * class.
 */
public final class PyNewFunction extends PyBuiltinFunction {
  private final PyType owner;
  private final NativeTable table;
  private final int id;

  PyNewFunction(NativeDef def, PyType owner) {
    super(def, owner);
    this.owner = owner;
    table = def.table;
    id = def.id;
  }

  /** The type that defines it. */
  public PyType owner() {
    return owner;
  }

  // ---- the slot

  public PyObject invoke0(PyType cls) {
    return table.call0(id, cls);
  }

  public PyObject invoke1(PyType cls, PyObject a) {
    return table.call1(id, cls, a);
  }

  public PyObject invoke2(PyType cls, PyObject a, PyObject b) {
    return table.call2(id, cls, a, b);
  }

  public PyObject invoke3(PyType cls, PyObject a, PyObject b, PyObject c) {
    return table.call3(id, cls, a, b, c);
  }

  /** Calls with the class apart from the arguments of a vectorcall. */
  public PyObject invokeRaw(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return table.call(def, cls, args, kwnames);
  }

  // ---- calls from Python

  @Override
  public PyObject call0() {
    throw Errors.typeError(owner.name() + ".__new__(): not enough arguments");
  }

  @Override
  public PyObject call1(PyObject cls) {
    return table.call0(id, checked(cls));
  }

  @Override
  public PyObject call2(PyObject cls, PyObject a) {
    return table.call1(id, checked(cls), a);
  }

  @Override
  public PyObject call3(PyObject cls, PyObject a, PyObject b) {
    return table.call2(id, checked(cls), a, b);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      return call0();
    }
    return table.call(def, checked(args[0]), Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  // Compare CPython tp_new_wrapper in typeobject.c.
  private PyType checked(PyObject cls) {
    String name = owner.name();
    if (!(cls instanceof PyType t)) {
      throw Errors.typeError(
          name + ".__new__(X): X is not a type object (" + cls.type().name() + ")");
    }
    if (t == owner) {
      return t;
    }
    if (!t.isSubtypeOf(owner)) {
      throw Errors.typeError(
          name + ".__new__(" + t.name() + "): " + t.name() + " is not a subtype of " + name);
    }
    PyType base = t.nativeBase();
    if (base.hasFlag(PyType.DISALLOW_INSTANTIATION)) {
      throw Errors.typeError("cannot create '" + base.name() + "' instances");
    }
    if (base != owner && !(base.special(Special.NEW) instanceof PyNewFunction f && f.def == def)) {
      throw Errors.typeError(
          name + ".__new__(" + t.name() + ") is not safe, use " + base.name() + ".__new__()");
    }
    return t;
  }
}
