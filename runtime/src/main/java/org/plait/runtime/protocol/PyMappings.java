package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyList;

/** The mapping protocol: subscripts of any object, and what dict-like objects offer. */
public final class PyMappings {
  private PyMappings() {}

  /** Equivalent of CPython's {@code PyObject_GetItem}. */
  public static PyObject getItem(PyObject o, PyObject key) {
    if (o.getClass() == PyDict.class) {
      PyObject v = ((PyDict) o).get(key);
      if (v == null) {
        throw Errors.keyError(key);
      }
      return v;
    }
    PyType type = o.type();
    PyObject f = type.special(Special.GETITEM);
    if (f != null) {
      return PyCalls.invoke(f, o, key);
    }
    if (o instanceof PyType cls) {
      if (cls == PyType.TYPE) {
        return new PyGenericAlias(cls, key);
      }
      PyObject method = PyObjects.getOptionalAttr(cls, "__class_getitem__");
      if (method != null && method != Py.None) {
        return method.call1(key);
      }
      throw Errors.typeError("type '" + cls.name() + "' is not subscriptable");
    }
    throw Errors.typeError("'" + type.name() + "' object is not subscriptable");
  }

  /** Equivalent of CPython's {@code PyMapping_GetOptionalItem}: null on KeyError. */
  public static @Nullable PyObject getOptionalItem(PyObject o, PyObject key) {
    if (o.getClass() == PyDict.class) {
      return ((PyDict) o).get(key);
    }
    try {
      return getItem(o, key);
    } catch (PyException e) {
      if (e.matches(Exceptions.KeyError)) {
        return null;
      }
      throw e;
    }
  }

  /** Equivalent of CPython's {@code PyObject_SetItem}. */
  public static void setItem(PyObject o, PyObject key, PyObject value) {
    if (o.getClass() == PyDict.class) {
      ((PyDict) o).put(key, value);
      return;
    }
    PyObject f = o.type().special(Special.SETITEM);
    if (f == null) {
      throw Errors.typeError("'" + o.type().name() + "' object does not support item assignment");
    }
    PyCalls.invoke(f, o, key, value);
  }

  /** Equivalent of CPython's {@code PyObject_DelItem}. */
  public static void delItem(PyObject o, PyObject key) {
    PyObject f = o.type().special(Special.DELITEM);
    if (f == null) {
      String not = PyNumbers.isIndex(key) && isLikeSequence(o.type()) ? "doesn't" : "does not";
      throw Errors.typeError("'" + o.type().name() + "' object " + not + " support item deletion");
    }
    PyCalls.invoke(f, o, key);
  }

  /** Whether CPython's type has the slots of sequences, filled or not. */
  private static boolean isLikeSequence(PyType type) {
    return type.isHeap()
        || type.special(Special.GETITEM) != null
        || type.special(Special.CONTAINS) != null;
  }

  /** The keys of a mapping as a list or iterable. */
  public static PyObject keys(PyObject o) {
    return o.getClass() == PyDict.class
        ? PyList.of(((PyDict) o).snapshotKeys())
        : collect(o, "keys");
  }

  public static PyObject values(PyObject o) {
    return collect(o, "values");
  }

  public static PyObject items(PyObject o) {
    return collect(o, "items");
  }

  private static PyObject collect(PyObject o, String method) {
    return PySequences.list(PyCalls.callMethod(o, method));
  }

  /** Sets all items of a mapping (it has {@code keys()}) in a dict, as {@code dict.update}. */
  public static void update(PyDict d, PyObject mapping) {
    if (mapping instanceof PyDict other
        && mapping.type().special(Special.ITER) == PyDict.TYPE.special(Special.ITER)) {
      d.putAll(other);
      return;
    }
    PyObject keys = PyObjects.getAttr(mapping, "keys").call0();
    PyObject it = PyIters.getIter(keys);
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      d.put(k, getItem(mapping, k));
    }
  }
}
