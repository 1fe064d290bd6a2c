package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyDescriptors;

/** The attribute algorithm of {@code object}: data descriptor, instance, other class attribute. */
public final class GenericAttributes {
  private GenericAttributes() {}

  /**
   * Equivalent of CPython's {@code PyObject_GenericGetAttr}, with null in place of the
   * AttributeError.
   */
  public static @Nullable PyObject get(PyObject o, String name) {
    PyType type = o.type();
    PyObject attr = type.lookup(name);
    if (attr != null && PyDescriptors.isData(attr) && PyDescriptors.hasGet(attr)) {
      return PyDescriptors.get(attr, o, type);
    }
    PyInstance attrs = o.attrs();
    if (attrs != null) {
      PyObject value = attrs.getDictAttr(name);
      if (value != null) {
        return value;
      }
    }
    return attr == null ? null : PyDescriptors.get(attr, o, type);
  }

  /** Equivalent of CPython's {@code PyObject_GenericSetAttr}; a null value deletes. */
  public static void set(PyObject o, String name, @Nullable PyObject value) {
    PyType type = o.type();
    PyObject attr = type.lookup(name);
    if (attr != null && PyDescriptors.set(attr, o, value)) {
      return;
    }
    PyInstance attrs = o.attrs();
    if (attrs == null || !type.hasDict()) {
      throw noAttributeToSet(o, type, name, attr);
    }
    if (value != null) {
      attrs.setDictAttr(name, value);
    } else if (attrs.removeDictAttr(name) == null) {
      throw Errors.noAttribute(o, name);
    }
  }

  private static RuntimeException noAttributeToSet(
      PyObject o, PyType type, String name, @Nullable PyObject attr) {
    String text =
        attr != null
            ? "'" + type.name() + "' object attribute '" + name + "' is read-only"
            : "'"
                + type.name()
                + "' object has no attribute '"
                + name
                + "' and no __dict__ for setting new attributes";
    return Errors.attributeError(text, o, name);
  }
}
