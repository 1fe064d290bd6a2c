package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Frozen;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.importing.NativeModules;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.RecursiveMutex;

/** {@code _imp}: what importlib needs of the interpreter. */
@PyModuleDef(name = "_imp")
public final class ImpModule implements NativeModule {
  /** {@code importlib.util.MAGIC_NUMBER}'s first half: changes with the code format. */
  static final int MAGIC = 3628 + 0x4000;

  /** The first four bytes of a .pyc file, as a little-endian number. */
  public static final int MAGIC_TOKEN = MAGIC | '\r' << 16 | '\n' << 24;

  private static RecursiveMutex importLock() {
    return ThreadState.current().interpreter.importLock;
  }

  @Override
  public NativeTable table() {
    return new ImpModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("check_hash_based_pycs", PyStr.of(BootOptions.current().checkHashBasedPycs));
    module.add("pyc_magic_number_token", Py.int_(MAGIC_TOKEN));
  }

  @PyFunction(name = "lock_held", sig = "()")
  static boolean lockHeld() {
    return importLock().owner() != null;
  }

  @PyFunction(name = "acquire_lock", sig = "()")
  static void acquireLock() {
    ImportLock.acquire(importLock());
  }

  @PyFunction(name = "release_lock", sig = "()")
  static void releaseLock() {
    if (!importLock().isOwned()) {
      throw Errors.runtimeError("not holding the import lock");
    }
    importLock().release();
  }

  @PyFunction(name = "is_builtin", sig = "(name, /)")
  static int isBuiltin(String name) {
    return NativeModules.names().contains(name) ? 1 : 0;
  }

  @PyFunction(name = "create_builtin", sig = "(spec, /)")
  static PyObject createBuiltin(PyObject spec) {
    PyObject name = PyObjects.getAttr(spec, "name");
    if (!(name instanceof PyStr)) {
      throw Errors.typeError("name must be string, not " + name.type().name());
    }
    // sys and builtins exist once; a second import gives the same namespace.
    if (name.toString().equals("sys") || name.toString().equals("builtins")) {
      PyObject m = Imports.loaded(name);
      if (m != null) {
        return m;
      }
    }
    PyModule m = Imports.createNative(name.toString());
    return m == null ? Py.None : m;
  }

  @PyFunction(name = "exec_builtin", sig = "(mod, /)")
  static int execBuiltin(PyObject module) {
    if (module instanceof PyModule m) {
      Imports.execNative(m);
    }
    return 0;
  }

  @PyFunction(name = "extension_suffixes", sig = "()")
  static PyObject extensionSuffixes() {
    return new PyList();
  }

  @PyFunction(name = "create_dynamic", sig = "(spec, file=None, /)")
  static PyObject createDynamic(PyObject spec, PyObject file) {
    PyObject name = PyObjects.getAttr(spec, "name");
    PyObject origin = PyObjects.getAttr(spec, "origin");
    if (name.toString().indexOf('\0') >= 0 || origin.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    throw Errors.importError("extension modules written for CPython's C API can't be loaded", name);
  }

  @PyFunction(name = "exec_dynamic", sig = "(mod, /)")
  static int execDynamic(PyObject module) {
    return 0;
  }

  // ---- frozen modules

  @PyFunction(name = "is_frozen", sig = "(name, /)")
  static boolean isFrozen(String name) {
    return Frozen.isFrozen(name);
  }

  @PyFunction(name = "is_frozen_package", sig = "(name, /)")
  static boolean isFrozenPackage(String name) {
    if (!Frozen.isFrozen(name)) {
      throw noSuchFrozen(name);
    }
    return false;
  }

  @PyFunction(name = "find_frozen", sig = "(name, /, *, withdata=False)")
  static PyObject findFrozen(String name, boolean withData) {
    if (!Frozen.isFrozen(name)) {
      return Py.None;
    }
    return Py.tuple(Py.None, Py.False, PyStr.of(Frozen.originalName(name)));
  }

  @PyFunction(name = "get_frozen_object", sig = "(name, data=None, /)")
  static PyObject getFrozenObject(String name, PyObject data) {
    if (data != Py.None) {
      try {
        if (Marshal.loads(PyBuffers.toBytes(data), 0, true) instanceof PyCode given) {
          return given;
        }
      } catch (PyException e) {
        // Told below in the words of the import system.
      }
      throw Errors.importError("Frozen object named '" + name + "' is invalid", PyStr.of(name));
    }
    PyCode code = Frozen.isFrozen(name) ? Frozen.code(name) : null;
    if (code == null) {
      throw noSuchFrozen(name);
    }
    return code;
  }

  @PyFunction(name = "init_frozen", sig = "(name, /)")
  static @Nullable PyObject initFrozen(String name) {
    return Py.None;
  }

  @PyFunction(name = "_frozen_module_names", sig = "()")
  static PyObject frozenModuleNames() {
    return Py.list(Frozen.names().stream().map(PyStr::of).toList());
  }

  @PyFunction(name = "_override_frozen_modules_for_tests", sig = "(override, /)")
  static void overrideFrozenModulesForTests(int override) {}

  @PyFunction(name = "_override_multi_interp_extensions_check", sig = "(override, /)")
  static int overrideMultiInterpExtensionsCheck(int override) {
    return 0;
  }

  private static RuntimeException noSuchFrozen(String name) {
    return Errors.importError("No such frozen object named " + name, PyStr.of(name));
  }

  // ---- code

  @PyFunction(name = "_fix_co_filename", sig = "(code, path, /)")
  static void fixCoFilename(PyCode code, PyStr path) {
    if (!code.filename.equalTo(path)) {
      code.fixFilename(path);
    }
  }

  @PyFunction(name = "source_hash", sig = "(key, source)")
  static PyObject sourceHash(long key, PyObject source) {
    byte[] hash = new byte[8];
    long h = SipHash13.hash(key, 0, org.plait.runtime.protocol.PyBuffers.toBytes(source));
    for (int i = 0; i < 8; i++) {
      hash[i] = (byte) (h >>> 8 * i);
    }
    return Py.bytes(hash);
  }
}
