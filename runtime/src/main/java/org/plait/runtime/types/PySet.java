package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;

/** {@code set}: see {@link PyHashTable} for how threads share one. */
@PyTypeDef(
    name = "set",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF, TypeFlag.WEAKREF},
    sig = "(iterable=(), /)",
    doc = "Build an unordered collection of unique elements.")
public class PySet extends PySetBase {
  public static final PyType TYPE = PyType.builtin(PySetTable.INSTANCE);

  public PySet() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  PySetBase fresh() {
    return new PySet();
  }

  /** Whether a subclass has given its instances a hash. */
  final boolean isHashable() {
    if (getClass() == PySet.class) {
      return false;
    }
    PyObject f = type().special(Special.HASH);
    return f != null && f != Py.None;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PySet() : new PySetDerived(cls);
  }

  /** Refuses keywords for subclasses too, unlike list. */
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("set() takes no keyword arguments");
    }
    if (args.length > 1) {
      throw Errors.typeError("set expected at most 1 argument, got " + args.length);
    }
    clear();
    if (args.length == 1) {
      addAll(args[0]);
    }
  }

  @PyMethod(
      name = "add",
      sig = "(object, /)",
      doc = "Puts an element into the set, if it is not there yet.")
  public void add(PyObject item) {
    if (item.getClass() == PyInt.class
        && ((PyInt) item).isLong()
        && addLong(((PyInt) item).longValue())) {
      return;
    }
    addHashed(item, hashElement(item));
  }

  /** Adds all elements of an iterable. */
  public void update(PyObject other) {
    addAll(other);
  }

  void differenceUpdate(PyObject other) {
    removeAll(other);
  }

  void symmetricDifferenceUpdate(PyObject other) {
    toggleAll(other);
  }

  @PyMethod(name = "update", sig = "(*others)", doc = "Puts in what is in the others.")
  void update_(PyTuple others) {
    for (PyObject other : others.items) {
      addAll(other);
    }
  }

  @PyMethod(
      name = "difference_update",
      sig = "(*others)",
      doc = "Takes out what is in any of the others.")
  void differenceUpdate_(PyTuple others) {
    for (PyObject other : others.items) {
      removeAll(other);
    }
  }

  @PyMethod(
      name = "intersection_update",
      sig = "(*others)",
      doc = "Takes out what is not in each of the others.")
  void intersectionUpdate_(PyTuple others) {
    keepOnly(intersectionOfAll(others));
  }

  /** Removes what the other set lacks; what threads add meanwhile stays. */
  private void keepOnly(PySetBase kept) {
    Entries e = snapshot();
    for (int i = 0; i < e.size(); i++) {
      if (kept.get(e.key(i), e.hashes()[i]) == null) {
        remove(e.key(i), e.hashes()[i]);
      }
    }
  }

  @PyMethod(
      name = "symmetric_difference_update",
      sig = "(other, /)",
      doc = "Takes out what is in both, and puts in what is in the other only.")
  void symmetricDifferenceUpdate_(PyObject other) {
    toggleAll(other);
  }

  @PyMethod(
      name = "remove",
      sig = "(object, /)",
      doc = "Takes an element out; KeyError if it is not there.")
  void remove_(PyObject item) {
    PyObject x = lookedFor(item);
    int taken = takenAsLong(x);
    if (taken == 0 || taken < 0 && remove(x, hashElement(x)) == null) {
      throw Errors.keyError(item);
    }
  }

  @PyMethod(sig = "(object, /)", doc = "Takes an element out; nothing happens if it is not there.")
  public void discard(PyObject item) {
    PyObject x = lookedFor(item);
    if (takenAsLong(x) < 0) {
      remove(x, hashElement(x));
    }
  }

  /**
   * Takes out an int: 1 if it was there, 0 if not; -1 if it is another object, or is to be asked.
   */
  private int takenAsLong(PyObject item) {
    return item.getClass() == PyInt.class && ((PyInt) item).isLong()
        ? takeLong(((PyInt) item).longValue())
        : -1;
  }

  @PyMethod(sig = "()", doc = "Takes out some element and returns it; KeyError if there is none.")
  PyObject pop() {
    PyObject[] entry = popFirst();
    if (entry == null) {
      throw Errors.of(Exceptions.KeyError, "pop from an empty set");
    }
    return entry[0];
  }

  @PyMethod(name = "clear", sig = "()", doc = "Remove all elements from this set.")
  void clear_() {
    clear();
  }

  @PyMethod(name = "__ior__")
  PyObject ior(PyObject other) {
    if (!(other instanceof PySetBase)) {
      return Py.NotImplemented;
    }
    addAll(other);
    return this;
  }

  @PyMethod(name = "__iand__")
  PyObject iand(PyObject other) {
    if (!(other instanceof PySetBase)) {
      return Py.NotImplemented;
    }
    keepOnly(intersection(other));
    return this;
  }

  @PyMethod(name = "__isub__")
  PyObject isub(PyObject other) {
    if (!(other instanceof PySetBase)) {
      return Py.NotImplemented;
    }
    removeAll(other);
    return this;
  }

  @PyMethod(name = "__ixor__")
  PyObject ixor(PyObject other) {
    if (!(other instanceof PySetBase)) {
      return Py.NotImplemented;
    }
    toggleAll(other);
    return this;
  }
}
