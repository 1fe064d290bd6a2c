package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** The call protocol. */
public final class PyCalls {
  private PyCalls() {}

  /** Calls an object whose class decides what that means, through {@code __call__} of its type. */
  public static PyObject callSpecial(
      PyObject callable, PyObject[] args, String @Nullable [] kwnames) {
    PyType type = callable.type();
    PyObject f = type.special(Special.CALL);
    if (f == null) {
      throw Errors.typeError("'" + type.name() + "' object is not callable");
    }
    return callUnbound(f, callable, type, args, kwnames);
  }

  /** Calls a class attribute {@code f} as a method of {@code self}. */
  public static PyObject callUnbound(
      PyObject f, PyObject self, PyType type, PyObject[] args, String @Nullable [] kwnames) {
    if (PyDescriptors.isMethod(f)) {
      return f.call(prepend(self, args), kwnames);
    }
    return PyDescriptors.get(f, self, type).call(args, kwnames);
  }

  /** Calls the class attribute {@code f}, found by a special-method lookup, on {@code self}. */
  public static PyObject invoke(PyObject f, PyObject self) {
    if (f instanceof PyWrapperDescriptor w) {
      return w.invoke0(self);
    }
    return PyDescriptors.isMethod(f)
        ? f.call1(self)
        : PyDescriptors.get(f, self, self.type()).call0();
  }

  public static PyObject invoke(PyObject f, PyObject self, PyObject a) {
    if (f instanceof PyWrapperDescriptor w) {
      return w.invoke1(self, a);
    }
    return PyDescriptors.isMethod(f)
        ? f.call2(self, a)
        : PyDescriptors.get(f, self, self.type()).call1(a);
  }

  public static PyObject invoke(PyObject f, PyObject self, PyObject a, PyObject b) {
    if (f instanceof PyWrapperDescriptor w) {
      return w.invoke2(self, a, b);
    }
    return PyDescriptors.isMethod(f)
        ? f.call3(self, a, b)
        : PyDescriptors.get(f, self, self.type()).call2(a, b);
  }

  /** Looks up a special method and calls it; null when the type doesn't have it. */
  public static @Nullable PyObject trySpecial(PyObject self, Special s) {
    PyObject f = self.type().special(s);
    return f == null ? null : invoke(f, self);
  }

  public static @Nullable PyObject trySpecial(PyObject self, Special s, PyObject a) {
    PyObject f = self.type().special(s);
    return f == null ? null : invoke(f, self, a);
  }

  /** Calls the attribute of that name. */
  public static PyObject callMethod(PyObject o, String name, PyObject... args) {
    PyType type = o.type();
    if (type.usesObjectGetattribute()) {
      PyObject f = type.lookup(name);
      if (f != null && PyDescriptors.isMethod(f)) {
        var attrs = o.attrs();
        if (attrs == null || attrs.getDictAttr(name) == null) {
          return f.call(prepend(o, args), null);
        }
      }
    }
    return PyObjects.getAttr(o, name).call(args, null);
  }

  public static PyObject[] prepend(PyObject first, PyObject[] rest) {
    PyObject[] all = new PyObject[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Calls with a tuple of positional and a dict of keyword arguments (either may be empty). */
  public static PyObject call(PyObject f, PyTuple args, @Nullable PyDict kwargs) {
    int n = args.size();
    if (kwargs == null || kwargs.size() == 0) {
      return switch (n) {
        case 0 -> f.call0();
        case 1 -> f.call1(args.get(0));
        case 2 -> f.call2(args.get(0), args.get(1));
        case 3 -> f.call3(args.get(0), args.get(1), args.get(2));
        default -> f.call(args.toArray(), null);
      };
    }
    PyObject[] pairs = kwargs.snapshotItems();
    int k = pairs.length / 2;
    PyObject[] all = java.util.Arrays.copyOf(args.toArray(), n + k);
    String[] names = new String[k];
    for (int i = 0; i < k; i++) {
      if (!(pairs[2 * i] instanceof PyStr s)) {
        throw Errors.typeError("keywords must be strings");
      }
      names[i] = s.toString();
      all[n + i] = pairs[2 * i + 1];
    }
    return f.call(all, names);
  }

  /** The number of positional arguments in a vectorcall. */
  public static int positional(PyObject[] args, String @Nullable [] kwnames) {
    return kwnames == null ? args.length : args.length - kwnames.length;
  }
}
