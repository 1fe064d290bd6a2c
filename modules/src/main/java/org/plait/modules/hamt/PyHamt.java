package org.plait.modules.hamt;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PersistentMap;
import org.plait.runtime.types.PyTuple;

/** {@code hamt}: a map that never changes, a {@link PersistentMap}. */
@PyTypeDef(
    name = "hamt",
    module = "_hamt",
    flags = {TypeFlag.MAPPING, TypeFlag.WEAKREF})
public final class PyHamt extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyHamtTable.INSTANCE);

  final PersistentMap map;

  private PyHamt(PersistentMap map) {
    this.map = map;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyHamt(PersistentMap.EMPTY);
  }

  @PyMethod(sig = "(key, value, /)", doc = "This map with another value for a key.")
  PyObject set(PyObject key, PyObject value) {
    PersistentMap changed = map.with(key, value);
    return changed == map ? this : new PyHamt(changed);
  }

  @PyMethod(sig = "(key, default=None, /)")
  PyObject get(PyObject key, PyObject otherwise) {
    PyObject value = map.get(key);
    return value == null ? otherwise : value;
  }

  @PyMethod(sig = "(key, /)", doc = "This map without a key.")
  PyObject delete(PyObject key) {
    PersistentMap rest = map.without(key);
    return rest == map ? this : new PyHamt(rest);
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    PyObject value = map.get(key);
    if (value == null) {
      throw Errors.keyError(key);
    }
    return value;
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject key) {
    return map.get(key) != null;
  }

  @PyMethod(name = "__len__")
  int len() {
    return map.size();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return keys();
  }

  @PyMethod(sig = "()")
  PyObject keys() {
    return new PyHamtIterator(map, PersistentMap.Entry::key);
  }

  @PyMethod(sig = "()")
  PyObject values() {
    return new PyHamtIterator(map, PersistentMap.Entry::value);
  }

  @PyMethod(sig = "()")
  PyObject items() {
    return new PyHamtIterator(map, entry -> PyTuple.of(entry.key(), entry.value()));
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyHamt hamt) || op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    return Py.bool_(equals(map, hamt.map) == (op == CompareOp.EQ));
  }

  private static boolean equals(PersistentMap one, PersistentMap other) {
    if (one == other || one.size() != other.size()) {
      return one == other;
    }
    boolean[] equal = {true};
    one.forEach(
        entry -> {
          if (equal[0]) {
            @Nullable PyObject value = other.get(entry.key());
            equal[0] = value != null && PyObjects.equal(entry.value(), value);
          }
        });
    return equal[0];
  }
}
