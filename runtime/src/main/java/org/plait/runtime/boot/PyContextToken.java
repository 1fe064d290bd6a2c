package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyGenericAlias;

/** {@code contextvars.Token}: undoes one {@code ContextVar.set}. */
@PyTypeDef(
    name = "Token",
    module = "_contextvars",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyContextToken extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyContextTokenTable.INSTANCE);

  /** {@code Token.MISSING}. */
  @PyTypeDef(
      name = "Token.MISSING",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Missing extends PyObject {
    static final PyType TYPE = PyType.builtin(PyContextTokenMissingTable.INSTANCE);
    static final Missing INSTANCE = new Missing();

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyMethod(name = "__repr__")
    String repr() {
      return "<Token.MISSING>";
    }
  }

  static {
    TYPE.setOwn("MISSING", Missing.INSTANCE);
  }

  private final PyContext context;
  private final PyContextVar variable;
  private final @Nullable PyObject old;
  private boolean used;

  PyContextToken(PyContext context, PyContextVar variable, @Nullable PyObject old) {
    this.context = context;
    this.variable = variable;
    this.old = old;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  void resetFor(PyContextVar v) {
    if (used) {
      throw Errors.runtimeError(PyObjects.repr(this) + " has already been used once");
    }
    if (variable != v) {
      throw Errors.valueError(PyObjects.repr(this) + " was created by a different ContextVar");
    }
    if (context != PyContext.current()) {
      throw Errors.valueError(PyObjects.repr(this) + " was created in a different Context");
    }
    used = true;
    context.set(v, old);
  }

  @PyGetter("var")
  PyObject getVar() {
    return variable;
  }

  @PyGetter("old_value")
  PyObject getOldValue() {
    return old == null ? Missing.INSTANCE : old;
  }

  @PyMethod(name = "__enter__", sig = "()")
  PyObject enter() {
    return this;
  }

  @PyMethod(name = "__exit__", sig = "(type, val, tb, /)")
  void exit(PyObject type, PyObject value, PyObject traceback) {
    resetFor(variable);
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<Token"
        + (used ? " used" : "")
        + " var="
        + PyObjects.repr(variable)
        + " at "
        + PyIdentity.address(this)
        + ">";
  }
}
