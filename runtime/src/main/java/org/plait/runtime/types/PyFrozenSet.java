package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code frozenset}: no element changes after construction. */
@PyTypeDef(
    name = "frozenset",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF, TypeFlag.WEAKREF},
    sig = "(iterable=(), /)",
    doc = "A set that never changes and can be hashed.")
public class PyFrozenSet extends PySetBase {
  public static final PyType TYPE = PyType.builtin(PyFrozenSetTable.INSTANCE);

  /** The hash once taken, else 0. Benign race. */
  private long hash;

  protected PyFrozenSet() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  PySetBase fresh() {
    return new PyFrozenSet();
  }

  /** The set of the elements, which may repeat. */
  public static PyFrozenSet of(PyObject... items) {
    PyFrozenSet s = new PyFrozenSet();
    s.reserve(items.length);
    for (PyObject x : items) {
      s.addHashed(x, hashElement(x));
    }
    return s;
  }

  /** The set of the elements of an iterable; a frozenset comes back as it is. */
  public static PyFrozenSet from(PyObject iterable) {
    if (iterable.getClass() == PyFrozenSet.class) {
      return (PyFrozenSet) iterable;
    }
    PyFrozenSet s = new PyFrozenSet();
    s.addAll(iterable);
    return s;
  }

  static PyFrozenSet copyOf(PySetBase other) {
    PyFrozenSet s = new PyFrozenSet();
    s.copyFrom(other);
    return s;
  }

  @PyNew(sig = "(iterable=NULL, /)")
  static PyObject new_(PyType cls, @Nullable PyObject iterable) {
    if (cls == TYPE) {
      return iterable == null ? new PyFrozenSet() : from(iterable);
    }
    PyFrozenSet s = new PyFrozenSetDerived(cls);
    if (iterable != null) {
      s.addAll(iterable);
    }
    return s;
  }

  /** Whether both hashes are known and differ. */
  final boolean differsByHash(PyFrozenSet other) {
    return hash != 0 && other.hash != 0 && hash != other.hash;
  }

  // Compare CPython frozenset_hash_impl in setobject.c.
  @PyMethod(name = "__hash__")
  final long hash() {
    long h = hash;
    if (h == 0) {
      long[] hashes = snapshot().hashes();
      for (long x : hashes) {
        h ^= (x ^ 89869747L ^ x << 16) * 3644798167L;
      }
      h ^= (hashes.length + 1L) * 1927868237L;
      h ^= h >>> 11 ^ h >>> 25;
      h = h * 69069L + 907133923L;
      h = h == -1 ? 590923713L : h;
      hash = h;
    }
    return h;
  }

  @Override
  PyObject copy_() {
    return getClass() == PyFrozenSet.class ? this : copyOf(this);
  }
}
