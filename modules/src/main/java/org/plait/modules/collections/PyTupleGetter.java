package org.plait.modules.collections;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyTuple;

/** {@code collections._tuplegetter}: the descriptor of a namedtuple's field. */
@PyTypeDef(name = "_tuplegetter", module = "collections")
public final class PyTupleGetter extends PyObject implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyTupleGetterTable.INSTANCE);

  private final long index;

  @PyMember(value = "__doc__", readonly = false)
  volatile @Nullable PyObject doc;

  PyTupleGetter(long index, PyObject doc) {
    this.index = index;
    this.doc = doc;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(index, doc, /)")
  static PyObject new_(PyType cls, long index, PyObject doc) {
    return new PyTupleGetter(index, doc);
  }

  @Override
  public boolean isDataDescriptor() {
    return true;
  }

  // Compare CPython tuplegetter_descr_get in _collectionsmodule.c.
  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    if (self == null) {
      return this;
    }
    if (!(self instanceof PyTuple t)) {
      if (self == Py.None) {
        return this;
      }
      throw Errors.typeError(
          "descriptor for index '"
              + index
              + "' for tuple subclasses doesn't apply to '"
              + self.type().name()
              + "' object");
    }
    if (index < 0 || index >= t.size()) {
      throw Errors.indexError("tuple index out of range");
    }
    return t.get((int) index);
  }

  @Override
  public void descriptorSet(PyObject self, @Nullable PyObject value) {
    throw Errors.of(
        Exceptions.AttributeError,
        value == null ? "can't delete attribute" : "can't set attribute");
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    if (instance == Py.None && owner == Py.None) {
      throw Errors.typeError("__get__(None, None) is invalid");
    }
    return descriptorGet(instance == Py.None ? null : instance, TYPE);
  }

  @PyMethod(name = "__set__", sig = "(instance, value, /)")
  void set(PyObject instance, PyObject value) {
    descriptorSet(instance, value);
  }

  @PyMethod(name = "__delete__", sig = "(instance, /)")
  void delete(PyObject instance) {
    descriptorSet(instance, null);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "_tuplegetter(" + index + ", " + PyObjects.repr(Py.orNone(doc)) + ")";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return Py.tuple(TYPE, Py.tuple(Py.int_(index), Py.orNone(doc)));
  }
}
