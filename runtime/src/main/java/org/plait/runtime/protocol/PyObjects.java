package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyAttributeError;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.object.Special;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** The object protocol: attributes, comparison, hash, text, truth, class tests. */
public final class PyObjects {
  private PyObjects() {}

  // ---- attributes

  /** Equivalent of CPython's {@code PyObject_GetAttr}. */
  public static PyObject getAttr(PyObject o, String name) {
    PyObject v;
    try {
      v = lookupAttrRaising(o, name);
    } catch (PyException e) {
      if (e.value instanceof PyAttributeError a) {
        a.describeIfBlank(o, name);
      }
      throw e;
    }
    if (v == null) {
      throw Errors.noAttribute(o, name);
    }
    return v;
  }

  /** As {@link #getAttr} for a name that Python code computed. */
  public static PyObject getAttr(PyObject o, PyObject name) {
    return getAttr(o, attributeName(name));
  }

  /** Null when the attribute is missing and nobody raised a message of his own. */
  private static @Nullable PyObject lookupAttrRaising(PyObject o, String name) {
    PyType type = o.type();
    if (type.usesGenericGetattribute()) {
      return o.getAttribute(name);
    }
    return slotGetattr(o, type, name);
  }

  /** The lookup of a class with a Python {@code __getattribute__} or {@code __getattr__}. */
  private static @Nullable PyObject slotGetattr(PyObject o, PyType type, String name) {
    PyObject getattribute = type.special(Special.GETATTRIBUTE);
    PyObject getattr = type.special(Special.GETATTR);
    PyObject v;
    try {
      v =
          getattribute == null
                  || getattribute instanceof PyWrapperDescriptor w && w.is(Special.GETATTRIBUTE)
              ? o.getAttribute(name)
              : PyCalls.invoke(getattribute, o, Py.str(name));
      if (v != null || getattr == null) {
        return v;
      }
    } catch (PyException e) {
      if (getattr == null || !e.matches(Exceptions.AttributeError)) {
        throw e;
      }
    }
    return PyCalls.invoke(getattr, o, Py.str(name));
  }

  /** Equivalent of CPython's {@code PyObject_GetOptionalAttr}: null on AttributeError. */
  public static @Nullable PyObject getOptionalAttr(PyObject o, String name) {
    try {
      return o.type() == PyModule.TYPE
          ? ((PyModule) o).getAttributeOrNull(name)
          : lookupAttrRaising(o, name);
    } catch (PyException e) {
      if (e.matches(Exceptions.AttributeError)) {
        return null;
      }
      throw e;
    }
  }

  public static boolean hasAttr(PyObject o, String name) {
    return getOptionalAttr(o, name) != null;
  }

  /** Equivalent of CPython's {@code PyObject_SetAttr}. */
  public static void setAttr(PyObject o, String name, PyObject value) {
    PyObject f = o.type().special(Special.SETATTR);
    if (f == null || f instanceof PyWrapperDescriptor w && w.is(Special.SETATTR)) {
      o.setAttribute(name, value);
    } else {
      PyCalls.invoke(f, o, Py.str(name), value);
    }
  }

  /** Equivalent of CPython's {@code PyObject_DelAttr}. */
  public static void delAttr(PyObject o, String name) {
    PyObject f = o.type().special(Special.DELATTR);
    if (f == null || f instanceof PyWrapperDescriptor w && w.is(Special.DELATTR)) {
      o.setAttribute(name, null);
    } else {
      PyCalls.invoke(f, o, Py.str(name));
    }
  }

  /** The Java name for an attribute name given as an object. */
  public static String attributeName(PyObject name) {
    if (name instanceof PyStr s) {
      return s.toString();
    }
    throw Errors.typeError("attribute name must be string, not '" + name.type().name() + "'");
  }

  // ---- comparison

  /** The rich comparison operators, in CPython's numbering. */
  public enum CompareOp {
    LT("<", Special.LT),
    LE("<=", Special.LE),
    EQ("==", Special.EQ),
    NE("!=", Special.NE),
    GT(">", Special.GT),
    GE(">=", Special.GE);

    public final String symbol;
    public final Special special;

    CompareOp(String symbol, Special special) {
      this.symbol = symbol;
      this.special = special;
    }

    private static final CompareOp[] VALUES = values();

    /** By CPython's number. */
    public static CompareOp of(int number) {
      return VALUES[number];
    }

    /** The operator with operands swapped. */
    public CompareOp swapped() {
      return switch (this) {
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
        default -> this;
      };
    }

