package org.plait.runtime.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.Stat;
import org.plait.host.process.Env;
import org.plait.host.process.Ids;
import org.plait.host.signal.Signals;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.exceptions.PySystemExit;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.PlaitThread;

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
    // Linux numbers the first thread of a process as the process.
    PlaitThread.current().setNativeId(Ids.getpid());
    PyInterpreter i;
    try {
      i = Boot.start(options);
    } catch (PyException e) {
      if (e.matches(Exceptions.KeyboardInterrupt)) {
        ErrorDisplay.raw("KeyboardInterrupt\n");
        dieByInterrupt();
        return 128 + Signals.SIGINT;
      }
      ErrorDisplay.raw("Fatal Python error: the interpreter can't be started\n");
      ErrorDisplay.showPlainly(e.value);
      return 1;
    }
    int status = guarded(() -> execute(i, source));
    if (goesInteractive(options)) {
      // From here on SystemExit ends the program.
      options.inspect = 0;
      status = guarded(() -> interactive(i, false));
    }
    boolean interrupted = status == INTERRUPTED;
    status = Boot.finishProcess(i, interrupted ? 128 + Signals.SIGINT : status);
    if (interrupted) {
      dieByInterrupt();
    }
    return status;
  }

  /** Stands for the end by a KeyboardInterrupt that nobody caught. */
  private static final int INTERRUPTED = -1;

  // Compare CPython exit_sigint in main.c.
  /** Lets the parent see that the process ended by the signal. */
  private static void dieByInterrupt() {
    try {
      Signals.set(Signals.SIGINT, Signals.Action.DEFAULT);
      Signals.raise(Signals.SIGINT);
    } catch (HostException e) {
      // Then the status has to say it.
    }
  }

  /** Whether the program goes on interactively; the program itself may have asked for it. */
  private static boolean goesInteractive(BootOptions options) {
    if (options.inspect == 0 && environment("PYTHONINSPECT") != null) {
      options.inspect = 1;
    }
    return options.inspect > 0 && isInteractive(options);
  }

  private static boolean isInteractive(BootOptions options) {
    return options.interactive > 0 || Fd.isatty(0);
  }

  /** A variable as the environment has it now; null when unset, empty or to be ignored. */
  private static @Nullable String environment(String name) {
    if (BootOptions.current().ignoreEnvironment != 0) {
      return null;
    }
    String v = Env.get(name);
    return v == null || v.isEmpty() ? null : v;
  }

  private interface Body {
    void run();
  }

  /** Runs Python code and reports how it ended. */
  private static int guarded(Body body) {
    try {
      body.run();
      return 0;
    } catch (PyException e) {
      return handle(e);
    } catch (HostException e) {
      return handle(Errors.osError(e.errno(), e.text()));
    } catch (StackOverflowError e) {
      ErrorDisplay.raw("Fatal Python error: stack overflow outside of Python code\n");
      return 1;
    }
  }

  private static int handle(PyException e) {
    PyException end = e;
    if (!isExit(e)) {
      try {
        ErrorDisplay.print(e.value);
        return e.matches(Exceptions.KeyboardInterrupt) ? INTERRUPTED : 1;
      } catch (PyException inner) {
        end = inner;
      }
    }
    if (end.value instanceof PySystemExit exit) {
      try {
        return exitStatus(exit);
      } catch (PyException broken) {
        return 1;
      }
    }
    return 1;
  }

  /** Under {@code -i} SystemExit is an exception like others. */
  private static boolean isExit(PyException e) {
    return e.value instanceof PySystemExit && BootOptions.current().inspect == 0;
  }

  // Compare CPython _Py_HandleSystemExitAndKeyboardInterrupt in pythonrun.c.
  private static int exitStatus(PySystemExit exit) {
    PyObject code = exit.code();
    if (code == Py.None) {
      return 0;
    }
    if (code instanceof PyInt n) {
      return n.isLong() && (int) n.longValue() == n.longValue() ? (int) n.longValue() & 0xff : 0xff;
    }
    PyInterpreter i = ThreadState.current().interpreter;
    flush(i, "stdout");
    PyObject err = i.sys("stderr");
    if (err != null && err != Py.None) {
      String text = PyObjects.str(code) + "\n";
      PyCalls.callMethod(err, "write", PyStr.of(text));
    } else if (err == null) {
      ErrorDisplay.raw(PyObjects.str(code) + "\n");
    }
    return 1;
  }

  private static void flush(PyInterpreter i, String name) {
    PyObject f = i.sys(name);
    if (f != null && f != Py.None) {
      try {
        PyCalls.callMethod(f, "flush");
      } catch (PyException e) {
        // Reported when the interpreter ends.
      }
    }
  }

  // ---- the sources

  private static void execute(PyInterpreter i, Source source) {
    BootOptions o = BootOptions.current();
    PyModule main = Boot.addMain(i);
    if (o.quiet == 0 && (o.verbose > 0 || source instanceof Source.Standard && isInteractive(o))) {
      header(i);
    }
    switch (source) {
      case Source.Command c -> {
        prependPath(i, "");
        runCommand(main, c.text());
      }
      case Source.Module m -> {
        prependPath(i, currentDirectory());
        runModule(m.name(), true);
      }
      case Source.File f -> runFile(i, main, f.path());
      case Source.Standard s -> {
        prependPath(i, "");
        runStandardInput(i, main);
      }
    }
  }

  private static void runCommand(PyModule main, String command) {
    PyStr text = PyStr.of(dedent(command));
    if (Audit.isUsed()) {
      Audit.raise("cpython.run_command", PyStr.of(text + "\n"));
    }
    PyCode code;
    try {
      code = Compiling.compileText(text, "<string>");
    } catch (PyException e) {
      if (!e.matches(Exceptions.UnicodeEncodeError)) {
        throw e;
      }
      ErrorDisplay.raw("Unable to decode the command from the command line:\n");
      throw e;
    }
    // Tracebacks show the lines of the command.
    PyCalls.callMethod(
        Imports.importModule("linecache"), "_register_code", code, text, code.filename);
    runSource(main.dict(), code);
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
    String asJavaKnowsIt = System.getProperty("user.dir");
    if (asJavaKnowsIt != null && isAscii(asJavaKnowsIt)) {
      return asJavaKnowsIt;
    }
    try {
      return PyCalls.callMethod(Imports.importModule("posix"), "getcwd").toString();
    } catch (PyException e) {
      return ".";
    }
  }

  private static boolean isAscii(String s) {
    return s.chars().allMatch(c -> c < 0x80);
  }

  /** Puts the directory of the program in front, unless the path is to be safe. */
  private static void prependPath(PyInterpreter i, String dir) {
    if (!BootOptions.current().safePath) {
      i.sysPath0 = dir;
      insertPath(i, dir);
    }
  }

  private static void insertPath(PyInterpreter i, String dir) {
    if (i.sys("path") instanceof PyList path) {
      PyCalls.callMethod(path, "insert", Py.int_(0), PyStr.of(dir));
    }
  }

  private static void runSource(PyDict main, PyCode code) {
    Audit.raise("exec", code);
    Compiling.run(code, main, main, null);
  }

  private static void runModule(String name, boolean setArgv0) {
    Audit.raise("cpython.run_module", PyStr.of(name));
    PyObject runpy = Imports.importModule("runpy");
    PyObjects.getAttr(runpy, "_run_module_as_main").call2(PyStr.of(name), Py.bool_(setArgv0));
  }

  private static void setLoader(PyModule main, String loader) {
    PyObject external = Imports.importModule("_frozen_importlib");
    main.add("__loader__", PyObjects.getAttr(external, loader));
  }

  private static void runFile(PyInterpreter i, PyModule main, String file) {
    String whole = file.isEmpty() ? currentDirectory() : absolute(file);
    if (isImportable(whole)) {
      insertPath(i, whole);
      runModule("__main__", false);
      return;
    }
    PyStr given = PyStr.of(file);
    byte[] name = FsPaths.encode(given);
    Audit.raise("cpython.run_file", PyStr.of(whole));
    String complaint = BootOptions.current().executable + ": ";
    byte[] source;
    try {
      if (HostFiles.stat(name, true).isDirectory()) {
        ErrorDisplay.raw(complaint + PyObjects.repr(given) + " is a directory, cannot continue\n");
        throw exit(1);
      }
      source = HostFiles.readAll(name);
    } catch (HostException e) {
      ErrorDisplay.raw(
          complaint
              + "can't open file "
              + PyObjects.repr(PyStr.of(whole))
              + ": [Errno "
              + e.errno()
              + "] "
              + e.text()
              + "\n");
      throw exit(2);
    }
    prependPath(i, directoryOf(file));
    if (BootOptions.current().skipFirstLine) {
      source = withoutFirstLine(source);
    }
    PyStr path = PyStr.of(whole);
    main.add("__file__", path);
    main.add("__cached__", Py.None);
    PyObject external = Imports.importModule("_frozen_importlib_external");
    PyStr mainName = PyStr.of("__main__");
    if (file.endsWith(".pyc")) {
      main.add("__loader__", PyCalls.callMethod(external, "SourcelessFileLoader", mainName, path));
      Compiling.run(bytecode(source), main.dict(), main.dict(), null);
      return;
    }
    main.add("__loader__", PyCalls.callMethod(external, "SourceFileLoader", mainName, path));
    runSource(main.dict(), Compiling.compileFile(source, path.toString()));
  }

  private static PyException exit(int status) {
    return PyException.of(Exceptions.SystemExit.call1(Py.int_(status)));
  }

  // Compare CPython run_pyc_file in pythonrun.c.
  private static PyCode bytecode(byte[] file) {
    int magic = file.length < 16 ? -1 : file[0] & 0xff | (file[1] & 0xff) << 8;
    if (magic != ImpModule.MAGIC) {
      throw Errors.runtimeError("Bad magic number in .pyc file");
    }
    if (Marshal.loads(file, 16, true) instanceof PyCode code) {
      return code;
    }
    throw Errors.runtimeError("Bad code object in .pyc file");
  }

  private static String absolute(String file) {
    if (file.startsWith("/")) {
      return file;
    }
    String here = currentDirectory();
    return here.endsWith("/") ? here + file : here + "/" + file;
  }

  // Compare CPython _PyPathConfig_ComputeSysPath0 in pathconfig.c.
  /** The directory of a script, whose symbolic links are followed. */
  private static String directoryOf(String file) {
    if (isAscii(file)) {
      try {
        Path parent = Path.of(file).toRealPath().getParent();
        return parent == null ? "/" : parent.toString();
      } catch (IOException | InvalidPathException e) {
        // A name that Java can't handle, or a file that is gone by now.
      }
    }
    PyObject path = Imports.importModule("posixpath");
    PyObject real = PyCalls.callMethod(path, "realpath", PyStr.of(file));
    return PyCalls.callMethod(path, "dirname", real).toString();
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

  // Compare CPython pymain_get_importer in main.c.
  /** Whether the path is a directory or archive that a path hook takes. */
  private static boolean isImportable(String file) {
    String found = file;
    while (true) {
      byte[] name = FsPaths.encode(PyStr.of(found));
      try {
        Stat s = HostFiles.stat(name, true);
        if (!s.isDirectory() && !(s.isRegular() && endsAsArchive(name))
            || s.isDirectory() && !found.equals(file)) {
          return false;
        }
        break;
      } catch (HostException e) {
        // A folder inside an archive: importers find the archive among its parents.
        int slash = found.lastIndexOf('/');
        if (slash <= 0) {
          return false;
        }
        found = found.substring(0, slash);
      }
    }
    PyObject importer =
        PyObjects.getAttr(Imports.importModule("pkgutil"), "get_importer").call1(PyStr.of(file));
    return importer != Py.None;
  }

  /** The longest comment at the end of a zip file, and the record in front of it. */
  private static final int ARCHIVE_TAIL = 65535 + 22;

  /** Whether a zip file's end record is where it belongs. */
  private static boolean endsAsArchive(byte[] name) {
    byte[] b = HostFiles.readAll(name);
    for (int k = b.length - 22; k >= 0 && k >= b.length - ARCHIVE_TAIL; k--) {
      if (b[k] == 'P' && b[k + 1] == 'K' && b[k + 2] == 5 && b[k + 3] == 6) {
        return true;
      }
    }
    return false;
  }

  // Compare CPython pymain_run_stdin in main.c.
  private static void runStandardInput(PyInterpreter i, PyModule main) {
    BootOptions o = BootOptions.current();
    if (isInteractive(o)) {
      o.inspect = 0;
      interactive(i, true);
      return;
    }
    Audit.raise("cpython.run_stdin");
    ByteArrayOutputStream source = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      for (int n; (n = Fd.read(0, part, 0, part.length)) > 0; ) {
        source.write(part, 0, n);
      }
    } catch (HostException e) {
      if (e.errno() == Errno.EBADF) {
        return;
      }
      if (e.errno() == Errno.EISDIR) {
        ErrorDisplay.raw(
            "Fatal Python error: init_sys_streams: <stdin> is a directory, cannot continue\n");
        throw exit(1);
      }
      throw e;
    }
    main.add("__file__", PyStr.of("<stdin>"));
    main.add("__cached__", Py.None);
    runSource(main.dict(), Compiling.compileFile(source.toByteArray(), "<stdin>"));
  }

  // ---- interactive

  private static void header(PyInterpreter i) {
    ErrorDisplay.raw(longVersion() + " on " + i.sys("platform") + "\n");
    if (BootOptions.current().noSite == 0) {
      ErrorDisplay.raw(
          "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
    }
  }

  /** The library's REPL at a terminal, else the plain one. */
  private static void interactive(PyInterpreter i, boolean first) {
    boolean basic = environment("PYTHON_BASIC_REPL") != null || !Fd.isatty(0);
    PyObject main = Imports.importModule("__main__");
    if (first && basic) {
      runStartupFile(main);
    }
    runInteractiveHook(i);
    if (basic) {
      Audit.raise("cpython.run_stdin");
      BasicRepl.run(i, (PyDict) PyObjects.getAttr(main, "__dict__"));
      return;
    }
    PyObject console =
        PyObjects.getAttr(Imports.importModule("_pyrepl.main"), "interactive_console");
    console.call(
        new PyObject[] {main, Py.bool_(first)}, new String[] {"mainmodule", "pythonstartup"});
  }

  // Compare CPython pymain_run_startup.
  private static void runStartupFile(PyObject main) {
    String startup = environment("PYTHONSTARTUP");
    if (startup == null) {
      return;
    }
    try {
      Audit.raise("cpython.run_startup", PyStr.of(startup));
      byte[] source;
      try {
        source = HostFiles.readAll(FsPaths.encode(PyStr.of(startup)));
      } catch (HostException e) {
        ErrorDisplay.raw("Could not open PYTHONSTARTUP\n");
        throw Errors.osError(e.errno(), e.text(), PyStr.of(startup));
      }
      PyDict d = (PyDict) PyObjects.getAttr(main, "__dict__");
      runSource(d, Compiling.compileFile(source, startup));
    } catch (PyException e) {
      if (e.matches(Exceptions.SystemExit)) {
        throw e;
      }
      ErrorDisplay.print(e.value);
    }
  }

  // Compare CPython pymain_run_interactive_hook.
  private static void runInteractiveHook(PyInterpreter i) {
    PyObject hook = i.sys("__interactivehook__");
    if (hook == null || BootOptions.current().isolated != 0) {
      return;
    }
    try {
      Audit.raise("cpython.run_interactivehook", hook);
      hook.call0();
    } catch (PyException e) {
      if (e.matches(Exceptions.SystemExit)) {
        throw e;
      }
      ErrorDisplay.raw("Failed calling sys.__interactivehook__\n");
      ErrorDisplay.print(e.value);
    }
  }
}
