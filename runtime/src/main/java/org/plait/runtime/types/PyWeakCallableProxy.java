package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code weakref.CallableProxyType}: a proxy of an object that can be called. */
@PyTypeDef(
    name = "CallableProxyType",
    module = "weakref",
    base = PyBaseObject.class,
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyWeakCallableProxy extends WeakProxy {
  public static final PyType TYPE = PyType.builtin(PyWeakCallableProxyTable.INSTANCE);

  public PyWeakCallableProxy(PyObject o, @Nullable PyObject callback) {
    super(o, callback);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject call0() {
    return call(NO_ARGS, null);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return referent().call(args, kwnames);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return referent().call(args, kwnames);
  }
}
