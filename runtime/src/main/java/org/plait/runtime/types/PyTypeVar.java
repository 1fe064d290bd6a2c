package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;

/** {@code typing.TypeVar}. */
@PyTypeDef(
    name = "TypeVar",
    module = "typing",
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF})
public final class PyTypeVar extends TypeParameters.Base {
  public static final PyType TYPE = PyType.builtin(PyTypeVarTable.INSTANCE);

  private final TypeParameters.Lazy bound;
  private final TypeParameters.Lazy constraints;
  private final boolean covariant;
  private final boolean contravariant;
  private final boolean inferVariance;

  private PyTypeVar(
      PyStr name,
      TypeParameters.Lazy bound,
      TypeParameters.Lazy constraints,
      boolean covariant,
      boolean contravariant,
      boolean inferVariance,
      @Nullable PyObject defaultValue,
      @Nullable PyObject module) {
    super(TYPE, name, defaultValue, module);
    this.bound = bound;
    this.constraints = constraints;
    this.covariant = covariant;
    this.contravariant = contravariant;
    this.inferVariance = inferVariance;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** {@code typing.NoDefault}. */
  public static PyObject noDefault() {
    return TypeParameters.NoDefault.INSTANCE;
  }

  /** The type variable of a type parameter list. */
  public static PyTypeVar fromSyntax(
      PyObject name, @Nullable PyObject evaluateBound, @Nullable PyObject evaluateConstraints) {
    return new PyTypeVar(
        (PyStr) name,
        new TypeParameters.Lazy(null, evaluateBound),
        new TypeParameters.Lazy(null, evaluateConstraints),
        false,
        false,
        true,
        null,
        TypeParameters.callerModule());
  }

  // Compare CPython typevar_new_impl in typevarobject.c.
  @PyNew(
      sig =
          "!(name, *constraints, bound=None, default=NULL, covariant=False, contravariant=False,"
              + " infer_variance=False)")
  static PyObject new_(
      PyType cls,
      PyObject name,
      PyTuple constraints,
      PyObject bound,
      @Nullable PyObject defaultValue,
      PyObject covariant,
      PyObject contravariant,
      PyObject inferVariance) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError("typevar() argument 'name' must be str, not " + name.type().name());
    }
    boolean co = PyObjects.isTrue(covariant);
    boolean contra = PyObjects.isTrue(contravariant);
    boolean infer = PyObjects.isTrue(inferVariance);
    if (co && contra) {
      throw Errors.valueError("Bivariant types are not supported.");
    }
    if (infer && (co || contra)) {
      throw Errors.valueError("Variance cannot be specified with infer_variance.");
    }
    PyObject boundType =
        bound == Py.None ? null : TypeParameters.checkType(bound, "Bound must be a type.");
    if (constraints.size() == 1) {
      throw Errors.typeError("A single constraint is not allowed");
    }
    if (constraints.size() > 0 && boundType != null) {
      throw Errors.typeError("Constraints cannot be combined with bound=...");
    }
    return new PyTypeVar(
        s,
        new TypeParameters.Lazy(boundType, null),
        new TypeParameters.Lazy(constraints.size() == 0 ? null : constraints, null),
        co,
        contra,
        infer,
        defaultValue,
        TypeParameters.callerModule());
  }

  @PyGetter("__bound__")
  PyObject getBound() {
    return Py.orNone(bound.get());
  }

  @PyGetter("evaluate_bound")
  PyObject getEvaluateBound() {
    return Py.orNone(bound.evaluator());
  }

  @PyGetter("__constraints__")
  PyObject getConstraints() {
    PyObject v = constraints.get();
    return v == null ? Py.EmptyTuple : v;
  }

  @PyGetter("evaluate_constraints")
  PyObject getEvaluateConstraints() {
    return Py.orNone(constraints.evaluator());
  }

  @PyGetter("__covariant__")
  boolean getCovariant() {
    return covariant;
  }

  @PyGetter("__contravariant__")
  boolean getContravariant() {
    return contravariant;
  }

  @PyGetter("__infer_variance__")
  boolean getInferVariance() {
    return inferVariance;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return inferVariance ? name.toString() : (covariant ? "+" : contravariant ? "-" : "~") + name;
  }

  @PyMethod(name = "__or__")
  static PyObject or(PyObject left, PyObject right) {
    return PyUnion.of(left, right);
  }

  @PyMethod(name = "__ror__")
  static PyObject ror(PyObject self, PyObject left) {
    return PyUnion.of(left, self);
  }

  @PyMethod(name = "__typing_subst__", sig = "(arg, /)")
  PyObject typingSubst(PyObject arg) {
    return TypeParameters.typing("_typevar_subst", this, arg);
  }

  @PyMethod(name = "__typing_prepare_subst__", sig = "(alias, args, /)")
  PyObject typingPrepareSubst(PyObject alias, PyObject args) {
    PyObject parameters = PyObjects.getAttr(alias, "__parameters__");
    int index = java.util.Arrays.asList(PySequences.toArray(parameters)).indexOf(this);
    int n = (int) PySequences.length(args);
    if (index < n) {
      return args;
    }
    if (index == n) {
      PyObject d = defaultOrMarker();
      if (d != TypeParameters.NoDefault.INSTANCE) {
        return org.plait.runtime.protocol.PyNumbers.add(args, PyTuple.of(d));
      }
    }
    throw Errors.typeError(
        "Too few arguments for "
            + PyObjects.str(alias)
            + "; actual "
            + n
            + ", expected at least "
            + (index + 1));
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
    throw TypeParameters.notSubclassable("TypeVar");
  }
}
