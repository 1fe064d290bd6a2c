package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.SpinLock;

/** {@code itertools.product}. */
@PyTypeDef(
    name = "product",
    module = "itertools",
    subclassable = true,
    sig = "(*iterables, repeat=1)",
    doc = "All tuples with an item of each iterable, the last one changing fastest.")
public class PyProduct extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyProductTable.INSTANCE);

  private final PyObject[][] pools;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  private final int[] indices;
  private boolean started;
  private boolean stopped;

  PyProduct(PyObject[][] pools) {
    this.pools = pools;
    indices = new int[pools.length];
    for (PyObject[] pool : pools) {
      stopped |= pool.length == 0;
    }
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*iterables, repeat=1)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    long repeat = 1;
    if (kwnames != null) {
      for (String name : kwnames) {
        if (!name.equals("repeat")) {
          throw Errors.typeError("product() got an unexpected keyword argument '" + name + "'");
        }
      }
      repeat = PyNumbers.asLong(args[args.length - 1], Exceptions.OverflowError);
      if (repeat < 0) {
        throw Errors.valueError("repeat argument cannot be negative");
      }
    }
    int n = repeat == 0 ? 0 : PyCalls.positional(args, kwnames);
    if (n > 0 && repeat > (Integer.MAX_VALUE - 8) / n) {
      throw Errors.memoryError();
    }
    PyObject[][] pools = new PyObject[(int) (n == 0 ? 0 : n * repeat)][];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = i < n ? PySequences.toArray(args[i]) : pools[i - n];
    }
    return cls == TYPE ? new PyProduct(pools) : new PyProductDerived(cls, pools);
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
      result = new PyObject[pools.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = pools[i][indices[i]];
      }
    } finally {
      lock.unlock();
    }
    return PyTuple.of(result);
  }

  /** Advances the last index, and where one is through, the one before; false at the end. */
  private boolean step() {
    for (int i = pools.length - 1; i >= 0; i--) {
      if (++indices[i] < pools[i].length) {
        return true;
      }
      indices[i] = 0;
    }
    return false;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 48 + 16L * indices.length;
  }
}
