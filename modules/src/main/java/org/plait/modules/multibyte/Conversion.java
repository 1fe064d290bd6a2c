package org.plait.modules.multibyte;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.text.BuiltinCodecErrors;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.text.CodecException;
import org.plait.runtime.types.PyStr;

/** Runs an encoding over a text, calling error handlers. */
final class Conversion {
  private static final String ILLEGAL = "illegal multibyte sequence";
  private static final String INCOMPLETE = "incomplete multibyte sequence";

  private Conversion() {}

  /** What came out, and how much of the input has been used. */
  record Encoded(byte[] bytes, int used) {}

  /** What came out, and how much of the input has been used. */
  record Decoded(PyStr text, int used) {}

  /**
   * Encodes.
   *
   * @param flush whether the text ends here; otherwise a character that may go with the next one is
   *     left
   * @param reset whether to write what ends a text
   */
  static Encoded encode(
      MultibyteEncoding e,
      PyStr text,
      CodecErrors errors,
      byte[] state,
      boolean flush,
      boolean reset) {
    int[] in = text.toCodePoints();
    CodePointSource source = text.source();
    Bytes out = new Bytes(in.length * 2 + 16);
    int at = 0;
    try {
      while (at < in.length) {
        int n = e.encode(in, at, in.length, flush, state, out);
        if (n > 0) {
          at += n;
        } else if (n == MultibyteEncoding.TOO_FEW) {
          break;
        } else {
          at = failed(e, source, at, at - n, errors, state, out);
        }
      }
    } catch (CodecException x) {
      throw PyCodecs.error(x);
    }
    if (reset && at == in.length) {
      e.finish(state, out);
    }
    return new Encoded(out.toByteArray(), at);
  }

  // Compare CPython multibytecodec_encerror in multibytecodec.c.
  private static int failed(
      MultibyteEncoding e,
      CodePointSource in,
      int start,
      int end,
      CodecErrors errors,
      byte[] state,
      Bytes out) {
    if (errors == BuiltinCodecErrors.REPLACE) {
      if (e.encode(new int[] {'?'}, 0, 1, true, state, out) < 0) {
        out.write('?');
      }
      return end;
    }
    if (errors == BuiltinCodecErrors.IGNORE) {
      return end;
    }
    CodecErrors.EncodeFix fix;
    try {
      fix = errors.encode(e.name(), in, start, end, ILLEGAL);
    } catch (PyException x) {
      throw position(x);
    }
    if (fix.bytes() != null) {
      out.writeBytes(fix.bytes());
    } else {
      Encoded replaced = encode(e, PyStr.of(fix.text()), CodecErrors.STRICT, state, true, false);
      out.writeBytes(replaced.bytes());
    }
    return position(fix.resume(), in.length());
  }

  private static int position(int p, int length) {
    int real = p < 0 ? p + length : p;
    if (real < 0 || real > length) {
      throw outOfBounds(real);
    }
    return real;
  }

  /** A position beyond all bounds is an IndexError here, where other codecs say OverflowError. */
  private static PyException position(PyException x) {
    return x.matches(Exceptions.OverflowError)
        ? Errors.indexError("position from error handler out of bounds")
        : x;
  }

  private static PyException outOfBounds(int p) {
    return Errors.indexError("position " + p + " from error handler out of bounds");
  }

  /**
   * Decodes.
   *
   * @param last whether the input ends here; otherwise the start of a sequence is left
   */
  static Decoded decode(
      MultibyteEncoding e, byte[] bytes, CodecErrors errors, byte[] state, boolean last) {
    CodePointBuilder out = new CodePointBuilder(bytes.length);
    byte[] in = bytes;
    int at = 0;
    try {
      while (at < in.length) {
        int n = e.decode(in, at, in.length, state, out);
        if (n > 0) {
          at += n;
          continue;
        }
        if (n == MultibyteEncoding.TOO_FEW && !last) {
          break;
        }
        int end = n < 0 ? Math.min(in.length, at - n) : in.length;
        if (errors == BuiltinCodecErrors.REPLACE) {
          out.append(0xfffd);
          at = end;
        } else if (errors == BuiltinCodecErrors.IGNORE) {
          at = end;
        } else {
          CodecErrors.DecodeFix fix;
          try {
            fix = errors.decode(e.name(), in, at, end, n < 0 ? ILLEGAL : INCOMPLETE);
          } catch (PyException x) {
            throw position(x);
          }
          out.append(fix.text());
          if (fix.input() != null) {
            in = fix.input();
          }
          at = position(fix.resume(), in.length);
        }
      }
    } catch (CodecException x) {
      throw PyCodecs.error(x);
    }
    return new Decoded(PyStr.of(out.toSource()), at);
  }
}
