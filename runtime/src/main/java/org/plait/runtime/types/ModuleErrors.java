package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;

/** What is said about a module attribute that is missing: a cycle, or a file that hides another. */
public final class ModuleErrors {
  private ModuleErrors() {}

  /** {@code spec._initializing}. */
  static boolean isInitializing(PyObject spec) {
    PyObject v = spec == Py.None ? null : PyObjects.getOptionalAttr(spec, "_initializing");
    return v != null && PyObjects.isTrue(v);
  }

  private static boolean isUninitializedSubmodule(PyObject spec, String name) {
    PyObject v =
        spec == Py.None ? null : PyObjects.getOptionalAttr(spec, "_uninitialized_submodules");
    return v != null && PySequences.contains(v, Py.str(name));
  }

  /** The file a spec names, if it has a location. */
  public static @Nullable String fileOrigin(PyObject spec) {
    PyObject has = spec == Py.None ? null : PyObjects.getOptionalAttr(spec, "has_location");
    if (has == null || !PyObjects.isTrue(has)) {
      return null;
    }
    return PyObjects.getOptionalAttr(spec, "origin") instanceof PyStr s ? s.toString() : null;
  }

  // Compare CPython _PyModule_IsPossiblyShadowing in moduleobject.c.
  /** Whether the file lies beside the script, where it may hide a module of the same name. */
  public static boolean isPossiblyShadowing(@Nullable String origin) {
    if (origin == null) {
      return false;
    }
    PyInterpreter interpreter = ThreadState.current().interpreter;
    PyObject flags = interpreter.sys("flags");
    String path0 = interpreter.sysPath0;
    if (path0 == null || flags != null && PyObjects.isTrue(PyObjects.getAttr(flags, "safe_path"))) {
      return false;
    }
    String directory = parent(origin);
    if (directory != null && origin.endsWith("/__init__.py")) {
      directory = parent(directory);
    }
    if (path0.isEmpty()) {
      path0 = System.getProperty("user.dir");
    }
    return path0.equals(directory);
  }

  private static @Nullable String parent(String path) {
    int i = path.lastIndexOf('/');
    return i < 0 ? null : path.substring(0, i);
  }

  /** Whether {@code sys.stdlib_module_names} has the name, as long as that is a set. */
  public static boolean isStdlibName(PyObject name) {
    PyObject names = ThreadState.current().interpreter.sys("stdlib_module_names");
    return (names instanceof PyFrozenSet || names instanceof PySet)
        && PySequences.contains(names, name);
  }

  static String missing(PyModule module, String name) {
    String mod = module.name();
    String no = "' has no attribute '" + name + "'";
    if (mod == null) {
      return "module" + no.substring(1);
    }
    PyObject spec = module.get("__spec__");
    if (spec == null || spec == Py.None) {
      return "module '" + mod + no;
    }
    String origin = fileOrigin(spec);
    boolean shadowing = isPossiblyShadowing(origin);
    PyObject given = module.get("__name__");
    if (shadowing && given != null && isStdlibName(given)) {
      return "module '"
          + mod
          + no
          + " (consider renaming '"
          + origin
          + "' since it has the same name as the standard library module named '"
          + mod
          + "' and prevents importing that standard library module)";
    }
    if (isInitializing(spec)) {
      if (shadowing) {
        return "module '"
            + mod
            + no
            + " (consider renaming '"
            + origin
            + "' if it has the same name as a library you intended to import)";
      }
      return "partially initialized module '"
          + mod
          + (origin == null ? "" : "' from '" + origin)
          + no
          + " (most likely due to a circular import)";
    }
    if (isUninitializedSubmodule(spec, name)) {
      return "cannot access submodule '"
          + name
          + "' of module '"
          + mod
          + "' (most likely due to a circular import)";
    }
    return "module '" + mod + no;
  }
}
