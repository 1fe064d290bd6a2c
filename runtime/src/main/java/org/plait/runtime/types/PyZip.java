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
        "The zip object yields n-length tuples, where n is the number of iterables\n"
            + "passed as positional arguments to zip().  The i-th element in every tuple\n"
            + "comes from the i-th iterable argument to zip().  This continues until the\n"
            + "shortest argument is exhausted.\n\n"
            + "If strict is true and one of the arguments is exhausted before the others,\n"
            + "raise a ValueError.\n\n"
            + "   >>> list(zip('abcdefg', range(3), range(4)))\n"
            + "   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]")
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
