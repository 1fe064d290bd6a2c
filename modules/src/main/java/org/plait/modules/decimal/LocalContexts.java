package org.plait.modules.decimal;

import java.util.List;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyDict;

/** The module's functions. */
public final class LocalContexts {
  /** The names of a context's attributes in the order of {@link ContextState#setGiven}. */
  private static final String[] NAMES = {
    "prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"
  };

  static final int MAX_BITS = 512;

  private LocalContexts() {}

  public static PyObject current() {
    return Contexts.current();
  }

  public static void set(PyObject context) {
    Contexts.set(context);
  }

  public static PyObject manager(PyObject ctx, PyDict kwargs) {
    PyDecimalContext before = Contexts.current();
    PyDecimalContext local = Contexts.given(ctx);
    local = local.copyOf(local.flags());
    PyObject[] values = new PyObject[NAMES.length];
    int known = 0;
    for (int i = 0; i < NAMES.length; i++) {
      values[i] = kwargs.get(Py.str(NAMES[i]));
      known += values[i] == null ? 0 : 1;
    }
    if (known < kwargs.size()) {
      throw unknown(kwargs);
    }
    local.setGiven(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    return new PyContextManager(local, before);
  }

  private static RuntimeException unknown(PyDict given) {
    PyObject keys = PyIters.getIter(given);
    PyObject key = PyIters.next(keys);
    while (List.of(NAMES).contains(key.toString())) {
      key = PyIters.next(keys);
    }
    return Errors.typeError("this function got an unexpected keyword argument '" + key + "'");
  }

  public static PyObject ieee(PyObject o) {
    long bits = ContextState.ssize(o);
    if (bits <= 0 || bits > MAX_BITS || bits % 32 != 0) {
      throw Errors.valueError("argument must be a multiple of 32, with a maximum of " + MAX_BITS);
    }
    long emax = 3L << bits / 16 + 3;
    long prec = 9 * (bits / 32) - 2;
    return new PyDecimalContext(new Rules(prec, 1 - emax, emax, Rules.HALF_EVEN, true), true, 0, 0);
  }
}
