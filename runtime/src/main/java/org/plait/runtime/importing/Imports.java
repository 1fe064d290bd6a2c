package org.plait.runtime.importing;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.ModuleErrors;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code __import__}: the fast path for loaded modules, importlib for the rest. */
public final class Imports {
  private Imports() {}

  private static PyInterpreter interpreter() {
    return ThreadState.current().interpreter;
  }

  /** Whether the built-in {@code __import__} has not been replaced. */
  public static boolean isDefaultImport(PyObject hook) {
    return hook instanceof PyBuiltinFunction f && f.def().fullName().equals("__import__");
  }

  /** Imports a module by its absolute name and returns that module itself. */
  public static PyObject importModule(String name) {
    PyObject m = loaded(PyStr.intern(name));
    if (m != null) {
      return m;
    }
    importModule(PyStr.intern(name), new PyDict(), Py.None, Py.EmptyTuple, 0);
    m = loaded(PyStr.intern(name));
    if (m == null) {
      throw Errors.keyError(PyStr.intern(name));
    }
    return m;
  }

  private static PyObject modules() {
    PyInterpreter i = interpreter();
    PyObject m = i.sys("modules");
    return m == null ? i.modules : m;
  }

  /** A fully or partly loaded module of {@code sys.modules}, or null. */
  public static @Nullable PyObject loaded(PyObject name) {
    return PyMappings.getOptionalItem(modules(), name);
  }

  public static PyObject importModule(
      PyObject name, PyObject globals, PyObject locals, PyObject fromList, int level) {
    try {
      return importLevel(name, globals, fromList, level);
    } catch (PyException e) {
      removeImportlibFrames(e.value);
      throw e;
    }
  }

  // Compare CPython PyImport_ImportModuleLevelObject in import.c.
  private static PyObject importLevel(
      PyObject name, PyObject globals, PyObject fromList, int level) {
    if (!(name instanceof PyStr given)) {
      throw Errors.typeError("module name must be a string");
    }
    if (level < 0) {
      throw Errors.valueError("level must be >= 0");
    }
    String absolute;
    if (level > 0) {
      absolute = resolveName(given.toString(), globals, level);
    } else {
      absolute = given.toString();
      if (absolute.isEmpty()) {
        throw Errors.valueError("Empty module name");
      }
    }
    PyStr absoluteName = PyStr.intern(absolute);
    PyObject module = loaded(absoluteName);
    if (module != null && module != Py.None) {
      if (ImportTimes.isOn()) {
        ImportTimes.cached(absolute);
      }
      if (waitedForAnother(module, absoluteName)) {
        // It may have put another object into sys.modules, as decimal does.
        module = loaded(absoluteName);
      }
    }
    if (module == null || module == Py.None) {
      module = findAndLoad(absoluteName);
    }
    boolean from = fromList != Py.None && PyObjects.isTrue(fromList);
    if (from) {
      if (PyObjects.getOptionalAttr(module, "__path__") == null) {
        return module;
      }
      return PyObjects.getAttr(importlib(), "_handle_fromlist").call3(module, fromList, importer());
    }
    String text = given.toString();
    if (level == 0 || !text.isEmpty()) {
      int dot = text.indexOf('.');
      if (dot < 0) {
        return module;
      }
      if (level == 0) {
        return importTop(text.substring(0, dot));
      }
      String top = absolute.substring(0, absolute.length() - (text.length() - dot));
      PyObject m = loaded(PyStr.of(top));
      if (m == null) {
        throw Errors.of(
            Exceptions.KeyError, PyObjects.repr(PyStr.of(top)) + " not in sys.modules as expected");
      }
      return m;
    }
    return module;
  }

  private static PyObject importTop(String name) {
    return importModule(PyStr.intern(name), Py.None, Py.None, Py.EmptyTuple, 0);
  }

  private static PyObject importlib() {
    PyObject lib = interpreter().importlib;
    if (lib == null) {
      throw Errors.of(Exceptions.ImportError, "importlib is not installed yet");
    }
    return lib;
  }

