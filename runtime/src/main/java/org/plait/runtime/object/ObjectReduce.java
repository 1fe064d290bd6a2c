package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code object.__reduce_ex__}: how plain objects are pickled and copied. */
final class ObjectReduce {
  private ObjectReduce() {}

  // Compare CPython _common_reduce in typeobject.c.
  static PyObject reduce(PyObject self, int protocol) {
    PyObject copyreg = Imports.importModule("copyreg");
    if (protocol < 2) {
      return PyCalls.callMethod(copyreg, "_reduce_ex", self, Py.int_(protocol));
    }
    return reduceNewObj(self, copyreg);
  }

  /** A special method, which only the class can have: {@code __getattr__} isn't asked. */
  private static @Nullable PyObject ofType(PyObject self, String name) {
    return self.type().lookup(name) == null ? null : PyObjects.getOptionalAttr(self, name);
  }

  // Compare CPython reduce_newobj in typeobject.c.
  private static PyObject reduceNewObj(PyObject self, PyObject copyreg) {
    PyType type = self.type();
    if (type.special(Special.NEW) == null) {
      throw Errors.typeError("cannot pickle '" + type.name() + "' object");
    }
    PyTuple args = null;
    PyDict kwargs = null;
    PyObject getNewArgsEx = ofType(self, "__getnewargs_ex__");
    if (getNewArgsEx != null) {
      PyObject both = getNewArgsEx.call0();
      if (!(both instanceof PyTuple t)) {
        throw Errors.typeError(
            "__getnewargs_ex__ should return a tuple, not '" + both.type().name() + "'");
      }
      if (t.size() != 2) {
        throw Errors.valueError(
            "__getnewargs_ex__ should return a tuple of length 2, not " + t.size());
      }
      if (!(t.get(0) instanceof PyTuple a)) {
        throw Errors.typeError(
            "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '"
                + t.get(0).type().name()
                + "'");
      }
      if (!(t.get(1) instanceof PyDict k)) {
        throw Errors.typeError(
            "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '"
                + t.get(1).type().name()
                + "'");
      }
      args = a;
      kwargs = k;
    } else {
      PyObject getNewArgs = ofType(self, "__getnewargs__");
      if (getNewArgs != null) {
        PyObject a = getNewArgs.call0();
        if (!(a instanceof PyTuple t)) {
          throw Errors.typeError(
              "__getnewargs__ should return a tuple, not '" + a.type().name() + "'");
        }
        args = t;
      }
    }
    boolean hasArgs = args != null;
    PyObject make;
    PyTuple makeArgs;
    if (kwargs == null || kwargs.size() == 0) {
      make = PyObjects.getAttr(copyreg, "__newobj__");
      makeArgs = PyTuple.of(PyCalls.prepend(type, args == null ? PyObject.NO_ARGS : args.array()));
    } else {
      make = PyObjects.getAttr(copyreg, "__newobj_ex__");
      makeArgs = Py.tuple(type, args == null ? Py.EmptyTuple : args, kwargs);
    }
    boolean listlike = self instanceof PyList;
    boolean dictlike = self instanceof PyDict;
    PyObject state = getStateOf(self, !(hasArgs || listlike || dictlike));
    PyObject listItems = listlike ? PyIters.getIter(self) : Py.None;
    PyObject dictItems = dictlike ? PyIters.getIter(PyCalls.callMethod(self, "items")) : Py.None;
    return Py.tuple(make, makeArgs, state, listItems, dictItems);
  }

  /** Calls {@code __getstate__}, or the default with the layout check when it isn't overridden. */
  private static PyObject getStateOf(PyObject self, boolean required) {
    PyObject f = PyObjects.getAttr(self, "__getstate__");
    if (f instanceof PyBuiltinFunction b && b.isMethod(PyBaseObject.TYPE, "__getstate__")) {
      return getState(self, required);
    }
    return f.call0();
  }

  // Compare CPython object_getstate_default in typeobject.c.
  static PyObject getState(PyObject self, boolean required) {
    PyType type = self.type();
    if (required && !isPlain(type, self)) {
      throw Errors.typeError("cannot pickle '" + type.name() + "' object");
    }
    PyObject state;
    PyObject dict = PyObjects.getOptionalAttr(self, "__dict__");
    state = dict instanceof PyDict d ? d : dict == null ? Py.None : dict;
    if (state instanceof PyDict d && d.size() == 0) {
      state = Py.None;
    }
    PyDict slots = slotState(self, type);
    return slots == null ? state : Py.tuple(state, slots);
  }

  /** Whether all state of the instance is attributes: the Java class adds nothing. */
  private static boolean isPlain(PyType type, PyObject self) {
    return type.nativeBase() == PyBaseObject.TYPE || self instanceof PyBaseObject.Plain;
  }

  private static @Nullable PyDict slotState(PyObject self, PyType type) {
    PyObject names = PyCalls.callMethod(Imports.importModule("copyreg"), "_slotnames", type);
    if (names == Py.None) {
      return null;
    }
    PyDict slots = new PyDict();
    PyObject it = PyIters.getIter(names);
    for (PyObject n = PyIters.next(it); n != null; n = PyIters.next(it)) {
      PyObject v = PyObjects.getOptionalAttr(self, ((PyStr) n).toString());
      if (v != null) {
        slots.put(n, v);
      }
    }
    return slots.size() == 0 ? null : slots;
  }
}
