package org.plait.runtime.io;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;

/** The encoder of a text file: done here, or an incremental encoder object. */
abstract class TextEncoder {
  abstract PyBytes encode(PyStr text);

  /** Prepares for a position: the start of the stream, where a byte order mark belongs, or not. */
  abstract void reset(boolean startOfStream);

  static TextEncoder direct(String encoding, String errors) {
    return new Direct(encoding, errors);
  }

  static TextEncoder of(PyObject encoder) {
    return new OfObject(encoder);
  }

  private static final class Direct extends TextEncoder {
    private final String encoding;
    private final String errors;

    Direct(String encoding, String errors) {
      this.encoding = encoding;
      this.errors = errors;
    }

    @Override
    PyBytes encode(PyStr text) {
      return PyCodecs.encode(text, encoding, errors);
    }

    @Override
    void reset(boolean startOfStream) {}
  }

  private static final class OfObject extends TextEncoder {
    private final PyObject encoder;

    OfObject(PyObject encoder) {
      this.encoder = encoder;
    }

    @Override
    PyBytes encode(PyStr text) {
      PyObject r = PyCalls.callMethod(encoder, "encode", text);
      if (r instanceof PyBytes b) {
        return b;
      }
      throw Errors.typeError("encoder should return a bytes object, not '" + r.type().name() + "'");
    }

    @Override
    void reset(boolean startOfStream) {
      if (startOfStream) {
        PyCalls.callMethod(encoder, "reset");
      } else {
        PyCalls.callMethod(encoder, "setstate", Py.int_(0));
      }
    }
  }
}
