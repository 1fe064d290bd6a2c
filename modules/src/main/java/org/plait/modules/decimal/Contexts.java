package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.PyContextVar;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;

/** The contexts of one interpreter: the three that the module offers, and the current one. */
final class Contexts {
  private static final int ORDINARY_TRAPS =
      Status.IEEE_INVALID_OPERATION | Status.DIVISION_BY_ZERO | Status.OVERFLOW;

  /**
   * One for all interpreters, as it holds no value itself: those are in their threads' contexts.
   */
  private static final PyContextVar CURRENT = new PyContextVar(Py.str("decimal_context"), null);

  private static final long EMAX = 999_999;

  final PyDecimalContext defaults = context(28, Rules.HALF_EVEN, ORDINARY_TRAPS);
  final PyDecimalContext basic =
      context(9, Rules.HALF_UP, ORDINARY_TRAPS | Status.UNDERFLOW | Status.CLAMPED);
  final PyDecimalContext extended = context(9, Rules.HALF_EVEN, 0);

  private final PyType signalDict = signalDict();

  private static PyDecimalContext context(long prec, int rounding, int traps) {
    return new PyDecimalContext(new Rules(prec, -EMAX, EMAX, rounding, false), true, 0, traps);
  }

  // Made where a class statement would make it, it would be the module's own.
  private static PyType signalDict() {
    PyDict dict = new PyDict();
    dict.putStr("__module__", Py.str("abc"));
    PyObject mapping = PyObjects.getAttr(Imports.importModule("collections.abc"), "MutableMapping");
    PyObject[] args = {Py.str("SignalDict"), Py.tuple(PySignalDict.TYPE, mapping), dict};
    return (PyType) PyType.TYPE.call(args, null);
  }

  static Contexts get() {
    return ThreadState.current().interpreter.state(Contexts.class, Contexts::new);
  }

  /** The mapping of a context's flags or traps. */
  static PySignalDict signals(PyDecimalContext c, boolean traps) {
    return new PySignalDictDerived(get().signalDict, c, traps);
  }

  static boolean isOwn(PyDecimalContext c) {
    Contexts all = get();
    return c == all.defaults || c == all.basic || c == all.extended;
  }

  /** The current thread's context, made at first need. */
  static PyDecimalContext current() {
    return CURRENT.cachedValue() instanceof PyDecimalContext c ? c : first();
  }

  private static PyDecimalContext first() {
    PyDecimalContext c = get().defaults.copyOf(0);
    CURRENT.assign(c);
    return c;
  }

  /** Makes a context the current one; a copy of it where it is one of the module's. */
  static void set(PyObject o) {
    if (!(o instanceof PyDecimalContext c)) {
      throw Errors.typeError("argument must be a context");
    }
    CURRENT.assign(isOwn(c) ? c.copyOf(0) : c);
  }

  /** Puts back a context that has been the current one. */
  static void restore(PyDecimalContext c) {
    CURRENT.assign(c);
  }

  /** The context that an operation was given, or the current one. */
  static PyDecimalContext given(@Nullable PyObject o) {
    if (o == null || o == Py.None) {
      return current();
    }
    if (o instanceof PyDecimalContext c) {
      return c;
    }
    throw Errors.typeError("optional argument must be a context");
  }
}
