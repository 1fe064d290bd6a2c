package org.plait.modules.itertools;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools.repeat}. */
@PyTypeDef(
    name = "repeat",
    module = "itertools",
    subclassable = true,
    sig = "none",
    doc = "repeat(object [,times])\n\n" + "The same object as many times as told, or without end.")
public class PyRepeat extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyRepeatTable.INSTANCE);

  private static final VarHandle LEFT;

  static {
    try {
      LEFT = MethodHandles.lookup().findVarHandle(PyRepeat.class, "left", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PyObject element;

  /** How often it is still to be given, or -1 for ever. */
  private volatile long left;

  PyRepeat(PyObject element, long times) {
    this.element = element;
    this.left = times;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(object, times=NULL)")
  static PyObject new_(PyType cls, PyObject object, @Nullable PyObject times) {
    long n = -1;
    if (times != null) {
      n = Math.max(PyNumbers.asLong(times, Exceptions.OverflowError), 0);
    }
    return cls == TYPE ? new PyRepeat(object, n) : new PyRepeatDerived(cls, object, n);
  }

  @Override
  public @Nullable PyObject next() {
    while (true) {
      long n = left;
      if (n < 0) {
        return element;
      }
      if (n == 0) {
        return null;
      }
      if (LEFT.compareAndSet(this, n, n - 1)) {
        return element;
      }
    }
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  long lengthHint() {
    long n = left;
    if (n < 0) {
      throw Errors.typeError("len() of unsized object");
    }
    return n;
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    long n = left;
    String text = type().simpleName() + "(" + PyObjects.repr(element);
    return Py.str(n < 0 ? text + ")" : text + ", " + n + ")");
  }
}
