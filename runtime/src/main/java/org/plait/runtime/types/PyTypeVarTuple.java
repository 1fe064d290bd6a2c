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

/** {@code typing.TypeVarTuple}. */
@PyTypeDef(
    name = "TypeVarTuple",
    module = "typing",
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF})
public final class PyTypeVarTuple extends TypeParameters.Base {
  public static final PyType TYPE = PyType.builtin(PyTypeVarTupleTable.INSTANCE);

  private PyTypeVarTuple(PyStr name, @Nullable PyObject defaultValue, @Nullable PyObject module) {
    super(TYPE, name, defaultValue, module);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The type variable tuple of a type parameter list. */
  public static PyTypeVarTuple fromSyntax(PyObject name) {
    return new PyTypeVarTuple((PyStr) name, null, TypeParameters.callerModule());
  }

  @PyNew(sig = "!(name, *, default=NULL)")
  static PyObject new_(PyType cls, PyObject name, @Nullable PyObject defaultValue) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError(
          "typevartuple() argument 'name' must be str, not " + name.type().name());
    }
    return new PyTypeVarTuple(s, defaultValue, TypeParameters.callerModule());
  }

  /** {@code typing.Unpack[self]}. */
  public PyObject unpack() {
    return PyMappings.getItem(PyObjects.getAttr(Imports.importModule("typing"), "Unpack"), this);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return PyIters.getIter(Py.tuple(unpack()));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return name.toString();
  }

  @PyMethod(name = "__typing_subst__", sig = "(arg, /)")
  PyObject typingSubst(PyObject arg) {
    throw Errors.typeError("Substitution of bare TypeVarTuple is not supported");
  }

  @PyMethod(name = "__typing_prepare_subst__", sig = "(alias, args, /)")
  PyObject typingPrepareSubst(PyObject alias, PyObject args) {
    return TypeParameters.typing("_typevartuple_prepare_subst", this, alias, args);
  }

  @PyGetter("__name__")
  PyObject getName() {
    return name;
  }

  @PyGetter("__default__")
  PyObject getDefault() {
    return defaultOrMarker();
  }

  @PyGetter("evaluate_default")
  PyObject getEvaluateDefault() {
    return Py.orNone(defaultValue.evaluator());
  }

  @PyMethod(name = "has_default", sig = "()")
  boolean hasDefault() {
    return defaultValue.present();
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return name;
  }

  @PyMethod(name = "__mro_entries__", sig = "(object, /)")
  PyObject mroEntries(PyObject bases) {
    throw TypeParameters.notSubclassable("TypeVarTuple");
  }
}
