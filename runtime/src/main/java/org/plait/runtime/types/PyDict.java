package org.plait.runtime.types;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
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
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/** {@code dict}: see {@link PyHashTable} for how threads share one. */
@PyTypeDef(
    name = "dict",
    subclassable = true,
    flags = {TypeFlag.MAPPING, TypeFlag.MATCH_SELF},
    sig = "none",
    doc =
        "dict()\n"
            + "dict(mapping)\n"
            + "dict(iterable)\n"
            + "dict(**kwargs)\n\n"
            + "A mapping from hashable keys to values that keeps the order of insertion: "
            + "empty,\n"
            + "a copy of a mapping, made of (key, value) pairs, or of keyword arguments "
            + "such as\n"
            + "dict(one=1, two=2), which may also follow one of the others.")
public class PyDict extends PyHashTable {
  public static final PyType TYPE = PyType.builtin(PyDictTable.INSTANCE);

  public PyDict() {}

  /** An empty dict with room for {@code expected} entries. */
  public static PyDict ofCapacity(int expected) {
    PyDict d = new PyDict();
    d.reserve(expected);
    return d;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** Whether the class of the object is dict itself; {@link InstanceDict} counts as that. */
  public static boolean isExact(PyObject o) {
    return o.getClass() == PyDict.class || o instanceof InstanceDict;
  }

  /** The value of a str key, or null. */
  public @Nullable PyObject getStr(String name) {
    long hash = HashSecret.ofString(name);
    while (true) {
      Table t = table();
      int e = findStr(t, name, hash);
      if (e < 0) {
        return null;
      }
      PyObject v = t.value(e);
      if (v != null) {
        return v;
      }
      Thread.onSpinWait();
    }
  }

  /** A dict with the same entries, taken in one atomic step. */
  public PyDict copy() {
    PyDict d = new PyDict();
    d.copyFrom(this);
    return d;
  }

  // ---- built on the primitives

  /** The hash of a key; the TypeError for unhashable ones says that it was meant for a dict. */
  public static long hashKey(PyObject key) {
    if (key.getClass() == PyStr.class) {
      return ((PyStr) key).hash();
    }
    try {
      return PyObjects.hash(key);
    } catch (PyException e) {
      throw unhashable(key, e, "a dict key");
    }
  }

  // Compare CPython dict_unhashable_type in dictobject.c.
  static PyException unhashable(PyObject key, PyException e, String what) {
    return e.value.type() != Exceptions.TypeError
        ? e
        : Errors.typeError(
            "cannot use '"
                + key.type().fullName()
                + "' as "
                + what
                + " ("
                + PyObjects.str(e.value)
                + ")");
  }

  public final @Nullable PyObject get(PyObject key) {
    return get(key, hashKey(key));
  }

  public final boolean contains(PyObject key) {
    return get(key) != null;
  }

  public final void put(PyObject key, PyObject value) {
    put(key, hashKey(key), value, false);
  }

  /** Sets a str key. */
  public void putStr(String name, PyObject value) {
    PyStr key = PyStr.intern(name);
    put(key, key.hash(), value, false);
  }

  public final @Nullable PyObject remove(PyObject key) {
    return remove(key, hashKey(key));
  }

  /** Removes a str key; returns its value or null. */
  public @Nullable PyObject removeStr(String name) {
    PyStr key = Py.str(name);
    return remove(key, key.hash());
  }

  /** Sets all entries of another dict, in its order. */
  public final void putAll(PyDict other) {
    boolean plain = !(this instanceof InstanceDict || other instanceof InstanceDict);
    if (other != this && !(plain && fillFrom(other))) {
      putMany(other.snapshot(), false, other);
    }
  }

  /**
   * Sets all items of a mapping: a dict, or anything with {@code keys()}. Equivalent of CPython's
   * {@code PyDict_Update}.
   */
  public final void merge(PyObject mapping) {
    if (mapping instanceof PyDict d
        && (isExact(d) || d.type().special(Special.ITER) == TYPE.special(Special.ITER))) {
      putAll(d);
      return;
    }
    PyObject it = PyIters.getIter(PyCalls.callMethod(mapping, "keys"));
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      put(k, PyMappings.getItem(mapping, k));
    }
  }

  /** What {@code update} does with its argument: a mapping, or an iterable of pairs. */
  public final void update(PyObject source) {
    if (isExact(source) || PyObjects.hasAttr(source, "keys")) {
      merge(source);
    } else {
      mergePairs(source);
    }
  }

