package org.plait.modules.functools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.NativeDescriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code functools.partial}. What it holds is one immutable {@link State}, replaced as a whole. */
@PyTypeDef(
    name = "partial",
    module = "functools",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(func, /, *args, **keywords)",
    doc = "A callable that calls a function with some arguments fixed beforehand.")
public final class PyPartial extends PyInstance implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyPartialTable.INSTANCE);

  /**
   * @param placeholders how many of the arguments are {@code Placeholder}
   */
  private record State(PyObject function, PyTuple args, PyDict keywords, int placeholders) {}

  private volatile State state;

  private PyPartial(PyType type, State state) {
    super(type);
    this.state = state;
  }

  // Compare CPython partial_new in _functoolsmodule.c.
  @PyNew(sig = "!(func, /, *args, **keywords)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n < 1) {
      throw Errors.typeError("type 'partial' takes at least one argument");
    }
    PyObject function = args[0];
    if (function.type().special(Special.CALL) == null) {
      throw Errors.typeError("the first argument must be callable");
    }
    PyObject[] given = Arrays.copyOfRange(args, 1, n);
    if (given.length > 0 && given[given.length - 1] == PyPlaceholder.INSTANCE) {
      throw Errors.typeError("trailing Placeholders are not allowed");
    }
    PyDict keywords = new PyDict();
    PyObject[] all = given;
    if (function instanceof PyPartial inner
        && function.type().special(Special.CALL) == TYPE.special(Special.CALL)
        && inner.countSlotAttrs() == 0
        && !inner.detached()) {
      State s = inner.state;
      function = s.function;
      keywords.putAll(s.keywords);
      all = s.placeholders == 0 && given.length == 0 ? s.args.array() : merge(s, given);
    }
    for (int i = n; i < args.length; i++) {
      if (args[i] == PyPlaceholder.INSTANCE) {
        throw Errors.typeError("Placeholder cannot be passed as a keyword argument");
      }
      keywords.putStr(kwnames[i - n], args[i]);
    }
    return new PyPartial(
        cls, new State(function, PyTuple.of(all), keywords, countPlaceholders(all)));
  }

  /** The stored arguments with placeholders filled from the given ones, then the rest of those. */
  private static PyObject[] merge(State s, PyObject[] given) {
    PyObject[] stored = s.args.array();
    int filled = Math.min(s.placeholders, given.length);
    PyObject[] all = Arrays.copyOf(stored, stored.length + given.length - filled);
    int next = 0;
    for (int i = 0; i < stored.length && next < filled; i++) {
      if (stored[i] == PyPlaceholder.INSTANCE) {
        all[i] = given[next++];
      }
    }
    System.arraycopy(given, filled, all, stored.length, given.length - filled);
    return all;
  }

  private static int countPlaceholders(PyObject[] args) {
    int n = 0;
    for (PyObject a : args) {
      if (a == PyPlaceholder.INSTANCE) {
        n++;
      }
    }
    return n;
  }

  // ---- calling

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    State s = state;
    int n = PyCalls.positional(args, kwnames);
    if (n < s.placeholders) {
      throw Errors.typeError(
          "missing positional arguments in 'partial' call; expected at least "
              + s.placeholders
              + ", got "
              + n);
    }
    PyObject[] positional = merge(s, kwnames == null ? args : Arrays.copyOf(args, n));
    if (s.keywords.size() == 0) {
      if (kwnames == null) {
        return s.function.call(positional, null);
      }
      PyObject[] all = Arrays.copyOf(positional, positional.length + kwnames.length);
      System.arraycopy(args, n, all, positional.length, kwnames.length);
      return s.function.call(all, kwnames);
    }
    PyDict keywords = s.keywords.copy();
    for (int i = n; i < args.length; i++) {
      keywords.putStr(kwnames[i - n], args[i]);
    }
    return PyCalls.call(s.function, PyTuple.of(positional), keywords);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  // ---- descriptor

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return self == null ? this : new org.plait.runtime.interp.PyMethod(this, self);
  }

  @Override
  public boolean isMethodDescriptor() {
    return type().special(Special.GET) == TYPE.special(Special.GET)
        && type().special(Special.CALL) == TYPE.special(Special.CALL);
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return NativeDescriptor.getSlot(this, instance, owner);
  }

  // ---- attributes

  @PyGetter(value = "func", doc = "the function that is called")
  PyObject getFunc() {
    return state.function;
  }

  @PyGetter(value = "args", doc = "tuple of arguments to future partial calls")
  PyObject getArgs() {
    return state.args;
  }

  @PyGetter(value = "keywords", doc = "the keyword arguments fixed beforehand")
  PyObject getKeywords() {
    return state.keywords;
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("...");
    }
    try {
      State s = state;
      StringBuilder b = new StringBuilder();
      PyType type = type();
      PyObject module = PyObjects.getOptionalAttr(type, "__module__");
      b.append(module instanceof PyStr m ? m + "." : "")
          .append(type.qualname())
          .append('(')
          .append(PyObjects.repr(s.function).toString());
      for (PyObject a : s.args.array()) {
        b.append(", ").append(PyObjects.repr(a).toString());
      }
      PyObject[] items = s.keywords.snapshotItems();
      for (int i = 0; i < items.length; i += 2) {
        b.append(", ")
            .append(PyObjects.str(items[i]).toString())
            .append('=')
            .append(PyObjects.repr(items[i + 1]).toString());
      }
      return Py.str(b.append(')').toString());
    } finally {
      ts.reprLeave(this);
    }
  }

  // ---- pickling

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    State s = state;
    PyDict d = dictIfPresent();
    PyObject attributes = d != null ? d : countSlotAttrs() > 0 ? dict() : Py.None;
    return Py.tuple(
        type(), Py.tuple(s.function), Py.tuple(s.function, s.args, s.keywords, attributes));
  }

  // Compare CPython partial_setstate in _functoolsmodule.c.
  @PyMethod(name = "__setstate__", sig = "(object, /)")
  void setstate(PyObject object) {
    if (!(object instanceof PyTuple t)
        || t.size() != 4
        || t.get(0).type().special(Special.CALL) == null
        || !(t.get(1) instanceof PyTuple args)
        || t.get(2) != Py.None && !(t.get(2) instanceof PyDict)
        || t.get(3) != Py.None && !(t.get(3) instanceof PyDict)) {
      throw Errors.typeError("invalid partial state");
    }
    PyObject[] stored = args.array();
    if (stored.length > 0 && stored[stored.length - 1] == PyPlaceholder.INSTANCE) {
      throw Errors.typeError("trailing Placeholders are not allowed");
    }
    PyTuple plain = args.getClass() == PyTuple.class ? args : PyTuple.of(args.toArray());
    PyDict keywords;
    if (!(t.get(2) instanceof PyDict k)) {
      keywords = new PyDict();
    } else {
      keywords = k.getClass() == PyDict.class ? k : k.copy();
    }
    state = new State(t.get(0), plain, keywords, countPlaceholders(stored));
    if (t.get(3) instanceof PyDict d) {
      setDict(d);
    } else if (countSlotAttrs() > 0 || dictIfPresent() != null) {
      setDict(new PyDict());
    }
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
