package org.plait.modules.itertools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.SpinLock;

/** {@code itertools.combinations_with_replacement}. */
@PyTypeDef(
    name = "combinations_with_replacement",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, r)",
    doc =
        "All ways to choose r items, each as often as one likes, as tuples in the "
            + "order of the iterable.\n\n"
            + "combinations_with_replacement([1, 2], 2) --> (1,1), (1,2), (2,2)")
public class PyCombinationsWithReplacement extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyCombinationsWithReplacementTable.INSTANCE);

  private final PyObject[] pool;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  /** The positions of the last result in the pool; null before the first one. */
  private int @Nullable [] indices;

  private final int r;
  private boolean stopped;

  PyCombinationsWithReplacement(PyObject[] pool, int r) {
    this.pool = pool;
    this.r = r;
    stopped = pool.length == 0 && r > 0;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, r)")
  static PyObject new_(PyType cls, PyObject iterable, long r) {
    PyObject[] pool = PySequences.toArray(iterable);
    if (r < 0) {
      throw Errors.valueError("r must be non-negative");
    }
    if (r > Integer.MAX_VALUE - 8) {
      throw Errors.memoryError();
    }
    return cls == TYPE
        ? new PyCombinationsWithReplacement(pool, (int) r)
        : new PyCombinationsWithReplacementDerived(cls, pool, (int) r);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject[] result;
    lock.lock();
    try {
      if (stopped || !step()) {
        stopped = true;
        return null;
      }
      result = new PyObject[r];
      for (int i = 0; i < r; i++) {
        result[i] = pool[indices[i]];
      }
    } finally {
      lock.unlock();
    }
    return PyTuple.of(result);
  }

  /** Moves to the next combination; false at the end. */
  private boolean step() {
    int[] at = indices;
    int n = pool.length;
    if (at == null) {
      indices = new int[r];
      return true;
    }
    int i = r - 1;
    while (i >= 0 && at[i] == n - 1) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    Arrays.fill(at, i, r, at[i] + 1);
    return true;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 48 + 8L * r;
  }
}
