package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code map}. */
@PyTypeDef(
    name = "map",
    subclassable = true,
    sig = "(function, iterable, /, *iterables, strict=False)",
    doc =
        "Calls a function with an item of each iterable, step by step.\n\n"
            + "Ends with the shortest iterable; with strict, iterables of different "
            + "lengths\n"
            + "raise ValueError.")
public class PyMap extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyMapTable.INSTANCE);

  private final PyObject function;
  private final PyObject[] iterators;
  private volatile boolean strict;

  PyMap(PyObject function, PyObject[] iterators, boolean strict) {
    this.function = function;
    this.iterators = iterators;
    this.strict = strict;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(function, iterable, /, *iterables, strict=False)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    boolean strict = Lockstep.strict("map", args, kwnames);
    int n = PyCalls.positional(args, kwnames);
    if (n < 2) {
      throw Errors.typeError("map() must have at least two arguments.");
    }
    PyObject[] its = Lockstep.iterators(args, 1, n);
    return cls == TYPE
        ? new PyMap(args[0], its, strict)
        : new PyMapDerived(cls, args[0], its, strict);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    if (iterators.length == 1) {
      PyObject v = PyIters.next(iterators[0]);
      return v == null ? null : function.call1(v);
    }
    PyObject[] row = Lockstep.next("map", iterators, strict);
    return row == null ? null : function.call(row, null);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return Lockstep.reduce(type(), PyCalls.prepend(function, iterators), strict);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    strict = PyObjects.isTrue(state);
  }
}
