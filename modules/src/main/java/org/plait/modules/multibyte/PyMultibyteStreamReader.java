package org.plait.modules.multibyte;

import java.util.Arrays;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code _multibytecodec.MultibyteStreamReader}. */
@PyTypeDef(
    name = "MultibyteStreamReader",
    module = "_multibytecodec",
    subclassable = true,
    sig = "none")
public class PyMultibyteStreamReader extends PyMultibyteStateful {
  public static final PyType TYPE = PyType.builtin(PyMultibyteStreamReaderTable.INSTANCE);

  @PyMember("stream")
  final PyObject stream;

  private byte[] pending = new byte[0];

  public PyMultibyteStreamReader(MultibyteEncoding encoding, PyObject stream, String errors) {
    super(encoding, errors);
    this.stream = stream;
    encoding.startDecoding(state);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(stream, errors='strict')")
  static PyObject new_(PyType cls, PyObject stream, String errors) {
    MultibyteEncoding e = encoding(cls);
    return cls == TYPE
        ? new PyMultibyteStreamReader(e, stream, errors)
        : new PyMultibyteStreamReaderDerived(cls, e, stream, errors);
  }

  // Compare CPython mbstreamreader_iread in multibytecodec.c.
  private PyStr read(String method, long size) {
    if (size == 0) {
      return PyStr.EMPTY;
    }
    while (true) {
      PyObject got =
          size < 0
              ? PyCalls.callMethod(stream, method)
              : PyCalls.callMethod(stream, method, Py.int_(size));
      if (!(got instanceof PyBytes b)) {
        throw Errors.typeError(
            "stream function returned a non-bytes object (" + got.type().name() + ")");
      }
      boolean atEnd = b.size() == 0;
      byte[] all = Arrays.copyOf(pending, pending.length + b.size());
      System.arraycopy(b.array(), 0, all, pending.length, b.size());
      boolean last = atEnd || size < 0;
      Conversion.Decoded r = Conversion.decode(encoding, all, handler(), state, last);
      pending = PyMultibyteIncrementalDecoder.rest(encoding, all, r.used());
      if (atEnd || size < 0 || r.text().length() > 0) {
        return r.text();
      }
      size = 1; // not a character yet
    }
  }

  private static long size(PyObject o) {
    if (o == Py.None) {
      return -1;
    }
    if (!(o instanceof PyInt)) {
      throw Errors.typeError("arg 1 must be an integer");
    }
    return PyNumbers.asLong(o, Exceptions.OverflowError);
  }

  @PyMethod(sig = "(sizeobj=None, /)", doc = "Read text.")
  PyObject read(PyObject size) {
    return read("read", size(size));
  }

  @PyMethod(sig = "(sizeobj=None, /)", doc = "Read a line.")
  PyObject readline(PyObject size) {
    return read("readline", size(size));
  }

  @PyMethod(sig = "(sizehintobj=None, /)", doc = "Read lines.")
  PyObject readlines(PyObject size) {
    return PyCalls.callMethod(read("read", size(size)), "splitlines", Py.True);
  }

  @PyMethod(sig = "()", doc = "Forget what went before.")
  void reset() {
    encoding.resetDecoding(state);
    pending = new byte[0];
  }
}
