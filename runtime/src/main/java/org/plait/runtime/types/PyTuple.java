package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;

/** {@code tuple}: an immutable sequence; the array is never changed after construction. */
@PyTypeDef(
    name = "tuple",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.MATCH_SELF},
    sig = "(iterable=(), /)",
    doc =
        "A sequence that never changes: empty, or with the items of an iterable.\n\n"
            + "A tuple given as the argument is returned as it is.")
public class PyTuple extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTupleTable.INSTANCE);
  public static final PyTuple EMPTY = new PyTuple(PyObject.NO_ARGS);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  final PyObject[] items;

  /** The hash once taken, else 0. Benign race. */
  private long hash;

  protected PyTuple(PyObject[] items) {
    this.items = items;
  }

  /** Takes over the array. */
  public static PyTuple of(PyObject... items) {
    return items.length == 0 ? EMPTY : new PyTuple(items);
  }

  /** A tuple of a class that is tuple or derives from it. Takes over the array. */
  public static PyTuple make(PyType cls, PyObject[] items) {
    return cls == TYPE ? of(items) : new PyTupleDerived(cls, items);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final int size() {
    return items.length;
  }

  /** The element at an index in 0..size-1. */
  public final PyObject get(int i) {
    return items[i];
  }

  /** A copy of the elements. */
  public final PyObject[] toArray() {
    return items.length == 0 ? PyObject.NO_ARGS : items.clone();
  }

  /** The elements themselves; the caller must not change the array. */
  public final PyObject[] array() {
    return items;
  }

  @PyNew(sig = "(iterable=NULL, /)")
  static PyObject new_(PyType cls, @Nullable PyObject iterable) {
    if (iterable == null) {
      return make(cls, PyObject.NO_ARGS);
    }
    return cls == TYPE ? PySequences.tuple(iterable) : make(cls, PySequences.toArray(iterable));
  }

  // ---- sequence

  @PyMethod(name = "__len__")
  int len() {
    return items.length;
  }

  /** The element at an index that may be negative; IndexError beyond the ends. */
  public final PyObject getItem(PyInt index) {
    long i = index.isLong() ? index.longValue() : PyNumbers.asIndex(index);
    if (i < 0) {
      i += items.length;
    }
    if (i < 0 || i >= items.length) {
      throw Errors.indexError("tuple index out of range");
    }
    return items[(int) i];
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    if (key instanceof PyInt i) {
      return getItem(i);
    }
    if (PyNumbers.isIndex(key)) {
      PyNumbers.asIndex(key);
      return getItem(PyNumbers.index(key));
    }
    if (!(key instanceof PySlice slice)) {
      throw Errors.typeError("tuple indices must be integers or slices, not " + key.type().name());
    }
    PySlice.Range r = slice.within(items.length);
    int n = (int) r.count();
    if (n == 0) {
      return EMPTY;
    }
    if (r.step() == 1) {
      if (n == items.length && getClass() == PyTuple.class) {
        return this;
      }
      return of(java.util.Arrays.copyOfRange(items, (int) r.start(), (int) r.start() + n));
    }
    PyObject[] picked = new PyObject[n];
    for (int k = 0; k < n; k++) {
      picked[k] = items[(int) (r.start() + k * r.step())];
    }
    return of(picked);
  }

  @PyMethod(name = "__contains__")
  boolean containsItem(PyObject item) {
    for (PyObject x : items) {
      if (PyObjects.equal(x, item)) {
        return true;
      }
    }
    return false;
  }

  @PyMethod(name = "__iter__")
  public PyObject iter() {
    return new PyTupleIterator(this);
  }

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  PyObject concat(PyObject other) {
    if (!(other instanceof PyTuple t)) {
      throw Errors.typeError(
          "can only concatenate tuple (not \"" + other.type().name() + "\") to tuple");
    }
    if (items.length == 0 && t.getClass() == PyTuple.class) {
      return t;
    }
    if (t.items.length == 0 && getClass() == PyTuple.class) {
      return this;
    }
    PyObject[] all = java.util.Arrays.copyOf(items, Math.addExact(items.length, t.items.length));
    System.arraycopy(t.items, 0, all, items.length, t.items.length);
    return of(all);
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeat(PyObject count) {
    long n = PyNumbers.asLong(count, Exceptions.OverflowError);
    if ((items.length == 0 || n == 1) && getClass() == PyTuple.class) {
      return this;
    }
    return of(repeated(items, items.length, n));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  /**
   * The first {@code length} items, {@code count} times, in a new array; MemoryError if too many.
   */
  static PyObject[] repeated(PyObject[] items, int length, long count) {
    if (count <= 0 || length == 0) {
      return PyObject.NO_ARGS;
    }
    if (count > (Integer.MAX_VALUE - 8) / length) {
      throw Errors.memoryError();
    }
    PyObject[] all;
    try {
      all = new PyObject[(int) (length * count)];
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
    if (length == 1) {
      java.util.Arrays.fill(all, items[0]);
      return all;
    }
    System.arraycopy(items, 0, all, 0, length);
    for (int done = length; done < all.length; ) {
      int more = Math.min(done, all.length - done);
      System.arraycopy(all, 0, all, done, more);
      done += more;
    }
    return all;
  }

  // ---- methods

  @PyMethod(
      sig = "(value, start=0, stop=sys.maxsize, /)",
      doc = "Where the first element is that equals the value; ValueError if none does.")
  int index(PyObject value, PyObject start, PyObject stop) {
    long from = PySlice.indexArgument(start);
    long to = PySlice.indexArgument(stop);
    from = from < 0 ? Math.max(from + items.length, 0) : from;
    to = to < 0 ? Math.max(to + items.length, 0) : Math.min(to, items.length);
    for (long i = from; i < to; i++) {
      if (PyObjects.equal(items[(int) i], value)) {
        return (int) i;
      }
    }
    throw Errors.valueError("tuple.index(x): x not in tuple");
  }

  @PyMethod(sig = "(value, /)", doc = "Return number of occurrences of value.")
  int count(PyObject value) {
    int n = 0;
    for (PyObject x : items) {
      if (PyObjects.equal(x, value)) {
        n++;
      }
    }
    return n;
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(of(items));
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  // ---- comparison, hash, text

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return other instanceof PyTuple t ? compareItems(items, t.items, op) : Py.NotImplemented;
  }

  // Compare CPython tuple_richcompare in tupleobject.c.
  /** Lexicographic comparison. */
  static PyObject compareItems(PyObject[] a, PyObject[] b, CompareOp op) {
    int n = Math.min(a.length, b.length);
    int i = 0;
    while (i < n && PyObjects.equal(a[i], b[i])) {
      i++;
    }
    if (i == n) {
      return Py.bool_(op.test(Integer.compare(a.length, b.length)));
    }
    return switch (op) {
      case EQ -> Py.False;
      case NE -> Py.True;
      default -> PyObjects.richCompare(a[i], b[i], op);
    };
  }

  @PyMethod(name = "__hash__")
  long hash() {
    long h = hash;
    if (h == 0) {
      h = hashOf(items, true);
      hash = h;
    }
    return h;
  }

  // Compare CPython tuple_hash in tupleobject.c and slicehash in sliceobject.c.
  /** The xxHash of the items' hashes, with their number mixed in or not. */
  static long hashOf(PyObject[] items, boolean withLength) {
    long acc = PRIME_5;
    for (PyObject x : items) {
      acc += PyObjects.hash(x) * PRIME_2;
      acc = Long.rotateLeft(acc, 31) * PRIME_1;
    }
    if (withLength) {
      acc += items.length ^ (PRIME_5 ^ 3527539L);
    }
    return acc == -1 ? 1546275796 : acc;
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    if (items.length == 0) {
      return Py.str("()");
    }
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("(...)");
    }
    try {
      StringBuilder b = new StringBuilder("(");
      for (int i = 0; i < items.length; i++) {
        if (i > 0) {
          b.append(", ");
        }
        b.append(PyObjects.repr(items[i]).toString());
      }
      return Py.str(b.append(items.length == 1 ? ",)" : ")").toString());
    } finally {
      ts.reprLeave(this);
    }
  }
}
