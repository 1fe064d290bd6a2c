package org.plait.modules.multibyte;

import java.math.BigInteger;
import java.util.Arrays;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;

/** {@code _multibytecodec.MultibyteIncrementalDecoder}. */
@PyTypeDef(
    name = "MultibyteIncrementalDecoder",
    module = "_multibytecodec",
    subclassable = true,
    sig = "none")
public class PyMultibyteIncrementalDecoder extends PyMultibyteStateful {
  public static final PyType TYPE = PyType.builtin(PyMultibyteIncrementalDecoderTable.INSTANCE);

  /** Bytes that may be left for the next call. */
  static final int MAX_PENDING = 8;

  private byte[] pending = new byte[0];

  public PyMultibyteIncrementalDecoder(MultibyteEncoding encoding, String errors) {
    super(encoding, errors);
    encoding.startDecoding(state);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(errors='strict')")
  static PyObject new_(PyType cls, String errors) {
    MultibyteEncoding e = encoding(cls);
    return cls == TYPE
        ? new PyMultibyteIncrementalDecoder(e, errors)
        : new PyMultibyteIncrementalDecoderDerived(cls, e, errors);
  }

  /** The bytes left of some that have been decoded. */
  static byte[] rest(MultibyteEncoding encoding, byte[] all, int used) {
    if (all.length - used > MAX_PENDING) {
      throw Errors.of(
          Exceptions.UnicodeDecodeError,
          Py.str(encoding.name()),
          Py.bytes(all),
          Py.int_(used),
          Py.int_(all.length),
          Py.str("pending buffer overflow"));
    }
    return Arrays.copyOfRange(all, used, all.length);
  }

  @PyMethod(sig = "(input, final=False)", doc = "Decode further bytes.")
  PyObject decode(PyObject input, boolean last) {
    byte[] more = PyBuffers.toBytes(input);
    byte[] old = pending;
    byte[] all = Arrays.copyOf(old, old.length + more.length);
    System.arraycopy(more, 0, all, old.length, more.length);
    byte[] before = state.clone();
    Conversion.Decoded r;
    try {
      r = Conversion.decode(encoding, all, handler(), state, last);
    } catch (RuntimeException e) {
      state = before;
      throw e;
    }
    pending = rest(encoding, all, r.used());
    return r.text();
  }

  @PyMethod(sig = "()", doc = "The state: the bytes left, and a number.")
  PyObject getstate() {
    byte[] big = new byte[8];
    for (int i = 0; i < 8; i++) {
      big[i] = state[7 - i];
    }
    return Py.tuple(Py.bytes(pending.clone()), Py.int_(new BigInteger(1, big)));
  }

  @PyMethod(sig = "(state, /)", doc = "Go back to a state that getstate gave.")
  void setstate(PyTuple given) {
    if (given.size() != 2) {
      throw Errors.typeError("setstate(): illegal state argument");
    }
    if (!(given.get(0) instanceof PyBytes buffer)) {
      throw ArgumentConverters.badArgument("setstate() argument 1", "bytes", given.get(0));
    }
    if (!(given.get(1) instanceof PyInt number)) {
      throw ArgumentConverters.badArgument("setstate() argument 2", "int", given.get(1));
    }
    if (number.signum() < 0) {
      throw Errors.overflowError("can't convert negative int to unsigned");
    }
    if (number.bigValue().bitLength() > 64) {
      throw Errors.overflowError("int too big to convert");
    }
    if (buffer.size() > MAX_PENDING) {
      throw Errors.of(
          Exceptions.UnicodeDecodeError,
          Py.str(encoding.name()),
          buffer,
          Py.int_(0),
          Py.int_(buffer.size()),
          Py.str("pending buffer too large"));
    }
    long n = number.bigValue().longValue();
    byte[] fresh = new byte[8];
    for (int i = 0; i < 8; i++) {
      fresh[i] = (byte) (n >> 8 * i);
    }
    state = fresh;
    pending = buffer.array().clone();
  }

  @PyMethod(sig = "()", doc = "Forget what went before.")
  void reset() {
    encoding.resetDecoding(state);
    pending = new byte[0];
  }
}
