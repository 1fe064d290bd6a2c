package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code typing.ParamSpec}. */
@PyTypeDef(
    name = "ParamSpec",
    module = "typing",
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF})
public final class PyParamSpec extends TypeParameters.Base {
  public static final PyType TYPE = PyType.builtin(PyParamSpecTable.INSTANCE);

  private final @Nullable PyObject bound;
  private final boolean covariant;
  private final boolean contravariant;
  private final boolean inferVariance;

  private PyParamSpec(
      PyStr name,
      @Nullable PyObject bound,
      boolean covariant,
      boolean contravariant,
      boolean inferVariance,
      @Nullable PyObject defaultValue,
      @Nullable PyObject module) {
    super(TYPE, name, defaultValue, module);
    this.bound = bound;
    this.covariant = covariant;
    this.contravariant = contravariant;
    this.inferVariance = inferVariance;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The parameter specification of a type parameter list. */
  public static PyParamSpec fromSyntax(PyObject name) {
    return new PyParamSpec(
        (PyStr) name, null, false, false, true, null, TypeParameters.callerModule());
  }

  @PyNew(
      sig =
          "!(name, *, bound=None, default=NULL, covariant=False, contravariant=False,"
              + " infer_variance=False)")
  static PyObject new_(
      PyType cls,
      PyObject name,
      PyObject bound,
      @Nullable PyObject defaultValue,
      PyObject covariant,
      PyObject contravariant,
      PyObject inferVariance) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError("paramspec() argument 'name' must be str, not " + name.type().name());
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
    return new PyParamSpec(
        s, boundType, co, contra, infer, defaultValue, TypeParameters.callerModule());
  }

  @PyGetter("__bound__")
  PyObject getBound() {
    return Py.orNone(bound);
  }

  @PyGetter("args")
  PyObject getArgs() {
    return new Args(this);
  }

  @PyGetter("kwargs")
  PyObject getKwargs() {
    return new Kwargs(this);
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
    return TypeParameters.typing("_paramspec_subst", this, arg);
  }

  @PyMethod(name = "__typing_prepare_subst__", sig = "(alias, args, /)")
  PyObject typingPrepareSubst(PyObject alias, PyObject args) {
    return TypeParameters.typing("_paramspec_prepare_subst", this, alias, args);
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
    throw TypeParameters.notSubclassable("ParamSpec");
  }

  /** {@code P.args} and {@code P.kwargs}: equal when they belong to one specification. */
  private abstract static class Part extends PyObject {
    @PyMember("__origin__")
    final PyObject origin;

    Part(PyObject origin) {
      this.origin = origin;
    }

    final PyObject compareWith(PyObject other, int op) {
      if (other.getClass() != getClass() || op != 2 && op != 3) {
        return Py.NotImplemented;
      }
      return Py.bool_(PyObjects.equal(origin, ((Part) other).origin) == (op == 2));
    }

    final String text(String suffix) {
      return (origin instanceof PyParamSpec p
              ? p.name.toString()
              : PyObjects.repr(origin).toString())
          + suffix;
    }
  }

  /** {@code typing.ParamSpecArgs}. */
  @PyTypeDef(
      name = "ParamSpecArgs",
      sig = "none",
      module = "typing",
      flags = {TypeFlag.WEAKREF})
  public static final class Args extends Part {
    public static final PyType TYPE = PyType.builtin(PyParamSpecArgsTable.INSTANCE);

    Args(PyObject origin) {
      super(origin);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyNew(sig = "(origin)")
    static PyObject new_(PyType cls, PyObject origin) {
      return new Args(origin);
    }

    @PyRichCompare
    PyObject compare(PyObject other, int op) {
      return compareWith(other, op);
    }

    @PyMethod(name = "__repr__")
    String repr() {
      return text(".args");
    }

    @PyMethod(name = "__mro_entries__", sig = "(object, /)")
    PyObject mroEntries(PyObject bases) {
      throw TypeParameters.notSubclassable("ParamSpecArgs");
    }
  }

  /** {@code typing.ParamSpecKwargs}. */
  @PyTypeDef(
      name = "ParamSpecKwargs",
      sig = "none",
      module = "typing",
      flags = {TypeFlag.WEAKREF})
  public static final class Kwargs extends Part {
    public static final PyType TYPE = PyType.builtin(PyParamSpecKwargsTable.INSTANCE);

    Kwargs(PyObject origin) {
      super(origin);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyNew(sig = "(origin)")
    static PyObject new_(PyType cls, PyObject origin) {
      return new Kwargs(origin);
    }

    @PyRichCompare
    PyObject compare(PyObject other, int op) {
      return compareWith(other, op);
    }

    @PyMethod(name = "__repr__")
    String repr() {
      return text(".kwargs");
    }

    @PyMethod(name = "__mro_entries__", sig = "(object, /)")
    PyObject mroEntries(PyObject bases) {
      throw TypeParameters.notSubclassable("ParamSpecKwargs");
    }
  }
}
