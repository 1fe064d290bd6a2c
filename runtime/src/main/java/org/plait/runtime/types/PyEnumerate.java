package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;

/** {@code enumerate}. The count is a benign race. */
@PyTypeDef(
    name = "enumerate",
    subclassable = true,
    sig = "(iterable, start=0)",
    doc =
        "Numbers the items of an iterable.\n\n"
            + "  iterable\n"
            + "    where the items come from\n\n"
            + "Yields tuples of a count, which begins at start, and the next item.")
public class PyEnumerate extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyEnumerateTable.INSTANCE);

  private final PyObject iterator;
  private long count;

  /** The count once it has outgrown a long, else null. */
  private volatile @Nullable BigInteger bigCount;

  public PyEnumerate(PyObject iterator, PyInt start) {
    this.iterator = iterator;
    if (start.isLong() && start.longValue() != Long.MAX_VALUE) {
      count = start.longValue();
    } else {
      bigCount = start.bigValue();
    }
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // Compare CPython enumerate_vectorcall in enumobject.c.
  @PyNew(sig = "!(iterable, start=0)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    PyObject iterable = n > 0 ? args[0] : null;
    PyObject start = n > 1 ? args[1] : null;
    if (args.length > 2) {
      throw Errors.typeError("enumerate() takes at most 2 arguments (" + args.length + " given)");
    }
    for (int i = n; i < args.length; i++) {
      String name = kwnames[i - n];
      if (name.equals("iterable") && iterable == null) {
        iterable = args[i];
      } else if (name.equals("start") && start == null) {
        start = args[i];
      } else {
        throw Errors.typeError("'" + name + "' is an invalid keyword argument for enumerate()");
      }
    }
    if (iterable == null) {
      throw Errors.typeError("enumerate() missing required argument 'iterable'");
    }
    PyInt from = start == null ? PyInt.ZERO : PyNumbers.exactIndex(start);
    PyObject it = PyIters.getIter(iterable);
    return cls == TYPE ? new PyEnumerate(it, from) : new PyEnumerateDerived(cls, it, from);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    PyObject v = PyIters.next(iterator);
    return v == null ? null : PyTuple.of(nextCount(), v);
  }

  private PyInt nextCount() {
    BigInteger big = bigCount;
    if (big != null) {
      bigCount = big.add(BigInteger.ONE);
      return PyInt.of(big);
    }
    long n = count;
    if (n == Long.MAX_VALUE - 1) {
      bigCount = BigInteger.valueOf(Long.MAX_VALUE);
    } else {
      count = n + 1;
    }
    return PyInt.of(n);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    BigInteger big = bigCount;
    return Py.tuple(type(), Py.tuple(iterator, big == null ? PyInt.of(count) : PyInt.of(big)));
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
