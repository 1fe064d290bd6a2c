package org.plait.modules.itertools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyTuple;

/** {@code itertools.zip_longest}. */
@PyTypeDef(
    name = "zip_longest",
    module = "itertools",
    subclassable = true,
    sig = "(*iterables, fillvalue=None)",
    doc =
        "Tuples with an item of each iterable up to the end of the longest; the fill "
            + "value\n"
            + "stands in for those that have ended.")
public class PyZipLongest extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyZipLongestTable.INSTANCE);

  /** An element is null once its iterator is exhausted. */
  private final @Nullable PyObject[] iterators;

  private final PyObject fill;

  PyZipLongest(PyObject[] iterators, PyObject fill) {
    this.iterators = iterators;
    this.fill = fill;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*iterables, fillvalue=None)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject fill = Py.None;
    if (kwnames != null) {
      if (kwnames.length > 1 || !kwnames[0].equals("fillvalue")) {
        throw Errors.typeError("zip_longest() got an unexpected keyword argument");
      }
      fill = args[args.length - 1];
    }
    PyObject[] its = new PyObject[PyCalls.positional(args, kwnames)];
    for (int i = 0; i < its.length; i++) {
      its[i] = PyIters.getIter(args[i]);
    }
    return cls == TYPE ? new PyZipLongest(its, fill) : new PyZipLongestDerived(cls, its, fill);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject[] row = new PyObject[iterators.length];
    int active = 0;
    for (PyObject it : iterators) {
      active += it == null ? 0 : 1;
    }
    for (int i = 0; i < row.length && active > 0; i++) {
      PyObject it = iterators[i];
      PyObject v = null;
      if (it != null) {
        try {
          v = PyIters.next(it);
        } catch (PyException e) {
          Arrays.fill(iterators, null);
          throw e;
        }
        if (v == null) {
          iterators[i] = null;
          active--;
        }
      }
      row[i] = v == null ? fill : v;
    }
    return active <= 0 ? null : PyTuple.of(row);
  }
}
