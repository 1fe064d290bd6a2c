package org.plait.modules.multibyte;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyStr;

/** {@code _multibytecodec.MultibyteStreamWriter}. */
@PyTypeDef(
    name = "MultibyteStreamWriter",
    module = "_multibytecodec",
    subclassable = true,
    sig = "none")
public class PyMultibyteStreamWriter extends PyMultibyteStateful {
  public static final PyType TYPE = PyType.builtin(PyMultibyteStreamWriterTable.INSTANCE);

  @PyMember("stream")
  final PyObject stream;

  private final PyMultibyteIncrementalEncoder encoder;

  public PyMultibyteStreamWriter(MultibyteEncoding encoding, PyObject stream, String errors) {
    super(encoding, errors);
    this.stream = stream;
    this.encoder = new PyMultibyteIncrementalEncoder(encoding, errors);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(stream, errors='strict')")
  static PyObject new_(PyType cls, PyObject stream, String errors) {
    MultibyteEncoding e = encoding(cls);
    return cls == TYPE
        ? new PyMultibyteStreamWriter(e, stream, errors)
        : new PyMultibyteStreamWriterDerived(cls, e, stream, errors);
  }

  @PyMethod(sig = "(strobj, /)", doc = "Write a text.")
  void write(PyObject text) {
    PyCalls.callMethod(stream, "write", Py.bytes(encoder.encode(text, false)));
  }

  @PyMethod(sig = "(lines, /)", doc = "Write texts.")
  void writelines(PyObject lines) {
    if (!PySequences.isSequence(lines)) {
      throw Errors.typeError("arg must be a sequence object");
    }
    for (PyObject line : PySequences.toArray(lines)) {
      write(line);
    }
  }

  @PyMethod(sig = "()", doc = "Write what ends a text, and begin anew.")
  void reset() {
    byte[] rest = encoder.encode(PyStr.EMPTY, true);
    encoder.reset();
    if (rest.length > 0) {
      PyCalls.callMethod(stream, "write", Py.bytes(rest));
    }
  }

  @Override
  void setErrors(@Nullable PyObject value) {
    super.setErrors(value);
    encoder.setErrors(value);
  }
}
