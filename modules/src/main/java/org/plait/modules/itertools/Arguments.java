package org.plait.modules.itertools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;

/** The arguments of types that refuse keywords, unless a subclass takes them in its __init__. */
final class Arguments {
  private Arguments() {}

  /** The positional arguments, which must be {@code count}. */
  static PyObject[] check(
      PyType cls, PyType type, PyObject[] args, String @Nullable [] kwnames, int count) {
    return check(cls, type, args, kwnames, count, count);
  }

  static PyObject[] check(
      PyType cls, PyType type, PyObject[] args, String @Nullable [] kwnames, int least, int most) {
    if (kwnames != null
        && (cls == type || cls.special(Special.INIT) == type.special(Special.INIT))) {
      throw Errors.typeError(type.simpleName() + "() takes no keyword arguments");
    }
    int n = PyCalls.positional(args, kwnames);
    if (n < least || n > most) {
      int wanted = n < least ? least : most;
      throw Errors.typeError(
          type.simpleName()
              + " expected "
              + (least == most ? "" : n < least ? "at least " : "at most ")
              + wanted
              + " argument"
              + (wanted == 1 ? "" : "s")
              + ", got "
              + n);
    }
    return n == args.length ? args : Arrays.copyOf(args, n);
  }
}
