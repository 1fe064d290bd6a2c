package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyStr;

/** {@code contextvars.ContextVar}. */
@PyTypeDef(
    name = "ContextVar",
    module = "_contextvars",
    flags = {TypeFlag.WEAKREF})
public final class PyContextVar extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyContextVarTable.INSTANCE);

  @PyMember final PyStr name;
  private final @Nullable PyObject otherwise;

  public PyContextVar(PyStr name, @Nullable PyObject otherwise) {
    this.name = name;
    this.otherwise = otherwise;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(name, /, *, default=NULL)")
  static PyObject new_(PyType cls, PyObject name, @Nullable PyObject otherwise) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError("context variable name must be a str");
    }
    PyObjects.hash(s);
    return new PyContextVar(s, otherwise);
  }

  @PyMethod(sig = "!(default=NULL, /)")
  PyObject get(@Nullable PyObject given) {
    PyContext c = PyContext.currentOrNull();
    PyObject v = c == null ? null : c.value(this);
    if (v != null) {
      return v;
    }
    if (given != null) {
      return given;
    }
    if (otherwise != null) {
      return otherwise;
    }
    throw Errors.of(Exceptions.LookupError, new PyObject[] {this});
  }

  @PyMethod(sig = "(value, /)")
  PyObject set(PyObject value) {
    PyContext c = PyContext.current();
    PyObject old = c.value(this);
    c.set(this, value);
    return new PyContextToken(c, this, old);
  }

  /**
   * The value in the current context, without a default, or null; fast for a variable that is asked
   * for again and again.
   */
  public @Nullable PyObject cachedValue() {
    PyContext c = PyContext.currentOrNull();
    return c == null ? null : c.cachedValue(this);
  }

  /** As {@code set}, without a token. */
  public void assign(PyObject value) {
    PyContext.current().set(this, value);
  }

  @PyMethod(sig = "(token, /)")
  void reset(PyObject token) {
    if (!(token instanceof PyContextToken t)) {
      throw Errors.typeError("expected an instance of Token, got " + PyObjects.repr(token));
    }
    t.resetFor(this);
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<ContextVar name="
        + PyObjects.repr(name)
        + (otherwise == null ? "" : " default=" + PyObjects.repr(otherwise))
        + " at "
        + PyIdentity.address(this)
        + ">";
  }
}
