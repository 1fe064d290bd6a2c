package org.plait.runtime.interp;

import java.util.Arrays;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Unpacking of iterables into registers and of mappings into keyword arguments. */
final class Unpacking {
  private Unpacking() {}

  static void sequence(PyObject from, PyObject[] r, int to, int count) {
    if (from.getClass() == PyTuple.class) {
      exact(((PyTuple) from).array(), r, to, count);
    } else if (from.getClass() == PyList.class) {
      exact(((PyList) from).toArray(), r, to, count);
    } else {
      PyObject it = iterator(from);
      PyObject[] items = take(it, count);
      if (PyIters.next(it) != null) {
        throw Errors.valueError(tooMany(from, count));
      }
      System.arraycopy(items, 0, r, to, count);
    }
  }

  private static String tooMany(PyObject from, int count) {
    // CPython tells how many there are where the container knows.
    if (from.getClass() == PyDict.class) {
      return tooManyGot(count, ((PyDict) from).size());
    }
    return "too many values to unpack (expected " + count + ")";
  }

  private static String tooManyGot(int count, int got) {
    return "too many values to unpack (expected " + count + ", got " + got + ")";
  }

  private static void exact(PyObject[] items, PyObject[] r, int to, int count) {
    if (items.length != count) {
      throw Errors.valueError(
          items.length > count
              ? tooManyGot(count, items.length)
              : "not enough values to unpack (expected " + count + ", got " + items.length + ")");
    }
    System.arraycopy(items, 0, r, to, count);
  }

  static void extended(PyObject from, PyObject[] r, int to, int before, int after) {
    PyObject[] all = PySequences.snapshotOrNull(from);
    if (all == null) {
      all = PySequences.list(iterator(from)).toArray();
    }
    int rest = all.length - after;
    if (rest < before) {
      throw Errors.valueError(
          "not enough values to unpack (expected at least "
              + (before + after)
              + ", got "
              + all.length
              + ")");
    }
    System.arraycopy(all, 0, r, to, before);
    r[to + before] = PyList.of(Arrays.copyOfRange(all, before, rest));
    System.arraycopy(all, rest, r, to + before + 1, after);
  }

  private static PyObject iterator(PyObject from) {
    if (from.type().special(Special.ITER) == null && !PySequences.isSequence(from)) {
      throw Errors.typeError("cannot unpack non-iterable " + from.type().name() + " object");
    }
    return PyIters.getIter(from);
  }

  private static PyObject[] take(PyObject it, int count) {
    PyObject[] items = new PyObject[count];
    for (int i = 0; i < count; i++) {
      PyObject v = PyIters.next(it);
      if (v == null) {
        throw Errors.valueError(
            "not enough values to unpack (expected " + count + ", got " + i + ")");
      }
      items[i] = v;
    }
    return items;
  }

  // ---- keyword arguments

  /** {@code f()} with its module, as CPython names a callable in argument errors. */
  static String functionText(PyObject f) {
    PyObject qualname = PyObjects.getOptionalAttr(f, "__qualname__");
    if (qualname == null) {
      return PyObjects.str(f).toString();
    }
    PyObject module = PyObjects.getOptionalAttr(f, "__module__");
    String prefix = module instanceof PyStr m && !m.toString().equals("builtins") ? m + "." : "";
    return prefix + PyObjects.str(qualname) + "()";
  }

  static PyDict kwargs(PyObject callee, PyObject mapping) {
    if (mapping.getClass() == PyDict.class) {
      return (PyDict) mapping;
    }
    PyDict d = new PyDict();
    dictMerge(d, mapping, callee);
    return d;
  }

  static void dictUpdate(PyDict d, PyObject from) {
    if (from instanceof PyDict other && from.getClass() == PyDict.class) {
      d.putAll(other);
      return;
    }
    try {
      PyMappings.update(d, from);
    } catch (PyException e) {
      if (e.matches(Exceptions.AttributeError)) {
        throw Errors.typeError("'" + from.type().name() + "' object is not a mapping");
      }
      throw e;
    }
  }

  static void dictMerge(PyDict d, PyObject from, PyObject callee) {
    PyObject keys;
    if (from.getClass() == PyDict.class && d.size() == 0) {
      d.putAll((PyDict) from);
      return;
    }
    if (from instanceof PyDict other) {
      keys = PyList.of(other.snapshotKeys());
    } else {
      PyObject method = PyObjects.getOptionalAttr(from, "keys");
      if (method == null) {
        throw Errors.typeError(
            functionText(callee)
                + " argument after ** must be a mapping, not "
                + from.type().name());
      }
      keys = method.call0();
    }
    PyObject it = PyIters.getIter(keys);
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      PyObject v = PyMappings.getItem(from, k);
      if (d.put(k, PyObjects.hash(k), v, true) != null) {
        throw Errors.typeError(
            functionText(callee)
                + " got multiple values for keyword argument '"
                + PyObjects.str(k)
                + "'");
      }
    }
  }
}
