package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.types.PyModule;

/** {@code obj.__class__ = cls}. */
final class ClassAssignment {
  private ClassAssignment() {}

  // Compare CPython object_set_class in typeobject.c.
  static void assign(PyObject self, @Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("can't delete __class__ attribute");
    }
    if (!(value instanceof PyType to)) {
      throw Errors.typeError(
          "__class__ must be set to a class, not '" + value.type().name() + "' object");
    }
    Audit.setAttribute(self, "__class__", to);
    PyType from = self.type();
    boolean modules = from.isSubtypeOf(PyModule.TYPE) && to.isSubtypeOf(PyModule.TYPE);
    if (!modules && (!from.isHeap() || !to.isHeap())) {
      throw Errors.typeError(
          "__class__ assignment only supported for mutable types or ModuleType subclasses");
    }
    PyInstance attrs = self.attrs();
    if (self instanceof PyType t && attrs == null) {
      if (to.nativeBase() != PyType.TYPE) {
        throw layoutDiffers(from, to);
      }
      t.setMetatype(to);
    } else if (attrs != null && sameLayout(from, to)) {
      attrs.changeType(to);
    } else {
      throw layoutDiffers(from, to);
    }
    if (from.isDescriptor() || to.isDescriptor()) {
      // Of which classes it is an attribute isn't known.
      PyBaseObject.TYPE.modified();
    }
  }

  // Compare CPython compatible_for_assignment in typeobject.c.
  private static boolean sameLayout(PyType from, PyType to) {
    PyType a = layoutOwner(from);
    PyType b = layoutOwner(to);
    return a == b || a.base() == b.base() && addSame(a, b);
  }

  /** The class in the base chain that last added something to the layout of instances. */
  private static PyType layoutOwner(PyType type) {
    PyType t = type;
    while (t.isHeap() && t.base() instanceof PyType base && addSame(t, base)) {
      t = base;
    }
    return t;
  }

  private static boolean addSame(PyType a, PyType b) {
    return a.nativeBase() == b.nativeBase()
        && a.hasDict() == b.hasDict()
        && a.hasFlag(PyType.HAS_WEAKREF) == b.hasFlag(PyType.HAS_WEAKREF)
        && a.rootShape().slotCount() == b.rootShape().slotCount()
        && TypeBuilder.slotNames(a).equals(TypeBuilder.slotNames(b));
  }

  private static RuntimeException layoutDiffers(PyType from, PyType to) {
    return Errors.typeError(
        "__class__ assignment: '"
            + to.name()
            + "' object layout differs from '"
            + from.name()
            + "'");
  }
}
