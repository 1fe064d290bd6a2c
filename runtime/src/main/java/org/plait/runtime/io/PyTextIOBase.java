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
    doc =
        "Base class for text I/O.\n\n"
            + "This class provides a character and line based interface to stream\n"
            + "I/O. There is no readinto method because Python's character strings\n"
            + "are immutable.\n")
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
          "Separate the underlying buffer from the TextIOBase and return it.\n\n"
              + "After the underlying buffer has been detached, the TextIO is in an unusable\n"
              + "state.")
  static PyObject baseDetach(PyObject self) {
    throw IoErrors.unsupported("detach");
  }

  @PyMethod(
      name = "read",
      sig = "(size=-1, /)",
      doc =
          "Read at most size characters from stream.\n\n"
              + "Read from underlying buffer until we have size characters or we hit EOF.\n"
              + "If size is negative or omitted, read until EOF.")
  static PyObject baseRead(PyObject self, PyObject size) {
    throw IoErrors.unsupported("read");
  }

  @PyMethod(
      name = "readline",
      sig = "(size=-1, /)",
      doc = "Read until newline or EOF.\n\nReturn an empty string if EOF is hit immediately.")
  static PyObject textBaseReadline(PyObject self, PyObject size) {
    throw IoErrors.unsupported("readline");
  }

  @PyMethod(
      name = "write",
      sig = "(s, /)",
      doc =
          "Write string s to stream.\n\n"
              + "Return the number of characters written\n"
              + "(which is always equal to the length of the string).")
  static PyObject baseWrite(PyObject self, PyObject s) {
    throw IoErrors.unsupported("write");
  }

  @PyGetter(
      value = "encoding",
      doc = "Encoding of the text stream.\n\nSubclasses should override.\n")
  static PyObject baseEncoding(PyObject self) {
    return Py.None;
  }

  @PyGetter(
      value = "newlines",
      doc =
          "Line endings translated so far.\n\n"
              + "Only line endings translated during reading are considered.\n\n"
              + "Subclasses should override.\n")
  static PyObject baseNewlines(PyObject self) {
    return Py.None;
  }

  @PyGetter(
      value = "errors",
      doc = "The error setting of the decoder or encoder.\n\nSubclasses should override.\n")
  static PyObject baseErrors(PyObject self) {
    return Py.None;
  }
}