  /** What imports a submodule; CPython goes by {@code __import__}, which raises an event. */
  private static PyObject importer() {
    PyObject builtin = Audit.isUsed() ? interpreter().builtins.getStr("__import__") : null;
    return builtin != null && isDefaultImport(builtin)
        ? builtin
        : PyObjects.getAttr(importlib(), "_gcd_import");
  }

  /**
   * Waits for a module that another thread is still executing, as the import lock demands.
   *
   * @return whether that was so
   */
  private static boolean waitedForAnother(PyObject module, PyStr name) {
    PyObject spec = PyObjects.getOptionalAttr(module, "__spec__");
    if (spec == null || !isInitializing(spec)) {
      return false;
    }
    PyCalls.callMethod(importlib(), "_lock_unlock_module", name);
    return true;
  }

  private static PyObject findAndLoad(PyStr name) {
    PyInterpreter i = interpreter();
    if (i.importlib == null) {
      PyModule m = createNative(name.toString());
      if (m != null) {
        execNative(m);
        return m;
      }
    }
    if (Audit.isUsed()) {
      Audit.raise(
          "import",
          name,
          Py.None,
          Py.orNone(i.sys("path")),
          Py.orNone(i.sys("meta_path")),
          Py.orNone(i.sys("path_hooks")));
    }
    PyObject lib = importlib();
    PyObject find = PyObjects.getAttr(lib, "_find_and_load");
    PyObject again = PyObjects.getAttr(lib, "_gcd_import");
    long[] mark = ImportTimes.isOn() ? ImportTimes.begin() : null;
    try {
      return find.call2(name, again);
    } catch (PyException e) {
      PyObject begun = loaded(name);
      if (begun == null || begun == Py.None || !isDeadlock(lib, e)) {
        throw e;
      }
      // Between the look into sys.modules and the lock another thread has begun to execute it,
      // and waits for a module of ours: as if it had been found begun, it is taken as it is.
      waitedForAnother(begun, name);
      return begun;
    } finally {
      if (mark != null) {
        ImportTimes.end(name.toString(), mark);
      }
    }
  }

  private static boolean isDeadlock(PyObject importlib, PyException e) {
    return PyObjects.isInstance(e.value, PyObjects.getAttr(importlib, "_DeadlockError"));
  }

  // Compare CPython resolve_name in import.c.
  private static String resolveName(String name, PyObject globals, int level) {
    if (globals == Py.None) {
      throw Errors.keyError(PyStr.of("'__name__' not in globals"));
    }
    if (!(globals instanceof PyDict g)) {
      throw Errors.typeError("globals must be a dict");
    }
    PyObject pkg = g.getStr("__package__");
    PyObject spec = g.getStr("__spec__");
    String base;
    if (pkg != null && pkg != Py.None) {
      if (!(pkg instanceof PyStr)) {
        throw Errors.typeError("package must be a string");
      }
      base = pkg.toString();
      PyObject parent = spec == null || spec == Py.None ? null : PyObjects.getAttr(spec, "parent");
      if (parent != null && !PyObjects.equal(pkg, parent)) {
        Warnings.warn(Exceptions.DeprecationWarning, "__package__ != __spec__.parent", 1);
      }
    } else if (spec != null && spec != Py.None) {
      PyObject parent = PyObjects.getAttr(spec, "parent");
      if (!(parent instanceof PyStr)) {
        throw Errors.typeError("__spec__.parent must be a string");
      }
      base = parent.toString();
    } else {
      Warnings.warn(
          Exceptions.ImportWarning,
          "can't resolve package from __spec__ or __package__, falling back on __name__ and"
              + " __path__",
          1);
      PyObject moduleName = g.getStr("__name__");
      if (moduleName == null) {
        throw Errors.of(Exceptions.KeyError, "'__name__' not in globals");
      }
      if (!(moduleName instanceof PyStr)) {
        throw Errors.typeError("__name__ must be a string");
      }
      base = moduleName.toString();
      if (g.getStr("__path__") == null) {
        int dot = base.lastIndexOf('.');
        if (dot < 0) {
          throw noParent();
        }
        base = base.substring(0, dot);
      }
    }
    if (base.isEmpty()) {
      throw noParent();
    }
    for (int up = 1; up < level; up++) {
      int dot = base.lastIndexOf('.');
      if (dot < 0) {
        throw Errors.of(
            Exceptions.ImportError, "attempted relative import beyond top-level package");
      }
      base = base.substring(0, dot);
    }
    return name.isEmpty() ? base : base + "." + name;
  }

