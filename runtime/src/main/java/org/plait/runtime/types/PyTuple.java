package org.plait.runtime.types;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code tuple}: an immutable sequence; the array is never changed after construction. */
@PyTypeDef(
    name = "tuple",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.MATCH_SELF})
public class PyTuple extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTupleTable.INSTANCE);
  public static final PyTuple EMPTY = new PyTuple(PyObject.NO_ARGS);

  final PyObject[] items;

  protected PyTuple(PyObject[] items) {
    this.items = items;
  }

  /** Takes over the array. */
  public static PyTuple of(PyObject... items) {
    return items.length == 0 ? EMPTY : new PyTuple(items);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final int size() {
    return items.length;
  }

  /** The element at an index in 0..size-1. */
  public final PyObject get(int i) {
    return items[i];
  }

  /** A copy of the elements. */
  public final PyObject[] toArray() {
    return items.length == 0 ? PyObject.NO_ARGS : items.clone();
  }

  /** The elements themselves; the caller must not change the array. */
  public final PyObject[] array() {
    return items;
  }
}
