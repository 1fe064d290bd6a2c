package org.plait.runtime.importing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.HostFiles;
import org.plait.host.file.Stat;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.StatResult;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Monitoring;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Shape;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * Two functions of {@code importlib._bootstrap} for the usual case: a module whose source and valid
 * bytecode lie in a directory that importlib's own finder knows. They do what importlib's Python
 * does, in a tenth of the time, as long as nobody has changed any part of it and nobody watches;
 * otherwise, and for everything else, they call importlib's own, before they have done anything.
 *
 * <p>One per interpreter. All fields are set before other code can run.
 */
@PyModuleDef(name = "_frozen_importlib")
public final class ImportlibQuickly implements NativeModule {
  private static final String[] BOOTSTRAP_NAMES = {
    "BuiltinImporter",
    "FrozenImporter",
    "ModuleSpec",
    "_ImportLockContext",
    "_bootstrap_external",
    "_call_with_frames_removed",
    "_imp",
    "_init_module_attrs",
    "_new_module",
    "_verbose_message",
    "module_from_spec",
    "sys"
  };
  private static final String[] EXTERNAL_NAMES = {
    "FileFinder",
    "MAGIC_NUMBER",
    "PathFinder",
    "SourceFileLoader",
    "_bootstrap",
    "_classify_pyc",
    "_compile_bytecode",
    "_get_cached",
    "_imp",
    "_io",
    "_os",
    "_path_abspath",
    "_path_isdir",
    "_path_isfile",
    "_path_is_mode_type",
    "_path_join",
    "_path_stat",
    "_relax_case",
    "_validate_timestamp_pyc",
    "cache_from_source",
    "marshal",
    "spec_from_file_location",
    "sys"
  };

  private final PyObject findSpec;
  private final PyObject loadUnlocked;
  private final PyObject callWithFramesRemoved;
  private final PyObject imp;
  private final PyObject os;
  private final PyType fileFinder;
  private final PyType sourceLoader;
  private final PyType moduleSpec;

  /** What {@code sys.meta_path} holds as long as nobody has changed it. */
  private final PyObject[] metaPath;

  private final PyDict[] dicts;
  private final String[][] names;
  private final PyObject[][] values;
  private final PyType[] types;
  private final int[] versions;

  /** The shapes of a spec and a loader that {@link #findSpec} has just made. */
  private volatile @Nullable Shape specShape;

  private volatile @Nullable Shape loaderShape;

  private ImportlibQuickly(PyModule bootstrap, PyModule external) {
    findSpec = get(bootstrap, "_find_spec");
    loadUnlocked = get(bootstrap, "_load_unlocked");
    callWithFramesRemoved = get(bootstrap, "_call_with_frames_removed");
    imp = get(bootstrap, "_imp");
    os = get(external, "_os");
    fileFinder = (PyType) get(external, "FileFinder");
    sourceLoader = (PyType) get(external, "SourceFileLoader");
    moduleSpec = (PyType) get(bootstrap, "ModuleSpec");
    PyObject pathFinder = get(external, "PathFinder");
    metaPath =
        new PyObject[] {
          get(bootstrap, "BuiltinImporter"), get(bootstrap, "FrozenImporter"), pathFinder
        };
    types =
        new PyType[] {
          fileFinder,
          sourceLoader,
          moduleSpec,
          (PyType) metaPath[0],
          (PyType) metaPath[1],
          (PyType) pathFinder
        };
    versions = new int[types.length];
    for (int i = 0; i < types.length; i++) {
      versions[i] = types[i].version();
    }
    dicts = new PyDict[] {bootstrap.dict(), external.dict()};
    names = new String[][] {BOOTSTRAP_NAMES, EXTERNAL_NAMES};
    values = new PyObject[][] {all(bootstrap, BOOTSTRAP_NAMES), all(external, EXTERNAL_NAMES)};
  }

  /** Puts the two functions into the place of importlib's, which has just been set up. */
  public static void install(PyModule bootstrap, PyModule external) {
    NativeModule quick = new ImportlibQuickly(bootstrap, external);
    Natives.addFunctions(bootstrap, quick.table());
  }

  @Override
  public NativeTable table() {
    return new ImportlibQuicklyTable(this);
  }