  private static RuntimeException noParent() {
    return Errors.of(
        Exceptions.ImportError, "attempted relative import with no known parent package");
  }

  // ---- native modules

  /** A new module object for a native module, without its contents; null when there is none. */
  public static @Nullable PyModule createNative(String name) {
    NativeModule n = NativeModules.create(name);
    if (n == null) {
      return null;
    }
    PyModule m = new PyModule(name);
    m.setNative(n);
    return m;
  }

  /** Fills a native module in and enters it in {@code sys.modules} if it isn't there. */
  public static void execNative(PyModule m) {
    NativeModule n = m.takeNative();
    if (n == null) {
      return;
    }
    Natives.addFunctions(m, n.table());
    String doc = n.table().doc();
    m.add("__doc__", doc == null ? Py.None : Py.str(doc));
    n.exec(m);
    PyObject name = m.dict().getStr("__name__");
    if (interpreter().importlib == null && name != null) {
      PyMappings.setItem(modules(), name, m);
    }
  }

  // ---- messages

  /** {@code __spec__._initializing}. */
  public static boolean isInitializing(@Nullable PyObject spec) {
    if (spec == null || spec == Py.None) {
      return false;
    }
    PyObject v = PyObjects.getOptionalAttr(spec, "_initializing");
    return v != null && PyObjects.isTrue(v);
  }

  /** The file a module comes from, for messages; null when unknown. */
  public static @Nullable String origin(PyObject module, @Nullable PyObject spec) {
    if (spec != null && spec != Py.None) {
      PyObject has = PyObjects.getOptionalAttr(spec, "has_location");
      PyObject o = PyObjects.getOptionalAttr(spec, "origin");
      if (has != null && PyObjects.isTrue(has) && o instanceof PyStr s) {
        return s.toString();
      }
    }
    PyObject file = PyObjects.getOptionalAttr(module, "__file__");
    return file instanceof PyStr s ? s.toString() : null;
  }

  // Compare CPython _PyEval_ImportFrom in ceval.c.
  /** The message when a script hides a library module of the same name, else null. */
  public static @Nullable String shadowingMessage(
      PyObject module, String attribute, @Nullable PyObject spec) {
    String origin = spec == null ? null : ModuleErrors.fileOrigin(spec);
    if (!ModuleErrors.isPossiblyShadowing(origin)) {
      return null;
    }
    String head =
        "cannot import name "
            + PyObjects.repr(PyStr.of(attribute))
            + " from '"
            + module
            + "' (consider renaming '"
            + origin;
    if (ModuleErrors.isStdlibName(module)) {
      return head
          + "' since it has the same name as the standard library module named '"
          + module
          + "' and prevents importing that standard library module)";
    }
    return isInitializing(spec)
        ? head + "' if it has the same name as a library you intended to import)"
        : null;
  }

  // Compare CPython remove_importlib_frames in import.c.
  /** Takes importlib's own frames out of a traceback: all of an ImportError's, else its last. */
  private static void removeImportlibFrames(PyBaseException e) {
    if (BootOptions.current().verbose > 0) {
      return;
    }
    boolean always = PyObjects.isInstance(e, Exceptions.ImportError);
    PyTraceback first = e.traceback();
    PyTraceback beforeChunk = null;
    PyTraceback before = null;
    boolean inside = false;
    for (PyTraceback t = first; t != null; t = t.next()) {
      PyCode code = t.frame.code;
      String file = code.filename.toString();
      boolean now =
          file.equals("<frozen importlib._bootstrap>")
              || file.equals("<frozen importlib._bootstrap_external>");
      if (now && !inside) {
        beforeChunk = before;
      }
      inside = now;
      if (now && (always || code.name.toString().equals("_call_with_frames_removed"))) {
        if (beforeChunk == null) {
          first = t.next();
        } else {
          beforeChunk.cutTo(t.next());
        }
        before = beforeChunk;
      } else {
        before = t;
      }
    }
    e.setTraceback(first);
  }
}
