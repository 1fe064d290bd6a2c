package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyList;
import org.plait.sched.SpinLock;

/**
 * {@code itertools._tee_dataobject}: a link of the chain of items that the iterators of a tee
 * share.
 */
@PyTypeDef(
    name = "_tee_dataobject",
    module = "itertools",
    sig = "none",
    doc = "Data container common to multiple tee objects.")
public final class PyTeeDataObject extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTeeDataObjectTable.INSTANCE);

  static final int LENGTH = 57;

  private final PyObject iterator;

  /** Guards the rest. */
  private final SpinLock lock = new SpinLock();

  private final PyObject[] values = new PyObject[LENGTH];
  private int count;
  private boolean running;
  private @Nullable PyTeeDataObject following;

  PyTeeDataObject(PyObject iterator) {
    this.iterator = iterator;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, values, next, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (args.length != 3) {
      throw Errors.typeError("teedataobject expected 3 arguments, got " + args.length);
    }
    if (!(args[1] instanceof PyList list)) {
      throw Errors.typeError(
          "teedataobject() argument 2 must be list, not " + args[1].type().name());
    }
    PyTeeDataObject d = new PyTeeDataObject(args[0]);
    PyObject[] values = list.toArray();
    if (values.length > LENGTH) {
      throw Errors.valueError("Invalid arguments");
    }
    System.arraycopy(values, 0, d.values, 0, values.length);
    d.count = values.length;
    if (args[2] != Py.None) {
      if (values.length != LENGTH) {
        throw Errors.valueError("_tee_dataobject should not have a next link");
      }
      if (!(args[2] instanceof PyTeeDataObject n)) {
        throw Errors.valueError("_tee_dataobject next link should be a _tee_dataobject");
      }
      d.following = n;
    }
    return d;
  }

  /** The link after this one, which is full. */
  PyTeeDataObject following() {
    lock.lock();
    try {
      if (following == null) {
        following = new PyTeeDataObject(iterator);
      }
      return following;
    } finally {
      lock.unlock();
    }
  }

  /** The item at a position; null at the end. Positions are asked for in order. */
  @Nullable PyObject item(int i) {
    lock.lock();
    try {
      if (i < count) {
        return values[i];
      }
      if (running) {
        return reentered();
      }
      running = true;
    } finally {
      lock.unlock();
    }
    PyObject v = null;
    try {
      v = PyIters.next(iterator);
    } finally {
      lock.lock();
      try {
        running = false;
        if (v != null && count < LENGTH) {
          values[count++] = v;
        }
      } finally {
        lock.unlock();
      }
    }
    return v;
  }

  private static PyObject reentered() {
    throw Errors.runtimeError("cannot re-enter the tee iterator");
  }
}
