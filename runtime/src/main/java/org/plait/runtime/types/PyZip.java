package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;

/** {@code zip}. */
@PyTypeDef(
    name = "zip",
    subclassable = true,
    sig = "(*iterables, strict=False)",
    doc =
        "Takes an item of each iterable, step by step, and yields them as tuples.\n\n"
            + "Ends with the shortest iterable; with strict, iterables of different "
            + "lengths\n"
            + "raise ValueError.\n\n"
            + "   >>> list(zip('ab', [1, 2, 3]))\n"
            + "   [('a', 1), ('b', 2)]")
public class PyZip extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyZipTable.INSTANCE);

  private final PyObject[] iterators;
  private volatile boolean strict;

  PyZip(PyObject[] iterators, boolean strict) {
    this.iterators = iterators;
    this.strict = strict;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*iterables, strict=False)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    boolean strict = Lockstep.strict("zip", args, kwnames);
    PyObject[] its = Lockstep.iterators(args, 0, PyCalls.positional(args, kwnames));
    return cls == TYPE ? new PyZip(its, strict) : new PyZipDerived(cls, its, strict);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    if (iterators.length == 0) {
      return null;
    }
    PyObject[] row = Lockstep.next("zip", iterators, strict);
    return row == null ? null : PyTuple.of(row);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return Lockstep.reduce(type(), iterators, strict);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    strict = PyObjects.isTrue(state);
  }
}
