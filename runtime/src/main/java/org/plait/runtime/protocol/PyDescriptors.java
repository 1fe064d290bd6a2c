package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;

/** The descriptor protocol. Built-in descriptors are {@link Descriptor}s; others go by dunders. */
public final class PyDescriptors {
  private PyDescriptors() {}

  /** Whether the attribute takes precedence over the instance: it has __set__ or __delete__. */
  public static boolean isData(PyObject attr) {
    if (attr instanceof Descriptor d && !attr.type().isHeap()) {
      return d.isDataDescriptor();
    }
    PyType type = attr.type();
    return type.special(Special.SET) != null || type.special(Special.DELETE) != null;
  }

  /** Whether the attribute has {@code __get__}. */
  public static boolean hasGet(PyObject attr) {
    return attr instanceof Descriptor && !attr.type().isHeap()
        || attr.type().special(Special.GET) != null;
  }

  /**
   * Whether binding the attribute yields a bound method only, so that a call may pass self as the
   * first argument instead (CPython's Py_TPFLAGS_METHOD_DESCRIPTOR).
   */
  public static boolean isMethod(PyObject attr) {
    return attr instanceof Descriptor d && d.isMethodDescriptor();
  }

  /** Binds a class attribute found for {@code self}; attributes without __get__ are themselves. */
  public static PyObject get(PyObject attr, PyObject self, PyType owner) {
    if (attr instanceof Descriptor d && !attr.type().isHeap()) {
      return d.descriptorGet(self, owner);
    }
    PyObject f = attr.type().special(Special.GET);
    return f == null ? attr : PyCalls.invoke(f, attr, self, owner);
  }

  /** Whether binding an attribute that is no data descriptor runs no Python code. */
  public static boolean bindsQuietly(PyObject attr) {
    return attr instanceof Descriptor && !attr.type().isHeap()
        || attr.type().special(Special.GET) == null;
  }

  /** Binds a class attribute found on the class itself. */
  public static PyObject getOnClass(PyObject attr, PyType owner) {
    if (attr instanceof Descriptor d && !attr.type().isHeap()) {
      return d.descriptorGet(null, owner);
    }
    PyObject f = attr.type().special(Special.GET);
    return f == null ? attr : PyCalls.invoke(f, attr, Py.None, owner);
  }

  /**
   * Sets or (null) deletes through the descriptor.
   *
   * @return false when the attribute is no data descriptor
   */
  public static boolean set(PyObject attr, PyObject self, @Nullable PyObject value) {
    if (attr instanceof Descriptor d && !attr.type().isHeap()) {
      if (!d.isDataDescriptor()) {
        return false;
      }
      d.descriptorSet(self, value);
      return true;
    }
    PyType type = attr.type();
    PyObject set = type.special(Special.SET);
    PyObject delete = type.special(Special.DELETE);
    if (set == null && delete == null) {
      return false;
    }
    if (value != null) {
      if (set == null) {
        throw Errors.of(Exceptions.AttributeError, "__set__");
      }
      PyCalls.invoke(set, attr, self, value);
    } else {
      if (delete == null) {
        throw Errors.of(Exceptions.AttributeError, "__delete__");
      }
      PyCalls.invoke(delete, attr, self);
    }
    return true;
  }
}
