package org.plait.runtime.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.exceptions.PySystemExit;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.syntax.parser.PythonParser;

/** Runs what the command line names as {@code __main__}, and turns its end into an exit status. */
public final class MainProgram {
  private MainProgram() {}

  /** Where the program comes from. */
  public sealed interface Source {
    /** {@code -c}. */
    record Command(String text) implements Source {}

    /** {@code -m}. */
    record Module(String name) implements Source {}

    /** A script, a directory or a zip file with {@code __main__.py}. */
    record File(String path) implements Source {}

    /** Standard input; interactive at a terminal. */
    record Standard() implements Source {}
  }

  /** "3.14.3". */
  public static String version() {
    return SysConstants.PYTHON;
  }

  /** What {@code -VV} prints. */
  public static String longVersion() {
    return "Python " + SysConstants.versionText();
  }

  /**
   * Starts the interpreter, runs the program, ends the interpreter. Call on an attached thread.
   *
   * @return the exit status
   */
  public static int run(BootOptions options, Source source) {
    PyInterpreter i;
    try {
      i = Boot.start(options);
    } catch (PyException e) {
      ErrorDisplay.raw("Fatal Python error: the interpreter can't be started\n");
      ErrorDisplay.show(e.value, Py.orNone(e.value.traceback()));
      return 1;
    }
    int status = guarded(() -> execute(i, source));
    if (options.inspect > 0 && !(source instanceof Source.Standard)) {
      status = guarded(() -> repl(i));
    }
    return Boot.finish(i, status);
  }

  private interface Body {
    void run() throws IOException;
  }

  /** Runs Python code and reports how it ended. */
  private static int guarded(Body body) {
    try {
      body.run();
      return 0;
    } catch (PyException e) {
      return handle(e);
    } catch (IOException e) {
      ErrorDisplay.raw("plait: " + e + "\n");
      return 2;
    } catch (StackOverflowError e) {
      ErrorDisplay.raw("Fatal Python error: stack overflow outside of Python code\n");
      return 1;
    }
  }

  private static int handle(PyException e) {
    if (e.value instanceof PySystemExit exit) {
      return exitStatus(exit);
    }
    try {
      ErrorDisplay.print(e.value);
    } catch (PyException inner) {
      if (inner.value instanceof PySystemExit exit) {
        return exitStatus(exit);
      }
    }
    return e.matches(Exceptions.KeyboardInterrupt) ? 130 : 1;
  }

  // Compare CPython _Py_HandleSystemExitAndKeyboardInterrupt in pythonrun.c.
  private static int exitStatus(PySystemExit exit) {
    PyObject code = exit.code();
    if (code == Py.None) {
      return 0;
    }
    if (code instanceof PyInt n) {
      return (int) n.longValue() & 0xff;
    }
    PyObject err = org.plait.runtime.interp.ThreadState.current().interpreter.sys("stderr");
    String text = PyObjects.str(code) + "\n";
    if (err != null && err != Py.None) {
      PyCalls.callMethod(err, "write", PyStr.of(text));
    } else {
      ErrorDisplay.raw(text);
    }
    return 1;
  }

  // ---- the sources

  private static void execute(PyInterpreter i, Source source) throws IOException {
    PyModule main = new PyModule("__main__");
    main.add("__builtins__", i.modules.getStr("builtins"));
    i.modules.putStr("__main__", main);
    boolean safe = BootOptions.current().safePath;
    switch (source) {
      case Source.Command c -> {
        if (!safe) {
          prependPath(i, "");
        }
        PyStr text = PyStr.of(dedent(c.text()));
        setLoader(main, "BuiltinImporter");
        PyCode code =
            Compiling.compileSource(FsPaths.encode(text), "<string>", PythonParser.Mode.EXEC, 0);
        // Tracebacks show the lines of the command.
        PyCalls.callMethod(
            Imports.importModule("linecache"), "_register_code", code, text, code.filename);
        runCode(main, code);
      }
      case Source.Module m -> {
        if (!safe) {
          prependPath(i, currentDirectory());
        }
        runModule(m.name(), true);
      }
      case Source.File f -> runFile(i, main, f.path(), safe);
      case Source.Standard s -> {
        if (!safe) {
          prependPath(i, "");
        }
        runStandardInput(i, main);
      }
    }
  }

