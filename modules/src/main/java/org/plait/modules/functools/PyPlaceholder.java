package org.plait.modules.functools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code functools.Placeholder}, which keeps a place free among the arguments of a partial. */
@PyTypeDef(
    name = "_PlaceholderType",
    module = "functools",
    doc = "The class of Placeholder, which keeps a place among the arguments of " + "partial.")
public final class PyPlaceholder extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyPlaceholderTable.INSTANCE);
  public static final PyPlaceholder INSTANCE = new PyPlaceholder();

  private PyPlaceholder() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (args.length > 0) {
      throw Errors.typeError("PlaceholderType takes no arguments");
    }
    return INSTANCE;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "Placeholder";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  String reduce() {
    return "Placeholder";
  }
}
