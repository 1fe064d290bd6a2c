package org.plait.runtime.boot;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * The plain interactive loop: prompts on stderr, lines from file descriptor 0, one statement at a
 * time. It serves where {@code _pyrepl} can't: no terminal, or {@code PYTHON_BASIC_REPL}.
 */
final class BasicRepl {
  private static final String FILE = "<stdin>";

  private final PyInterpreter interpreter;
  private final PyDict main;
  private final PyObject read;
  private byte[] buffer = {};
  private int at;
  private boolean ended;

  private BasicRepl(PyInterpreter interpreter, PyDict main) {
    this.interpreter = interpreter;
    this.main = main;
    this.read = PyObjects.getAttr(Imports.importModule("posix"), "read");
  }

  // Compare CPython _PyRun_InteractiveLoopObject in pythonrun.c.
  /**
   * Reads and runs statements until the input ends.
   *
   * @throws PyException SystemExit, which ends the loop
   */
  static void run(PyInterpreter interpreter, PyDict main) {
    putDefault(interpreter, "ps1", ">>> ");
    putDefault(interpreter, "ps2", "... ");
    BasicRepl repl = new BasicRepl(interpreter, main);
    PyObject compiler =
        PyObjects.getAttr(Imports.importModule("codeop"), "CommandCompiler").call0();
    while (!repl.ended) {
      try {
        repl.statement(compiler);
      } catch (PyException e) {
        if (e.matches(Exceptions.SystemExit)) {
          throw e;
        }
        if (e.matches(Exceptions.KeyboardInterrupt)) {
          ErrorDisplay.raw("\n");
        }
        ErrorDisplay.print(e.value);
        repl.flush("stderr");
      }
      repl.flush("stdout");
    }
    ErrorDisplay.raw("\n");
  }

  private static void putDefault(PyInterpreter i, String name, String value) {
    if (i.sys(name) == null) {
      i.sysDict.putStr(name, PyStr.of(value));
    }
  }

  private void statement(PyObject compiler) {
    StringBuilder source = new StringBuilder();
    String prompt = "ps1";
    while (true) {
      String line = line(prompt);
      if (line == null) {
        ended = true;
        if (source.length() == 0) {
          return;
        }
        line = "";
      }
      source.append(line);
      String text = source.toString();
      if (text.isBlank()) {
        return;
      }
      PyObject code =
          compile(compiler, ended ? text + (text.endsWith("\n") ? "\n" : "\n\n") : text);
      if (code instanceof PyCode c) {
        PyCalls.callMethod(
            Imports.importModule("linecache"), "_register_code", c, PyStr.of(text), PyStr.of(FILE));
        Compiling.run(c, main, main, null);
        return;
      }
      if (ended) {
        return;
      }
      prompt = "ps2";
    }
  }

  /** The code of a statement, None when it wants more lines. */
  private static PyObject compile(PyObject compiler, String text) {
    // The library's compiler wants text without the last newline.
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    try {
      return compiler.call3(PyStr.of(whole), PyStr.of(FILE), PyStr.of("single"));
    } catch (PyException e) {
      e.value.setTraceback(null);
      throw e;
    }
  }

  private void flush(String name) {
    PyObject f = interpreter.sys(name);
    if (f == null || f == Py.None) {
      return;
    }
    try {
      PyCalls.callMethod(f, "flush");
    } catch (PyException e) {
      // A broken stream is reported at the end.
    }
  }

  /** The next line with its newline, null at the end. */
  private @Nullable String line(String prompt) {
    flush("stdout");
    PyObject p = interpreter.sys(prompt);
    ErrorDisplay.raw(p == null ? "" : text(p));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (at == buffer.length) {
        buffer = ((PyBytes) read.call2(Py.int_(0), Py.int_(8192))).toByteArray();
        at = 0;
        if (buffer.length == 0) {
          return line.size() == 0 ? null : FsPaths.decode(line.toByteArray()).toString();
        }
      }
      byte b = buffer[at++];
      line.write(b);
      if (b == '\n') {
        return FsPaths.decode(line.toByteArray()).toString();
      }
    }
  }

  private static String text(PyObject prompt) {
    try {
      return PyObjects.str(prompt).toString();
    } catch (PyException e) {
      return "";
    }
  }

  /** {@code sys._baserepl}: the loop in the current {@code __main__}. */
  static void runInMain() {
    PyInterpreter i = ThreadState.current().interpreter;
    PyObject main = Imports.loaded(PyStr.intern("__main__"));
    PyObject d = main == null ? new PyDict() : PyObjects.getAttr(main, "__dict__");
    run(i, (PyDict) d);
  }
}
