package org.plait.modules.functools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyInt;

/** {@code functools.KeyWrapper}: what {@code cmp_to_key} makes, for the function and per object. */
@PyTypeDef(
    name = "KeyWrapper",
    module = "functools",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyKeyWrapper extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyKeyWrapperTable.INSTANCE);

  private final PyObject cmp;

  @PyMember(value = "obj", readonly = false, doc = "Value wrapped by a key function.")
  volatile @Nullable PyObject object;

  public PyKeyWrapper(PyObject cmp, @Nullable PyObject object) {
    this.cmp = cmp;
    this.object = object;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject call1(PyObject a) {
    return new PyKeyWrapper(cmp, a);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    boolean named = kwnames != null && kwnames.length > 0;
    if (args.length > 1) {
      throw Errors.typeError("K() takes at most 1 argument (" + args.length + " given)");
    }
    if (named && !kwnames[0].equals("obj")) {
      throw Errors.typeError("K() got an unexpected keyword argument '" + kwnames[0] + "'");
    }
    if (args.length == 0) {
      throw Errors.typeError("K() missing required argument 'obj' (pos 1)");
    }
    return call1(args[0]);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__text_signature__")
  String textSignature() {
    return "(obj)";
  }

  // Compare CPython keyobject_richcompare in _functoolsmodule.c.
  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyKeyWrapper k)) {
      throw Errors.typeError("other argument must be K instance");
    }
    PyObject a = object;
    PyObject b = k.object;
    if (a == null || b == null) {
      throw Errors.of(Exceptions.AttributeError, "object");
    }
    return PyObjects.richCompare(cmp.call2(a, b), PyInt.ZERO, op);
  }
}
