package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.SlotKind;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/**
 * What {@code set} and {@code frozenset} share. An operation on two sets or dicts takes a snapshot
 * of the one it walks through, in one atomic step, and uses the hashes stored there.
 */
public abstract class PySetBase extends PyHashTable {
  /**
   * After so many items of a list, of which half were different, room is made for all of them: what
   * is repeated a lot would leave it unused.
   */
  private static final int SAMPLE = 32;

  /** But for no more than so many, 3 MB: what comes later may be repeated all the same. */
  private static final int MOST_ROOM = 1 << 17;

  /** A new, empty set of the base type: set or frozenset. */
  abstract PySetBase fresh();

  // ---- elements

  /** The hash of an element; the TypeError for unhashable ones says that it was meant for a set. */
  static long hashElement(PyObject item) {
    if (item.getClass() == PyStr.class) {
      return ((PyStr) item).hash();
    }
    try {
      return PyObjects.hash(item);
    } catch (PyException e) {
      throw PyDict.unhashable(item, e, "a set element");
    }
  }

  /** What to look for: a frozenset in place of a set, which has no hash. */
  static PyObject lookedFor(PyObject item) {
    return item instanceof PySet s && !s.isHashable() ? PyFrozenSet.copyOf(s) : item;
  }

  final void addHashed(PyObject item, long hash) {
    put(item, hash, item, true);
  }

  public final boolean contains(PyObject item) {
    if (item.getClass() == PyInt.class && ((PyInt) item).isLong()) {
      int there = containsLong(((PyInt) item).longValue());
      if (there >= 0) {
        return there != 0;
      }
    }
    PyObject x = lookedFor(item);
    return get(x, hashElement(x)) != null;
  }

  /** The elements, taken in one atomic step. */
  public final PyObject[] toArray() {
    return snapshotKeys();
  }

  /** The entries of a set or exact dict, else null. */
  static @Nullable Entries entries(PyObject o) {
    return o instanceof PySetBase s
        ? s.snapshot()
        : PyDict.isExact(o) ? keysAsElements(((PyDict) o).snapshot()) : null;
  }

  private static Entries keysAsElements(Entries e) {
    for (int i = 0; i < e.size(); i++) {
      e.items()[2 * i + 1] = e.key(i);
    }
    return e;
  }

  // ---- adding and removing, for sets that may change or are new

