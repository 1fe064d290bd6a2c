package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PersistentMap;
import org.plait.runtime.types.PyDict;

/**
 * {@code contextvars.Context}: the values of context variables. The map is never changed, only
 * replaced, so copies are free and readers need no lock; only the thread that has entered the
 * context replaces it.
 */
@PyTypeDef(
    name = "Context",
    module = "_contextvars",
    flags = {TypeFlag.MAPPING, TypeFlag.WEAKREF})
public final class PyContext extends PyObject implements QuietMethods.Scope {
  public static final PyType TYPE = PyType.builtin(PyContextTable.INSTANCE);

  private volatile PersistentMap values;
  private @Nullable PyContext previous;
  private boolean entered;

  /** What {@link #cachedValue} found last. A benign race: it says for which map it holds. */
  private @Nullable Found found;

  private record Found(PersistentMap map, PyContextVar key, @Nullable PyObject value) {}

  private PyContext(PersistentMap values) {
    this.values = values;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (args.length > 0) {
      throw Errors.typeError("Context() does not accept any arguments");
    }
    return new PyContext(PersistentMap.EMPTY);
  }

  /** The context of the current thread, made at first need. */
  static PyContext current() {
    ThreadState ts = ThreadState.current();
    if (ts.context == null) {
      ts.context = new PyContext(PersistentMap.EMPTY);
    }
    return (PyContext) ts.context;
  }

  /** Equivalent of CPython's {@code PyContext_CopyCurrent}. */
  public static PyContext copyOfCurrent() {
    return current().copy();
  }

  /** The context of the current thread if it has one already. */
  static @Nullable PyContext currentOrNull() {
    return (PyContext) ThreadState.current().context;
  }

  @Nullable PyObject value(PyContextVar v) {
    return values.get(v);
  }

  /** As {@link #value}, for the one variable whose value is needed all the time. */
  @Nullable PyObject cachedValue(PyContextVar v) {
    PersistentMap map = values;
    Found f = found;
    if (f == null || f.map != map || f.key != v) {
      f = new Found(map, v, map.get(v));
      found = f;
    }
    return f.value;
  }

  void set(PyContextVar v, @Nullable PyObject value) {
    values = value == null ? values.without(v) : values.with(v, value);
  }

  /** A context with the same values; takes no time. */
  @PyMethod(sig = "()")
  public PyContext copy() {
    return new PyContext(values);
  }

  // Compare CPython context_run in context.c.
  @PyMethod(sig = "(callable, /, *args, **kwargs)", raw = true)
  PyObject run(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      throw Errors.typeError("run() missing 1 required positional argument");
    }
    if (!enter()) {
      throw Errors.runtimeError(
          "cannot enter context: " + PyObjects.repr(this) + " is already entered");
    }
    try {
      return args.length == 1
          ? args[0].call0()
          : args[0].call(java.util.Arrays.copyOfRange(args, 1, args.length), kwnames);
    } finally {
      leave();
    }
  }

  @Override
  public boolean enter() {
    ThreadState ts = ThreadState.current();
    synchronized (this) {
      if (entered) {
        return false;
      }
      entered = true;
    }
    previous = (PyContext) ts.context;
    ts.context = this;
    return true;
  }

  @Override
  public void leave() {
    ThreadState.current().context = previous;
    previous = null;
    synchronized (this) {
      entered = false;
    }
  }

  private static PyContextVar variable(PyObject key) {
    if (key instanceof PyContextVar v) {
      return v;
    }
    throw Errors.typeError("a ContextVar key was expected, got " + PyObjects.repr(key));
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    PyObject v = values.get(variable(key));
    if (v == null) {
      throw Errors.keyError(key);
    }
    return v;
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject key) {
    return values.get(variable(key)) != null;
  }

  @PyMethod(sig = "(key, default=None, /)")
  PyObject get(PyObject key, PyObject otherwise) {
    PyObject v = values.get(variable(key));
    return v == null ? otherwise : v;
  }

  @PyMethod(name = "__len__")
  int len() {
    return values.size();
  }

  private PyDict dict() {
    PyDict d = new PyDict();
    values.forEach(entry -> d.put(entry.key(), entry.value()));
    return d;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return PyIters.getIter(dict());
  }

  @PyMethod(sig = "()")
  PyObject keys() {
    return org.plait.runtime.protocol.PyCalls.callMethod(dict(), "keys");
  }

  @PyMethod(sig = "()")
  PyObject values() {
    return org.plait.runtime.protocol.PyCalls.callMethod(dict(), "values");
  }

  @PyMethod(sig = "()")
  PyObject items() {
    return org.plait.runtime.protocol.PyCalls.callMethod(dict(), "items");
  }

  @org.plait.processor.annotation.PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyContext c) || op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    return Py.bool_(PyObjects.equal(dict(), c.dict()) == (op == 2));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<_contextvars.Context object at " + PyIdentity.address(this) + ">";
  }
}
