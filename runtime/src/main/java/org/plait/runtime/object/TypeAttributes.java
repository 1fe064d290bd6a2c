package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** Attributes of class objects. */
final class TypeAttributes {
  private TypeAttributes() {}

  // Compare CPython _Py_type_getattro in typeobject.c.
  static @Nullable PyObject get(PyType type, String name) {
    PyType meta = type.type();
    PyObject metaAttr = meta.lookup(name);
    if (metaAttr != null && PyDescriptors.isData(metaAttr) && PyDescriptors.hasGet(metaAttr)) {
      return PyDescriptors.get(metaAttr, type, meta);
    }
    PyObject attr = type.lookup(name);
    if (attr != null) {
      return PyDescriptors.getOnClass(attr, type);
    }
    return metaAttr == null ? null : PyDescriptors.get(metaAttr, type, meta);
  }

  // Compare CPython type_setattro in typeobject.c.
  static void set(PyType type, String name, @Nullable PyObject value) {
    if (type.hasFlag(PyType.IMMUTABLE)) {
      throw Errors.typeError(
          "cannot set "
              + PyObjects.repr(PyStr.of(name))
              + " attribute of immutable type '"
              + type.name()
              + "'");
    }
    PyObject metaAttr = type.type().lookup(name);
    if (metaAttr != null && PyDescriptors.set(metaAttr, type, value)) {
      return;
    }
    if (!type.setOwn(name.intern(), value)) {
      throw Errors.noAttribute(type, name);
    }
  }

  /** The module as shown: a str, or null when there is none. */
  static @Nullable PyObject module(PyType type) {
    if (type.isHeap()) {
      return type.getOwn("__module__");
    }
    NativeTable t = type.table();
    return t == null ? PyStr.of("builtins") : PyStr.of(t.moduleName());
  }

  static String fullName(PyType type) {
    PyObject module = module(type);
    if (module instanceof PyStr m && !m.toString().equals("builtins")) {
      return m + "." + type.qualname();
    }
    return module instanceof PyStr ? type.qualname() : type.name();
  }

  // Compare CPython merge_class_dict in typeobject.c.
  /** The names of a class and its bases, as dir() collects them. */
  static void mergeClassDict(PyDict names, PyObject cls) {
    PyObject dict = PyObjects.getOptionalAttr(cls, "__dict__");
    if (dict != null) {
      org.plait.runtime.protocol.PyMappings.update(names, dict);
    }
    PyObject bases = PyObjects.getOptionalAttr(cls, "__bases__");
    if (bases instanceof org.plait.runtime.types.PyTuple t) {
      for (PyObject b : t.array()) {
        mergeClassDict(names, b);
      }
    }
  }
}
