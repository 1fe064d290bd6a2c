package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Mapping and class patterns. */
final class MatchOps {
  private MatchOps() {}

  // Compare CPython _PyEval_MatchKeys in ceval.c.
  static PyObject keys(PyObject subject, PyTuple keys) {
    PyObject[] values = new PyObject[keys.size()];
    if (values.length == 0) {
      return Py.EmptyTuple;
    }
    PySet seen = new PySet();
    PyObject get = PyObjects.getAttr(subject, "get");
    PyObject missing = new PyBaseObject.Plain();
    for (int i = 0; i < values.length; i++) {
      PyObject key = keys.get(i);
      if (seen.contains(key)) {
        throw Errors.valueError(
            "mapping pattern checks duplicate key (" + PyObjects.repr(key) + ")");
      }
      seen.add(key);
      PyObject v = get.call2(key, missing);
      if (v == missing) {
        return Py.None;
      }
      values[i] = v;
    }
    return PyTuple.of(values);
  }

  // Compare CPython _PyEval_MatchClass in ceval.c.
  static PyObject matchClass(PyObject subject, PyObject cls, PyTuple names, int positional) {
    if (!(cls instanceof PyType type)) {
      throw Errors.typeError("called match pattern must be a class");
    }
    if (!PyObjects.isInstance(subject, cls)) {
      return Py.None;
    }
    List<PyObject> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int n = positional;
    if (n > 0) {
      PyObject matchArgs = PyObjects.getOptionalAttr(type, "__match_args__");
      boolean self = false;
      PyTuple attributes = Py.EmptyTuple;
      if (matchArgs == null) {
        self = type.hasFlag(PyType.MATCH_SELF);
      } else if (matchArgs instanceof PyTuple t && matchArgs.getClass() == PyTuple.class) {
        attributes = t;
      } else {
        throw Errors.typeError(
            type.name() + ".__match_args__ must be a tuple (got " + matchArgs.type().name() + ")");
      }
      int allowed = self ? 1 : attributes.size();
      if (n > allowed) {
        throw Errors.typeError(
            type.name()
                + "() accepts "
                + allowed
                + " positional sub-pattern"
                + (allowed == 1 ? "" : "s")
                + " ("
                + n
                + " given)");
      }
      if (self) {
        found.add(subject);
      } else {
        for (int i = 0; i < n; i++) {
          if (!(attributes.get(i) instanceof PyStr name)) {
            throw Errors.typeError(
                "__match_args__ elements must be strings (got "
                    + attributes.get(i).type().name()
                    + ")");
          }
          PyObject v = attribute(subject, type, name.toString(), seen);
          if (v == null) {
            return Py.None;
          }
          found.add(v);
        }
      }
    }
    for (int i = 0; i < names.size(); i++) {
      PyObject v = attribute(subject, type, names.get(i).toString(), seen);
      if (v == null) {
        return Py.None;
      }
      found.add(v);
    }
    return Py.tuple(found);
  }

  private static PyObject attribute(PyObject subject, PyType type, String name, Set<String> seen) {
    if (!seen.add(name)) {
      throw Errors.typeError(
          type.name()
              + "() got multiple sub-patterns for attribute "
              + PyObjects.repr(PyStr.of(name)));
    }
    return PyObjects.getOptionalAttr(subject, name);
  }
}
