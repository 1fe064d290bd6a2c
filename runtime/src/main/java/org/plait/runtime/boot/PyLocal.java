package org.plait.runtime.boot;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
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
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * {@code _thread._local}: a namespace per thread, which lives as long as both the thread and the
 * local. {@code __init__} runs again in each thread, with the first arguments.
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

  /**
   * The namespaces of the threads that are alive. They hang on the local, not on the threads: what
   * they hold may lead back to the local, and dies with it.
   */
  private final ConcurrentHashMap<ThreadState, PyDict> namespaces = new ConcurrentHashMap<>(4);

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
    l.enter();
    return l;
  }

  /** Gives the current thread a namespace, until it ends. */
  private PyDict enter() {
    ThreadState ts = ThreadState.current();
    PyDict d = new PyDict();
    namespaces.put(ts, d);
    if (ts.locals == null) {
      Set<PyLocal> entered = Collections.newSetFromMap(new WeakHashMap<>());
      ts.locals = entered;
      ts.onExit(() -> entered.forEach(l -> l.namespaces.remove(ts)));
    }
    @SuppressWarnings("unchecked")
    Set<PyLocal> entered = (Set<PyLocal>) ts.locals;
    entered.add(this);
    return d;
  }

  /** The current thread's namespace; a thread's first use runs {@code __init__}. */
  private PyDict namespace() {
    PyDict d = namespaces.get(ThreadState.current());
    if (d == null) {
      d = enter();
      PyObject init = type().special(Special.INIT);
      if (init != null && init != PyBaseObject.TYPE.special(Special.INIT)) {
        try {
          PyCalls.callUnbound(init, this, type(), args, kwnames);
        } catch (org.plait.runtime.exceptions.PyException e) {
          namespaces.remove(ThreadState.current());
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
    setAttribute(nameOf(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    setAttribute(nameOf(name), null);
  }

  // Compare CPython local_setattro in _threadmodule.c: the comparison comes before the type check.
  private String nameOf(PyObject name) {
    if (!(name instanceof PyStr) && PyObjects.equal(name, PyStr.intern("__dict__"))) {
      throw Errors.attributeError(
          "'" + type().name() + "' object attribute " + PyObjects.repr(name) + " is read-only",
          this,
          "__dict__");
    }
    return PyObjects.attributeName(name);
  }
}