    /** What the operator says of a three-way comparison result. */
    public boolean test(int c) {
      return switch (this) {
        case LT -> c < 0;
        case LE -> c <= 0;
        case EQ -> c == 0;
        case NE -> c != 0;
        case GT -> c > 0;
        case GE -> c >= 0;
      };
    }
  }

  // Compare CPython slot_tp_richcompare in typeobject.c.
  /** Calls a comparison method; one that can't even be bound counts as not implemented. */
  private static PyObject compareBy(PyObject f, PyObject self, PyObject other) {
    if (f instanceof PyWrapperDescriptor || PyDescriptors.isMethod(f)) {
      return PyCalls.invoke(f, self, other);
    }
    PyObject bound;
    try {
      bound = PyDescriptors.get(f, self, self.type());
    } catch (PyException e) {
      return Py.NotImplemented;
    }
    return bound.call1(other);
  }

  /** Equivalent of CPython's {@code PyObject_RichCompare}. */
  public static PyObject richCompare(PyObject a, PyObject b, CompareOp op) {
    if (a.getClass() == PyInt.class && b.getClass() == PyInt.class) {
      return Py.bool_(op.test(((PyInt) a).compareTo((PyInt) b)));
    }
    if (a.getClass() == PyFloat.class && b.getClass() == PyFloat.class) {
      return Py.bool_(PyFloat.compare(((PyFloat) a).value(), ((PyFloat) b).value(), op));
    }
    if (a.getClass() == PyStr.class && b.getClass() == PyStr.class) {
      return Py.bool_(((PyStr) a).compareTo((PyStr) b, op));
    }
    PyType ta = a.type();
    PyType tb = b.type();
    boolean checkedReverse = false;
    if (ta != tb && tb.isSubtypeOf(ta)) {
      PyObject f = tb.special(op.swapped().special);
      if (f != null) {
        checkedReverse = true;
        PyObject r = compareBy(f, b, a);
        if (r != Py.NotImplemented) {
          return r;
        }
      }
    }
    PyObject f = ta.special(op.special);
    if (f != null) {
      PyObject r = compareBy(f, a, b);
      if (r != Py.NotImplemented) {
        return r;
      }
    }
    if (!checkedReverse) {
      f = tb.special(op.swapped().special);
      if (f != null) {
        PyObject r = compareBy(f, b, a);
        if (r != Py.NotImplemented) {
          return r;
        }
      }
    }
    return switch (op) {
      case EQ -> Py.bool_(a == b);
      case NE -> Py.bool_(a != b);
      default ->
          throw Errors.typeError(
              "'"
                  + op.symbol
                  + "' not supported between instances of '"
                  + ta.name()
                  + "' and '"
                  + tb.name()
                  + "'");
    };
  }

  /** Equivalent of CPython's {@code PyObject_RichCompareBool}: identity implies equality. */
  public static boolean compareBool(PyObject a, PyObject b, CompareOp op) {
    if (a == b) {
      if (op == CompareOp.EQ) {
        return true;
      }
      if (op == CompareOp.NE) {
        return false;
      }
    }
    return isTrue(richCompare(a, b, op));
  }

  /** Identity or equality, as containers compare their elements. */
  public static boolean equal(PyObject a, PyObject b) {
    if (a == b) {
      return true;
    }
    Class<?> c = a.getClass();
    if (c == b.getClass()) {
      if (c == PyStr.class) {
        return ((PyStr) a).equalTo((PyStr) b);
      }
      if (c == PyInt.class) {
        return ((PyInt) a).compareTo((PyInt) b) == 0;
      }
    }
    return !(a instanceof PyInstance && b instanceof PyInstance && differAsObjects(a, b))
        && isTrue(richCompare(a, b, CompareOp.EQ));
  }

  /** Whether each of two objects equals itself only. */
  private static boolean differAsObjects(PyObject a, PyObject b) {
    PyObject plain = PyBaseObject.TYPE.special(Special.EQ);
    return a.type().special(Special.EQ) == plain && b.type().special(Special.EQ) == plain;
  }

  // ---- hash

  /** Equivalent of CPython's {@code PyObject_Hash}. */
  public static long hash(PyObject o) {
    if (o.getClass() == PyStr.class) {
      return ((PyStr) o).hash();
    }
    if (o.getClass() == PyInt.class) {
      return ((PyInt) o).hash();
    }
    PyType type = o.type();
    PyObject f = type.special(Special.HASH);
    if (f == null || f == Py.None) {
      throw Errors.typeError("unhashable type: '" + type.name() + "'");
    }
    PyObject r = PyCalls.invoke(f, o);
    if (!(r instanceof PyInt i)) {
      throw Errors.typeError("__hash__ method should return an integer");
    }
    long h = i.isLong() ? i.longValue() : i.hash();
    return h == -1 ? -2 : h;
  }

