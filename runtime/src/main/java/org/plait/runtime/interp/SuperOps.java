package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PySuper;

/** {@code super().x} without making the super object where that can't be noticed. */
final class SuperOps {
  private SuperOps() {}

  private static PyObject object(PyObject[] r, int b, boolean zero) {
    if (!zero) {
      return r[b].call2(r[b + 1], r[b + 2]);
    }
    if (r[b] != PySuper.TYPE) {
      return r[b].call0();
    }
    PySuper.checkClassCell(r[b + 1]);
    return r[b].call2(r[b + 1], r[b + 2]);
  }

  /** The class attribute behind the class in the MRO of self, when both are as they should be. */
  private static @Nullable PyObject find(PyObject[] r, int b, String name) {
    if (r[b] != PySuper.TYPE
        || !(r[b + 1] instanceof PyType start)
        || r[b + 2] instanceof PyType
        || name.equals("__class__")) {
      return null;
    }
    return r[b + 2].type().lookupBehind(start, name);
  }

  static PyObject loadAttr(PyObject[] r, int b, String name, boolean zero) {
    PyObject attribute = find(r, b, name);
    return attribute != null
        ? PyDescriptors.get(attribute, r[b + 2], r[b + 2].type())
        : PyObjects.getAttr(object(r, b, zero), name);
  }

  static void loadMethod(PyObject[] r, int a, int b, String name, boolean zero) {
    PyObject attribute = find(r, b, name);
    if (attribute != null && PyDescriptors.isMethod(attribute)) {
      PyObject self = r[b + 2];
      r[a] = attribute;
      r[a + 1] = self;
    } else {
      r[a] = loadAttr(r, b, name, zero);
      r[a + 1] = null;
    }
  }

  /** The method that needs no binding, or null; runs no Python code. */
  static @Nullable PyObject method(PyObject superType, PyObject start, PyObject self, String name) {
    PyObject attribute = find(new PyObject[] {superType, start, self}, 0, name);
    return attribute != null && PyDescriptors.isMethod(attribute) ? attribute : null;
  }
}
