package org.plait.modules.collections;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyIterator;

/** {@code collections._deque_reverse_iterator}. The position is a benign race. */
@PyTypeDef(name = "_deque_reverse_iterator", module = "collections")
public final class PyDequeReverseIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyDequeReverseIteratorTable.INSTANCE);

  private final PyDeque deque;

  /** The state of the deque at the start. */
  private final long state;

  private final int length;
  private int at;

  PyDequeReverseIterator(PyDeque deque, long skip) {
    this.deque = deque;
    state = deque.state();
    length = deque.len();
    at = (int) Math.clamp(skip, 0, length);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, index=0, /)")
  static PyObject new_(PyType cls, PyDeque deque, long index) {
    return new PyDequeReverseIterator(deque, index);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    int i = at;
    if (deque.state() != state) {
      at = length;
      throw PyDeque.mutated();
    }
    if (i >= length) {
      return null;
    }
    PyObject v = deque.get(length - 1 - i, state);
    at = i + 1;
    return v;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    return length - at;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return Py.tuple(TYPE, Py.tuple(deque, Py.int_(deque.len() - (length - at))));
  }
}
