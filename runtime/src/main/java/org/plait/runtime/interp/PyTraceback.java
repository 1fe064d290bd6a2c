package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** {@code traceback}: one frame an exception has passed through, innermost last. */
@PyTypeDef(name = "traceback")
public final class PyTraceback extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTracebackTable.INSTANCE);

  volatile @Nullable PyTraceback next;

  public final PyFrame frame;

  /** The instruction, in units of instructions. */
  public final int pc;

  private final int line;

  /** Whether {@code tb_lasti} was given as an odd number. */
  private boolean odd;

  public PyTraceback(@Nullable PyTraceback next, PyFrame frame, int pc, int line) {
    if (next != null) {
      this.next = next;
    }
    this.frame = frame;
    this.pc = pc;
    this.line = line;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(tb_next, tb_frame, tb_lasti, tb_lineno)")
  static PyObject new_(PyType cls, PyObject next, PyFrame frame, int lasti, int lineno) {
    PyTraceback after = null;
    if (next instanceof PyTraceback t) {
      after = t;
    } else if (next != Py.None) {
      throw Errors.typeError("expected traceback object or None, got '" + next.type().name() + "'");
    }
    PyTraceback made = new PyTraceback(after, frame, lasti / 2, lineno);
    made.odd = (lasti & 1) != 0;
    return made;
  }

  public @Nullable PyTraceback next() {
    return next;
  }

  public int line() {
    return line;
  }

  /** Leaves out the entries up to a later one. */
  public void cutTo(@Nullable PyTraceback later) {
    next = later;
  }

  @PyGetter(value = "tb_frame", member = true)
  PyObject getFrame() {
    Audit.getAttribute(this, "tb_frame");
    return frame;
  }

  @PyGetter("tb_next")
  PyObject getNext() {
    return Py.orNone(next);
  }

  @PySetter("tb_next")
  void setNext(PyObject value) {
    if (value == Py.None) {
      next = null;
      return;
    }
    if (!(value instanceof PyTraceback t)) {
      throw Errors.typeError(
          "expected traceback object or None, got '" + value.type().name() + "'");
    }
    for (PyTraceback c = t; c != null; c = c.next) {
      if (c == this) {
        throw Errors.valueError("traceback loop detected");
      }
    }
    next = t;
  }

  /** {@code tb_lasti}: two per instruction, as CPython's code units count bytes. */
  @PyGetter("tb_lasti")
  int lasti() {
    return pc * 2 + (odd ? 1 : 0);
  }

  @PyGetter("tb_lineno")
  PyObject lineno() {
    int n = line >= 0 ? line : frame.code.unit.line(Math.max(pc, 0));
    return n < 0 ? Py.None : Py.int_(n);
  }

  @PyMethod(name = "__dir__")
  PyObject dir() {
    return PyList.of(
        PyStr.of("tb_frame"), PyStr.of("tb_next"), PyStr.of("tb_lasti"), PyStr.of("tb_lineno"));
  }
}
