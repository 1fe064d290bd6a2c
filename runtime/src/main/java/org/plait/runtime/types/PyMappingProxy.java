package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;

/** {@code mappingproxy}: a read-only view of a mapping. */
@PyTypeDef(
    name = "mappingproxy",
    flags = {TypeFlag.MAPPING},
    doc = "Read-only proxy of a mapping.")
public final class PyMappingProxy extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyMappingProxyTable.INSTANCE);

  private final PyObject mapping;

  public PyMappingProxy(PyObject mapping) {
    this.mapping = mapping;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public PyObject mapping() {
    return mapping;
  }

  @PyNew(sig = "(mapping)")
  static PyObject new_(PyType cls, PyObject mapping) {
    if (mapping.type().special(Special.GETITEM) == null
        || mapping instanceof PyList
        || mapping instanceof PyTuple) {
      throw Errors.typeError(
          "mappingproxy() argument must be a mapping, not " + mapping.type().name());
    }
    return new PyMappingProxy(mapping);
  }

  @PyMethod(name = "__len__")
  PyObject len() {
    return org.plait.runtime.object.Py.int_(PySequences.length(mapping));
  }

  @PyMethod(name = "__getitem__")
  PyObject getitem(PyObject key) {
    return PyMappings.getItem(mapping, key);
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject key) {
    return PySequences.contains(mapping, key);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return PyIters.getIter(mapping);
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.hash(mapping);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "mappingproxy(" + PyObjects.repr(mapping) + ")";
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return PyObjects.str(mapping);
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return PyObjects.richCompare(mapping, other, op);
  }

  private static PyObject unwrap(PyObject o) {
    return o instanceof PyMappingProxy p ? p.mapping : o;
  }

  @org.plait.processor.annotation.PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    return PyNumbers.or(unwrap(left), unwrap(right));
  }

  @PyMethod(name = "__ior__")
  PyObject ior(PyObject other) {
    throw Errors.typeError("'|=' is not supported by mappingproxy; use '|' instead");
  }

  @PyMethod(
      sig = "(key, default=None, /)",
      doc = "The value of the key, or the default where there is no such key.")
  PyObject get(PyObject key, PyObject defaultValue) {
    return PyCalls.callMethod(mapping, "get", key, defaultValue);
  }

  @PyMethod(sig = "()", doc = "The keys of the mapping, as a live view where it gives one")
  PyObject keys() {
    return PyCalls.callMethod(mapping, "keys");
  }

  @PyMethod(sig = "()", doc = "The values of the mapping, as a live view where it gives one")
  PyObject values() {
    return PyCalls.callMethod(mapping, "values");
  }

  @PyMethod(
      sig = "()",
      doc = "The (key, value) pairs of the mapping, as a live view where it gives one")
  PyObject items() {
    return PyCalls.callMethod(mapping, "items");
  }

  @PyMethod(sig = "()", doc = "D.copy() -> a shallow copy of D")
  PyObject copy() {
    return PyCalls.callMethod(mapping, "copy");
  }

  @PyMethod(name = "__reversed__", sig = "()", doc = "D.__reversed__() -> reverse iterator")
  PyObject reversed() {
    return PyCalls.callMethod(mapping, "__reversed__");
  }

  @org.plait.processor.annotation.PyClassMethod(
      name = "__class_getitem__",
      sig = "(object, /)",
      doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
