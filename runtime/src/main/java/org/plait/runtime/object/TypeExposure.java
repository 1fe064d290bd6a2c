package org.plait.runtime.object;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** The attributes and methods of class objects that need more than a line. */
final class TypeExposure {
  private TypeExposure() {}

  static PyObject make(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n != 3) {
      throw Errors.typeError("type.__new__() takes exactly 3 arguments (" + n + " given)");
    }
    if (!(args[0] instanceof PyStr name)) {
      throw badArgument(1, "str", args[0]);
    }
    if (!(args[1] instanceof PyTuple bases)) {
      throw badArgument(2, "tuple", args[1]);
    }
    if (!(args[2] instanceof PyDict namespace)) {
      throw badArgument(3, "dict", args[2]);
    }
    return TypeBuilder.make(cls, name, bases, namespace, args, kwnames);
  }

  private static RuntimeException badArgument(int i, String expected, PyObject got) {
    return Errors.typeError(
        "type.__new__() argument " + i + " must be " + expected + ", not " + got.type().name());
  }

  static void init(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n != 1 && n != 3) {
      throw Errors.typeError("type.__init__() takes 1 or 3 arguments");
    }
    if (kwnames != null && n == 1) {
      throw Errors.typeError("type.__init__() takes no keyword arguments");
    }
  }

  static void checkSettable(PyType type, String name, @Nullable PyObject value) {
    if (type.hasFlag(PyType.IMMUTABLE)) {
      throw Errors.typeError(
          "cannot set '" + name + "' attribute of immutable type '" + type.name() + "'");
    }
    if (value == null) {
      throw Errors.typeError(
          "cannot delete '" + name + "' attribute of immutable type '" + type.name() + "'");
    }
    Audit.setAttribute(type, name, value);
  }

  static void setName(PyType type, @Nullable PyObject value) {
    checkSettable(type, "__name__", value);
    if (!(value instanceof PyStr s)) {
      throw Errors.typeError(
          "can only assign string to "
              + type.name()
              + ".__name__, not '"
              + value.type().name()
              + "'");
    }
    TypeBuilder.checkName(s);
    type.setName(s.toString());
  }

  static void setQualname(PyType type, @Nullable PyObject value) {
    checkSettable(type, "__qualname__", value);
    if (!(value instanceof PyStr s)) {
      throw Errors.typeError(
          "can only assign string to "
              + type.name()
              + ".__qualname__, not '"
              + value.type().name()
              + "'");
    }
    type.setQualname(s.toString());
  }

  static void setInDict(PyType type, String name, @Nullable PyObject value) {
    checkSettable(type, name, value);
    type.setOwn(name, value);
  }

  static PyObject doc(PyType type) {
    NativeTable t = type.table();
    if (t != null && type.getOwn("__doc__") == null) {
      String doc = t.doc();
      return doc == null || doc.isEmpty() ? Py.None : PyStr.of(doc);
    }
    PyObject v = type.getOwn("__doc__");
    return v == null ? Py.None : PyDescriptors.getOnClass(v, type);
  }

  static @Nullable String textSignature(PyType type) {
    if (type.isHeap()) {
      return type.getOwn("__doc__") instanceof PyStr doc
          ? NativeDef.shownSignature(type.simpleName(), doc.toString())
          : null;
    }
    return type.isSubtypeOf(Exceptions.BaseException) ? null : type.table().signature();
  }

  static void setDoc(PyType type, @Nullable PyObject value) {
    checkSettable(type, "__doc__", value);
    type.setOwn("__doc__", value);
  }

  static void setAbstractMethods(PyType type, @Nullable PyObject value) {
    boolean abstractNow;
    if (value == null) {
      if (type.getOwn("__abstractmethods__") == null) {
        throw Errors.attributeError("__abstractmethods__", type, "__abstractmethods__");
      }
      abstractNow = false;
    } else {
      abstractNow = PyObjects.isTrue(value);
    }
    type.setOwn("__abstractmethods__", value);
    type.setFlag(PyType.ABSTRACT, abstractNow);
  }

  // ---- annotations (PEP 649)

  private static void checkHasAnnotations(PyType type, String name) {
    if (!type.isHeap()) {
      throw Errors.attributeError(
          "type object '" + type.name() + "' has no attribute '" + name + "'", type, name);
    }
  }

  static PyObject annotations(PyType type) {
    checkHasAnnotations(type, "__annotations__");
    PyObject v = type.getOwn("__annotations__");
    if (v == null) {
      v = type.getOwn("__annotations_cache__");
    }
    if (v != null) {
      return PyDescriptors.getOnClass(v, type);
    }
    PyObject annotate = annotate(type);
    PyObject made;
    if (annotate == Py.None) {
      made = Py.dict();
    } else {
      made = annotate.call1(Py.int_(1));
      if (!(made instanceof PyDict)) {
        throw Errors.typeError(
            "__annotate__ returned non-dict of type '" + made.type().name() + "'");
      }
    }
    PyStr key = PyStr.intern("__annotations_cache__");
    Set<PyType> changing = type.beginChange();
    PyObject before;
    try {
      before = type.dict().put(key, key.hash(), made, true);
    } finally {
      type.endChange(changing);
    }
    return before == null ? made : before;
  }

  static void setAnnotations(PyType type, @Nullable PyObject value) {
    if (type.hasFlag(PyType.IMMUTABLE)) {
      throw Errors.typeError(
          "cannot set '__annotations__' attribute of immutable type '" + type.name() + "'");
    }
    PyDict dict = type.dict();
    Set<PyType> changing = type.beginChange();
    try {
      if (value != null) {
        boolean plain = dict.getStr("__annotations__") != null;
        dict.putStr(plain ? "__annotations__" : "__annotations_cache__", value);
      } else {
        boolean had = dict.removeStr("__annotations__") != null;
        had |= dict.removeStr("__annotations_cache__") != null;
        if (!had) {
          throw Errors.attributeError("__annotations__", type, "__annotations__");
        }
      }
      dict.removeStr("__annotate__");
      dict.removeStr("__annotate_func__");
    } finally {
      type.endChange(changing);
    }
  }

  static PyObject annotate(PyType type) {
    checkHasAnnotations(type, "__annotate__");
    PyObject v = type.getOwn("__annotate__");
    if (v == null) {
      v = type.getOwn("__annotate_func__");
    }
    return v == null ? Py.None : PyDescriptors.getOnClass(v, type);
  }

  static void setAnnotate(PyType type, @Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("cannot delete __annotate__ attribute");
    }
    if (type.hasFlag(PyType.IMMUTABLE)) {
      throw Errors.typeError(
          "cannot set '__annotate__' attribute of immutable type '" + type.name() + "'");
    }
    if (value != Py.None && value.type().special(Special.CALL) == null) {
      throw Errors.typeError("__annotate__ must be callable or None");
    }
    Set<PyType> changing = type.beginChange();
    try {
      type.dict().putStr("__annotate_func__", value);
      if (value != Py.None) {
        type.dict().removeStr("__annotations_cache__");
      }
    } finally {
      type.endChange(changing);
    }
  }
}
