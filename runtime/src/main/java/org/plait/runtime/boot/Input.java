package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code input()}. Line editing is {@code readline}'s, which the library brings in Python. */
final class Input {
  private Input() {}

  // Compare CPython builtin_input_impl in bltinmodule.c.
  static PyObject input(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("input() takes no keyword arguments");
    }
    if (args.length > 1) {
      throw Errors.typeError("input expected at most 1 argument, got " + args.length);
    }
    PyInterpreter i = ThreadState.current().interpreter;
    PyObject in = stream(i, "stdin");
    PyObject out = stream(i, "stdout");
    PyObject err = stream(i, "stderr");
    tryFlush(err);
    if (args.length == 1) {
      PyCalls.callMethod(out, "write", PyObjects.str(args[0]));
    }
    tryFlush(out);
    PyObject line = PyCalls.callMethod(in, "readline");
    if (!(line instanceof PyStr s)) {
      throw Errors.typeError("object.readline() returned non-string");
    }
    if (s.isEmpty()) {
      throw Errors.eofError("EOF when reading a line");
    }
    int n = s.length();
    return s.codePointAt(n - 1) == '\n' ? s.substring(0, n - 1) : s;
  }

  private static void tryFlush(PyObject f) {
    try {
      PyCalls.callMethod(f, "flush");
    } catch (PyException e) {
      // A stream that can't be flushed is no reason not to read.
    }
  }

  private static PyObject stream(PyInterpreter i, String name) {
    PyObject f = i.sys(name);
    if (f == null || f == Py.None) {
      throw Errors.runtimeError("lost sys." + name);
    }
    return f;
  }
}
