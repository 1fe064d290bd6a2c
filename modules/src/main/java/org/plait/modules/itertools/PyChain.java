package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyTuple;

/** {@code itertools.chain}. */
@PyTypeDef(
    name = "chain",
    module = "itertools",
    subclassable = true,
    sig = "(*iterables)",
    doc = "The items of the first iterable, then those of the second, and so on.")
public class PyChain extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyChainTable.INSTANCE);

  /** Iterates over what is chained; null once exhausted. */
  private volatile @Nullable PyObject source;

  private volatile @Nullable PyObject active;

  PyChain(PyObject source) {
    this.source = source;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*iterables)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] a = Arguments.check(cls, TYPE, args, kwnames, 0, Integer.MAX_VALUE);
    return make(cls, PyIters.getIter(PyTuple.of(a.clone())));
  }

  private static PyObject make(PyType cls, PyObject source) {
    return cls == TYPE ? new PyChain(source) : new PyChainDerived(cls, source);
  }

  @PyClassMethod(
      name = "from_iterable",
      sig = "(iterable, /)",
      doc = "chain() of the iterables that an iterable yields, taken one at a time.")
  static PyObject fromIterable(PyType cls, PyObject iterable) {
    return make(cls, PyIters.getIter(iterable));
  }

  @Override
  public @Nullable PyObject next() {
    while (true) {
      PyObject s = source;
      if (s == null) {
        return null;
      }
      PyObject a = active;
      if (a == null) {
        PyObject iterable;
        try {
          iterable = PyIters.next(s);
          a = iterable == null ? null : PyIters.getIter(iterable);
        } catch (PyException e) {
          source = null;
          throw e;
        }
        if (a == null) {
          source = null;
          return null;
        }
        active = a;
      }
      PyObject v = PyIters.next(a);
      if (v != null) {
        return v;
      }
      if (active == a) {
        active = null;
      }
    }
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