  // Compare CPython merge_from_seq2_lock_held in dictobject.c.
  private void mergePairs(PyObject pairs) {
    PyObject it = PyIters.getIter(pairs);
    long n = 0;
    for (PyObject pair = PyIters.next(it); pair != null; pair = PyIters.next(it), n++) {
      PyObject[] both;
      try {
        both = org.plait.runtime.protocol.PySequences.fast(pair, "object is not iterable");
      } catch (PyException e) {
        if (e.matches(Exceptions.TypeError)) {
          e.value.addNote(
              "Cannot convert dictionary update sequence element #" + n + " to a sequence");
        }
        throw e;
      }
      if (both.length != 2) {
        throw Errors.valueError(
            "dictionary update sequence element #"
                + n
                + " has length "
                + both.length
                + "; 2 is required");
      }
      put(both[0], both[1]);
    }
  }

  /** {@code update} with the arguments of a call; {@code method} names it in messages. */
  protected final void update(String method, PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n > 1) {
      throw Errors.typeError(method + " expected at most 1 argument, got " + n);
    }
    if (n == 1) {
      update(args[0]);
    }
    for (int i = n; i < args.length; i++) {
      putStr(kwnames[i - n], args[i]);
    }
  }

  /**
   * For inline caches of global names: an entry number of a str key together with the generation it
   * is valid in. The pair stays right as long as {@link #valueAt} returns a value. What is or was
   * in the dict is not kept alive.
   */
  public record EntryRef(Reference<?> generation, int entry) {
    private EntryRef(Table t, int entry) {
      this(new WeakReference<>(t), entry);
    }
  }

  /** The place behind the last entry ever added. */
  public record EndRef(Object generation, int entry) {
    private EndRef(Table t) {
      this(t.index, t.used());
    }
  }

  /** A reference to the entry of a str key for {@link #valueAt}, or null. */
  public @Nullable EntryRef entryRef(String name) {
    Table t = table();
    int e = findStr(t, name, HashSecret.ofString(name));
    return e < 0 ? null : new EntryRef(t, e);
  }

  /** A reference behind the last entry ever added: what {@link #isAt} compares. */
  public @Nullable EndRef endRef() {
    return new EndRef(table());
  }

  /** Whether no entry has been added since {@link #endRef} gave this reference. */
  public final boolean isAt(EndRef end) {
    Table t = anyTable();
    return t.index == end.generation && t.used() == end.entry;
  }

  /** The value behind an entry reference, or null when the reference is no longer good. */
  public final @Nullable PyObject valueAt(EntryRef ref) {
    // The reference is a constant of compiled code: so the value is on its way before the dict has
    // been read, which is only compared with it.
    Object t = ref.generation.get();
    return t == anyTable() ? ((Table) t).value(ref.entry) : null;
  }

  // ---- Python: construction

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyDict() : new PyDictDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    update("dict", args, kwnames);
  }

  @PyClassMethod(
      sig = "(iterable, value=None, /)",
      doc = "A new dictionary in which all keys of the iterable have one value.")
  static PyObject fromkeys(PyType cls, PyObject iterable, PyObject value) {
    PyObject made = cls.call0();
    if (made.getClass() == PyDict.class && ((PyDict) made).size() == 0) {
      PyDict d = (PyDict) made;
      Class<?> c = iterable.getClass();
      if (c == PyDict.class || c == PySet.class || c == PyFrozenSet.class) {
        Entries e = ((PyHashTable) iterable).snapshot();
        for (int i = 0; i < e.size(); i++) {
          e.items()[2 * i + 1] = value;
        }
        d.reserve(e.size());
        d.putMany(e, false, null);
        return d;
      }
    }
    PyObject it = PyIters.getIter(iterable);
    for (PyObject k = PyIters.next(it); k != null; k = PyIters.next(it)) {
      PyMappings.setItem(made, k, value);
    }
    return made;
  }

  // ---- Python: items

  @PyMethod(name = "__len__")
  int len() {
    return size();
  }

  @PyMethod(
      name = "__getitem__",
      kind = SlotKind.METHOD,
      sig = "(key, /)",
      doc = "Return self[key].")
  PyObject getItem(PyObject key) {
    PyObject v = get(key);
    if (v != null) {
      return v;
    }
    if (getClass() != PyDict.class) {
      PyObject missing = type().special(Special.MISSING);
      if (missing != null) {
        return PyCalls.invoke(missing, this, key);
      }
    }
    throw Errors.keyError(key);
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    put(key, value);
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    if (remove(key) == null) {
      throw Errors.keyError(key);
    }
  }

  @PyMethod(
      name = "__contains__",
      kind = SlotKind.METHOD,
      sig = "(key, /)",
      doc = "Whether the key is in the dictionary.")
  boolean containsKey(PyObject key) {
    return get(key) != null;
  }

  @PyMethod(
      name = "get",
      sig = "(key, default=None, /)",
      doc = "The value of the key, or the default where there is no such key.")
  PyObject getOr(PyObject key, PyObject otherwise) {
    PyObject v = get(key);
    return v == null ? otherwise : v;
  }

  @PyMethod(
      sig = "(key, default=None, /)",
      doc = "The value of the key; one that is not there is first given the default.")
  public PyObject setdefault(PyObject key, PyObject otherwise) {
    PyObject old = put(key, hashKey(key), otherwise, true);
    return old == null ? otherwise : old;
  }

  @PyMethod(
      sig = "(key, default=NULL, /)",
      doc =
          "D.pop(k[,d]) -> v\n\n"
              + "Takes the key out of the dictionary and returns its value. A key that is "
              + "not\n"
              + "there gives the default, or a KeyError without one.")
  PyObject pop(PyObject key, @Nullable PyObject otherwise) {
    PyObject v = size() == 0 ? null : remove(key);
    if (v != null) {
      return v;
    }
    if (otherwise == null) {
      throw Errors.keyError(key);
    }
    return otherwise;
  }

  @PyMethod(
      sig = "()",
      doc =
          "Takes out the pair that was inserted last and returns it as a tuple.\n\n"
              + "An empty dictionary raises KeyError.")
  PyObject popitem() {
    PyObject[] entry = popLast();
    if (entry == null) {
      throw Errors.of(Exceptions.KeyError, "popitem(): dictionary is empty");
    }
    return PyTuple.of(entry);
  }

  @PyMethod(
      name = "update",
      sig = "!(*args, **kwargs)",
      raw = true,
      doc =
          "D.update([E, ]**F) -> None\n\n"
              + "Stores the items of E, a mapping (known by its keys method) or an iterable "
              + "of\n"
              + "pairs, and after them the keyword arguments. Keys that exist get the new "
              + "value.")
  void update(PyObject[] args, String @Nullable [] kwnames) {
    update("update", args, kwnames);
  }

  @PyMethod(name = "clear", sig = "()", doc = "Remove all items from the dict.")
  void clear_() {
    clear();
  }

  @PyMethod(name = "copy", sig = "()", doc = "Return a shallow copy of the dict.")
  PyObject copy_() {
    return copy();
  }

  // ---- Python: views and iteration

  @PyMethod(sig = "()", doc = "A live view of the keys, which behaves like a set.")
  public PyObject keys() {
    return new PyDictKeys(this);
  }

  @PyMethod(sig = "()", doc = "A live view of the (key, value) pairs, which behaves like a set.")
  public PyObject items() {
    return new PyDictItems(this);
  }

  @PyMethod(sig = "()", doc = "A live view of the values.")
  public PyObject values() {
    return new PyDictValues(this);
  }

  @PyMethod(name = "__iter__")
  protected PyObject iter() {
    return new PyDictIterator.Keys(this);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "An iterator over the keys, last inserted first.")
  PyObject reversed() {
    return new PyDictIterator.ReverseKeys(this);
  }

  // ---- Python: operators

  @PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    if (!(left instanceof PyDict a) || !(right instanceof PyDict b)) {
      return Py.NotImplemented;
    }
    PyDict d = a.copy();
    d.merge(b);
    return d;
  }

  @PyMethod(name = "__ior__")
  PyObject ior(PyObject other) {
    update(other);
    return this;
  }

  @PyRichCompare
  protected PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyDict d) || op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    return Py.bool_(equalTo(d) == (op == CompareOp.EQ));
  }

  private boolean equalTo(PyDict other) {
    if (size() != other.size()) {
      return false;
    }
    Entries mine = snapshot();
    if (mine.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < mine.size(); i++) {
      PyObject theirs = other.get(mine.key(i), mine.hashes()[i]);
      if (theirs == null || !PyObjects.equal(mine.value(i), theirs)) {
        return false;
      }
    }
    return true;
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("{...}");
    }
    try {
      StringBuilder b = new StringBuilder("{");
      PyObject[] items = snapshotItems();
      for (int i = 0; i < items.length; i += 2) {
        b.append(i == 0 ? "" : ", ")
            .append(PyObjects.repr(items[i]).toString())
            .append(": ")
            .append(PyObjects.repr(items[i + 1]).toString());
      }
      return Py.str(b.append('}').toString());
    } finally {
      ts.reprLeave(this);
    }
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the dictionary in bytes.")
  protected final long sizeof() {
    return 48 + 20L * capacity();
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
