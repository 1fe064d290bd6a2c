package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyDescriptors;

/** Calling a class. */
final class TypeCalls {
  private TypeCalls() {}

  /** The call of a class object, by way of a metaclass's {@code __call__} if it has its own. */
  static PyObject call(PyType type, PyObject[] args, String @Nullable [] kwnames) {
    PyType meta = type.type();
    if (meta != PyType.TYPE) {
      PyObject f = meta.special(Special.CALL);
      if (f != null && !(f instanceof PyWrapperDescriptor)) {
        return PyCalls.callUnbound(f, type, meta, args, kwnames);
      }
    }
    return typeCall(type, args, kwnames);
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
      throw Errors.typeError("cannot create '" + type.fullName() + "' instances");
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
      PyObject r = PyCalls.callUnbound(init, self, made, args, kwnames);
      if (r != Py.None) {
        throw Errors.typeError("__init__() should return None, not '" + r.type().name() + "'");
      }
    }
    return self;
  }

  private static PyObject construct(
      PyObject make, PyType type, PyObject[] args, String @Nullable [] kwnames) {
    if (make instanceof PyBuiltinFunction b) {
      return b.call(PyCalls.prepend(type, args), kwnames);
    }
    // __new__ is a static method unless somebody made it something else.
    return PyDescriptors.getOnClass(make, type).call(PyCalls.prepend(type, args), kwnames);
  }
}