  /** {@code -c} takes indented text as of 3.14: the common indentation goes. */
  private static String dedent(String text) {
    String[] lines = text.split("\n", -1);
    String margin = null;
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      int n = 0;
      while (n < line.length() && (line.charAt(n) == ' ' || line.charAt(n) == '\t')) {
        n++;
      }
      String indent = line.substring(0, n);
      if (margin == null) {
        margin = indent;
      } else {
        int k = 0;
        while (k < Math.min(margin.length(), n) && margin.charAt(k) == indent.charAt(k)) {
          k++;
        }
        margin = margin.substring(0, k);
      }
    }
    if (margin == null || margin.isEmpty()) {
      return text;
    }
    StringBuilder b = new StringBuilder();
    for (int k = 0; k < lines.length; k++) {
      String line = lines[k];
      b.append(k == 0 ? "" : "\n").append(line.isBlank() ? "" : line.substring(margin.length()));
    }
    return b.toString();
  }

  private static String currentDirectory() {
    return Path.of("").toAbsolutePath().toString();
  }

  private static void prependPath(PyInterpreter i, String dir) {
    if (i.sys("path") instanceof PyList path) {
      PyCalls.callMethod(path, "insert", Py.int_(0), PyStr.of(dir));
    }
  }

  private static void runCode(PyModule main, PyCode code) {
    PyDict d = main.dict();
    Compiling.run(code, d, d, null);
  }

  private static void runModule(String name, boolean setArgv0) {
    PyObject runpy = Imports.importModule("runpy");
    PyObjects.getAttr(runpy, "_run_module_as_main").call2(PyStr.of(name), Py.bool_(setArgv0));
  }

  private static void setLoader(PyModule main, String loader) {
    PyObject external = Imports.importModule("_frozen_importlib");
    main.add("__loader__", PyObjects.getAttr(external, loader));
  }

  private static void runFile(PyInterpreter i, PyModule main, String file, boolean safe)
      throws IOException {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      path = null;
    }
    if (path != null && isImportable(file)) {
      prependPath(i, file);
      runModule("__main__", false);
      return;
    }
    if (path == null || !Files.exists(path) || Files.isDirectory(path)) {
      String why =
          path != null && Files.isDirectory(path)
              ? "'" + file + "' is a directory, cannot continue"
              : "can't open file '"
                  + (path == null ? file : path.toAbsolutePath())
                  + "': [Errno 2] No such file or directory";
      ErrorDisplay.raw(BootOptions.current().executable + ": " + why + "\n");
      throw PyException.of(
          Exceptions.SystemExit.call1(Py.int_(path != null && Files.isDirectory(path) ? 1 : 2)));
    }
    if (!safe) {
      Path real = path.toRealPath();
      prependPath(i, real.getParent() == null ? "/" : real.getParent().toString());
    }
    byte[] source = Files.readAllBytes(path);
    if (BootOptions.current().skipFirstLine) {
      source = withoutFirstLine(source);
    }
    main.add("__file__", PyStr.of(file));
    main.add("__cached__", Py.None);
    PyObject external = Imports.importModule("_frozen_importlib_external");
    if (file.endsWith(".pyc")) {
      main.add(
          "__loader__",
          PyCalls.callMethod(
              external, "SourcelessFileLoader", PyStr.of("__main__"), PyStr.of(file)));
      PyObject code = org.plait.runtime.importing.Marshal.loads(source, 16, true);
      runCode(main, (PyCode) code);
      return;
    }
    main.add(
        "__loader__",
        PyCalls.callMethod(external, "SourceFileLoader", PyStr.of("__main__"), PyStr.of(file)));
    runCode(main, Compiling.compileFile(source, file));
  }

  private static byte[] withoutFirstLine(byte[] source) {
    for (int k = 0; k < source.length; k++) {
      if (source[k] == '\n') {
        // The newline stays, so that line numbers are right.
        return java.util.Arrays.copyOfRange(source, k, source.length);
      }
    }
    return new byte[0];
  }

  /** Whether the path is a directory or archive that a path hook takes. */
  private static boolean isImportable(String file) {
    Path p = Path.of(file);
    if (Files.isDirectory(p)) {
      return Files.exists(p.resolve("__main__.py")) || Files.exists(p.resolve("__main__.pyc"));
    }
    // A folder inside an archive: importers find the archive among its parents.
    while (!Files.exists(p) && p.getParent() != null) {
      p = p.getParent();
    }
    if (!Files.isRegularFile(p)) {
      return false;
    }
    try (var in = Files.newInputStream(p)) {
      byte[] head = in.readNBytes(2);
      boolean zip = head.length == 2 && head[0] == 'P' && head[1] == 'K';
      if (!zip && !p.toString().endsWith(".zip") && !p.toString().endsWith(".pyz")) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    PyObject importer =
        PyObjects.getAttr(Imports.importModule("pkgutil"), "get_importer").call1(PyStr.of(file));
    return importer != Py.None;
  }

  private static void runStandardInput(PyInterpreter i, PyModule main) throws IOException {
    PyObject stdin = i.sys("stdin");
    boolean tty =
        stdin != null && stdin != Py.None && PyObjects.isTrue(PyCalls.callMethod(stdin, "isatty"));
    if (tty || BootOptions.current().interactive > 0) {
      repl(i);
      return;
    }
    byte[] source = System.in.readAllBytes();
    setLoader(main, "BuiltinImporter");
    runCode(main, Compiling.compileSource(source, "<stdin>", PythonParser.Mode.EXEC, 0));
  }

  /** The library's REPL; {@code _pyrepl} chooses the plain one where there is no terminal. */
  private static void repl(PyInterpreter i) {
    if (BootOptions.current().quiet == 0) {
      PyObject err = i.sys("stderr");
      if (err != null && err != Py.None) {
        PyCalls.callMethod(
            err,
            "write",
            PyStr.of(
                longVersion()
                    + " on "
                    + i.sys("platform")
                    + "\nType \"help\", \"copyright\", \"credits\" or \"license\" for more"
                    + " information.\n"));
      }
    }
    i.sysDict.putStr("ps1", PyStr.of(">>> "));
    i.sysDict.putStr("ps2", PyStr.of("... "));
    Imports.importModule("_pyrepl.__main__");
    PyObject repl = Imports.importModule("_pyrepl.main");
    PyObjects.getAttr(repl, "interactive_console").call0();
  }
}
