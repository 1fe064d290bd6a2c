package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyUnicodeErrorBase;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * An error handler written in Python, for one run of a codec: all errors of the run share one
 * exception object. The handler is looked up at the first error. One thread.
 */
final class PythonCodecErrors implements CodecErrors {
  private final String name;
  private @Nullable PyObject handler;
  private @Nullable PyBaseException exception;

  /** The input the exception object shows. */
  private @Nullable Object shown;

  PythonCodecErrors(String name) {
    this.name = name;
  }

  private PyObject call(PyBaseException e) {
    PyObject h = handler;
    if (h == null) {
      h = PyCodecs.registry().lookupError(name);
      handler = h;
    }
    return h.call1(e);
  }

  private PyBaseException exception(
      String encoding, Object input, boolean decoding, int start, int end, String reason) {
    PyBaseException e = exception;
    if (e != null && shown == input) {
      PyObjects.setAttr(e, "start", Py.int_(start));
      PyObjects.setAttr(e, "end", Py.int_(end));
      PyObjects.setAttr(e, "reason", Py.str(reason));
      return e;
    }
    PyObject object = decoding ? PyBytes.of((byte[]) input) : PyStr.of((CodePointSource) input);
    e =
        Errors.of(
                decoding ? Exceptions.UnicodeDecodeError : Exceptions.UnicodeEncodeError,
                Py.str(encoding),
                object,
                Py.int_(start),
                Py.int_(end),
                Py.str(reason))
            .value;
    exception = e;
    shown = input;
    return e;
  }

  @Override
  public DecodeFix decode(String encoding, byte[] input, int start, int end, String reason) {
    PyBaseException e = exception(encoding, input, true, start, end, reason);
    PyObject r = call(e);
    if (!(r instanceof PyTuple t)
        || t.size() != 2
        || !(t.get(0) instanceof PyStr text)
        || !PyNumbers.isIndex(t.get(1))) {
      throw Errors.typeError("decoding error handler must return (str, int) tuple");
    }
    int resume = position(t.get(1), input.length);
    // The handler may have put another input into the exception.
    PyObject object = ((PyUnicodeErrorBase) e).object();
    byte[] changed = null;
    if (!(object instanceof PyBytes b)) {
      throw object == null
          ? Errors.typeError("UnicodeError 'object' attribute is not set")
          : Errors.typeError("UnicodeError 'object' attribute must be a bytes");
    }
    if (b.array() != input) {
      changed = b.array();
      shown = changed;
    }
    return new DecodeFix(text.source(), resume, changed);
  }

  @Override
  public EncodeFix encode(
      String encoding, CodePointSource input, int start, int end, String reason) {
    PyObject r = call(exception(encoding, input, false, start, end, reason));
    if (!(r instanceof PyTuple t)
        || t.size() != 2
        || !(t.get(0) instanceof PyStr || t.get(0) instanceof PyBytes)
        || !PyNumbers.isIndex(t.get(1))) {
      throw Errors.typeError("encoding error handler must return (str/bytes, int) tuple");
    }
    int resume = position(t.get(1), input.length());
    return t.get(0) instanceof PyStr s
        ? new EncodeFix(s.source(), null, resume)
        : new EncodeFix(null, ((PyBytes) t.get(0)).array(), resume);
  }

  /** The position, as it came when it fits; else one as far out of bounds as can be. */
  private static int position(PyObject o, int length) {
    PyInt i = PyNumbers.index(o);
    long p = PyNumbers.asLong(i, Exceptions.OverflowError);
    long real = p < 0 ? p + length : p;
    if (real < 0 || real > length) {
      throw Errors.indexError("position " + p + " from error handler out of bounds");
    }
    return (int) real;
  }
}
