package org.plait.modules.multibyte;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.types.PyStr;

/**
 * What the incremental and stream objects share: the class's codec, the error handler's name and
 * the state. Not made for use by several threads at once: as in CPython that mixes up the text, but
 * nothing else.
 */
abstract class PyMultibyteStateful extends PyObject {
  final MultibyteEncoding encoding;
  byte[] state = new byte[8];
  private volatile String errors;

  PyMultibyteStateful(MultibyteEncoding encoding, String errors) {
    this.encoding = encoding;
    this.errors = errors;
  }

  @PyMethod(name = "__init__", sig = "!(*args, **kwargs)", raw = true)
  PyObject init(PyObject[] args, String @Nullable [] kwnames) {
    return Py.None;
  }

  /** The encoding a class works with: its attribute {@code codec}. */
  static MultibyteEncoding encoding(PyType cls) {
    PyObject codec = PyObjects.getAttr(cls, "codec");
    if (!(codec instanceof PyMultibyteCodec c)) {
      throw Errors.typeError("codec is unexpected type");
    }
    return c.encoding;
  }

  final CodecErrors handler() {
    return PyCodecs.errors(errors);
  }

  @PyGetter("errors")
  final String getErrors() {
    return errors;
  }

  @PySetter("errors")
  void setErrors(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.attributeError("cannot delete attribute", this, "errors");
    }
    if (!(value instanceof PyStr s)) {
      throw Errors.typeError("errors must be a string");
    }
    errors = s.toString();
  }
}
