package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyTuple;

/** {@code AttributeError}: knows the object and the name that was missing. */
@PyTypeDef(name = "AttributeError", subclassable = true, base = Bases.OfException.class)
public final class PyAttributeError extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyAttributeErrorTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject obj;

  @PyMember(readonly = false)
  volatile @Nullable PyObject name;

  public PyAttributeError(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyAttributeError(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    this.args = PyTuple.of(KeywordFields.positional(args, kwnames));
    PyObject[] fields = KeywordFields.take("AttributeError", args, kwnames, "name", "obj");
    name = fields[0];
    obj = fields[1];
  }

  /** Fills the fields in without the detour over Python attributes. */
  public void describe(PyObject obj, PyObject name) {
    this.obj = obj;
    this.name = name;
  }

  // Compare CPython _PyObject_SetAttributeErrorContext in object.c.
  /** As {@link #describe} unless the exception says itself what it is about. */
  public void describeIfBlank(PyObject obj, String name) {
    if (this.name == null && this.obj == null) {
      describe(obj, Py.str(name));
    }
  }

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    PyDict own = dictIfPresentOrUsed();
    if (name == null && own == null) {
      return Py.None;
    }
    PyDict state = own == null ? new PyDict() : own.copy();
    if (name != null) {
      state.putStr("name", name);
    }
    state.putStr("args", args);
    return state;
  }

  @Override
  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyObject state = getstate();
    return state == Py.None ? Py.tuple(type(), args) : Py.tuple(type(), args, state);
  }
}
