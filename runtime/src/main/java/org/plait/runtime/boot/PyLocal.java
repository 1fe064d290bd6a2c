package org.plait.runtime.boot;

import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyDict;

/**
 * {@code _thread._local}: a namespace per thread. Each thread's state keeps the dicts of the locals
 * it has used, weakly by local object, so both threads and locals may die. {@code __init__} runs
 * again in each thread, with the first arguments.
 */
@PyTypeDef(
    name = "_local",
    module = "_thread",
    subclassable = true,
    flags = {TypeFlag.WEAKREF})
public final class PyLocal extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyLocalTable.INSTANCE);

  private final PyObject[] args;
  private final String @Nullable [] kwnames;

  private PyLocal(PyType type, PyObject[] args, String @Nullable [] kwnames) {
    super(type);
    this.args = args;
    this.kwnames = kwnames;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (args.length > 0 && cls.special(Special.INIT) == PyBaseObject.TYPE.special(Special.INIT)) {
      throw Errors.typeError("Initialization arguments are not supported");
    }
    PyLocal l = new PyLocal(cls, args, kwnames);
    // The thread that makes it is initialised by the call of the class itself.
    namespaces().put(l, new PyDict());
    return l;
  }

  private static Map<PyLocal, PyDict> namespaces() {
    ThreadState ts = ThreadState.current();
    if (ts.locals == null) {
      ts.locals = new WeakHashMap<>();
    }
    @SuppressWarnings("unchecked")
    Map<PyLocal, PyDict> map = (Map<PyLocal, PyDict>) ts.locals;
    return map;
  }

  /** The current thread's namespace; a thread's first use runs {@code __init__}. */
  private PyDict namespace() {
    Map<PyLocal, PyDict> all = namespaces();
    PyDict d = all.get(this);
    if (d == null) {
      d = new PyDict();
      all.put(this, d);
      PyObject init = type().special(Special.INIT);
      if (init != null && init != PyBaseObject.TYPE.special(Special.INIT)) {
        try {
          PyCalls.callUnbound(init, this, type(), args, kwnames);
        } catch (org.plait.runtime.exceptions.PyException e) {
          all.remove(this);
          throw e;
        }
      }
    }
    return d;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  // Compare CPython local_getattro in _threadmodule.c.
  @Override
  public @Nullable PyObject getAttribute(String name) {
    PyDict d = namespace();
    if (name.equals("__dict__")) {
      return d;
    }
    PyType type = type();
    PyObject attr = type.lookup(name);
    if (attr != null && PyDescriptors.isData(attr)) {
      return PyDescriptors.get(attr, this, type);
    }
    PyObject v = d.getStr(name);
    if (v != null) {
      return v;
    }
    return attr == null ? null : PyDescriptors.get(attr, this, type);
  }

  @Override
  public void setAttribute(String name, @Nullable PyObject value) {
    PyDict d = namespace();
    if (name.equals("__dict__")) {
      throw Errors.attributeError(
          "'" + type().name() + "' object attribute '__dict__' is read-only", this, name);
    }
    PyObject attr = type().lookup(name);
    if (attr != null && PyDescriptors.set(attr, this, value)) {
      return;
    }
    if (value != null) {
      d.putStr(name, value);
    } else if (d.removeStr(name) == null) {
      throw Errors.noAttribute(this, name);
    }
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    String n = org.plait.runtime.protocol.PyObjects.attributeName(name);
    PyObject v = getAttribute(n);
    if (v == null) {
      throw Errors.noAttribute(this, n);
    }
    return v;
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  void setattr(PyObject name, PyObject value) {
    setAttribute(org.plait.runtime.protocol.PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    setAttribute(org.plait.runtime.protocol.PyObjects.attributeName(name), null);
  }
}
