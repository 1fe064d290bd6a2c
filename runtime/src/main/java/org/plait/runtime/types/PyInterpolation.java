package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code string.templatelib.Interpolation}: one field of a template string. Immutable. */
@PyTypeDef(name = "Interpolation", module = "string.templatelib")
public final class PyInterpolation extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyInterpolationTable.INSTANCE);

  @PyMember final PyObject value;
  @PyMember final PyStr expression;
  @PyMember final PyObject conversion;

  @PyMember("format_spec")
  final PyStr formatSpec;

  public PyInterpolation(
      PyObject value, PyStr expression, @Nullable String conversion, PyStr formatSpec) {
    this.value = value;
    this.expression = expression;
    this.conversion = Py.strOrNone(conversion);
    this.formatSpec = formatSpec;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(value, expression='', conversion=None, format_spec='')")
  static PyObject new_(
      PyType cls, PyObject value, PyStr expression, PyObject conversion, PyStr formatSpec) {
    String c = null;
    if (conversion != Py.None) {
      if (!(conversion instanceof PyStr s)) {
        throw Errors.typeError(
            "Interpolation() argument 'conversion' must be str, not " + conversion.type().name());
      }
      c = s.toString();
      if (!c.equals("s") && !c.equals("r") && !c.equals("a")) {
        throw Errors.valueError(
            "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
      }
    }
    return new PyInterpolation(value, expression, c, formatSpec);
  }

  /** Class attributes that no annotation can express. */
  static {
    TYPE.dict()
        .putStr(
            "__match_args__",
            Py.tuple(
                PyStr.intern("value"),
                PyStr.intern("expression"),
                PyStr.intern("conversion"),
                PyStr.intern("format_spec")));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "Interpolation("
        + PyObjects.repr(value)
        + ", "
        + PyObjects.repr(expression)
        + ", "
        + PyObjects.repr(conversion)
        + ", "
        + PyObjects.repr(formatSpec)
        + ")";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return Py.tuple(TYPE, Py.tuple(value, expression, conversion, formatSpec));
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
