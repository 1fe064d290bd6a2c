package org.plait.modules.collections;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
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
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyHashTable;
import org.plait.runtime.types.PyTuple;

/**
 * {@code collections.OrderedDict}. The order is that of the dict itself: an entry moves to the end
 * by being appended again, to the front by a rebuilt table.
 */
@PyTypeDef(
    name = "OrderedDict",
    module = "collections",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "none",
    doc = "Dictionary that remembers insertion order")
public final class PyOrderedDict extends PyDict {
  public static final PyType TYPE = PyType.builtin(PyOrderedDictTable.INSTANCE);

  private final PyInstance attrs;

  public PyOrderedDict(PyType type) {
    attrs = new PyInstance(type);
  }

  @Override
  public PyType type() {
    return attrs.type();
  }

  @Override
  public PyInstance attrs() {
    return attrs;
  }

  private boolean isExact() {
    return type() == TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyOrderedDict(cls);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void initialize(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n > 1) {
      throw Errors.typeError("expected at most 1 argument, got " + n);
    }
    updateBySetItem(args, n, kwnames);
  }

  @PyMethod(name = "update", sig = "!(*args, **kwargs)", raw = true)
  void update_(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n > 1) {
      throw Errors.typeError("update() takes at most 1 positional argument (" + n + " given)");
    }
    updateBySetItem(args, n, kwnames);
  }

  // Compare CPython mutablemapping_update in odictobject.c.
  private void updateBySetItem(PyObject[] args, int n, String @Nullable [] kwnames) {
    if (n == 1) {
      setAll(args[0]);
    }
    for (int i = n; i < args.length; i++) {
      PyMappings.setItem(this, Py.str(kwnames[i - n]), args[i]);
    }
  }

  private void setAll(PyObject other) {
    if (PyDict.isExact(other)) {
      PyObject[] items = ((PyDict) other).snapshotItems();
      for (int i = 0; i < items.length; i += 2) {
        PyMappings.setItem(this, items[i], items[i + 1]);
      }
      return;
    }
    PyObject keys = PyObjects.getOptionalAttr(other, "keys");
    if (keys != null) {
      PyObject it = PyIters.getIter(keys.call0());
      for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
        PyMappings.setItem(this, k, PyMappings.getItem(other, k));
      }
      return;
    }
    PyObject items = PyObjects.getOptionalAttr(other, "items");
    setPairs(items != null ? items.call0() : other);
  }

  private void setPairs(PyObject pairs) {
    PyObject it = PyIters.getIter(pairs);
    for (PyObject pair = PyIters.next(it); pair != null; pair = PyIters.next(it)) {
      PyObject pit = PyIters.getIter(pair);
      PyObject k = PyIters.next(pit);
      if (k == null) {
        throw Errors.valueError("need more than 0 values to unpack");
      }
      PyObject v = PyIters.next(pit);
      if (v == null) {
        throw Errors.valueError("need more than 1 value to unpack");
      }
      if (PyIters.next(pit) != null) {
        throw Errors.valueError("too many values to unpack (expected 2)");
      }
      PyMappings.setItem(this, k, v);
    }
  }

  @PyClassMethod(
      name = "fromkeys",
      sig = "(iterable, value=None)",
      doc = "A new ordered dictionary in which all keys of the iterable have one value.")
  static PyObject fromKeys(PyType cls, PyObject iterable, PyObject value) {
    PyObject made = cls.call0();
    PyObject it = PyIters.getIter(iterable);
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      PyMappings.setItem(made, k, value);
    }
    return made;
  }

  // ---- items

  @PyMethod(
      name = "setdefault",
      sig = "(key, default=None)",
      doc = "The value of the key; one that is not there is first given the default.")
  PyObject setDefault(PyObject key, PyObject otherwise) {
    if (isExact()) {
      return setdefault(key, otherwise);
    }
    if (PySequences.contains(this, key)) {
      return PyMappings.getItem(this, key);
    }
    PyMappings.setItem(this, key, otherwise);
    return otherwise;
  }

  @PyMethod(
      name = "pop",
      sig = "(key, default=NULL)",
      doc =
          "od.pop(key[,default]) -> v\n\n"
              + "Takes the key out and returns its value. A key that is not there gives the\n"
              + "default, or a KeyError without one.")
  PyObject popKey(PyObject key, @Nullable PyObject otherwise) {
    PyObject v = remove(key, PyObjects.hash(key));
    if (v == null && otherwise == null) {
      throw Errors.keyError(key);
    }
    return v == null ? otherwise : v;
  }

  @PyMethod(
      name = "popitem",
      sig = "(last=True)",
      doc = "Takes out the last pair, or the first one if last is false, and returns it.")
  PyObject popItem(boolean last) {
    PyObject[] entry = last ? popLast() : popFirst();
    if (entry == null) {
      throw Errors.of(Exceptions.KeyError, "dictionary is empty");
    }
    return PyTuple.of(entry);
  }

  @PyMethod(
      name = "move_to_end",
      sig = "(key, last=True)",
      doc =
          "Makes a key the last one, or the first one if last is false; KeyError if it "
              + "is not\n"
              + "there.")
  void moveToEnd(PyObject key, boolean last) {
    if (move(key, PyObjects.hash(key), last) == null) {
      throw Errors.keyError(key);
    }
  }

  // The slots below exist in OrderedDict's own dict, so that super().__setitem__ finds them.

  @PyMethod(name = "__setitem__")
  void setItem_(PyObject key, PyObject value) {
    put(key, PyObjects.hash(key), value, false);
  }

  @PyMethod(name = "__delitem__")
  void delItem_(PyObject key) {
    if (remove(key, PyObjects.hash(key)) == null) {
      throw Errors.keyError(key);
    }
  }

  @PyMethod(name = "clear", sig = "()", doc = "Remove all items from ordered dict.")
  void clearAll() {
    clear();
  }

  @PyMethod(name = "copy", sig = "()", doc = "A shallow copy of ordered dict.")
  PyObject copyOrdered() {
    if (isExact()) {
      PyOrderedDict d = new PyOrderedDict(TYPE);
      d.putAll(this);
      for (String name : attrs.slotNames()) {
        PyObject v = attrs.getDictAttr(name);
        if (v != null) {
          d.attrs.setDictAttr(name, v);
        }
      }
      return d;
    }
    PyObject made = type().call0();
    PyObject it = PyIters.getIter(this);
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      PyMappings.setItem(made, k, PyMappings.getItem(this, k));
    }
    return made;
  }

  // ---- operators

  @PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    PyObject self = left instanceof PyOrderedDict ? left : right;
    if (!(left instanceof PyDict) || !(right instanceof PyDict)) {
      return Py.NotImplemented;
    }
    PyObject made = self.type().call1(left);
    if (made instanceof PyOrderedDict d) {
      d.setAll(right);
    }
    return made;
  }

  @PyMethod(name = "__ior__")
  PyObject inplaceOr(PyObject other) {
    setAll(other);
    return this;
  }

  @PyRichCompare
  PyObject compareOrdered(PyObject other, CompareOp op) {
    if (!(other instanceof PyDict d) || op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    PyObject equal = compare(d, CompareOp.EQ);
    boolean same = equal == Py.True && (!(d instanceof PyOrderedDict o) || sameOrder(o));
    return Py.bool_(same == (op == CompareOp.EQ));
  }

  // Compare CPython _odict_keys_equal in odictobject.c.
  private boolean sameOrder(PyOrderedDict other) {
    PyDict.EndRef myEnd = endRef();
    PyDict.EndRef theirEnd = other.endRef();
    PyHashTable.Entries a = snapshot();
    PyHashTable.Entries b = other.snapshot();
    int n = a.hashes().length;
    int m = b.hashes().length;
    for (int i = 0; i < n && i < m; i++) {
      boolean equal = PyObjects.equal(a.items()[2 * i], b.items()[2 * i]);
      if (!isUnchanged(myEnd, n) || !other.isUnchanged(theirEnd, m)) {
        throw Errors.runtimeError("OrderedDict mutated during iteration");
      }
      if (!equal) {
        return false;
      }
    }
    return n == m;
  }

  /** Whether nothing has been added, moved or removed since. */
  boolean isUnchanged(PyDict.EndRef end, int size) {
    return isAt(end) && size() == size;
  }

  // ---- iteration

  @Override
  @PyMethod(name = "__iter__")
  protected PyObject iter() {
    return new PyOrderedDictIterator(this, PyOrderedDictIterator.KEYS, false);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "od.__reversed__() <==> reversed(od)")
  PyObject reversedKeys() {
    return new PyOrderedDictIterator(this, PyOrderedDictIterator.KEYS, true);
  }

  @Override
  @PyMethod(name = "keys", sig = "()")
  public PyObject keys() {
    return new PyOrderedDictViews.Keys(this);
  }

  @Override
  @PyMethod(name = "values", sig = "()")
  public PyObject values() {
    return new PyOrderedDictViews.Values(this);
  }

  @Override
  @PyMethod(name = "items", sig = "()")
  public PyObject items() {
    return new PyOrderedDictViews.Items(this);
  }

  // ---- text, pickling

  @PyMethod(name = "__repr__")
  PyObject reprOrdered() {
    String name = type().simpleName();
    if (size() == 0) {
      return Py.str(name + "()");
    }
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("...");
    }
    try {
      PyObject shown;
      if (isExact()) {
        shown = copy();
      } else {
        PyDict plain = new PyDict();
        PyObject it = PyIters.getIter(PyCalls.callMethod(this, "items"));
        for (PyObject pair = PyIters.next(it); pair != null; pair = PyIters.next(it)) {
          PyObject[] both = PySequences.toArray(pair);
          plain.put(both[0], both[1]);
        }
        shown = plain;
      }
      return Py.str(name + "(" + PyObjects.repr(shown) + ")");
    } finally {
      ts.reprLeave(this);
    }
  }

  // Compare CPython OrderedDict___reduce___impl in odictobject.c.
  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    PyObject state = PyObjects.getAttr(this, "__getstate__").call0();
    PyObject items = PyIters.getIter(PyCalls.callMethod(this, "items"));
    return Py.tuple(type(), Py.EmptyTuple, state, Py.None, items);
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeofOrdered() {
    return sizeof() + 48 + 32L * size();
  }
}
