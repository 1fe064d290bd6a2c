package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code method}: a callable bound to its first argument. */
@PyTypeDef(
    name = "method",
    flags = {TypeFlag.WEAKREF})
public final class PyMethod extends PyObject implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyMethodTable.INSTANCE);

  @PyMember("__func__")
  final PyObject function;

  @PyMember("__self__")
  final PyObject self;

  public PyMethod(PyObject function, PyObject self) {
    this.function = function;
    this.self = self;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public PyObject function() {
    return function;
  }

  public PyObject self() {
    return self;
  }

  @PyNew(sig = "(function, instance, /)")
  static PyObject new_(PyType cls, PyObject function, PyObject instance) {
    if (function.type().special(org.plait.runtime.object.Special.CALL) == null) {
      throw Errors.typeError("first argument must be callable");
    }
    if (instance == Py.None) {
      throw Errors.typeError("instance must not be None");
    }
    return new PyMethod(function, instance);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return function.call(PyCalls.prepend(self, args), kwnames);
  }

  @Override
  public PyObject call0() {
    return function.call1(self);
  }

  @Override
  public PyObject call1(PyObject a) {
    return function.call2(self, a);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    return function.call3(self, a, b);
  }

  @org.plait.processor.annotation.PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject call_(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return this;
  }

  @org.plait.processor.annotation.PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return this;
  }

  @Override
  public @Nullable PyObject getAttribute(String name) {
    PyObject own = TYPE.lookup(name);
    if (own != null) {
      return super.getAttribute(name);
    }
    return PyObjects.getAttr(function, name);
  }

  @PyGetter("__doc__")
  PyObject doc() {
    PyObject d = PyObjects.getOptionalAttr(function, "__doc__");
    return d == null ? Py.None : d;
  }

  @org.plait.processor.annotation.PyMethod(name = "__repr__")
  String repr() {
    PyObject name = PyObjects.getOptionalAttr(function, "__qualname__");
    if (name == null) {
      name = PyObjects.getOptionalAttr(function, "__name__");
    }
    return "<bound method "
        + (name instanceof PyStr s ? s.toString() : "?")
        + " of "
        + PyObjects.repr(self)
        + ">";
  }

  @org.plait.processor.annotation.PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.identityHash(self) ^ PyObjects.hash(function);
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyMethod m) || op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    boolean equal = self == m.self && PyObjects.equal(function, m.function);
    return Py.bool_(equal == (op == 2));
  }

  @org.plait.processor.annotation.PyMethod(name = "__reduce__")
  PyObject reduce() {
    PyObject getattr = ThreadState.current().interpreter.builtin("getattr");
    return Py.tuple(getattr, Py.tuple(self, PyObjects.getAttr(function, "__name__")));
  }
}
