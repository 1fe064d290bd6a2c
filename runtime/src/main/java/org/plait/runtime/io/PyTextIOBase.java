package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _io._TextIOBase}. */
@PyTypeDef(
    name = "_TextIOBase",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc = "What text streams have in common. They have no readinto: str cannot be " + "filled.\n")
public class PyTextIOBase extends PyIOBase {
  public static final PyType TYPE = PyType.builtin(PyTextIOBaseTable.INSTANCE);

  protected PyTextIOBase(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyTextIOBase(cls);
  }

  @PyMethod(
      name = "detach",
      sig = "()",
      doc =
          "The binary stream below, which this object then lets go; it is of no use " + "any more.")
  static PyObject baseDetach(PyObject self) {
    throw IoErrors.unsupported("detach");
  }

  @PyMethod(
      name = "read",
      sig = "(size=-1, /)",
      doc = "Up to size characters, or all that are left without a size.")
  static PyObject baseRead(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read");
  }

  @PyMethod(name = "readline", sig = "(size=-1, /)", doc = "The next line, or no text at the end.")
  static PyObject textBaseReadline(PyObject self, PyObject size) {
    throw IoErrors.unsupported("readline");
  }

  @PyMethod(name = "write", sig = "(s, /)", doc = "Writes text and returns its length.")
  static PyObject baseWrite(PyObject self, PyObject s) {
    throw IoErrors.unsupported("write");
  }

  @PyGetter(value = "encoding", doc = "The encoding; classes replace it.\n")
  static PyObject baseEncoding(PyObject self) {
    return Py.None;
  }

  @PyGetter(
      value = "newlines",
      doc = "The line ends that were translated so far; classes replace it.\n")
  static PyObject baseNewlines(PyObject self) {
    return Py.None;
  }

  @PyGetter(value = "errors", doc = "How coding errors are handled; classes replace it.\n")
  static PyObject baseErrors(PyObject self) {
    return Py.None;
  }
}
