package org.plait.runtime.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.text.Decoded;
import org.plait.runtime.text.Utf8Codec;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** The incremental decoder of a text file, with universal newlines behind it where asked for. */
abstract class TextDecoder {
  /**
   * A decoder's state.
   *
   * @param buffer input that has not been decoded yet
   */
  record State(byte[] buffer, int flags) {}

  private final @Nullable NewlineTranslator newlines;

  TextDecoder(@Nullable NewlineTranslator newlines) {
    this.newlines = newlines;
  }

  abstract PyStr decodeBytes(PyObject input, boolean last);

  abstract State innerState();

  abstract void setInnerState(byte[] buffer, int flags);

  abstract void resetInner();

  /** Decodes a bytes-like object. */
  final PyStr decode(PyObject input, boolean last) {
    PyStr s = decodeBytes(input, last);
    NewlineTranslator n = newlines;
    return n == null ? s : n.translate(s, last);
  }

  final PyStr decode(byte[] input, boolean last) {
    return decode(PyBytes.of(input), last);
  }

  final State state() {
    State s = innerState();
    NewlineTranslator n = newlines;
    return n == null ? s : new State(s.buffer, s.flags << 1 | (n.pendingCr() ? 1 : 0));
  }

  final void setState(byte[] buffer, int flags) {
    NewlineTranslator n = newlines;
    if (n == null) {
      setInnerState(buffer, flags);
    } else {
      n.setPendingCr((flags & 1) != 0);
      setInnerState(buffer, flags >> 1);
    }
  }

  final void reset() {
    NewlineTranslator n = newlines;
    if (n != null) {
      n.reset();
    }
    resetInner();
  }

  PyObject newlines() {
    NewlineTranslator n = newlines;
    return n == null ? Py.None : n.newlines();
  }

  private static byte[] bytes(PyObject input) {
    return input instanceof PyBytes b
        ? b.array()
        : org.plait.runtime.protocol.PyBuffers.toBytes(input);
  }

  /** UTF-8. */
  static final class OfUtf8 extends TextDecoder {
    private static final byte[] NONE = {};

    private final String errors;
    private byte[] pending = NONE;

    OfUtf8(@Nullable NewlineTranslator newlines, String errors) {
      super(newlines);
      this.errors = errors;
    }

    @Override
    PyStr decodeBytes(PyObject input, boolean last) {
      byte[] in = bytes(input);
      if (pending.length > 0) {
        int held = pending.length;
        byte[] all = Arrays.copyOf(pending, held + in.length);
        System.arraycopy(in, 0, all, held, in.length);
        in = all;
      }
      if (PyCodecs.isAscii(in)) {
        pending = NONE;
        return PyStr.ofBmp(new String(in, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
      return decodeSlowly(in, PyCodecs.errors(errors), last);
    }

    private PyStr decodeSlowly(byte[] in, CodecErrors handler, boolean last) {
      Decoded d = PyCodecs.guard(() -> Utf8Codec.decode(in, handler, last));
      pending = d.consumed() == in.length ? NONE : Arrays.copyOfRange(in, d.consumed(), in.length);
      return PyStr.of(d.text());
    }

    @Override
    State innerState() {
      return new State(pending, 0);
    }

    @Override
    void setInnerState(byte[] buffer, int flags) {
      pending = buffer;
    }

    @Override
    void resetInner() {
      pending = NONE;
    }
  }

  /** ASCII and Latin-1: no state. */
  static final class OfBytes extends TextDecoder {
    private final String encoding;
    private final String errors;

    OfBytes(@Nullable NewlineTranslator newlines, String encoding, String errors) {
      super(newlines);
      this.encoding = encoding;
      this.errors = errors;
    }

    @Override
    PyStr decodeBytes(PyObject input, boolean last) {
      return PyCodecs.decode(bytes(input), encoding, errors);
    }

    @Override
    State innerState() {
      return new State(OfUtf8.NONE, 0);
    }

    @Override
    void setInnerState(byte[] buffer, int flags) {}

    @Override
    void resetInner() {}
  }

  /** Any other: an incremental decoder object. */
  static final class OfObject extends TextDecoder {
    private final PyObject decoder;

    OfObject(@Nullable NewlineTranslator newlines, PyObject decoder) {
      super(newlines);
      this.decoder = decoder;
    }

    @Override
    PyStr decodeBytes(PyObject input, boolean last) {
      PyObject r = PyCalls.callMethod(decoder, "decode", input, Py.bool_(last));
      if (r instanceof PyStr s) {
        return s;
      }
      throw Errors.typeError(
          "decoder should return a string result, not '" + r.type().name() + "'");
    }

    @Override
    State innerState() {
      PyObject state = PyCalls.callMethod(decoder, "getstate");
      if (!(state instanceof PyTuple t) || t.size() != 2) {
        throw Errors.typeError("illegal decoder state");
      }
      if (!(t.get(0) instanceof PyBytes b)) {
        throw Errors.typeError(
            "illegal decoder state: the first item should be a bytes object, not '"
                + t.get(0).type().name()
                + "'");
      }
      return new State(b.array(), ArgumentConverters.toInt(t.get(1)));
    }

    @Override
    void setInnerState(byte[] buffer, int flags) {
      PyCalls.callMethod(decoder, "setstate", Py.tuple(PyBytes.of(buffer), Py.int_(flags)));
    }

    @Override
    void resetInner() {
      PyCalls.callMethod(decoder, "reset");
    }
  }
}
