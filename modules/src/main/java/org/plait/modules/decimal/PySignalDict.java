package org.plait.modules.decimal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;

/**
 * {@code flags} and {@code traps} of a context, as a mapping from signals to bools. Of this class
 * is the base; the mappings are of {@code SignalDict}, which inherits from it and from
 * MutableMapping ({@link Contexts}). Without a context of its own where a program made it.
 */
@PyTypeDef(name = "SignalDictMixin", module = "decimal", subclassable = true)
public class PySignalDict extends PyObject {
  public static final PyType TYPE = PyType.builtin(PySignalDictTable.INSTANCE);

  private final @Nullable PyDecimalContext context;
  private final boolean traps;

  public PySignalDict(@Nullable PyDecimalContext context, boolean traps) {
    this.context = context;
    this.traps = traps;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PySignalDict(null, false) : new PySignalDictDerived(cls, null, false);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {}

  private PyDecimalContext context() {
    if (context == null) {
      throw Errors.valueError("invalid signal dict");
    }
    return context;
  }

  /** The conditions that are set. */
  final int bits() {
    PyDecimalContext c = context();
    return traps ? c.traps() : c.flags();
  }

  static RuntimeException noSignal() {
    return Errors.of(
        Exceptions.KeyError,
        "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n"
            + "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]");
  }

  private static Signals signal(PyObject key) {
    Signals s = Signals.of(key);
    if (s == null) {
      throw noSignal();
    }
    return s;
  }

  @PyMethod(name = "__getitem__")
  boolean getItem(PyObject key) {
    int bits = bits();
    return (bits & signal(key).mask) != 0;
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    PyDecimalContext c = context();
    int mask = signal(key).mask;
    c.change(traps, mask, PyObjects.isTrue(value));
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    throw Errors.valueError("signal keys cannot be deleted");
  }

  @PyMethod(name = "__len__")
  int len() {
    context();
    return Signals.ALL.length;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    context();
    return PyIters.getIter(Py.tuple(Signals.signals(Signals.EVERY)));
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    int bits = bits();
    if (op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    boolean equal;
    if (other instanceof PySignalDict d) {
      equal = bits == d.bits();
    } else if (other instanceof PyDict d) {
      if (d.size() == 0) {
        // As CPython, which finds other dicts without all signals unequal.
        throw Errors.valueError("invalid signal dict");
      }
      equal = isComplete(d) && bits == of(d);
    } else {
      return Py.NotImplemented;
    }
    return Py.bool_(equal == (op == 2));
  }

  @PyMethod(name = "copy", sig = "()", doc = "The signals and whether they are set, as a dict.")
  PyObject copy() {
    int bits = bits();
    PyDict d = new PyDict();
    for (Signals s : Signals.ALL) {
      d.put(s.type(), Py.bool_((bits & s.mask) != 0));
    }
    return d;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    int bits = bits();
    List<String> entries = new ArrayList<>();
    for (Signals s : Signals.ALL) {
      entries.add(PyObjects.repr(s.type()) + ":" + ((bits & s.mask) != 0 ? "True" : "False"));
    }
    return "{" + String.join(", ", entries) + "}";
  }

  private static boolean isComplete(PyDict d) {
    for (Signals s : Signals.ALL) {
      if (d.get(s.type()) == null) {
        return false;
      }
    }
    return d.size() == Signals.ALL.length;
  }

  /** The conditions that a dict from all signals to truth values stands for. */
  static int of(PyDict d) {
    if (!isComplete(d)) {
      throw Errors.of(Exceptions.KeyError, "invalid signal dict");
    }
    int bits = 0;
    for (Signals s : Signals.ALL) {
      PyObject v = d.get(s.type());
      bits |= v != null && PyObjects.isTrue(v) ? s.mask : 0;
    }
    return bits;
  }
}
