package org.plait.modules;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.functools.PyAttrGetter;
import org.plait.modules.functools.PyItemGetter;
import org.plait.modules.functools.PyMethodCaller;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _operator}. */
@PyModuleDef(
    name = "_operator",
    doc =
        "The operators of Python as functions: add(x, y) does what x+y does.\n\n"
            + "Each has the name of the special method, without the underscores or with "
            + "them.")
public final class OperatorModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new OperatorModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("attrgetter", PyAttrGetter.TYPE);
    module.add("itemgetter", PyItemGetter.TYPE);
    module.add("methodcaller", PyMethodCaller.TYPE);
  }

  // ---- objects

  @PyFunction(sig = "(a, /)", doc = "The truth of a, as bool(a).")
  static boolean truth(PyObject a) {
    return PyObjects.isTrue(a);
  }

  @PyFunction(name = "not_", sig = "(a, /)", doc = "Same as not a.")
  static boolean not(PyObject a) {
    return !PyObjects.isTrue(a);
  }

  @PyFunction(name = "is_", sig = "(a, b, /)", doc = "Same as a is b.")
  static boolean is(PyObject a, PyObject b) {
    return PyIdentity.same(a, b);
  }

  @PyFunction(name = "is_not", sig = "(a, b, /)", doc = "Same as a is not b.")
  static boolean isNot(PyObject a, PyObject b) {
    return !PyIdentity.same(a, b);
  }

  @PyFunction(name = "is_none", sig = "(a, /)", doc = "Same as a is None.")
  static boolean isNone(PyObject a) {
    return a == Py.None;
  }

  @PyFunction(name = "is_not_none", sig = "(a, /)", doc = "Same as a is not None.")
  static boolean isNotNone(PyObject a) {
    return a != Py.None;
  }

  @PyFunction(sig = "(obj, /, *args, **kwargs)", raw = true, doc = "Same as obj(*args, **kwargs).")
  static PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      throw Errors.typeError("call expected at least 1 argument, got 0");
    }
    return args[0].call(java.util.Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  // ---- operators

  @PyFunction(name = "add", sig = "(a, b, /)", doc = "Same as a + b.")
  static PyObject add(PyObject a, PyObject b) {
    return PyNumbers.add(a, b);
  }

  @PyFunction(name = "sub", sig = "(a, b, /)", doc = "Same as a - b.")
  static PyObject sub(PyObject a, PyObject b) {
    return PyNumbers.sub(a, b);
  }

  @PyFunction(name = "mul", sig = "(a, b, /)", doc = "Same as a * b.")
  static PyObject mul(PyObject a, PyObject b) {
    return PyNumbers.mul(a, b);
  }

  @PyFunction(name = "matmul", sig = "(a, b, /)", doc = "Same as a @ b.")
  static PyObject matmul(PyObject a, PyObject b) {
    return PyNumbers.matmul(a, b);
  }

  @PyFunction(name = "floordiv", sig = "(a, b, /)", doc = "Same as a // b.")
  static PyObject floordiv(PyObject a, PyObject b) {
    return PyNumbers.floordiv(a, b);
  }

  @PyFunction(name = "truediv", sig = "(a, b, /)", doc = "Same as a / b.")
  static PyObject truediv(PyObject a, PyObject b) {
    return PyNumbers.truediv(a, b);
  }

  @PyFunction(name = "mod", sig = "(a, b, /)", doc = "Same as a % b.")
  static PyObject mod(PyObject a, PyObject b) {
    return PyNumbers.mod(a, b);
  }

  @PyFunction(name = "lshift", sig = "(a, b, /)", doc = "Same as a << b.")
  static PyObject lshift(PyObject a, PyObject b) {
    return PyNumbers.lshift(a, b);
  }

  @PyFunction(name = "rshift", sig = "(a, b, /)", doc = "Same as a >> b.")
  static PyObject rshift(PyObject a, PyObject b) {
    return PyNumbers.rshift(a, b);
  }

  @PyFunction(name = "and_", sig = "(a, b, /)", doc = "Same as a & b.")
  static PyObject and(PyObject a, PyObject b) {
    return PyNumbers.and(a, b);
  }

  @PyFunction(name = "xor", sig = "(a, b, /)", doc = "Same as a ^ b.")
  static PyObject xor(PyObject a, PyObject b) {
    return PyNumbers.xor(a, b);
  }

  @PyFunction(name = "or_", sig = "(a, b, /)", doc = "Same as a | b.")
  static PyObject or(PyObject a, PyObject b) {
    return PyNumbers.or(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a += b.")
  static PyObject iadd(PyObject a, PyObject b) {
    return PyNumbers.iadd(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a -= b.")
  static PyObject isub(PyObject a, PyObject b) {
    return PyNumbers.isub(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a *= b.")
  static PyObject imul(PyObject a, PyObject b) {
    return PyNumbers.imul(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a @= b.")
  static PyObject imatmul(PyObject a, PyObject b) {
    return PyNumbers.imatmul(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a //= b.")
  static PyObject ifloordiv(PyObject a, PyObject b) {
    return PyNumbers.ifloordiv(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a /= b.")
  static PyObject itruediv(PyObject a, PyObject b) {
    return PyNumbers.itruediv(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a %= b.")
  static PyObject imod(PyObject a, PyObject b) {
    return PyNumbers.imod(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a <<= b.")
  static PyObject ilshift(PyObject a, PyObject b) {
    return PyNumbers.ilshift(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a >>= b.")
  static PyObject irshift(PyObject a, PyObject b) {
    return PyNumbers.irshift(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a &= b.")
  static PyObject iand(PyObject a, PyObject b) {
    return PyNumbers.iand(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a ^= b.")
  static PyObject ixor(PyObject a, PyObject b) {
    return PyNumbers.ixor(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a |= b.")
  static PyObject ior(PyObject a, PyObject b) {
    return PyNumbers.ior(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a==b.")
  static PyObject eq(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.EQ);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a!=b.")
  static PyObject ne(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.NE);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a<b.")
  static PyObject lt(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.LT);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a<=b.")
  static PyObject le(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.LE);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a>b.")
  static PyObject gt(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.GT);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a>=b.")
  static PyObject ge(PyObject a, PyObject b) {
    return PyObjects.richCompare(a, b, CompareOp.GE);
  }

  @PyFunction(sig = "(a, /)", doc = "Same as -a.")
  static PyObject neg(PyObject a) {
    return PyNumbers.negative(a);
  }

  @PyFunction(sig = "(a, /)", doc = "Same as +a.")
  static PyObject pos(PyObject a) {
    return PyNumbers.positive(a);
  }

  @PyFunction(sig = "(a, /)", doc = "Same as ~a.")
  static PyObject inv(PyObject a) {
    return PyNumbers.invert(a);
  }

  @PyFunction(sig = "(a, /)", doc = "Same as ~a.")
  static PyObject invert(PyObject a) {
    return PyNumbers.invert(a);
  }

  @PyFunction(name = "abs", sig = "(a, /)", doc = "Same as abs(a).")
  static PyObject absolute(PyObject a) {
    return PyNumbers.absolute(a);
  }

  @PyFunction(sig = "(a, /)", doc = "Same as a.__index__()")
  static PyObject index(PyObject a) {
    return PyNumbers.exactIndex(a);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a ** b.")
  static PyObject pow(PyObject a, PyObject b) {
    return PyNumbers.pow(a, b, Py.None);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a **= b.")
  static PyObject ipow(PyObject a, PyObject b) {
    return PyNumbers.ipow(a, b, Py.None);
  }

  // ---- sequences and mappings

  private static void checkConcat(PyObject a) {
    if (!PySequences.isSequence(a)
        || a.type().special(Special.ADD) == null && a.type().special(Special.IADD) == null) {
      throw Errors.typeError("'" + a.type().name() + "' object can't be concatenated");
    }
  }

  @PyFunction(sig = "(a, b, /)", doc = "a + b of two sequences.")
  static PyObject concat(PyObject a, PyObject b) {
    checkConcat(a);
    return PyNumbers.add(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "a += b of two sequences.")
  static PyObject iconcat(PyObject a, PyObject b) {
    checkConcat(a);
    return PyNumbers.iadd(a, b);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Whether b is in a.")
  static boolean contains(PyObject a, PyObject b) {
    return PySequences.contains(a, b);
  }

  private static PyObject iterate(PyObject a) {
    try {
      return PyIters.getIter(a);
    } catch (PyException e) {
      throw e.matches(Exceptions.TypeError)
          ? Errors.typeError("argument of type '" + a.type().name() + "' is not iterable")
          : e;
    }
  }

  @PyFunction(name = "indexOf", sig = "(a, b, /)", doc = "Where b first stands in a.")
  static PyObject indexOf(PyObject a, PyObject b) {
    PyObject it = iterate(a);
    long i = 0;
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it), i++) {
      if (PyObjects.equal(v, b)) {
        return Py.int_(i);
      }
    }
    throw Errors.valueError("sequence.index(x): x not in sequence");
  }

  @PyFunction(name = "countOf", sig = "(a, b, /)", doc = "How many items of a equal b.")
  static PyObject countOf(PyObject a, PyObject b) {
    PyObject it = iterate(a);
    long n = 0;
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (PyObjects.equal(v, b)) {
        n++;
      }
    }
    return Py.int_(n);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as a[b].")
  static PyObject getitem(PyObject a, PyObject b) {
    return PyMappings.getItem(a, b);
  }

  @PyFunction(sig = "(a, b, c, /)", doc = "Same as a[b] = c.")
  static void setitem(PyObject a, PyObject b, PyObject c) {
    PyMappings.setItem(a, b, c);
  }

  @PyFunction(sig = "(a, b, /)", doc = "Same as del a[b].")
  static void delitem(PyObject a, PyObject b) {
    PyMappings.delItem(a, b);
  }

  @PyFunction(
      name = "length_hint",
      sig = "(obj, default=0, /)",
      doc =
          "How many items there probably are, to make room for them.\n\n"
              + "It is exact where len() works, and otherwise as good as __length_hint__ "
              + "knows.")
  static long lengthHint(PyObject obj, long otherwise) {
    return PyIters.lengthHint(obj, otherwise);
  }

  // ---- secrets

  // Compare CPython _operator__compare_digest_impl in _operator.c.
  @PyFunction(
      name = "_compare_digest",
      sig = "(a, b, /)",
      doc =
          "Whether two secrets are equal, in a time that doesn't tell where they "
              + "differ.\n\n"
              + "Both are str of ASCII, or both bytes-like. The time may tell lengths and "
              + "types.")
  static boolean compareDigest(PyObject a, PyObject b) {
    if (a instanceof PyStr s && b instanceof PyStr t) {
      return MessageDigest.isEqual(ascii(s), ascii(t));
    }
    if (!PyBuffers.isBuffer(a) || !PyBuffers.isBuffer(b)) {
      throw Errors.typeError(
          "unsupported operand types(s) or combination of types: '"
              + a.type().name()
              + "' and '"
              + b.type().name()
              + "'");
    }
    return MessageDigest.isEqual(PyBuffers.toBytes(a), PyBuffers.toBytes(b));
  }

  private static byte[] ascii(PyStr s) {
    String text = s.toString();
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) >= 128) {
        throw Errors.typeError("comparing strings with non-ASCII characters is not supported");
      }
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }
}