  private static PyObject get(PyModule module, String name) {
    PyObject v = module.dict().getStr(name);
    if (v == null) {
      throw new IllegalStateException("importlib has no " + name);
    }
    return v;
  }

  private static PyObject[] all(PyModule module, String[] names) {
    PyObject[] values = new PyObject[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = get(module, names[i]);
    }
    return values;
  }

  // ---- whether it may be done here

  /** Whether importlib is as it was, and nobody could see the difference. */
  private boolean isPlain(ThreadState ts) {
    BootOptions options = BootOptions.current();
    if (options.verbose > 0
        || options.optimize > 0
        || Audit.isUsed()
        || ts.traceFunction != null
        || ts.profileFunction != null
        || Monitoring.isWatchingAll()) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (types[i].version() != versions[i]) {
        return false;
      }
    }
    for (int d = 0; d < dicts.length; d++) {
      for (int i = 0; i < names[d].length; i++) {
        if (dicts[d].getStr(names[d][i]) != values[d][i]) {
          return false;
        }
      }
    }
    PyObject prefix = ts.interpreter.sys("pycache_prefix");
    return prefix == null || prefix == Py.None;
  }

  private boolean isMetaPathPlain(PyInterpreter i) {
    if (!(i.sys("meta_path") instanceof PyList l)
        || l.type() != PyList.TYPE
        || l.size() != metaPath.length) {
      return false;
    }
    for (int at = 0; at < metaPath.length; at++) {
      if (l.get(at) != metaPath[at]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable PyDict modules(PyInterpreter i) {
    return i.sys("modules") instanceof PyDict d && d.type() == PyDict.TYPE ? d : null;
  }

  // ---- finding

  @PyFunction(name = "_find_spec", sig = "(name, path, target=None)", doc = "Find a module's spec.")
  PyObject findSpec(PyObject name, PyObject path, PyObject target) {
    ThreadState ts = ThreadState.current();
    if (name.type() == PyStr.TYPE && target == Py.None && isPlain(ts)) {
      PyInterpreter i = ts.interpreter;
      PyDict modules = modules(i);
      String text = name.toString();
      if (modules != null
          && isMetaPathPlain(i)
          && modules.getStr(text) == null
          && !NativeModules.names().contains(text)
          && !Frozen.isFrozen(text)) {
        PyObject spec = find(i, name, path == Py.None ? i.sys("path") : path);
        if (spec != null) {
          return spec;
        }
      }
    }
    return findSpec.call3(name, path, target);
  }

  // Compare PathFinder and FileFinder of importlib._bootstrap_external.
  private @Nullable PyObject find(PyInterpreter i, PyObject name, @Nullable PyObject path) {
    if (path == null
        || path.type() != PyList.TYPE
        || !(i.sys("path_importer_cache") instanceof PyDict finders)) {
      return null;
    }
    String text = name.toString();
    String tail = text.substring(text.lastIndexOf('.') + 1);
    PyList entries = (PyList) path;
    for (int at = 0; at < entries.size(); at++) {
      PyObject entry = entries.get(at);
      if (entry == null || entry.type() != PyStr.TYPE) {
        return null;
      }
      if (((PyStr) entry).length() == 0) {
        entry = currentDirectory();
      }
      PyObject finder = entry == null ? null : finders.getStr(entry.toString());
      if (finder == Py.None) {
        continue;
      }
      if (finder == null || finder.type() != fileFinder) {
        return null;
      }
      Search search = search(finder, tail);
      if (search == Search.UNKNOWN) {
        return null;
      }
      if (search != Search.NOTHING) {
        return spec(name, search);
      }
    }
    return null;
  }

  private @Nullable PyObject currentDirectory() {
    try {
      return PyObjects.getAttr(os, "getcwd").call0();
    } catch (PyException e) {
      return null; // importlib's own decides what that means
    }
  }

  /**
   * What a directory has under a name.
   *
   * @param file the source file
   * @param directory the package's directory; null for a module
   */
  private record Search(String file, @Nullable String directory) {
    /** Something that is left to importlib. */
    static final Search UNKNOWN = new Search("", null);

    static final Search NOTHING = new Search("", null);
  }

  private Search search(PyObject finder, String tail) {
    PyObject where = PyObjects.getOptionalAttr(finder, "path");
    PyObject time = PyObjects.getOptionalAttr(finder, "_path_mtime");
    PyObject known = PyObjects.getOptionalAttr(finder, "_path_cache");
    PyObject loaders = PyObjects.getOptionalAttr(finder, "_loaders");
    if (!(where instanceof PyStr)
        || !(time instanceof PyFloat mtime)
        || !(known instanceof PySet names)
        || !(loaders instanceof PyList kinds)) {
      return Search.UNKNOWN;
    }
    String directory = where.toString();
    if (!directory.startsWith("/") || !isAscii(directory) || !isAscii(tail)) {
      return Search.UNKNOWN;
    }
    Stat now = stat(directory);
    if (now == null || StatResult.inSeconds(now.mtimeNanos()) != mtime.value()) {
      return Search.UNKNOWN;
    }
    String base = (directory.endsWith("/") ? withoutSlashes(directory) : directory) + "/" + tail;
    if (names.contains(PyStr.of(tail))) {
      Search found = first(kinds, base + "/__init__", null, tail, base);
      if (found != Search.NOTHING) {
        return found;
      }
      Stat there = stat(base);
      if (there != null && there.isDirectory()) {
        return Search.UNKNOWN; // perhaps a part of a namespace package
      }
    }
    return first(kinds, base, names, tail, null);
  }

  private static String withoutSlashes(String s) {
    int end = s.length();
    while (end > 0 && s.charAt(end - 1) == '/') {
      end--;
    }
    return s.substring(0, end);
  }

  /** The first kind of file that is there, if it is source. */
  private Search first(
      PyList kinds, String base, @Nullable PySet names, String tail, @Nullable String directory) {
    for (int at = 0; at < kinds.size(); at++) {
      if (!(kinds.get(at) instanceof PyTuple kind) || kind.size() != 2) {
        return Search.UNKNOWN;
      }
      String suffix = kind.get(0).toString();
      String file = base + suffix;
      if ((names == null || names.contains(PyStr.of(tail + suffix))) && isRegular(file)) {
        return kind.get(1) == sourceLoader && suffix.equals(".py")
            ? new Search(file, directory)
            : Search.UNKNOWN;
      }
    }
    return Search.NOTHING;
  }

  // Compare spec_from_file_location of importlib._bootstrap_external.
  private PyObject spec(PyObject name, Search found) {
    PyObject file = PyStr.of(found.file);
    PyObject loader = sourceLoader.call2(name, file);
    PyObject spec = moduleSpec.call2(name, loader);
    PyObjects.setAttr(spec, "origin", file);
    PyObjects.setAttr(spec, "_set_fileattr", Py.True);
    if (found.directory != null) {
      PyObjects.setAttr(spec, "submodule_search_locations", Py.list(PyStr.of(found.directory)));
    }
    if (specShape == null && spec instanceof PyInstance s && loader instanceof PyInstance l) {
      specShape = s.shape();
      loaderShape = l.shape();
    }
    return spec;
  }

  private static boolean isAscii(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == 0 || c > 126) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Stat stat(String path) {
    try {
      return HostFiles.stat(path.getBytes(US_ASCII), true);
    } catch (HostException e) {
      return null;
    }
  }

  private static boolean isRegular(String path) {
    Stat s = stat(path);
    return s != null && s.isRegular();
  }

  // ---- loading

  // Compare _load_unlocked and module_from_spec of importlib._bootstrap, SourceLoader.get_code of
  // importlib._bootstrap_external.
  @PyFunction(
      name = "_load_unlocked",
      sig = "(spec)",
      doc = "Make a module from its spec, enter it in sys.modules and execute it.")
  PyObject loadUnlocked(PyObject spec) {
    ThreadState ts = ThreadState.current();
    PyDict modules = modules(ts.interpreter);
    Source source = modules == null || !isPlain(ts) ? null : source(spec);
    PyCode code = source == null ? null : code(source);
    if (modules == null || source == null || code == null) {
      return loadUnlocked.call1(spec);
    }
    PyModule module = module(spec, source);
    PyObjects.setAttr(spec, "_initializing", Py.True);
    try {
      modules.putStr(source.name, module);
      try {
        PyObject builtins = PyObjects.getAttr(callWithFramesRemoved, "__builtins__");
        callWithFramesRemoved.call3(builtin(builtins, "exec"), code, module.dict());
      } catch (Throwable e) {
        currentModules(ts.interpreter, modules).removeStr(source.name);
        throw e;
      }
      PyDict now = currentModules(ts.interpreter, modules);
      PyObject result = now.removeStr(source.name);
      if (result == null) {
        throw Errors.keyError(PyStr.of(source.name));
      }
      now.putStr(source.name, result);
      return result;
    } finally {
      PyObjects.setAttr(spec, "_initializing", Py.False);
    }
  }

  private static PyDict currentModules(PyInterpreter i, PyDict before) {
    PyDict now = modules(i);
    return now == null ? before : now;
  }

  private static PyObject builtin(PyObject builtins, String name) {
    PyObject f = builtins instanceof PyDict d ? d.getStr(name) : null;
    return f == null ? PyObjects.getAttr(builtins, name) : f;
  }

  /** A spec's parts, where it is one that {@link #findSpec} makes. */
  private record Source(
      String name, PyObject loader, PyStr file, String cached, PyObject locations) {}

  private @Nullable Source source(PyObject spec) {
    if (spec.type() != moduleSpec
        || !(spec instanceof PyInstance s)
        || specShape == null
        || s.shape() != specShape
        || !(PyObjects.getAttr(spec, "loader") instanceof PyInstance loader)
        || loader.type() != sourceLoader
        || loader.shape() != loaderShape) {
      return null;
    }
    PyObject name = PyObjects.getAttr(spec, "name");
    PyObject origin = PyObjects.getAttr(spec, "origin");
    if (name.type() != PyStr.TYPE
        || origin.type() != PyStr.TYPE
        || PyObjects.getAttr(spec, "_set_fileattr") != Py.True
        || PyObjects.getAttr(spec, "_cached") != Py.None
        || PyObjects.getAttr(loader, "path") != origin
        || PyObjects.getAttr(loader, "name") != name) {
      return null;
    }
    String file = origin.toString();
    int slash = file.lastIndexOf('/');
    if (!isAscii(file) || slash <= 0 || !file.endsWith(".py") || file.length() < slash + 5) {
      return null;
    }
    String base = file.substring(slash + 1, file.length() - ".py".length());
    String cached = file.substring(0, slash) + "/__pycache__/" + base + Frozen.CACHED_SUFFIX;
    PyObject locations = PyObjects.getAttr(spec, "submodule_search_locations");
    return new Source(name.toString(), loader, (PyStr) origin, cached, locations);
  }

  /** The code of a valid .pyc file, else null. */
  private @Nullable PyCode code(Source source) {
    Stat now = stat(source.file.toString());
    if (now == null
        || !(PyObjects.getOptionalAttr(imp, "check_hash_based_pycs") instanceof PyStr check)
        || !check.toString().equals("default")) {
      return null;
    }
    try (FileInputStream in = new FileInputStream(source.cached)) {
      byte[] b = in.readAllBytes();
      if (!Frozen.isValid(b, now)) {
        return null;
      }
      if (Marshal.loads(b, Frozen.PYC_HEADER, true) instanceof PyCode code) {
        if (!code.filename.equalTo(source.file)) {
          code.fixFilename(source.file);
        }
        return code;
      }
    } catch (IOException | PyException e) {
      // importlib's own says what is wrong with it, or compiles the source.
    }
    return null;
  }

  private static PyModule module(PyObject spec, Source source) {
    PyModule module = new PyModule(source.name);
    boolean isPackage = source.locations != Py.None;
    int dot = source.name.lastIndexOf('.');
    PyDict d = module.dict();
    d.putStr("__loader__", source.loader);
    d.putStr(
        "__package__",
        isPackage
            ? PyObjects.getAttr(spec, "name")
            : PyStr.of(dot < 0 ? "" : source.name.substring(0, dot)));
    d.putStr("__spec__", spec);
    if (isPackage) {
      d.putStr("__path__", source.locations);
    }
    d.putStr("__file__", source.file);
    PyObject cached = PyStr.of(source.cached);
    PyObjects.setAttr(spec, "_cached", cached);
    d.putStr("__cached__", cached);
    return module;
  }
}
