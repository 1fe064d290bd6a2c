package org.plait.modules.pickle;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;

/**
 * An object with one method that may be set on it as well as defined by a class: {@code
 * persistent_id}, {@code persistent_load}.
 */
abstract class HookedObject extends PyObject {
  private final String hookName;
  private volatile @Nullable PyObject hook;

  HookedObject(String hookName) {
    this.hookName = hookName;
  }

  /** What was set on the object, or null. */
  final @Nullable PyObject hook() {
    return hook;
  }

  @Override
  public @Nullable PyObject getAttribute(String name) {
    PyObject own = hook;
    return own != null && name.equals(hookName) ? own : GenericAttributes.get(this, name);
  }

  @Override
  public void setAttribute(String name, @Nullable PyObject value) {
    if (!name.equals(hookName)) {
      GenericAttributes.set(this, name, value);
      return;
    }
    if (value == null && hook == null) {
      throw Errors.noAttribute(this, name);
    }
    hook = value;
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    String n = PyObjects.attributeName(name);
    PyObject v = getAttribute(n);
    if (v == null) {
      throw Errors.noAttribute(this, n);
    }
    return v;
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  void setattr(PyObject name, PyObject value) {
    setAttribute(PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    setAttribute(PyObjects.attributeName(name), null);
  }
}
