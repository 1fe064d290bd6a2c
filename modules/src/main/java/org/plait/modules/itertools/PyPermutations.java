package org.plait.modules.itertools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.SpinLock;

/** {@code itertools.permutations}. */
@PyTypeDef(
    name = "permutations",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, r=None)",
    doc =
        "All orders of r of the items, as tuples.\n\n"
            + "permutations([1, 2, 3], 2) --> (1,2), (1,3), (2,1), (2,3), (3,1), (3,2)")
public class PyPermutations extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyPermutationsTable.INSTANCE);

  private final PyObject[] pool;
  private final int r;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  private final int[] indices;
  private final int[] cycles;
  private boolean started;
  private boolean stopped;

  PyPermutations(PyObject[] pool, int r) {
    this.pool = pool;
    this.r = r;
    int n = pool.length;
    stopped = r > n;
    indices = new int[n];
    Arrays.setAll(indices, i -> i);
    cycles = new int[stopped ? 0 : r];
    Arrays.setAll(cycles, i -> n - i);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, r=None)")
  static PyObject new_(PyType cls, PyObject iterable, PyObject r) {
    PyObject[] pool = PySequences.toArray(iterable);
    long n = pool.length;
    if (r != Py.None) {
      if (!(r instanceof PyInt)) {
        throw Errors.typeError("Expected int as r");
      }
      n = PyNumbers.asLong(r, Exceptions.OverflowError);
      if (n < 0) {
        throw Errors.valueError("r must be non-negative");
      }
      if (n > Integer.MAX_VALUE - 8) {
        throw Errors.memoryError();
      }
    }
    return cls == TYPE
        ? new PyPermutations(pool, (int) n)
        : new PyPermutationsDerived(cls, pool, (int) n);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject[] result;
    lock.lock();
    try {
      if (stopped || started && !step()) {
        stopped = true;
        return null;
      }
      started = true;
      result = new PyObject[r];
      for (int i = 0; i < r; i++) {
        result[i] = pool[indices[i]];
      }
    } finally {
      lock.unlock();
    }
    return PyTuple.of(result);
  }

  /** Moves to the next permutation; false at the end. */
  private boolean step() {
    int n = pool.length;
    for (int i = r - 1; i >= 0; i--) {
      cycles[i]--;
      if (cycles[i] == 0) {
        int index = indices[i];
        System.arraycopy(indices, i + 1, indices, i, n - 1 - i);
        indices[n - 1] = index;
        cycles[i] = n - i;
      } else {
        int j = n - cycles[i];
        int index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
        return true;
      }
    }
    return false;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 48 + 8L * (indices.length + cycles.length);
  }
}
