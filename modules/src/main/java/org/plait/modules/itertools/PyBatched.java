package org.plait.modules.itertools;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;

/** {@code itertools.batched}. */
@PyTypeDef(
    name = "batched",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, n, *, strict=False)",
    doc = "Cuts the items into tuples of n; the last one holds what is left.")
public class PyBatched extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyBatchedTable.INSTANCE);

  /** Null once exhausted. */
  private volatile @Nullable PyObject iterator;

  private final int length;
  private final boolean strict;

  PyBatched(PyObject iterator, int length, boolean strict) {
    this.iterator = iterator;
    this.length = length;
    this.strict = strict;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, n, *, strict=False)")
  static PyObject new_(PyType cls, PyObject iterable, long n, boolean strict) {
    if (n < 1) {
      throw Errors.valueError("n must be at least one");
    }
    PyObject it = PyIters.getIter(iterable);
    int length = (int) Math.min(n, Integer.MAX_VALUE);
    return cls == TYPE
        ? new PyBatched(it, length, strict)
        : new PyBatchedDerived(cls, it, length, strict);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject it = iterator;
    if (it == null) {
      return null;
    }
    ArrayList<PyObject> batch = new ArrayList<>(Math.min(length, 16));
    while (batch.size() < length) {
      PyObject v;
      try {
        v = PyIters.next(it);
      } catch (PyException e) {
        iterator = null;
        throw e;
      }
      if (v == null) {
        iterator = null;
        break;
      }
      batch.add(v);
    }
    if (batch.isEmpty()) {
      return null;
    }
    if (strict && batch.size() < length) {
      throw Errors.valueError("batched(): incomplete batch");
    }
    return Py.tuple(batch);
  }
}