  /** The hash that goes by identity. */
  public static long identityHash(PyObject o) {
    return System.identityHashCode(o);
  }

  // ---- truth

  /** Equivalent of CPython's {@code PyObject_IsTrue}. */
  public static boolean isTrue(PyObject o) {
    if (o == Py.True) {
      return true;
    }
    if (o == Py.False || o == Py.None) {
      return false;
    }
    if (o.getClass() == PyInt.class) {
      return !((PyInt) o).isZero();
    }
    if (o.getClass() == PyStr.class) {
      return !((PyStr) o).isEmpty();
    }
    if (o.getClass() == PyList.class) {
      return ((PyList) o).size() != 0;
    }
    PyType type = o.type();
    PyObject f = type.special(Special.BOOL);
    if (f != null) {
      PyObject r = PyCalls.invoke(f, o);
      if (!(r instanceof PyBool b)) {
        throw Errors.typeError("__bool__ should return bool, returned " + r.type().name());
      }
      return b == PyBool.TRUE;
    }
    f = type.special(Special.LEN);
    return f == null || PySequences.lengthOf(f, o) != 0;
  }

  // ---- text

  /** Equivalent of CPython's {@code PyObject_Repr}. */
  public static PyStr repr(PyObject o) {
    if (o.getClass() == PyInt.class) {
      return Py.str(((PyInt) o).toDecimal());
    }
    if (o.getClass() == PyFloat.class) {
      return PyStr.ofBmp(FloatText.repr(((PyFloat) o).value()));
    }
    PyObject f = o.type().special(Special.REPR);
    if (f == null) {
      return Py.str(defaultRepr(o));
    }
    ThreadState ts = ThreadState.current();
    ts.enterRecursive(" while getting the repr of an object");
    try {
      PyObject r = PyCalls.invoke(f, o);
      if (r instanceof PyStr s) {
        return s;
      }
      throw Errors.typeError("__repr__ returned non-string (type " + r.type().name() + ")");
    } finally {
      ts.leaveRecursive();
    }
  }

  /** {@code <module.Class object at 0x...>}. */
  public static String defaultRepr(PyObject o) {
    return "<" + o.type().fullName() + " object at " + PyIdentity.address(o) + ">";
  }

  /** Equivalent of CPython's {@code PyObject_Str}. */
  public static PyStr str(PyObject o) {
    if (o.getClass() == PyStr.class) {
      return (PyStr) o;
    }
    if (o.getClass() == PyInt.class) {
      return Py.str(((PyInt) o).toDecimal());
    }
    if (o.getClass() == PyFloat.class) {
      return PyStr.ofBmp(FloatText.repr(((PyFloat) o).value()));
    }
    PyObject f = o.type().special(Special.STR);
    if (f == null) {
      return repr(o);
    }
    ThreadState ts = ThreadState.current();
    ts.enterRecursive(" while getting the str of an object");
    try {
      PyObject r = PyCalls.invoke(f, o);
      if (r instanceof PyStr s) {
        return s;
      }
      throw Errors.typeError("__str__ returned non-string (type " + r.type().name() + ")");
    } finally {
      ts.leaveRecursive();
    }
  }

  /** The ASCII repr, as {@code ascii()}. */
  public static PyStr ascii(PyObject o) {
    return repr(o).escapeNonAscii();
  }

