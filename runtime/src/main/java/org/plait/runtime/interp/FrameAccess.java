package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;

/** What Python sees of a frame. */
abstract class FrameAccess extends PyObject {
  private PyFrame self() {
    return (PyFrame) this;
  }

  @PyGetter("f_code")
  PyObject getCode() {
    Audit.getAttribute(this, "f_code");
    return self().code;
  }

  @PyGetter("f_back")
  PyObject getBack() {
    return Py.orNone(self().back);
  }

  @PyGetter("f_globals")
  PyObject getGlobals() {
    return self().globals;
  }

  @PyGetter("f_builtins")
  PyObject getBuiltins() {
    return self().builtins;
  }

  /** The namespace of a class or module body; for functions a write-through proxy (PEP 667). */
  @PyGetter("f_locals")
  PyObject getLocals() {
    PyFrame f = self();
    return f.locals != null && !f.hasHiddenLocals() ? f.locals : new PyFrameLocalsProxy(f);
  }

  @PyGetter("f_lineno")
  PyObject getLineno() {
    int n = self().line();
    return n < 0 ? Py.None : Py.int_(n);
  }

  @PySetter("f_lineno")
  void setLineno(@Nullable PyObject value) {
    Tracer.jump(self(), value);
  }

  @PyGetter("f_lasti")
  int getLasti() {
    return self().pc * CodeAccess.UNIT;
  }

  @PyGetter("f_generator")
  PyObject getGenerator() {
    return Py.orNone(self().generator);
  }

  @PyGetter("f_trace")
  PyObject getTrace() {
    return Py.orNone(self().trace());
  }

  @PySetter("f_trace")
  void setTrace(@Nullable PyObject value) {
    PyObject function = value == Py.None ? null : value;
    if (function != null || self().extrasOrNull() != null) {
      self().extras().trace = function;
    }
    if (function != null) {
      Tracer.arm();
    }
  }

  @PyGetter("f_trace_lines")
  boolean getTraceLines() {
    FrameExtras x = self().extrasOrNull();
    return x == null || x.traceLines;
  }

  @PySetter("f_trace_lines")
  void setTraceLines(PyObject value) {
    self().extras().traceLines = value == Py.True;
  }

  @PyGetter("f_trace_opcodes")
  boolean getTraceOpcodes() {
    FrameExtras x = self().extrasOrNull();
    return x != null && x.traceOpcodes;
  }

  @PySetter("f_trace_opcodes")
  void setTraceOpcodes(PyObject value) {
    self().extras().traceOpcodes = value == Py.True;
  }

  @PyMethod(sig = "()")
  void clear() {
    PyFrame f = self();
    if (f.generator != null && !f.finished) {
      if (f.generator.isRunning()) {
        throw Errors.runtimeError("cannot clear an executing frame");
      }
      if (f.generator.isSuspended()) {
        throw Errors.runtimeError("cannot clear a suspended frame");
      }
      f.generator.close();
    } else if (!f.finished && f.ts != null) {
      throw Errors.runtimeError("cannot clear an executing frame");
    }
    java.util.Arrays.fill(f.r, null);
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  int sizeof() {
    return 100 + 8 * self().r.length;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyFrame f = self();
    return "<frame at "
        + PyIdentity.address(this)
        + ", file '"
        + f.code.filename
        + "', line "
        + f.line()
        + ", code "
        + f.code.name
        + ">";
  }
}
