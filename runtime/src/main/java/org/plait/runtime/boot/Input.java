package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.file.Fd;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

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
    raiseEvent(args.length == 0 ? Py.None : args[0]);
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
    PyObject result = s.codePointAt(n - 1) == '\n' ? s.substring(0, n - 1) : s;
    if (Audit.isUsed() && isTerminal(in, 0) && isTerminal(out, 1)) {
      Audit.raise("builtins.input/result", result);
    }
    return result;
  }

  private static void raiseEvent(PyObject prompt) {
    if (prompt instanceof PyTuple t) {
      // In CPython, too, a tuple is all arguments at once.
      Audit.raise("builtins.input", t.array());
    } else {
      Audit.raise("builtins.input", prompt);
    }
  }

  /** Whether a stream is a standard one, and a terminal. */
  private static boolean isTerminal(PyObject stream, int fd) {
    try {
      return PyNumbers.asLong(PyCalls.callMethod(stream, "fileno"), null) == fd && Fd.isatty(fd);
    } catch (PyException e) {
      return false;
    }
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
