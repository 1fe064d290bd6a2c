package org.plait.runtime.interp;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/** {@code cell}: a variable shared by nested functions. Read with acquire, written with release. */
@PyTypeDef(name = "cell")
public final class PyCell extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyCellTable.INSTANCE);

  private @Nullable PyObject value;

  public PyCell(@Nullable PyObject value) {
    this.value = value;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(contents=NULL, /)")
  static PyObject new_(PyType cls, @Nullable PyObject contents) {
    return new PyCell(contents);
  }

  /** The content, or null when empty. */
  public @Nullable PyObject get() {
    PyObject v = value;
    VarHandle.acquireFence();
    return v;
  }

  public void set(@Nullable PyObject v) {
    VarHandle.releaseFence();
    value = v;
  }

  @PyGetter("cell_contents")
  PyObject contents() {
    PyObject v = get();
    if (v == null) {
      throw Errors.valueError("cell is empty");
    }
    return v;
  }

  @PySetter("cell_contents")
  void setContents(@Nullable PyObject v) {
    set(v);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyObject v = get();
    String where = "<cell at " + PyIdentity.address(this) + ": ";
    return v == null
        ? where + "empty>"
        : where + v.type().name() + " object at " + PyIdentity.address(v) + ">";
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyCell c)) {
      return Py.NotImplemented;
    }
    PyObject a = get();
    PyObject b = c.get();
    CompareOp o = CompareOp.of(op);
    if (a != null && b != null) {
      return PyObjects.richCompare(a, b, o);
    }
    return Py.bool_(o.test(Boolean.compare(a != null, b != null)));
  }
}
