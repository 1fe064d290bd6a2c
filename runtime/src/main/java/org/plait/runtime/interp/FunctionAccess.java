package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** What Python sees of a function. */
abstract class FunctionAccess extends PyInstance {
  FunctionAccess(PyType type) {
    super(type);
  }

  private PyFunction self() {
    return (PyFunction) this;
  }

  @PyNew(sig = "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)")
  static PyObject new_(
      PyType cls,
      PyCode code,
      PyDict globals,
      PyObject name,
      PyObject argdefs,
      PyObject closure,
      PyObject kwdefaults) {
    if (name != Py.None && !(name instanceof PyStr)) {
      throw Errors.typeError("arg 3 (name) must be None or string");
    }
    if (argdefs != Py.None && !(argdefs instanceof PyTuple)) {
      throw Errors.typeError("arg 4 (defaults) must be None or tuple");
    }
    int free = code.unit.freeVars.length;
    if (!(closure instanceof PyTuple)) {
      if (free > 0 && closure == Py.None) {
        throw Errors.typeError("arg 5 (closure) must be tuple");
      }
      if (closure != Py.None) {
        throw Errors.typeError("arg 5 (closure) must be None or tuple");
      }
    }
    int given = closure instanceof PyTuple t ? t.size() : 0;
    if (given != free) {
      throw Errors.valueError(code.name + " requires closure of length " + free + ", not " + given);
    }
    PyCell[] cells = new PyCell[given];
    for (int i = 0; i < given; i++) {
      if (!(((PyTuple) closure).get(i) instanceof PyCell c)) {
        throw Errors.typeError(
            "arg 5 (closure) expected cell, found " + ((PyTuple) closure).get(i).type().name());
      }
      cells[i] = c;
    }
    if (kwdefaults != Py.None && !(kwdefaults instanceof PyDict)) {
      throw Errors.typeError("arg 6 (kwdefaults) must be None or dict");
    }
    Audit.raise("function.__new__", code);
    PyFunction f = new PyFunction(code, globals, Builtins.of(globals), cells);
    if (name instanceof PyStr s) {
      f.name = s;
    }
    f.defaults = argdefs instanceof PyTuple t ? t : null;
    f.setKeywordDefaults(kwdefaults instanceof PyDict d ? d : null);
    return f;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    if (instance == Py.None && owner == Py.None) {
      throw Errors.typeError("__get__(None, None) is invalid");
    }
    return instance == Py.None ? this : new org.plait.runtime.interp.PyMethod(this, instance);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<function " + self().qualname + " at " + PyIdentity.address(this) + ">";
  }

  @PyGetter("__code__")
  PyObject getCode() {
    Audit.getAttribute(this, "__code__");
    return self().code;
  }

