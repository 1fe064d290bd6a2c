package org.plait.runtime.boot;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Frozen;
import org.plait.runtime.importing.ImportlibQuickly;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.ExclusiveStream;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.PlaitThread;

/** Starting and ending an interpreter. */
public final class Boot {
  private Boot() {}

  /**
   * Makes an interpreter on the current thread, which becomes its main thread: sys, builtins,
   * importlib, standard streams, site.
   */
  public static PyInterpreter start(BootOptions options) {
    BootOptions.set(options);
    PyCode.debugRanges = !options.noDebugRanges && options.x("no_debug_ranges") == null;
    PyInterpreter i = new PyInterpreter();
    i.enterMain();
    PlaitThread.current().attachment = new ThreadState(i);
    PlaitThread.current().scheduler().setActions(new SafePoints());
    if (options.installSignalHandlers) {
      SignalModule.start(PlaitThread.current().scheduler());
    }
    fill(i, options);
    i.setReady();
    return i;
  }

  /** Makes the modules of a new interpreter, on a thread of its. */
  static void fill(PyInterpreter i, BootOptions options) {
    i.intMaxStrDigits = options.intMaxStrDigits;
    module(i, "sys", new SysModule(), new PyModule("sys", i.sysDict));
    module(i, "builtins", new BuiltinsModule(), new PyModule("builtins", i.builtins));
    i.originalAll = i.builtins.getStr("all");
    i.originalAny = i.builtins.getStr("any");
    i.sysDict.putStr("stderr", new PyStdPrinter());
    installImportlib(i);
    StandardStreams.install(i);
    if (options.faulthandler && i.isMain()) {
      PyCalls.callMethod(Imports.importModule("faulthandler"), "enable");
    }
    initWarnings(i);
    if (options.noSite == 0) {
      Imports.importModule("site");
    }
  }

  /** Enters an empty {@code __main__}. */
  static PyModule addMain(PyInterpreter i) {
    PyModule main = new PyModule("__main__");
    main.add("__builtins__", i.modules.getStr("builtins"));
    i.modules.putStr("__main__", main);
    PyObject bootstrap = Imports.importModule("_frozen_importlib");
    main.add("__loader__", PyObjects.getAttr(bootstrap, "BuiltinImporter"));
    return main;
  }

  private static void module(PyInterpreter i, String name, NativeModule n, PyModule m) {
    Natives.addFunctions(m, n.table());
    n.exec(m);
    i.modules.putStr(name, m);
  }

  /** Runs importlib's own code; from then on imports work. */
  private static void installImportlib(PyInterpreter i) {
    PyModule imp = Imports.createNative("_imp");
    if (imp == null) {
      throw new IllegalStateException("native module _imp is missing");
    }
    Imports.execNative(imp);
    PyModule bootstrap = new PyModule("_frozen_importlib");
    bootstrap.add("__origname__", PyStr.of(Frozen.originalName("_frozen_importlib")));
    bootstrap.add("__builtins__", i.modules.getStr("builtins"));
    Compiling.run(Frozen.code("_frozen_importlib"), bootstrap.dict(), bootstrap.dict(), null);
    i.modules.putStr("_frozen_importlib", bootstrap);
    PyObject sys = i.modules.getStr("sys");
    PyCalls.callMethod(bootstrap, "_install", sys, imp);
    i.importlib = bootstrap;
    PyCalls.callMethod(bootstrap, "_install_external_importers");
    i.importlibExternal = Imports.loaded(PyStr.of("_frozen_importlib_external"));
    if (i.importlibExternal instanceof PyModule external) {
      ImportlibQuickly.install(bootstrap, external);
    }
    installZipimport(i);
  }

  private static void installZipimport(PyInterpreter i) {
    if (i.sys("path_hooks") instanceof org.plait.runtime.types.PyList hooks) {
      PyObject importer =
          PyObjects.getOptionalAttr(Imports.importModule("zipimport"), "zipimporter");
      if (importer != null) {
        PyCalls.callMethod(hooks, "insert", Py.int_(0), importer);
      }
    }
  }

  /** {@code -W} needs the warnings module at once; otherwise it waits for its first use. */
  private static void initWarnings(PyInterpreter i) {
    PyObject options = i.sys("warnoptions");
    if (options != null && PyObjects.isTrue(options)) {
      Imports.importModule("warnings");
    }
  }

  /**
   * Ends an interpreter: waits for its threads, runs atexit, flushes the streams. Its daemon
   * threads go on.
   *
   * @return the exit status that a failing flush of stdout demands, else {@code status}
   */
  public static int finish(PyInterpreter i, int status) {
    endThreads(i);
    i.finalizing = true;
    Finalization.wake();
    return finishObjects(i, status);
  }

  // Compare CPython Py_FinalizeEx in pylifecycle.c.
  /**
   * The same for the last interpreter of the process: from the atexit functions on no other thread
   * runs Python any more.
   *
   * @return as {@link #finish}
   */
  static int finishProcess(PyInterpreter i, int status) {
    endThreads(i);
    i.finalizing = true;
    Finalization.wake();
    List<ExclusiveStream> held = StandardStreams.hold(i);
    PlaitThread.current().scheduler().freeze();
    held.forEach(ExclusiveStream::letGo);
    return finishObjects(i, status);
  }

  private static void endThreads(PyInterpreter i) {
    waitForThreads(i);
    AtexitModule.runAll();
    if (i.isMain()) {
      Subinterpreters.endAll(i.runtime);
    }
  }

  private static int finishObjects(PyInterpreter i, int status) {
    int result = status;
    SignalModule.finish();
    finalizeObjects(i);
    boolean written = flush(i, "stdout");
    return flush(i, "stderr") && written ? result : 120;
  }

  /** What has a finalizer is finalized; the standard streams are still needed for that. */
  private static void finalizeObjects(PyInterpreter i) {
    Set<PyObject> streams = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String name : List.of("stdin", "stdout", "stderr")) {
      streams.add(i.sys(name));
      streams.add(i.sys("__" + name + "__"));
    }
    Finalization.finish(i, streams::contains);
  }

  private static void waitForThreads(PyInterpreter i) {
    PyObject threading = i.modules.getStr("threading");
    if (threading != null) {
      try {
        PyCalls.callMethod(threading, "_shutdown");
      } catch (PyException e) {
        org.plait.runtime.interp.Unraisable.report(
            e.value, "Exception ignored on threading shutdown", null);
      }
    }
  }

  private static boolean flush(PyInterpreter i, String name) {
    PyObject f = i.sys(name);
    if (f == null || f == Py.None) {
      return true;
    }
    try {
      PyObject closed = PyObjects.getOptionalAttr(f, "closed");
      if (closed == null || !PyObjects.isTrue(closed)) {
        PyCalls.callMethod(f, "flush");
      }
      return true;
    } catch (PyException e) {
      if (name.equals("stdout")) {
        org.plait.runtime.interp.Unraisable.report(
            e.value, "Exception ignored while flushing sys.stdout", null);
      }
      return false;
    }
  }
}
