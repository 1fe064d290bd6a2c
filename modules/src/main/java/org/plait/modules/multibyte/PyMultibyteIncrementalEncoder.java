package org.plait.modules.multibyte;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code _multibytecodec.MultibyteIncrementalEncoder}. */
@PyTypeDef(
    name = "MultibyteIncrementalEncoder",
    module = "_multibytecodec",
    subclassable = true,
    sig = "none")
public class PyMultibyteIncrementalEncoder extends PyMultibyteStateful {
  public static final PyType TYPE = PyType.builtin(PyMultibyteIncrementalEncoderTable.INSTANCE);

  /** Characters that may be left for the next call. */
  private static final int MAX_PENDING = 2;

  /** Bytes of the number that getstate gives: a length, the pending characters, the state. */
  private static final int STATE_BYTES = 1 + 4 * MAX_PENDING + 8;

  private PyStr pending = PyStr.EMPTY;

  public PyMultibyteIncrementalEncoder(MultibyteEncoding encoding, String errors) {
    super(encoding, errors);
    encoding.startEncoding(state);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(errors='strict')")
  static PyObject new_(PyType cls, String errors) {
    MultibyteEncoding e = encoding(cls);
    return cls == TYPE
        ? new PyMultibyteIncrementalEncoder(e, errors)
        : new PyMultibyteIncrementalEncoderDerived(cls, e, errors);
  }

  /** Encodes, after what was left by the last call. */
  final byte[] encode(PyObject input, boolean last) {
    PyStr text = input instanceof PyStr s ? s : PyObjects.str(input);
    PyStr old = pending;
    int[] all = Arrays.copyOf(old.toCodePoints(), old.length() + text.length());
    System.arraycopy(text.toCodePoints(), 0, all, old.length(), text.length());
    PyStr whole = PyStr.ofCodePoints(all, 0, all.length);
    pending = PyStr.EMPTY;
    Conversion.Encoded r;
    try {
      r = Conversion.encode(encoding, whole, handler(), state, last, last);
    } catch (RuntimeException e) {
      pending = old;
      throw e;
    }
    if (all.length - r.used() > MAX_PENDING) {
      throw Errors.of(
          Exceptions.UnicodeEncodeError,
          Py.str(encoding.name()),
          whole,
          Py.int_(r.used()),
          Py.int_(all.length),
          Py.str("pending buffer overflow"));
    }
    pending = PyStr.ofCodePoints(all, r.used(), all.length);
    return r.bytes();
  }

  @PyMethod(name = "encode", sig = "(input, final=False)", doc = "Encode a further piece of text.")
  PyObject encodePiece(PyObject input, boolean last) {
    return Py.bytes(encode(input, last));
  }

  @PyMethod(sig = "()", doc = "The state, as a number.")
  PyObject getstate() {
    byte[] text = pending.toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[STATE_BYTES];
    all[0] = (byte) text.length;
    System.arraycopy(text, 0, all, 1, text.length);
    System.arraycopy(state, 0, all, 1 + text.length, 8);
    for (int i = 0, j = all.length - 1; i < j; i++, j--) {
      byte b = all[i];
      all[i] = all[j];
      all[j] = b;
    }
    return Py.int_(new BigInteger(1, all));
  }

  @PyMethod(sig = "(state, /)", doc = "Go back to a state that getstate gave.")
  void setstate(PyInt given) {
    byte[] big = given.bigValue().toByteArray();
    byte[] all = new byte[STATE_BYTES];
    if (given.signum() < 0) {
      throw Errors.overflowError("can't convert negative int to unsigned");
    }
    for (int i = 0; i < big.length; i++) {
      byte b = big[big.length - 1 - i];
      if (i < all.length) {
        all[i] = b;
      } else if (b != 0) {
        throw Errors.overflowError("int too big to convert");
      }
    }
    if (all[0] < 0 || all[0] > 4 * MAX_PENDING) {
      throw Errors.unicodeError("pending buffer too large");
    }
    PyObject text = PyBytes.copyOf(all, 1, 1 + all[0]);
    pending = (PyStr) PyCalls.callMethod(text, "decode", Py.str("utf-8"), Py.str("strict"));
    state = Arrays.copyOfRange(all, 1 + all[0], 9 + all[0]);
  }

  @PyMethod(sig = "()", doc = "Forget what went before.")
  void reset() {
    byte[] fresh = new byte[8];
    encoding.startEncoding(fresh);
    state = fresh;
    pending = PyStr.EMPTY;
  }
}
