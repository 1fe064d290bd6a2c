package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code weakref.ProxyType}: a proxy of an object that can't be called. */
@PyTypeDef(
    name = "ProxyType",
    module = "weakref",
    base = PyBaseObject.class,
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyWeakProxy extends WeakProxy {
  public static final PyType TYPE = PyType.builtin(PyWeakProxyTable.INSTANCE);

  public PyWeakProxy(PyObject o, @Nullable PyObject callback) {
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
    throw Errors.typeError("'" + TYPE.name() + "' object is not callable");
  }
}
