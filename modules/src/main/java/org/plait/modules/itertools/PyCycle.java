package org.plait.modules.itertools;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.sched.SpinLock;

/** {@code itertools.cycle}. */
@PyTypeDef(
    name = "cycle",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, /)",
    doc = "The items of the iterable, then the same again, without end.")
public class PyCycle extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyCycleTable.INSTANCE);

  /** Null once exhausted. */
  private volatile @Nullable PyObject iterator;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  private final ArrayList<PyObject> saved = new ArrayList<>();
  private int at;

  PyCycle(PyObject iterator) {
    this.iterator = iterator;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject it = PyIters.getIter(Arguments.check(cls, TYPE, args, kwnames, 1)[0]);
    return cls == TYPE ? new PyCycle(it) : new PyCycleDerived(cls, it);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject it = iterator;
    if (it != null) {
      PyObject v = PyIters.next(it);
      if (v != null) {
        lock.lock();
        try {
          saved.add(v);
        } finally {
          lock.unlock();
        }
        return v;
      }
      iterator = null;
    }
    lock.lock();
    try {
      if (saved.isEmpty()) {
        return null;
      }
      PyObject v = saved.get(at);
      at = at + 1 == saved.size() ? 0 : at + 1;
      return v;
    } finally {
      lock.unlock();
    }
  }
}
