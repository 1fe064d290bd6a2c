package org.plait.modules.decimal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/** The exception classes: the signals, and the conditions behind InvalidOperation. */
enum Signals {
  // In the order in which libmpdec's flags are looked at.
  INVALID_OPERATION("InvalidOperation", Status.IEEE_INVALID_OPERATION),
  FLOAT_OPERATION("FloatOperation", Status.FLOAT_OPERATION, Exceptions.TypeError),
  DIVISION_BY_ZERO("DivisionByZero", Status.DIVISION_BY_ZERO, Exceptions.ZeroDivisionError),
  OVERFLOW("Overflow", Status.OVERFLOW),
  UNDERFLOW("Underflow", Status.UNDERFLOW),
  SUBNORMAL("Subnormal", Status.SUBNORMAL),
  INEXACT("Inexact", Status.INEXACT),
  ROUNDED("Rounded", Status.ROUNDED),
  CLAMPED("Clamped", Status.CLAMPED);

  static final Signals[] ALL = values();

  /** What a context's flags and traps can hold. */
  static final int EVERY;

  static final PyType EXCEPTION = make("DecimalException", Exceptions.ArithmeticError);

  private record Condition(PyType type, int bit) {}

  private static final List<Condition> CONDITIONS = new ArrayList<>();

  static {
    int every = 0;
    for (Signals s : ALL) {
      every |= s.mask;
    }
    EVERY = every;
    PyType inexact = make(INEXACT.name, EXCEPTION);
    PyType rounded = make(ROUNDED.name, EXCEPTION);
    PyType subnormal = make(SUBNORMAL.name, EXCEPTION);
    INEXACT.type = inexact;
    ROUNDED.type = rounded;
    SUBNORMAL.type = subnormal;
    OVERFLOW.type = make(OVERFLOW.name, inexact, rounded);
    UNDERFLOW.type = make(UNDERFLOW.name, inexact, rounded, subnormal);
    CLAMPED.type = make(CLAMPED.name, EXCEPTION);
    for (Signals s : new Signals[] {INVALID_OPERATION, FLOAT_OPERATION, DIVISION_BY_ZERO}) {
      s.type = s.second == null ? make(s.name, EXCEPTION) : make(s.name, EXCEPTION, s.second);
    }
    PyType invalid = INVALID_OPERATION.type;
    CONDITIONS.add(new Condition(invalid, Status.INVALID_OPERATION));
    condition("ConversionSyntax", Status.CONVERSION_SYNTAX, invalid);
    condition("DivisionImpossible", Status.DIVISION_IMPOSSIBLE, invalid);
    condition(
        "DivisionUndefined", Status.DIVISION_UNDEFINED, invalid, Exceptions.ZeroDivisionError);
    condition("InvalidContext", Status.INVALID_CONTEXT, invalid);
  }

  private final String name;
  final int mask;
  private final @Nullable PyType second;
  private PyType type;

  Signals(String name, int mask) {
    this(name, mask, null);
  }

  Signals(String name, int mask, @Nullable PyType second) {
    this.name = name;
    this.mask = mask;
    this.second = second;
  }

  PyType type() {
    return type;
  }

  private static void condition(String name, int bit, PyType... bases) {
    CONDITIONS.add(new Condition(make(name, bases), bit));
  }

  private static PyType make(String name, PyType... bases) {
    PyDict dict = new PyDict();
    dict.putStr("__module__", Py.str("decimal"));
    PyObject[] args = {Py.str(name), Py.tuple((PyObject[]) bases), dict};
    return ((PyType) PyType.TYPE.call(args, null)).shared();
  }

  static void addTo(PyModule m) {
    m.add("DecimalException", EXCEPTION);
    for (Signals s : ALL) {
      m.add(s.name, s.type);
    }
    for (Condition c : CONDITIONS) {
      m.add(c.type.simpleName(), c.type);
    }
  }

  /** The signal that a class is, or null. */
  static @Nullable Signals of(PyObject o) {
    for (Signals s : ALL) {
      if (s.type == o) {
        return s;
      }
    }
    return null;
  }

  /** The exception for trapped conditions. */
  static RuntimeException exception(int trapped) {
    if ((trapped & Status.MALLOC_ERROR) != 0) {
      return Errors.memoryError();
    }
    for (Signals s : ALL) {
      if ((trapped & s.mask) != 0) {
        return Errors.of(s.type, new PyObject[] {Py.list(conditions(trapped))});
      }
    }
    throw new IllegalStateException("nothing trapped: " + trapped);
  }

  /** Classes of the conditions that are set. */
  static List<PyObject> conditions(int bits) {
    List<PyObject> list = new ArrayList<>();
    for (Condition c : CONDITIONS) {
      if ((bits & c.bit) != 0) {
        list.add(c.type);
      }
    }
    for (Signals s : ALL) {
      if (s != INVALID_OPERATION && (bits & s.mask) != 0) {
        list.add(s.type);
      }
    }
    return list;
  }

  /** Classes of the signals that are set. */
  static List<PyObject> signals(int bits) {
    List<PyObject> list = new ArrayList<>();
    for (Signals s : ALL) {
      if ((bits & s.mask) != 0) {
        list.add(s.type);
      }
    }
    return list;
  }

  /**
   * The names of the signals that are set, in the order of their conditions, as a context's repr
   * shows them.
   */
  static String names(int bits) {
    StringBuilder b = new StringBuilder("[");
    int shown = 0;
    for (int rest = bits; rest != 0; rest &= rest - 1) {
      int bit = Integer.lowestOneBit(rest);
      for (Signals s : ALL) {
        if ((s.mask & bit) != 0 && (s.mask & shown) == 0) {
          b.append(b.length() > 1 ? ", " : "").append(s.name);
          shown |= s.mask;
        }
      }
    }
    return b.append(']').toString();
  }
}
