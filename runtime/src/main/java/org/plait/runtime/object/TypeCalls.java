package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** Calling a class. The fixed arities build no argument array where all that is called has them. */
final class TypeCalls {
  private TypeCalls() {}

  /** The {@code __call__} that a metaclass has of its own, or null. */
  private static @Nullable PyObject metaCall(PyType type) {
    PyType meta = type.type();
    if (meta == PyType.TYPE) {
      return null;
    }
    PyObject f = meta.special(Special.CALL);
    return f instanceof PyWrapperDescriptor ? null : f;
  }

  /** The call of a class object, by way of a metaclass's {@code __call__} if it has its own. */
  static PyObject call(PyType type, PyObject[] args, String @Nullable [] kwnames) {
    PyObject f = metaCall(type);
    return f != null
        ? PyCalls.callUnbound(f, type, type.type(), args, kwnames)
        : typeCall(type, args, kwnames);
  }

  // Compare CPython type_call in typeobject.c.
  static PyObject typeCall(PyType type, PyObject[] args, String @Nullable [] kwnames) {
    if (type == PyType.TYPE) {
      if (args.length == 1 && kwnames == null) {
        return args[0].type();
      }
      if (PyCalls.positional(args, kwnames) != 3) {
        throw Errors.typeError("type() takes 1 or 3 arguments");
      }
    }
    PyObject make = type.special(Special.NEW);
    if (make == null || type.hasFlag(PyType.DISALLOW_INSTANTIATION)) {
      throw cannotCreate(type);
    }
    PyObject self = construct(make, type, args, kwnames);
    PyType made = self.type();
    if (made != type && !made.isSubtypeOf(type)) {
      return self;
    }
    PyObject init = made.special(Special.INIT);
    if (init instanceof PyWrapperDescriptor w) {
      w.invokeRaw(self, args, kwnames);
    } else if (init != null) {
      checkInit(PyCalls.callUnbound(init, self, made, args, kwnames));
    }
    return self;
  }

  private static RuntimeException cannotCreate(PyType type) {
    return Errors.typeError("cannot create '" + type.name() + "' instances");
  }

  private static void checkInit(PyObject r) {
    if (r != Py.None) {
      throw Errors.typeError("__init__() should return None, not '" + r.type().name() + "'");
    }
  }

  // Compare CPython update_one_slot in typeobject.c, about tp_new.
  /**
   * The native {@code __new__} that the layout of a class comes with; a native one of another class
   * in the namespace doesn't replace it. Null where a base has one that is written in Python.
   */
  static @Nullable PyNewFunction inheritedNew(PyType type) {
    PyType nativeBase = type.nativeBase();
    for (PyType t = type; t != nativeBase && t != null; t = t.base()) {
      if (!(t.special(Special.NEW) instanceof PyNewFunction)) {
        return null;
      }
    }
    return nativeBase.special(Special.NEW) instanceof PyNewFunction n ? n : null;
  }

  private static PyObject construct(
      PyObject make, PyType type, PyObject[] args, String @Nullable [] kwnames) {
    if (make instanceof PyNewFunction n) {
      PyNewFunction direct = n.owner() == type.nativeBase() ? n : inheritedNew(type);
      if (direct != null) {
        return direct.invokeRaw(type, args, kwnames);
      }
    }
    if (make instanceof PyBuiltinFunction b) {
      return b.call(PyCalls.prepend(type, args), kwnames);
    }
    // __new__ is a static method unless somebody made it something else.
    return PyDescriptors.getOnClass(make, type).call(PyCalls.prepend(type, args), kwnames);
  }

  /** The native {@code __new__} that a fixed-arity call may use at once, or null. */
  private static @Nullable PyNewFunction directNew(PyType type) {
    return type.type().special(Special.CALL) instanceof PyWrapperDescriptor
            && type.special(Special.NEW) instanceof PyNewFunction n
            && n.owner() == type.nativeBase()
            && type != PyType.TYPE
            && !type.hasFlag(PyType.DISALLOW_INSTANTIATION)
        ? n
        : null;
  }

  /**
   * Whether {@code object.__new__} of this class needs no look at the arguments: they are for an
   * {@code __init__} that isn't object's.
   */
  private static boolean isPlain(PyType type, PyNewFunction n) {
    return n.owner() == PyBaseObject.TYPE
        && type != PyBaseObject.TYPE
        && !type.hasFlag(PyType.ABSTRACT)
        && !(type.special(Special.INIT) instanceof PyWrapperDescriptor w
            && w.objclass() == PyBaseObject.TYPE);
  }

  /**
   * What calling a class comes to while the class has a version: a plain instance and a call of a
   * function. {@code init} is null where it is something else.
   */
  record Construction(int version, @Nullable PyObject init) {}

  /** The {@code __init__} to call with a plain new instance, if that is all that a call does. */
  static @Nullable PyObject plainInit(PyType type) {
    Construction c = type.construction;
    int version = type.version();
    if (c == null || c.version != version) {
      PyNewFunction n = type.type() == PyType.TYPE ? directNew(type) : null;
      c =
          new Construction(
              version, n == null || !isPlain(type, n) ? null : type.special(Special.INIT));
      type.construction = c;
    }
    return type.hasFlag(PyType.ABSTRACT) ? null : c.init;
  }

  static PyObject call0(PyType type) {
    PyNewFunction n = directNew(type);
    if (n == null) {
      return call(type, PyObject.NO_ARGS, null);
    }
    PyObject self = isPlain(type, n) ? PyInstance.of(type) : n.invoke0(type);
    PyType made = self.type();
    if (made == type || made.isSubtypeOf(type)) {
      PyObject init = made.special(Special.INIT);
      if (init instanceof PyWrapperDescriptor w) {
        if (w.objclass() != PyBaseObject.TYPE) {
          w.invoke0(self);
        }
      } else if (init != null) {
        checkInit(PyCalls.invoke(init, self));
      }
    }
    return self;
  }

  static PyObject call1(PyType type, PyObject a) {
    if (type == PyType.TYPE) {
      return a.type();
    }
    if (type == PyStr.TYPE && isPlainText(a)) {
      return PyObjects.str(a);
    }
    PyNewFunction n = directNew(type);
    if (n == null) {
      return call(type, new PyObject[] {a}, null);
    }
    PyObject self = isPlain(type, n) ? PyInstance.of(type) : n.invoke1(type, a);
    PyType made = self.type();
    if (made == type || made.isSubtypeOf(type)) {
      PyObject init = made.special(Special.INIT);
      if (init instanceof PyWrapperDescriptor w) {
        if (w.objclass() != PyBaseObject.TYPE) {
          w.invoke1(self, a);
        }
      } else if (init != null) {
        checkInit(PyCalls.invoke(init, self, a));
      }
    }
    return self;
  }

  private static boolean isPlainText(PyObject o) {
    Class<?> c = o.getClass();
    return c == PyStr.class || c == PyInt.class || c == PyFloat.class;
  }

  static PyObject call2(PyType type, PyObject a, PyObject b) {
    PyNewFunction n = directNew(type);
    if (n == null) {
      return call(type, new PyObject[] {a, b}, null);
    }
    PyObject self = isPlain(type, n) ? PyInstance.of(type) : n.invoke2(type, a, b);
    PyType made = self.type();
    if (made == type || made.isSubtypeOf(type)) {
      PyObject init = made.special(Special.INIT);
      if (init instanceof PyWrapperDescriptor w) {
        w.invoke2(self, a, b);
      } else if (init != null) {
        checkInit(PyCalls.invoke(init, self, a, b));
      }
    }
    return self;
  }
}
