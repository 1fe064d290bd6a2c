package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;

/** {@code typing.TypeAliasType}: what the {@code type} statement makes. */
@PyTypeDef(
    name = "TypeAliasType",
    module = "typing",
    flags = {TypeFlag.WEAKREF})
public final class PyTypeAliasType extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTypeAliasTypeTable.INSTANCE);

  private final PyStr name;
  private final PyTuple typeParams;
  private final TypeParameters.Lazy value;
  private final PyObject module;

  private PyTypeAliasType(
      PyStr name, PyTuple typeParams, TypeParameters.Lazy value, PyObject module) {
    this.name = name;
    this.typeParams = typeParams;
    this.value = value;
    this.module = module;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The alias of a type statement. */
  public static PyTypeAliasType fromSyntax(PyObject name, PyObject typeParams, PyObject evaluate) {
    return new PyTypeAliasType(
        (PyStr) name,
        typeParams instanceof PyTuple t ? t : Py.EmptyTuple,
        new TypeParameters.Lazy(null, evaluate),
        TypeParameters.callerModule());
  }

  @PyNew(sig = "!(name, value, *, type_params=NULL)")
  static PyObject new_(PyType cls, PyObject name, PyObject value, @Nullable PyObject typeParams) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError("typealias() argument 'name' must be str, not " + name.type().name());
    }
    PyTuple params = Py.EmptyTuple;
    if (typeParams != null) {
      if (!(typeParams instanceof PyTuple t)) {
        throw Errors.typeError("type_params must be a tuple");
      }
      checkParams(t);
      params = t;
    }
    return new PyTypeAliasType(
        s, params, new TypeParameters.Lazy(value, null), TypeParameters.callerModule());
  }

  private static void checkParams(PyTuple params) {
    boolean seenDefault = false;
    for (PyObject p : params.array()) {
      boolean known =
          p instanceof PyTypeVar || p instanceof PyParamSpec || p instanceof PyTypeVarTuple;
      PyObject d = known ? PyObjects.getOptionalAttr(p, "__default__") : null;
      if (!known && d == null) {
        throw Errors.typeError("Expected a type param, got " + PyObjects.repr(p));
      }
      if (d == TypeParameters.NoDefault.INSTANCE) {
        if (seenDefault) {
          throw Errors.typeError(
              "non-default type parameter '"
                  + PyObjects.repr(p)
                  + "' follows default type parameter");
        }
      } else {
        seenDefault = true;
      }
    }
  }

  @PyGetter("__name__")
  PyObject getName() {
    return name;
  }

  @PyGetter("__value__")
  PyObject getValue() {
    return Py.orNone(value.get());
  }

  @PyGetter("evaluate_value")
  PyObject getEvaluateValue() {
    return Py.orNone(value.evaluator());
  }

  @PyGetter("__type_params__")
  PyObject getTypeParams() {
    return typeParams;
  }

  /** The parameters with type variable tuples unpacked. */
  @PyGetter("__parameters__")
  PyObject getParameters() {
    PyObject[] all = typeParams.toArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof PyTypeVarTuple t) {
        all[i] = t.unpack();
      }
    }
    return PyTuple.of(all);
  }

  @PyGetter("__module__")
  PyObject getModule() {
    return module;
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject args) {
    if (typeParams.size() == 0) {
      throw Errors.typeError("Only generic type aliases are subscriptable");
    }
    return new PyGenericAlias(this, args instanceof PyTuple ? args : Py.tuple(args));
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    PyObject unpack = PyObjects.getAttr(Imports.importModule("typing"), "Unpack");
    return PyIters.getIter(Py.tuple(PyMappings.getItem(unpack, this)));
  }

  @PyMethod(name = "__or__")
  static PyObject or(PyObject left, PyObject right) {
    return PyUnion.or(left, right);
  }

  @PyMethod(name = "__ror__")
  static PyObject ror(PyObject self, PyObject left) {
    return PyUnion.or(left, self);
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return name;
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return name;
  }
}
