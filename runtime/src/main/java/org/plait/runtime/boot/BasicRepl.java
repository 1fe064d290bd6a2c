package org.plait.runtime.boot;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.parser.PythonParser;

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

  /** The future statements so far, as flags of code. */
  private int features;

  private int statements;

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
    while (!repl.ended) {
      try {
        repl.statement();
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

  private void statement() {
    StringBuilder source = new StringBuilder();
    String prompt = "ps1";
    while (true) {
      String line = line(prompt);
      if (line == null && source.length() == 0) {
        ended = true;
        return;
      }
      boolean last = line == null || !line.endsWith("\n");
      if (line != null) {
        source.append(line);
      }
      if (last) {
        if (line != null) {
          prompt("ps2");
        }
        ErrorDisplay.raw("\n");
      }
      String text = source.toString();
      if (text.lines().allMatch(l -> l.isBlank() || l.stripLeading().startsWith("#"))) {
        statements++;
        return;
      }
      Mod tree = last ? parse(text, 0) : parseIfWhole(text.substring(0, text.length() - 1));
      if (tree != null) {
        run(tree, text);
        return;
      }
      prompt = "ps2";
    }
  }

  private Mod parse(String text, int flags) {
    return Compiling.parse(
        PyStr.of(text), FILE, PythonParser.Mode.SINGLE, features | flags, -1, "compile");
  }

  /** The tree of a statement, null when it wants more lines. */
  private @Nullable Mod parseIfWhole(String text) {
    int flags = CodeFlags.PYCF_ALLOW_INCOMPLETE_INPUT | CodeFlags.PYCF_DONT_IMPLY_DEDENT;
    try {
      return parse(text, flags);
    } catch (PyException e) {
      if (!e.matches(Exceptions.SyntaxError)) {
        throw e;
      }
    }
    try {
      // A compound statement ends with an empty line.
      parse(text + "\n", flags);
      return null;
    } catch (PyException e) {
      if (e.matches(Exceptions._IncompleteInputError)) {
        return null;
      }
    }
    return parse(text + "\n", 0);
  }

  /** Each statement is a file of its own for those who show its lines. */
  private void run(Mod tree, String text) {
    String file = "<stdin-" + statements++ + ">";
    PyCode code;
    try {
      code = Compiling.code(tree, PyStr.of(file), features, BootOptions.current().optimize);
    } catch (PyException e) {
      if (e.matches(Exceptions.SyntaxError)) {
        addLine(e.value, text);
      }
      throw e;
    }
    features |= code.unit.flags & CodeFlags.FUTURE_MASK;
    PyCalls.callMethod(
        Imports.importModule("linecache"), "_register_code", code, PyStr.of(text), PyStr.of(FILE));
    Audit.raise("exec", code);
    Compiling.run(code, main, main, null);
  }

  /** The compiler knows where in the tree an error is, but not the text. */
  private static void addLine(PyObject error, String text) {
    int line = ArgumentConverters.toInt(PyObjects.getAttr(error, "lineno"));
    text.lines()
        .skip(line - 1)
        .findFirst()
        .ifPresent(l -> PyObjects.setAttr(error, "text", PyStr.of(l + "\n")));
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
    prompt(prompt);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (at == buffer.length) {
        buffer = read();
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

  /** What is there to be read; nothing at the end, which a closed descriptor is, too. */
  private byte[] read() {
    try {
      return ((PyBytes) read.call2(Py.int_(0), Py.int_(8192))).toByteArray();
    } catch (PyException e) {
      if (e.matches(Exceptions.OSError)) {
        return new byte[0];
      }
      throw e;
    }
  }

  private void prompt(String name) {
    flush("stdout");
    PyObject p = interpreter.sys(name);
    ErrorDisplay.raw(p == null ? "" : text(p));
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
