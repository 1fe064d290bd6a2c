package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyDict;

/** The {@code __dict__} and {@code __weakref__} attributes that a Python class adds. */
public final class DictDescriptors {
  private DictDescriptors() {}

  static PyGetSetDescriptor dict(PyType owner) {
    return new Dict(owner);
  }

  static PyGetSetDescriptor weakref(PyType owner) {
    return new Weakref(owner);
  }

  /** What is assigned to {@code __dict__}, which must be a dict. */
  public static PyDict checkDict(@Nullable PyObject value) {
    if (value instanceof PyDict d) {
      return d;
    }
    throw Errors.typeError(
        value == null
            ? "cannot delete __dict__"
            : "__dict__ must be set to a dictionary, not a '" + value.type().name() + "'");
  }

  /** The attribute storage; classes that have the descriptor always give their instances one. */
  private static PyInstance attrs(PyObject self) {
    PyInstance attrs = self.attrs();
    if (attrs == null) {
      throw Errors.attributeError("This object has no __dict__", self, "__dict__");
    }
    return attrs;
  }

  /** Whether a descriptor is the {@code __dict__} of instances whose native base has none. */
  public static boolean isPlainDict(PyObject descriptor) {
    return descriptor instanceof Dict d && !d.objclass().nativeBase().hasDict();
  }

  private static final class Dict extends PyGetSetDescriptor {
    Dict(PyType owner) {
      super(owner, "__dict__", "dictionary for instance variables");
    }

    @Override
    protected PyObject read(PyObject self) {
      PyObject own = nativeDict(self);
      return own != null
          ? PyDescriptors.get(own, self, self.type())
          : DictDescriptors.attrs(self).dict();
    }

    @Override
    protected boolean writable() {
      return true;
    }

    @Override
    protected void write(PyObject self, @Nullable PyObject value) {
      PyObject own = nativeDict(self);
      if (own != null) {
        PyDescriptors.set(own, self, value);
        return;
      }
      // Deleting leaves an empty one; built-in types refuse it.
      boolean deletes = value == null && objclass().isHeap();
      DictDescriptors.attrs(self).setDict(deletes ? new PyDict() : checkDict(value));
    }
  }

  // Compare CPython get_builtin_base_with_dict in typeobject.c.
  /** The {@code __dict__} descriptor of a built-in base that has dicts of its own, or null. */
  private static @Nullable PyObject nativeDict(PyObject self) {
    PyType base = self.type().nativeBase();
    PyObject d = base.hasDict() ? base.lookup("__dict__") : null;
    return d != null && !(d instanceof Dict) && PyDescriptors.isData(d) ? d : null;
  }

  private static final class Weakref extends PyGetSetDescriptor {
    Weakref(PyType owner) {
      super(owner, "__weakref__", "list of weak references to the object");
    }

    @Override
    protected PyObject read(PyObject self) {
      return Py.orNone(ObjectExtras.firstReference(self));
    }
  }
}
