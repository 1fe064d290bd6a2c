package org.plait.modules.functools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyTuple;

/** {@code operator.itemgetter}. */
@PyTypeDef(
    name = "itemgetter",
    module = "operator",
    sig = "(item, /, *items)",
    doc =
        "A callable that gets items of its argument: itemgetter(2)(r) is r[2].\n\n"
            + "Several keys give a tuple.")
public final class PyItemGetter extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyItemGetterTable.INSTANCE);

  private final PyObject[] items;

  private PyItemGetter(PyObject[] items) {
    this.items = items;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(item, /, *items)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("itemgetter() takes no keyword arguments");
    }
    if (args.length == 0) {
      throw Errors.typeError("itemgetter expected 1 argument, got 0");
    }
    return new PyItemGetter(args.clone());
  }

  @Override
  public PyObject call1(PyObject o) {
    if (items.length == 1) {
      return PyMappings.getItem(o, items[0]);
    }
    PyObject[] got = new PyObject[items.length];
    for (int i = 0; i < got.length; i++) {
      got[i] = PyMappings.getItem(o, items[i]);
    }
    return PyTuple.of(got);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    checkOne("itemgetter", args, kwnames);
    return call1(args[0]);
  }

  /** Checks that a call has one positional argument. */
  static void checkOne(String name, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null && kwnames.length > 0) {
      throw Errors.typeError(name + "() takes no keyword arguments");
    }
    if (args.length != 1) {
      throw Errors.typeError(name + " expected 1 argument, got " + args.length);
    }
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
    return reprOf(this, items);
  }

  /** {@code operator.itemgetter(2, 5)}. */
  static PyObject reprOf(PyObject self, PyObject[] args) {
    ThreadState ts = ThreadState.current();
    String name = self.type().fullName();
    if (ts.reprEnter(self)) {
      return Py.str(name + "(...)");
    }
    try {
      StringBuilder b = new StringBuilder(name).append('(');
      for (int i = 0; i < args.length; i++) {
        b.append(i == 0 ? "" : ", ").append(PyObjects.repr(args[i]).toString());
      }
      return Py.str(b.append(')').toString());
    } finally {
      ts.reprLeave(self);
    }
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    return Py.tuple(TYPE, PyTuple.of(items.clone()));
  }
}
