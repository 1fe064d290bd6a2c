package org.plait.runtime.types;

import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;

/** What the three views of a dict share. A view holds nothing but the dict. */
public abstract class PyDictView extends PyObject {
  protected final PyDict dict;

  PyDictView(PyDict dict) {
    this.dict = dict;
  }

  public final PyDict dict() {
    return dict;
  }

  /** The items of the view, taken in one atomic step. */
  public abstract PyObject[] toArray();

  @PyMethod(name = "__len__")
  int len() {
    return dict.size();
  }

  @PyGetter(value = "mapping", doc = "dictionary that this view refers to")
  PyObject mapping() {
    return new PyMappingProxy(dict);
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("...");
    }
    try {
      return Py.str(type().name() + "(" + PyObjects.repr(PyList.of(toArray())) + ")");
    } finally {
      ts.reprLeave(this);
    }
  }

  /** The views that behave as sets: keys and items. */
  public abstract static class SetLike extends PyDictView {
    SetLike(PyDict dict) {
      super(dict);
    }

    abstract boolean containsItem(PyObject item);

    /** The number of items of a set or set-like view, or -1. */
    private static int sizeOf(PyObject o) {
      return o instanceof PySetBase s ? s.size() : o instanceof SetLike v ? v.dict.size() : -1;
    }

    // Compare CPython dictview_richcompare in dictobject.c.
    @PyRichCompare
    PyObject compare(PyObject other, CompareOp op) {
      int theirs = sizeOf(other);
      if (theirs < 0) {
        return Py.NotImplemented;
      }
      int mine = dict.size();
      return Py.bool_(
          switch (op) {
            case EQ -> mine == theirs && allIn(this, other);
            case NE -> mine != theirs || !allIn(this, other);
            case LT -> mine < theirs && allIn(this, other);
            case LE -> mine <= theirs && allIn(this, other);
            case GT -> mine > theirs && allIn(other, this);
            case GE -> mine >= theirs && allIn(other, this);
          });
    }

    private static boolean allIn(PyObject items, PyObject container) {
      PyObject it = PyIters.getIter(items);
      for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
        if (!PySequences.contains(container, v)) {
          return false;
        }
      }
      return true;
    }

    @PyMethod(
        sig = "(object, /)",
        doc = "Return True if the view and the given iterable have a null intersection.")
    boolean isdisjoint(PyObject other) {
      PyObject container = this;
      PyObject items = other;
      if (this == other) {
        return dict.size() == 0;
      }
      if (sizeOf(other) > dict.size()) {
        container = other;
        items = this;
      }
      PyObject it = PyIters.getIter(items);
      for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
        if (PySequences.contains(container, v)) {
          return false;
        }
      }
      return true;
    }

    private static PySet toSet(PyObject o) {
      PySet s = new PySet();
      s.update(o);
      return s;
    }

    @PyBinary("sub")
    static PyObject sub(PyObject left, PyObject right) {
      PySet s = toSet(left);
      s.differenceUpdate(right);
      return s;
    }

    // Compare CPython _PyDictView_Intersect in dictobject.c.
    @PyBinary("and")
    static PyObject and(PyObject left, PyObject right) {
      if (!(left instanceof SetLike)) {
        PyObject swap = left;
        left = right;
        right = swap;
      }
      SetLike view = (SetLike) left;
      PyObject container = view;
      PyObject items = right;
      if (right instanceof SetLike v && v.dict.size() > view.dict.size()) {
        container = right;
        items = view;
      } else if (right.getClass() == PySet.class && view.dict.size() <= ((PySet) right).size()) {
        return ((PySet) right).intersection(view);
      }
      PySet result = new PySet();
      PyObject it = PyIters.getIter(items);
      for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
        if (PySequences.contains(container, v)) {
          result.add(v);
        }
      }
      return result;
    }

    @PyBinary("xor")
    static PyObject xor(PyObject left, PyObject right) {
      PySet s = toSet(left);
      s.symmetricDifferenceUpdate(right);
      return s;
    }

    @PyBinary("or")
    static PyObject or(PyObject left, PyObject right) {
      PySet s = toSet(left);
      s.update(right);
      return s;
    }
  }
}
