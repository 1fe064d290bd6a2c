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

/** {@code itertools.combinations}. */
@PyTypeDef(
    name = "combinations",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, r)",
    doc =
        "All ways to choose r items, as tuples in the order of the iterable.\n\n"
            + "combinations([1, 2, 3], 2) --> (1,2), (1,3), (2,3)")
public class PyCombinations extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyCombinationsTable.INSTANCE);

  private final PyObject[] pool;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  /** The positions of the last result in the pool; null before the first one. */
  private int @Nullable [] indices;

  private final int r;
  private boolean stopped;

  PyCombinations(PyObject[] pool, int r) {
    this.pool = pool;
    this.r = r;
    stopped = r > pool.length;
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
        ? new PyCombinations(pool, (int) r)
        : new PyCombinationsDerived(cls, pool, (int) r);
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
      at = new int[r];
      Arrays.setAll(at, i -> i);
      indices = at;
      return true;
    }
    int i = r - 1;
    while (i >= 0 && at[i] == i + n - r) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    at[i]++;
    for (int j = i + 1; j < r; j++) {
      at[j] = at[j - 1] + 1;
    }
    return true;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 48 + 8L * r;
  }
}
