package org.plait.modules.itertools;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyInt;

/**
 * {@code itertools.count}: longs as long as they last, else any numbers; each value goes to one
 * thread.
 */
@PyTypeDef(
    name = "count",
    module = "itertools",
    subclassable = true,
    sig = "(start=0, step=1)",
    doc = "Counts without end from start, by step.")
public class PyCount extends ItertoolsIterator implements QuietMethods.Iterator {
  public static final PyType TYPE = PyType.builtin(PyCountTable.INSTANCE);

  private static final VarHandle FAST;
  private static final VarHandle NUMBER;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      FAST = l.findVarHandle(PyCount.class, "fast", long.class);
      NUMBER = l.findVarHandle(PyCount.class, "slow", PyObject.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Marks the end of the fast mode. */
  private static final long SLOW = Long.MAX_VALUE;

  /** The next value while the step is 1, or {@link #SLOW} when {@link #slow} holds it. */
  private volatile long fast;

  private volatile PyObject slow;
  private final PyObject step;

  PyCount(PyObject start, PyObject step) {
    this.step = step;
    boolean byOne =
        start.getClass() == PyInt.class
            && ((PyInt) start).isLong()
            && step.getClass() == PyInt.class
            && ((PyInt) step).compareTo(PyInt.ONE) == 0;
    fast = byOne ? ((PyInt) start).longValue() : SLOW;
    slow = byOne ? PyInt.of(SLOW) : start;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private static boolean isNumber(PyObject o) {
    PyType t = o.type();
    return t.special(Special.INDEX) != null
        || t.special(Special.INT) != null
        || t.special(Special.FLOAT) != null
        || o instanceof PyComplex;
  }

  @PyNew(sig = "!(start=0, step=1)")
  static PyObject new_(PyType cls, PyObject start, PyObject step) {
    if (!isNumber(start) || !isNumber(step)) {
      throw Errors.typeError("a number is required");
    }
    PyObject from = start instanceof PyBool b ? PyNumbers.exact(b) : start;
    return cls == TYPE ? new PyCount(from, step) : new PyCountDerived(cls, from, step);
  }

  @Override
  public PyObject next() {
    while (true) {
      long n = fast;
      if (n == SLOW) {
        PyObject v = slow;
        PyObject after = PyNumbers.add(v, step);
        if (NUMBER.compareAndSet(this, v, after)) {
          return v;
        }
      } else if (FAST.compareAndSet(this, n, n + 1)) {
        return PyInt.of(n);
      }
    }
  }

  @Override
  public final @Nullable PyObject nextQuietly() {
    return fast == SLOW ? null : next();
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    long n = fast;
    String start = PyObjects.repr(n == SLOW ? slow : PyInt.of(n)).toString();
    String name = type().simpleName() + "(" + start;
    boolean byOne = step.getClass() == PyInt.class && ((PyInt) step).compareTo(PyInt.ONE) == 0;
    return Py.str(byOne ? name + ")" : name + ", " + PyObjects.repr(step) + ")");
  }
}
