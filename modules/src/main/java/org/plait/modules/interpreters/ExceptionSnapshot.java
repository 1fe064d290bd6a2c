package org.plait.modules.interpreters;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;

/**
 * What is told of an exception outside of its interpreter: texts alone.
 *
 * @param module null when the class has none
 * @param message null when there is none to be had
 * @param display as a traceback shows it, null when that can't be made
 */
public record ExceptionSnapshot(
    String name,
    String qualname,
    @Nullable String module,
    @Nullable String message,
    @Nullable String display) {

  /** Taken in the exception's interpreter. */
  public static ExceptionSnapshot of(PyBaseException e) {
    PyType type = e.type();
    String module = null;
    try {
      PyObject m = PyObjects.getOptionalAttr(type, "__module__");
      module = m instanceof PyStr ? m.toString() : null;
    } catch (PyException unknown) {
      // Goes without.
    }
    String message = null;
    try {
      message = PyObjects.str(e).toString();
    } catch (PyException untold) {
      // Goes without.
    }
    return new ExceptionSnapshot(
        type.simpleName(), type.qualname(), module, message, displayOrNull(e));
  }

  private static @Nullable String displayOrNull(PyBaseException e) {
    try {
      PyObject kind = PyObjects.getAttr(Imports.importModule("traceback"), "TracebackException");
      PyObject shown = PyCalls.callMethod(kind, "from_exception", e);
      StringBuilder b = new StringBuilder();
      PyObject lines = PyIters.getIter(PyCalls.callMethod(shown, "format"));
      for (PyObject line = PyIters.next(lines); line != null; line = PyIters.next(lines)) {
        b.append(PyObjects.str(line));
      }
      int n = b.length();
      return n > 0 && b.charAt(n - 1) == '\n' ? b.substring(0, n - 1) : b.toString();
    } catch (PyException failed) {
      return null;
    }
  }

  /** The class and the message, as the last line of a traceback has them. */
  public String formatted() {
    boolean plain = module == null || module.equals("builtins") || module.equals("__main__");
    String head = plain ? qualname : module + "." + qualname;
    return message == null ? head : head + ": " + message;
  }

  /** The display, or less if there is none. */
  String text() {
    return display == null ? formatted() : display;
  }

  /** The {@code types.SimpleNamespace} of it. */
  public PyObject toNamespace() {
    PySimpleNamespace type = new PySimpleNamespace();
    type.dict().putStr("__name__", PyStr.of(name));
    type.dict().putStr("__qualname__", PyStr.of(qualname));
    type.dict().putStr("__module__", Py.strOrNone(module));
    PySimpleNamespace n = new PySimpleNamespace();
    n.dict().putStr("type", type);
    n.dict().putStr("msg", Py.strOrNone(message));
    n.dict().putStr("formatted", PyStr.of(formatted()));
    n.dict().putStr("errdisplay", Py.strOrNone(display));
    return n;
  }
}
