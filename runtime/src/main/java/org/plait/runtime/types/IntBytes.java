package org.plait.runtime.types;

import java.math.BigInteger;
import java.util.Arrays;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;

/** Ints as arrays of bytes. */
public final class IntBytes {
  private IntBytes() {}

  /** What a byteorder argument says. */
  static boolean isLittle(PyStr byteorder) {
    if (byteorder.equalTo("little")) {
      return true;
    }
    if (byteorder.equalTo("big")) {
      return false;
    }
    throw Errors.valueError("byteorder must be either 'little' or 'big'");
  }

  private static void reverse(byte[] b) {
    for (int i = 0, j = b.length - 1; i < j; i++, j--) {
      byte t = b[i];
      b[i] = b[j];
      b[j] = t;
    }
  }

  // Compare CPython _PyLong_AsByteArray in longobject.c.
  static PyObject toBytes(PyInt v, long length, boolean little, boolean signed) {
    if (length < 0) {
      throw Errors.valueError("length argument must be non-negative");
    }
    if (!signed && v.signum() < 0) {
      throw Errors.overflowError("can't convert negative int to unsigned");
    }
    if (length > Integer.MAX_VALUE - 64) {
      throw Errors.memoryError();
    }
    BigInteger x = v.bigValue();
    // A signed number needs a bit for the sign; only 0 fits into no bytes at all.
    boolean fits =
        signed ? x.signum() == 0 || x.bitLength() < 8 * length : x.bitLength() <= 8 * length;
    if (!fits) {
      throw Errors.overflowError("int too big to convert");
    }
    byte[] out = new byte[(int) length];
    byte[] bytes = x.toByteArray();
    int n = Math.min(bytes.length, out.length);
    if (x.signum() < 0) {
      Arrays.fill(out, (byte) -1);
    }
    System.arraycopy(bytes, bytes.length - n, out, out.length - n, n);
    if (little) {
      reverse(out);
    }
    return Py.bytes(out);
  }

  /** The number that bytes stand for. */
  public static PyInt fromBytes(byte[] bytes, boolean little, boolean signed) {
    if (bytes.length == 0) {
      return PyInt.ZERO;
    }
    byte[] b = bytes;
    if (little) {
      b = bytes.clone();
      reverse(b);
    }
    return PyInt.of(signed ? new BigInteger(b) : new BigInteger(1, b));
  }

  // Compare CPython PyObject_Bytes and PyBytes_FromObject.
  static byte[] bytesOf(PyObject o) {
    PyBytes special = PyObjects.bytesBySpecial(o);
    if (special != null) {
      return PyBuffers.toBytes(special);
    }
    if (PyBuffers.isBuffer(o)) {
      return PyBuffers.toBytes(o);
    }
    if (o instanceof PyStr || o.type().special(Special.ITER) == null && !(o instanceof PyList)) {
      throw Errors.typeError("cannot convert '" + o.type().name() + "' object to bytes");
    }
    byte[] out = new byte[16];
    int n = 0;
    PyObject it = PyIters.getIter(o);
    for (PyObject item = PyIters.next(it); item != null; item = PyIters.next(it)) {
      long v = PyNumbers.asLong(item, null);
      if (v < 0 || v > 255) {
        throw Errors.valueError("bytes must be in range(0, 256)");
      }
      if (n == out.length) {
        out = Arrays.copyOf(out, 2 * n);
      }
      out[n++] = (byte) v;
    }
    return Arrays.copyOf(out, n);
  }
}