  final void addAll(PyObject other) {
    if (other == this || other instanceof PySetBase s && fillFrom(s)) {
      return;
    }
    Entries e = entries(other);
    if (e != null) {
      putMany(e, true, null);
      return;
    }
    int expected = size() == 0 ? lengthOf(other) : 0;
    int done = 0;
    PyObject it = PyIters.getIter(other);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      addHashed(v, hashElement(v));
      if (++done == SAMPLE && expected > 2 * SAMPLE && size() > SAMPLE / 2) {
        makeRoom(Math.min(expected, MOST_ROOM));
      }
    }
    if (expected > 2 * SAMPLE) {
      trim();
    }
  }

  /** How many items a list or tuple has; 0 for others. */
  private static int lengthOf(PyObject o) {
    return o.getClass() == PyList.class
        ? ((PyList) o).size()
        : o.getClass() == PyTuple.class ? ((PyTuple) o).size() : 0;
  }

  final void removeAll(PyObject other) {
    if (other == this) {
      clear();
      return;
    }
    Entries e = entries(other);
    if (e != null) {
      for (int i = 0; i < e.size(); i++) {
        remove(e.key(i), e.hashes()[i]);
      }
      return;
    }
    PyObject it = PyIters.getIter(other);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      PyObject x = lookedFor(v);
      remove(x, hashElement(x));
    }
  }

  /** Adds what is missing and removes what is there. */
  final void toggleAll(PyObject other) {
    if (other == this) {
      clear();
      return;
    }
    Entries e = entries(other);
    if (e == null) {
      PySet distinct = new PySet();
      distinct.addAll(other);
      e = distinct.snapshot();
    }
    for (int i = 0; i < e.size(); i++) {
      long hash = e.hashes()[i];
      if (remove(e.key(i), hash) == null) {
        addHashed(e.key(i), hash);
      }
    }
  }

  private PySetBase copied() {
    PySetBase s = fresh();
    s.copyFrom(this);
    return s;
  }

  // ---- new sets

  /** Equivalent of {@code set.intersection} with one argument. */
  public final PySetBase intersection(PyObject other) {
    if (other == this) {
      return copied();
    }
    PySetBase result = fresh();
    if (other instanceof PySetBase s) {
      PySetBase small = s.size() > size() ? this : s;
      PySetBase large = small == s ? this : s;
      Entries e = small.snapshot();
      for (int i = 0; i < e.size(); i++) {
        if (large.get(e.key(i), e.hashes()[i]) != null) {
          result.addHashed(e.key(i), e.hashes()[i]);
        }
      }
      return result;
    }
    PyObject it = PyIters.getIter(other);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      long hash = PyObjects.hash(v);
      if (get(v, hash) != null) {
        result.addHashed(v, hash);
      }
    }
    return result;
  }

  // Compare CPython set_difference in setobject.c.
  final PySetBase difference(PyObject other) {
    PySetBase result;
    if (!(other instanceof PySetBase) && !PyDict.isExact(other)
        || size() >> 2 > ((PyHashTable) other).size()) {
      result = copied();
      result.removeAll(other);
      return result;
    }
    result = fresh();
    PyHashTable without = (PyHashTable) other;
    Entries e = snapshot();
    for (int i = 0; i < e.size(); i++) {
      if (without.get(e.key(i), e.hashes()[i]) == null) {
        result.addHashed(e.key(i), e.hashes()[i]);
      }
    }
    return result;
  }

  final PySetBase symmetricDifference(PyObject other) {
    PySetBase result = fresh();
    result.addAll(other);
    result.toggleAll(this);
    return result;
  }

  final boolean isSubset(PySetBase other) {
    if (size() > other.size()) {
      return false;
    }
    Entries e = snapshot();
    for (int i = 0; i < e.size(); i++) {
      if (other.get(e.key(i), e.hashes()[i]) == null) {
        return false;
      }
    }
    return true;
  }

  // ---- Python: elements

  @PyMethod(name = "__len__")
  final int len() {
    return size();
  }

  @PyMethod(
      name = "__contains__",
      kind = SlotKind.METHOD,
      sig = "(object, /)",
      doc = "x.__contains__(y) <==> y in x.")
  final boolean containsItem(PyObject item) {
    return contains(item);
  }

  @PyMethod(name = "__iter__")
  final PyObject iter() {
    return new PySetIterator(this);
  }

  // ---- Python: new sets

  @PyMethod(
      name = "union",
      sig = "(*others)",
      doc = "A new set: what is here or in any of the others.")
  final PyObject union_(PyTuple others) {
    PySetBase result = copied();
    for (PyObject other : others.items) {
      if (other != this) {
        result.addAll(other);
      }
    }
    return result;
  }

  @PyMethod(
      name = "intersection",
      sig = "(*others)",
      doc = "A new set: what is here and in each of the others.")
  final PyObject intersection_(PyTuple others) {
    return intersectionOfAll(others);
  }

  final PySetBase intersectionOfAll(PyTuple others) {
    if (others.size() == 0) {
      return copied();
    }
    PySetBase result = this;
    for (PyObject other : others.items) {
      result = result.intersection(other);
    }
    return result;
  }

  @PyMethod(
      name = "difference",
      sig = "(*others)",
      doc = "A new set: what is here and in none of the others.")
  final PyObject difference_(PyTuple others) {
    if (others.size() == 0) {
      return copied();
    }
    PySetBase result = difference(others.get(0));
    for (int i = 1; i < others.size(); i++) {
      result.removeAll(others.get(i));
    }
    return result;
  }

  @PyMethod(
      name = "symmetric_difference",
      sig = "(other, /)",
      doc = "A new set: what is in just one of the two.")
  final PyObject symmetricDifference_(PyObject other) {
    return symmetricDifference(other);
  }

  // ---- Python: comparison

  @PyMethod(sig = "(other, /)", doc = "Whether no element is in both.")
  final boolean isdisjoint(PyObject other) {
    if (other == this) {
      return size() == 0;
    }
    if (other instanceof PySetBase s) {
      PySetBase small = s.size() > size() ? this : s;
      PySetBase large = small == s ? this : s;
      Entries e = small.snapshot();
      for (int i = 0; i < e.size(); i++) {
        if (large.get(e.key(i), e.hashes()[i]) != null) {
          return false;
        }
      }
      return true;
    }
    PyObject it = PyIters.getIter(other);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (get(v, hashElement(v)) != null) {
        return false;
      }
    }
    return true;
  }

  @PyMethod(sig = "(other, /)", doc = "Report whether another set contains this set.")
  final boolean issubset(PyObject other) {
    return other instanceof PySetBase s ? isSubset(s) : intersection(other).size() == size();
  }

  @PyMethod(sig = "(other, /)", doc = "Report whether this set contains another set.")
  final boolean issuperset(PyObject other) {
    if (other instanceof PySetBase s) {
      return s.isSubset(this);
    }
    PyObject it = PyIters.getIter(other);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (!contains(v)) {
        return false;
      }
    }
    return true;
  }

  @PyRichCompare
  final PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PySetBase s)) {
      return Py.NotImplemented;
    }
    return Py.bool_(
        switch (op) {
          case EQ -> equalTo(s);
          case NE -> !equalTo(s);
          case LE -> isSubset(s);
          case GE -> s.isSubset(this);
          case LT -> size() < s.size() && isSubset(s);
          case GT -> size() > s.size() && s.isSubset(this);
        });
  }

  private boolean equalTo(PySetBase other) {
    if (size() != other.size()) {
      return false;
    }
    if (this instanceof PyFrozenSet a && other instanceof PyFrozenSet b && a.differsByHash(b)) {
      return false;
    }
    return isSubset(other);
  }

  // ---- Python: operators

  private static boolean bothSets(PyObject a, PyObject b) {
    return a instanceof PySetBase && b instanceof PySetBase;
  }

  @PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    if (!bothSets(left, right)) {
      return Py.NotImplemented;
    }
    PySetBase result = ((PySetBase) left).copied();
    if (left != right) {
      result.addAll(right);
    }
    return result;
  }

  @PyBinary("and")
  static PyObject and(PyObject left, PyObject right) {
    return bothSets(left, right) ? ((PySetBase) left).intersection(right) : Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject left, PyObject right) {
    return bothSets(left, right) ? ((PySetBase) left).difference(right) : Py.NotImplemented;
  }

  @PyBinary("xor")
  static PyObject xor(PyObject left, PyObject right) {
    return bothSets(left, right)
        ? ((PySetBase) left).symmetricDifference(right)
        : Py.NotImplemented;
  }

  // ---- Python: the rest

  @PyMethod(name = "copy", sig = "()", doc = "Return a shallow copy of a set.")
  PyObject copy_() {
    return copied();
  }

  @PyMethod(name = "__repr__")
  final PyObject repr() {
    String name = type().simpleName();
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str(name + "(...)");
    }
    try {
      PyObject[] items = toArray();
      if (items.length == 0) {
        return Py.str(name + "()");
      }
      StringBuilder b = new StringBuilder();
      for (PyObject x : items) {
        b.append(b.isEmpty() ? "" : ", ").append(PyObjects.repr(x).toString());
      }
      return Py.str(getClass() == PySet.class ? "{" + b + "}" : name + "({" + b + "})");
    } finally {
      ts.reprLeave(this);
    }
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  final PyObject reduce() {
    PyObject state = PyObjects.getAttr(this, "__getstate__").call0();
    return Py.tuple(type(), Py.tuple(PyList.of(toArray())), state);
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the set in bytes.")
  final long sizeof() {
    return 48 + 20L * capacity();
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
