package org.plait.runtime.object;

import java.util.ArrayList;
import java.util.List;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code object.__new__} and {@code object.__init__}. */
final class ObjectNew {
  private ObjectNew() {}

  private static boolean overridesNew(PyType type) {
    PyNewFunction n = TypeCalls.inheritedNew(type);
    return n == null
        || n.owner() != PyBaseObject.TYPE
        || type.nativeBase().hasFlag(PyType.DISALLOW_INSTANTIATION);
  }

  private static boolean overridesInit(PyType type) {
    return type.lookup("__init__") != PyBaseObject.TYPE.getOwn("__init__");
  }

  // Compare CPython object_new in typeobject.c.
  static PyObject make(PyType cls, PyObject[] args) {
    if (args.length > 0) {
      if (overridesNew(cls)) {
        throw Errors.typeError(
            "object.__new__() takes exactly one argument (the type to instantiate)");
      }
      if (!overridesInit(cls)) {
        throw Errors.typeError(cls.name() + "() takes no arguments");
      }
    }
    if (cls.hasFlag(PyType.ABSTRACT)) {
      throw abstractClass(cls);
    }
    return cls == PyBaseObject.TYPE ? new PyBaseObject.Plain() : PyInstance.of(cls);
  }

  private static RuntimeException abstractClass(PyType cls) {
    List<String> names = new ArrayList<>();
    PyObject it = PyIters.getIter(PyObjects.getAttr(cls, "__abstractmethods__"));
    for (PyObject n = PyIters.next(it); n != null; n = PyIters.next(it)) {
      if (!(n instanceof PyStr)) {
        return Errors.typeError(
            "sequence item 0: expected str instance, " + n.type().name() + " found");
      }
      names.add(n.toString());
    }
    names.sort(null);
    return Errors.typeError(
        "Can't instantiate abstract class "
            + cls.name()
            + " without an implementation for abstract method"
            + (names.size() == 1 ? "" : "s")
            + " '"
            + String.join("', '", names)
            + "'");
  }

  // Compare CPython object_init in typeobject.c.
  static void init(PyObject self, PyObject[] args) {
    if (args.length > 0) {
      PyType type = self.type();
      if (overridesInit(type)) {
        throw Errors.typeError(
            "object.__init__() takes exactly one argument (the instance to initialize)");
      }
      if (!overridesNew(type)) {
        throw Errors.typeError(
            type.name() + ".__init__() takes exactly one argument (the instance to initialize)");
      }
    }
  }

  // Compare CPython hackcheck_unlocked in typeobject.c.
  /** {@code object.__setattr__(SomeClass, ...)} must not get around the metaclass. */
  static void checkHackcheck(PyObject self, String what) {
    if (self instanceof PyType t) {
      throw Errors.typeError("can't apply this " + what + " to " + t.type().name() + " object");
    }
  }
}
