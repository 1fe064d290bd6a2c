package org.plait.modules.random;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.SysInfo;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.IntMath;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;

/**
 * {@code _random.Random}: the Mersenne Twister MT19937. The state is guarded by the object's
 * monitor, so threads that share a generator draw different numbers.
 */
@PyTypeDef(
    name = "Random",
    module = "_random",
    subclassable = true,
    sig = "none",
    doc = "Random() makes a generator of random numbers that shares its state with no " + "other.")
public class PyRandom extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyRandomTable.INSTANCE);

  private static final int N = 624;
  private static final int M = 397;
  private static final int MATRIX = 0x9908b0df;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;

  private final int[] state = new int[N];
  private int index;

  protected PyRandom() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyRandom() : new PyRandomDerived(cls);
  }

  @PyMethod(name = "__init__", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("Random() takes no keyword arguments");
    }
    if (args.length > 1) {
      throw Errors.typeError("Random() requires 0 or 1 argument");
    }
    seed(args.length == 0 ? Py.None : args[0]);
  }

  // ---- the generator

  private int next() {
    if (index >= N) {
      for (int k = 0; k < N; k++) {
        int y = state[k] & UPPER | state[(k + 1) % N] & LOWER;
        state[k] = state[(k + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : MATRIX);
      }
      index = 0;
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void seed(int s) {
    state[0] = s;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
    index = N;
  }

  private synchronized void seed(int[] key) {
    seed(19650218);
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + key[j] + j;
      if (++i >= N) {
        state[0] = state[N - 1];
        i = 1;
      }
      if (++j >= key.length) {
        j = 0;
      }
    }
    for (int k = N - 1; k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
      if (++i >= N) {
        state[0] = state[N - 1];
        i = 1;
      }
    }
    state[0] = UPPER;
  }

  // ---- what Python sees

  @PyMethod(
      sig = "(n=None, /)",
      doc = "Set the generator's state by an int, the hash of an object, or random data for None.")
  void seed(PyObject n) {
    if (n == Py.None) {
      byte[] random = SysInfo.random(4 * N);
      int[] key = new int[N];
      for (int i = 0; i < random.length; i++) {
        key[i / 4] |= (random[i] & 0xff) << 8 * (i % 4);
      }
      seed(key);
      return;
    }
    BigInteger v;
    if (n.getClass() == PyInt.class) {
      v = IntMath.abs((PyInt) n).bigValue();
    } else if (n instanceof PyInt) {
      v = PyNumbers.asBig(PyNumbers.absolute(n)).abs();
    } else {
      v = new BigInteger(Long.toUnsignedString(PyObjects.hash(n)));
    }
    int words = Math.max(1, (v.bitLength() + 31) / 32);
    int[] key = new int[words];
    for (int i = 0; i < words; i++) {
      key[i] = v.shiftRight(32 * i).intValue();
    }
    seed(key);
  }

  @PyMethod(sig = "()", doc = "random() is a float from 0.0 up to, but not, 1.0.")
  synchronized double random() {
    long a = next() >>> 5;
    long b = next() >>> 6;
    return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
  }

  @PyMethod(sig = "(k, /)", doc = "getrandbits(k) is an int of k random bits.")
  PyObject getrandbits(PyObject k) {
    PyInt n = PyNumbers.index(k);
    if (n.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (!n.isInt()) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    int bits = (int) n.longValue();
    if (bits == 0) {
      return PyInt.ZERO;
    }
    if (bits <= 32) {
      synchronized (this) {
        return Py.int_((next() & 0xffffffffL) >>> 32 - bits);
      }
    }
    int words = (bits - 1) / 32 + 1;
    byte[] magnitude = new byte[4 * words];
    synchronized (this) {
      for (int i = 0; i < words; i++) {
        int r = next();
        int left = bits - 32 * i;
        if (left < 32) {
          r >>>= 32 - left;
        }
        int at = magnitude.length - 4 * i;
        magnitude[at - 1] = (byte) r;
        magnitude[at - 2] = (byte) (r >>> 8);
        magnitude[at - 3] = (byte) (r >>> 16);
        magnitude[at - 4] = (byte) (r >>> 24);
      }
    }
    return PyInt.of(new BigInteger(1, magnitude));
  }

  @PyMethod(sig = "()", doc = "getstate() -> tuple containing the current state.")
  synchronized PyObject getstate() {
    PyObject[] all = new PyObject[N + 1];
    for (int i = 0; i < N; i++) {
      all[i] = Py.int_(state[i] & 0xffffffffL);
    }
    all[N] = Py.int_(index);
    return Py.tuple(all);
  }

  @PyMethod(sig = "(state, /)", doc = "setstate(state) -> None.  Restores generator state.")
  void setstate(PyObject newState) {
    if (!(newState instanceof PyTuple t)) {
      throw Errors.typeError("state vector must be a tuple");
    }
    if (t.size() != N + 1) {
      throw Errors.valueError("state vector is the wrong size");
    }
    int[] words = new int[N];
    for (int i = 0; i < N; i++) {
      if (!(t.get(i) instanceof PyInt v)) {
        throw Errors.typeError("an integer is required");
      }
      if (v.signum() < 0) {
        throw Errors.overflowError("can't convert negative value to unsigned int");
      }
      if (!v.isLong()) {
        throw Errors.overflowError("Python int too large to convert to C unsigned long");
      }
      words[i] = (int) v.longValue();
    }
    if (!(t.get(N) instanceof PyInt position)) {
      throw Errors.typeError("an integer is required");
    }
    if (!position.isLong() || position.longValue() < 0 || position.longValue() > N) {
      throw Errors.valueError("invalid state");
    }
    synchronized (this) {
      System.arraycopy(words, 0, state, 0, N);
      index = (int) position.longValue();
    }
  }
}