  @PySetter("__code__")
  void setCode(@Nullable PyObject value) {
    if (!(value instanceof PyCode c)) {
      throw Errors.typeError("__code__ must be set to a code object");
    }
    Audit.setAttribute(this, "__code__", c);
    int have = self().closure.length;
    if (c.unit.freeVars.length != have) {
      throw Errors.valueError(
          self().name
              + "() requires a code object with "
              + have
              + " free vars, not "
              + c.unit.freeVars.length);
    }
    int kinds = CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;
    if ((c.unit.flags & kinds) != (self().code.unit.flags & kinds)) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "Assigning a code object of non-matching type is deprecated"
              + " (e.g., from a generator to a plain function)",
          1);
    }
    self().code = c;
  }

  @PyGetter(value = "__builtins__", member = true)
  PyObject getBuiltins() {
    return self().builtins;
  }

  @PyGetter(value = "__closure__", member = true)
  PyObject getClosure() {
    PyCell[] cells = self().closure;
    return cells.length == 0
        ? Py.None
        : PyTuple.of(java.util.Arrays.copyOf(cells, cells.length, PyObject[].class));
  }

  @PyGetter("__name__")
  PyObject getName() {
    return self().name;
  }

  @PySetter("__name__")
  void setName(@Nullable PyObject value) {
    self().name = string(value, "__name__");
  }

  @PyGetter("__qualname__")
  PyObject getQualname() {
    return self().qualname;
  }

  @PySetter("__qualname__")
  void setQualname(@Nullable PyObject value) {
    self().qualname = string(value, "__qualname__");
  }

  private static PyStr string(@Nullable PyObject value, String name) {
    if (value instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError(name + " must be set to a string object");
  }

  @PyGetter("__module__")
  PyObject getModule() {
    return self().module;
  }

  @PySetter("__module__")
  void setModule(@Nullable PyObject value) {
    self().module = Py.orNone(value);
  }

  @PyGetter("__doc__")
  PyObject getDoc() {
    return self().doc;
  }

  @PySetter("__doc__")
  void setDoc(@Nullable PyObject value) {
    self().doc = Py.orNone(value);
  }

  @PyGetter("__defaults__")
  PyObject getDefaults() {
    Audit.getAttribute(this, "__defaults__");
    return Py.orNone(self().defaults);
  }

  @PySetter("__defaults__")
  void setDefaults(@Nullable PyObject value) {
    if (value == null || value == Py.None) {
      Audit.deleteAttribute(this, "__defaults__");
      self().defaults = null;
    } else if (value instanceof PyTuple t) {
      Audit.setAttribute(this, "__defaults__", t);
      self().defaults = t;
    } else {
      throw Errors.typeError("__defaults__ must be set to a tuple object");
    }
  }

  @PyGetter("__kwdefaults__")
  PyObject getKwdefaults() {
    Audit.getAttribute(this, "__kwdefaults__");
    return Py.orNone(self().showKeywordDefaults());
  }

  @PySetter("__kwdefaults__")
  void setKwdefaults(@Nullable PyObject value) {
    if (value == null || value == Py.None) {
      Audit.deleteAttribute(this, "__kwdefaults__");
      self().setKeywordDefaults(null);
    } else if (value instanceof PyDict d) {
      Audit.setAttribute(this, "__kwdefaults__", d);
      self().setKeywordDefaults(d);
    } else {
      throw Errors.typeError("__kwdefaults__ must be set to a dict object");
    }
  }

  // Compare CPython func_get_annotation_dict in funcobject.c.
  @PyGetter("__annotations__")
  PyObject getAnnotations() {
    PyFunction f = self();
    PyObject a = f.annotations;
    if (a instanceof PyDict) {
      return a;
    }
    if (a instanceof PyTuple pairs) {
      PyDict d = new PyDict();
      for (int i = 0; i < pairs.size(); i += 2) {
        d.put(pairs.get(i), pairs.get(i + 1));
      }
      return firstAnnotations(f, pairs, d);
    }
    PyObject annotate = f.annotate;
    PyObject made = new PyDict();
    if (annotate != null && annotate.type().special(Special.CALL) != null) {
      made = annotate.call1(Py.int_(1));
      if (!(made instanceof PyDict)) {
        throw Errors.typeError(
            "__annotate__ returned non-dict of type '" + made.type().name() + "'");
      }
    }
    return firstAnnotations(f, null, made);
  }

  /** Threads that compute them at the same time all get the first result. */
  private static PyObject firstAnnotations(PyFunction f, @Nullable PyObject before, PyObject made) {
    synchronized (f) {
      PyObject now = f.annotations;
      if (now instanceof PyDict) {
        return now;
      }
      if (now == before) {
        f.annotations = made;
      }
      return made;
    }
  }

  @PySetter("__annotations__")
  void setAnnotations(@Nullable PyObject value) {
    if (value == null || value == Py.None) {
      self().annotations = null;
    } else if (value instanceof PyDict) {
      self().annotations = value;
    } else {
      throw Errors.typeError("__annotations__ must be set to a dict object");
    }
    self().annotate = null;
  }

  @PyGetter("__annotate__")
  PyObject getAnnotate() {
    return Py.orNone(self().annotate);
  }

  @PySetter("__annotate__")
  void setAnnotate(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("__annotate__ cannot be deleted");
    }
    if (value == Py.None) {
      self().annotate = null;
    } else if (value.type().special(Special.CALL) != null) {
      self().annotate = value;
      self().annotations = null;
    } else {
      throw Errors.typeError("__annotate__ must be callable or None");
    }
  }

  @PyGetter("__type_params__")
  PyObject getTypeParams() {
    return self().typeParams;
  }

  @PySetter("__type_params__")
  void setTypeParams(@Nullable PyObject value) {
    if (!(value instanceof PyTuple t)) {
      throw Errors.typeError("__type_params__ must be set to a tuple");
    }
    self().typeParams = t;
  }

  @PyGetter("__dict__")
  PyObject getDict() {
    return dict();
  }

  @PySetter("__dict__")
  void setDict_(@Nullable PyObject value) {
    if (!(value instanceof PyDict d)) {
      throw Errors.typeError(
          value == null
              ? "cannot delete __dict__"
              : "__dict__ must be set to a dictionary, not a '" + value.type().name() + "'");
    }
    setDict(d);
  }
}
