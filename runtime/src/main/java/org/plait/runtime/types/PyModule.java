package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;

/**
 * {@code module}: a namespace. Its attributes live in an ordinary dict, {@link #dict()}, which is
 * also the globals of the module's code; it never changes.
 */
@PyTypeDef(
    name = "module",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(name, doc=None)",
    doc =
        "A module: a namespace with a name.\n\n"
            + "The name is a str, the docstring (doc) anything.")
public class PyModule extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyModuleTable.INSTANCE);

  private PyModule(PyType type, PyDict dict) {
    super(type);
    setDict(dict);
  }

  /** An empty module with {@code __name__}, {@code __doc__}, {@code __package__} and the like. */
  public PyModule(String name) {
    this(name, new PyDict());
  }

  /** A module over an existing namespace, which gets what a new module has. */
  public PyModule(String name, PyDict dict) {
    this(TYPE, dict);
    initDict(Py.str(name), Py.None);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyModule(cls, new PyDict());
  }

  @PyMethod(name = "__init__", sig = "(name, doc=None)")
  void init(PyStr name, PyObject doc) {
    initDict(name, doc);
  }

  private void initDict(PyObject name, PyObject doc) {
    PyDict d = dict();
    d.putStr("__name__", name);
    d.putStr("__doc__", doc);
    d.putStr("__package__", Py.None);
    d.putStr("__loader__", Py.None);
    d.putStr("__spec__", Py.None);
  }

  /** The Java side of a native module that has not been executed yet. */
  private volatile @Nullable NativeModule pending;

  /** Gives the module its Java side. */
  public final void setNative(NativeModule n) {
    pending = n;
  }

  /** The Java side, once: executing a module again does nothing. */
  public final synchronized @Nullable NativeModule takeNative() {
    NativeModule n = pending;
    pending = null;
    return n;
  }

  /** Sets an attribute. */
  public final void add(String name, PyObject value) {
    dict().putStr(name, value);
  }

  /** An attribute from the namespace itself, or null. */
  public final @Nullable PyObject get(String name) {
    return dict().getStr(name);
  }

  /** {@code __name__} if it is a str, else null. */
  public final @Nullable String name() {
    return dict().getStr("__name__") instanceof PyStr s ? s.toString() : null;
  }

  // Compare CPython _Py_module_getattro_impl in moduleobject.c.
  @Override
  public PyObject getAttribute(String name) {
    PyObject v = GenericAttributes.get(this, name);
    if (v != null) {
      return v;
    }
    PyObject getattr = dict().getStr("__getattr__");
    if (getattr != null) {
      return getattr.call1(Py.str(name));
    }
    throw Errors.attributeError(ModuleErrors.missing(this, name), this, name);
  }

  /** The attribute, or null where it is missing and no function of the module is to be asked. */
  public final @Nullable PyObject getAttributeOrNull(String name) {
    PyObject v = GenericAttributes.get(this, name);
    return v != null || dict().getStr("__getattr__") == null ? v : getAttribute(name);
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    return getAttribute(PyObjects.attributeName(name));
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    PyInterpreter interpreter = ThreadState.current().interpreter;
    PyObject importlib = interpreter.importlib;
    if (importlib == null) {
      return Py.str("<module " + PyObjects.repr(Py.strOrNone(name())) + ">");
    }
    return PyCalls.callMethod(importlib, "_module_repr", this);
  }

  @PyMethod(
      name = "__dir__",
      sig = "()",
      doc = "__dir__() -> list\nspecialized dir() implementation")
  PyObject dir() {
    PyObject d = PyObjects.getAttr(this, "__dict__");
    if (!(d instanceof PyDict names)) {
      throw Errors.typeError(type().name() + ".__dict__ is not a dictionary");
    }
    PyObject f = names.getStr("__dir__");
    return f != null ? f.call0() : PyList.of(names.snapshotKeys());
  }

  @PyGetter(value = "__dict__", member = true)
  PyObject getDict() {
    return dict();
  }

  // ---- annotations (PEP 649)

  @PyGetter("__annotations__")
  PyObject annotations() {
    PyDict d = dict();
    PyObject v = d.getStr("__annotations__");
    if (v != null) {
      return v;
    }
    PyObject annotate = d.getStr("__annotate__");
    if (annotate != null && annotate.type().special(Special.CALL) != null) {
      v = annotate.call1(Py.int_(1));
      if (!(v instanceof PyDict)) {
        throw Errors.typeError("__annotate__ returned non-dict of type '" + v.type().name() + "'");
      }
    } else {
      v = Py.dict();
    }
    PyObject spec = d.getStr("__spec__");
    // Names may still be missing while the module runs: ask again next time.
    if (spec == null || !ModuleErrors.isInitializing(spec)) {
      PyStr key = PyStr.intern("__annotations__");
      PyObject other = d.put(key, key.hash(), v, true);
      v = other == null ? v : other;
    }
    return v;
  }

  @PySetter("__annotations__")
  void setAnnotations(@Nullable PyObject value) {
    PyDict d = dict();
    if (value != null) {
      d.putStr("__annotations__", value);
    } else if (d.removeStr("__annotations__") == null) {
      throw Errors.attributeError("__annotations__", this, "__annotations__");
    }
    d.removeStr("__annotate__");
  }

  @PyGetter("__annotate__")
  PyObject annotate() {
    PyStr key = PyStr.intern("__annotate__");
    PyObject v = dict().put(key, key.hash(), Py.None, true);
    return v == null ? Py.None : v;
  }

  @PySetter("__annotate__")
  void setAnnotate(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("cannot delete __annotate__ attribute");
    }
    if (value != Py.None && value.type().special(Special.CALL) == null) {
      throw Errors.typeError("__annotate__ must be callable or None");
    }
    dict().putStr("__annotate__", value);
    if (value != Py.None) {
      dict().removeStr("__annotations__");
    }
  }
}
