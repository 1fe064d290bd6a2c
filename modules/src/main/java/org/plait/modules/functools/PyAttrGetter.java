package org.plait.modules.functools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code operator.attrgetter}. */
@PyTypeDef(
    name = "attrgetter",
    module = "operator",
    sig = "(attr, /, *attrs)",
    doc =
        "A callable that gets attributes of its argument: attrgetter('name')(r) is "
            + "r.name.\n\n"
            + "Several names give a tuple; a name with dots is followed step by step.")
public final class PyAttrGetter extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyAttrGetterTable.INSTANCE);

  private final PyObject[] names;

  /** The names split at dots. */
  private final String[][] paths;

  private PyAttrGetter(PyObject[] names, String[][] paths) {
    this.names = names;
    this.paths = paths;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(attr, /, *attrs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("attrgetter() takes no keyword arguments");
    }
    if (args.length == 0) {
      throw Errors.typeError("attrgetter expected 1 argument, got 0");
    }
    String[][] paths = new String[args.length][];
    for (int i = 0; i < args.length; i++) {
      if (!(args[i] instanceof PyStr s)) {
        throw Errors.typeError("attribute name must be a string");
      }
      paths[i] = s.toString().split("\\.", -1);
      for (int k = 0; k < paths[i].length; k++) {
        paths[i][k] = paths[i][k].intern();
      }
    }
    return new PyAttrGetter(args.clone(), paths);
  }

  private static PyObject follow(PyObject o, String[] path) {
    for (String name : path) {
      o = PyObjects.getAttr(o, name);
    }
    return o;
  }

  @Override
  public PyObject call1(PyObject o) {
    if (paths.length == 1) {
      return follow(o, paths[0]);
    }
    PyObject[] got = new PyObject[paths.length];
    for (int i = 0; i < got.length; i++) {
      got[i] = follow(o, paths[i]);
    }
    return PyTuple.of(got);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    PyItemGetter.checkOne("attrgetter", args, kwnames);
    return call1(args[0]);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__text_signature__")
  String textSignature() {
    return "(obj, /)";
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return PyItemGetter.reprOf(this, names);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    return Py.tuple(TYPE, PyTuple.of(names.clone()));
  }
}