  /** Equivalent of CPython's {@code PyObject_Format}; a null spec is the empty one. */
  public static PyStr format(PyObject o, @Nullable PyObject spec) {
    boolean empty = spec == null || spec instanceof PyStr s && s.isEmpty();
    if (empty) {
      if (o.getClass() == PyStr.class) {
        return (PyStr) o;
      }
      if (o.getClass() == PyInt.class) {
        return str(o);
      }
    }
    if (!empty && spec.getClass() == PyStr.class) {
      Class<?> c = o.getClass();
      if (c == PyFloat.class) {
        return ((PyFloat) o).format((PyStr) spec);
      }
      if (c == PyInt.class) {
        return ((PyInt) o).format((PyStr) spec);
      }
      if (c == PyStr.class) {
        return ((PyStr) o).format((PyStr) spec);
      }
    }
    PyObject f = o.type().special(Special.FORMAT);
    if (f == null) {
      throw Errors.typeError("Type " + o.type().name() + " doesn't define __format__");
    }
    PyObject r = PyCalls.invoke(f, o, spec == null ? Py.EmptyStr : spec);
    if (r instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError("__format__ must return a str, not " + r.type().name());
  }

  /**
   * Equivalent of CPython's {@code PyObject_Bytes} for objects with {@code __bytes__}, else null.
   */
  public static @Nullable PyBytes bytesBySpecial(PyObject o) {
    PyObject r = PyCalls.trySpecial(o, Special.BYTES);
    if (r == null) {
      return null;
    }
    if (r instanceof PyBytes b) {
      return b;
    }
    throw Errors.typeError("__bytes__ returned non-bytes (type " + r.type().name() + ")");
  }

  // ---- class tests

  /** Equivalent of CPython's {@code PyObject_IsInstance}. */
  public static boolean isInstance(PyObject o, PyObject cls) {
    if (o.type() == cls) {
      return true;
    }
    if (cls instanceof PyType t && t.type() == PyType.TYPE) {
      return realIsInstance(o, t);
    }
    if (cls instanceof org.plait.runtime.types.PyUnion u) {
      cls = u.args();
    }
    if (cls instanceof PyTuple tuple) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(" in __instancecheck__");
      try {
        for (int i = 0; i < tuple.size(); i++) {
          if (isInstance(o, tuple.get(i))) {
            return true;
          }
        }
        return false;
      } finally {
        ts.leaveRecursive();
      }
    }
    PyObject check = cls.type().special(Special.INSTANCECHECK);
    if (check != null) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(" in __instancecheck__");
      try {
        return isTrue(PyCalls.invoke(check, cls, o));
      } finally {
        ts.leaveRecursive();
      }
    }
    return realIsInstance(o, cls);
  }

  /** {@code type.__instancecheck__}: by the real type or by {@code __class__}. */
  public static boolean realIsInstance(PyObject o, PyObject cls) {
    if (cls instanceof PyType t) {
      if (o.type().isSubtypeOf(t)) {
        return true;
      }
      PyObject c = getOptionalAttr(o, "__class__");
      return c != o.type() && c instanceof PyType real && real.isSubtypeOf(t);
    }
    checkClass(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union");
    PyObject c = getOptionalAttr(o, "__class__");
    return c != null && abstractIsSubclass(c, cls);
  }

  /** Equivalent of CPython's {@code PyObject_IsSubclass}. */
  public static boolean isSubclass(PyObject derived, PyObject cls) {
    if (cls instanceof PyType t && t.type() == PyType.TYPE) {
      if (derived == cls) {
        return true;
      }
      return realIsSubclass(derived, cls);
    }
    if (cls instanceof org.plait.runtime.types.PyUnion u) {
      cls = u.args();
    }
    if (cls instanceof PyTuple tuple) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(" in __subclasscheck__");
      try {
        for (int i = 0; i < tuple.size(); i++) {
          if (isSubclass(derived, tuple.get(i))) {
            return true;
          }
        }
        return false;
      } finally {
        ts.leaveRecursive();
      }
    }
    PyObject check = cls.type().special(Special.SUBCLASSCHECK);
    if (check != null) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(" in __subclasscheck__");
      try {
        return isTrue(PyCalls.invoke(check, cls, derived));
      } finally {
        ts.leaveRecursive();
      }
    }
    return realIsSubclass(derived, cls);
  }

  /** {@code type.__subclasscheck__}. */
  public static boolean realIsSubclass(PyObject derived, PyObject cls) {
    if (derived instanceof PyType d && cls instanceof PyType c) {
      return d.isSubtypeOf(c);
    }
    checkClass(derived, "issubclass() arg 1 must be a class");
    checkClass(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    return abstractIsSubclass(derived, cls);
  }

  private static void checkClass(PyObject cls, String message) {
    if (!(cls instanceof PyType) && abstractBases(cls) == null) {
      throw Errors.typeError(message);
    }
  }

  private static @Nullable PyTuple abstractBases(PyObject cls) {
    return getOptionalAttr(cls, "__bases__") instanceof PyTuple t ? t : null;
  }

  private static boolean abstractIsSubclass(PyObject derived, PyObject cls) {
    if (derived == cls) {
      return true;
    }
    PyTuple bases = abstractBases(derived);
    if (bases == null) {
      return false;
    }
    ThreadState ts = ThreadState.current();
    ts.enterRecursive(" in __issubclass__");
    try {
      for (int i = 0; i < bases.size(); i++) {
        if (abstractIsSubclass(bases.get(i), cls)) {
          return true;
        }
      }
      return false;
    } finally {
      ts.leaveRecursive();
    }
  }
}
