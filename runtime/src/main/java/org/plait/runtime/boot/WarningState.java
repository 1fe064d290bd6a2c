package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.RecursiveMutex;

/**
 * The warnings of one interpreter: filters, registries, and the way of a warning through them. What
 * Python code has put into the module {@code warnings} counts before what is kept here, which
 * serves until that module is imported. {@link #lock} is the lock Python code takes as {@code
 * warnings._lock}; it guards the registries and {@link #version}.
 */
final class WarningState {
  final RecursiveMutex lock = new RecursiveMutex();
  final PyContextVar context = new PyContextVar(PyStr.of("_warnings_context"), null);
  volatile PyObject filters = defaultFilters();
  volatile PyObject onceRegistry = new PyDict();
  volatile PyObject defaultAction = PyStr.of("default");
  private long version = 1;

  /** The state of the current interpreter. */
  static WarningState current() {
    PyInterpreter i = ThreadState.current().interpreter;
    if (i.warningState.get() == null) {
      i.warningState.compareAndSet(null, new WarningState());
    }
    return (WarningState) i.warningState.get();
  }

  // Compare CPython init_filters in _warnings.c.
  private static PyObject defaultFilters() {
    PyObject main = PyStr.of("__main__");
    return PyList.of(
        filter("default", Exceptions.DeprecationWarning, main),
        filter("ignore", Exceptions.DeprecationWarning, Py.None),
        filter("ignore", Exceptions.PendingDeprecationWarning, Py.None),
        filter("ignore", Exceptions.ImportWarning, Py.None),
        filter("ignore", Exceptions.ResourceWarning, Py.None));
  }

  private static PyObject filter(String action, PyObject category, PyObject module) {
    return Py.tuple(PyStr.of(action), Py.None, category, module, Py.int_(0));
  }

  /** A warning of the code at a stack level. */
  record Site(PyObject filename, long line, PyObject module, PyObject registry) {}

  /** Counts a change of the filters, which makes the registries' entries stale. */
  void filtersMutated() {
    version++;
  }

  // ---- where a warning comes from

  // Compare CPython setup_context in _warnings.c.
  static Site site(long stackLevel, PyTuple skipPrefixes) {
    ThreadState ts = ThreadState.current();
    PyFrame f = ts.frame;
    if (stackLevel <= 0 || f == null || isInternal(f)) {
      for (long n = stackLevel; n > 1 && f != null; n--) {
        f = f.back;
      }
    } else {
      for (long n = stackLevel; n > 1 && f != null; n--) {
        f = externalCaller(f, skipPrefixes);
      }
    }
    PyDict globals = f == null ? ts.interpreter.sysDict : f.globals;
    PyObject registry = globals.getStr("__warningregistry__");
    if (registry == null) {
      registry = new PyDict();
      globals.putStr("__warningregistry__", registry);
    }
    PyObject module = globals.getStr("__name__");
    if (!(module instanceof PyStr) && module != Py.None) {
      module = PyStr.of("<string>");
    }
    return f == null
        ? new Site(PyStr.of("<sys>"), 0, module, registry)
        : new Site(f.code.filename, f.line(), module, registry);
  }

  private static boolean isInternal(PyFrame f) {
    String file = f.code.filename.toString();
    return file.contains("importlib") && file.contains("_bootstrap");
  }

  private static @Nullable PyFrame externalCaller(PyFrame f, PyTuple skipPrefixes) {
    PyFrame back = f.back;
    while (back != null
        && (isInternal(back) || hasPrefix(back.code.filename.toString(), skipPrefixes))) {
      back = back.back;
    }
    return back;
  }

  private static boolean hasPrefix(String filename, PyTuple prefixes) {
    for (int k = 0; k < prefixes.size(); k++) {
      if (filename.startsWith(prefixes.get(k).toString())) {
        return true;
      }
    }
    return false;
  }

  // ---- the way of one warning

  // Compare CPython warn_explicit in _warnings.c.
  /**
   * Issues one warning.
   *
   * @param module the name of the module, null to derive it from the file name
   * @param registry a dict, None or null
   */
  void warnExplicit(
      PyObject givenCategory,
      PyObject givenMessage,
      PyObject filename,
      long line,
      @Nullable PyObject givenModule,
      @Nullable PyObject registry,
      @Nullable String sourceLine,
      PyObject source) {
    if (givenModule == Py.None) {
      return;
    }
    if (registry != null && registry != Py.None && !(registry instanceof PyDict)) {
      throw Errors.typeError("'registry' must be a dict or None");
    }
    PyDict seen = registry instanceof PyDict d ? d : null;
    PyObject module = givenModule == null ? moduleOf(filename) : givenModule;
    PyObject text = givenMessage;
    PyObject message = givenMessage;
    PyObject category = givenCategory;
    if (PyObjects.isInstance(givenMessage, Exceptions.Warning)) {
      text = PyObjects.str(givenMessage);
      category = givenMessage.type();
    } else {
      message = category.call1(givenMessage);
    }
    ImportLock.acquire(lock);
    try {
      if (isFiltered(category, message, text, line, module, seen)) {
        return;
      }
    } finally {
      lock.release();
    }
    show(category, text, message, filename, line, sourceLine, source);
  }

  private static PyObject moduleOf(PyObject filename) {
    String f = filename.toString();
    if (f.isEmpty()) {
      return PyStr.of("<unknown>");
    }
    return f.endsWith(".py") ? PyStr.of(f.substring(0, f.length() - 3)) : filename;
  }

  /** Whether the warning is not to be shown; raises it where it is an error. */
  private boolean isFiltered(
      PyObject category,
      PyObject message,
      PyObject text,
      long line,
      PyObject module,
      @Nullable PyDict seen) {
    PyObject key = Py.tuple(text, category, Py.int_(line));
    if (seen != null && wasSeen(seen, key, false)) {
      return true;
    }
    Match match = match(category, text, line, module);
    String action = match.action.toString();
    switch (action) {
      case "error" -> {
        if (message instanceof PyBaseException e) {
          throw PyException.of(e);
        }
        throw Errors.typeError("exceptions must derive from BaseException");
      }
      case "ignore" -> {
        return true;
      }
      case "always", "all" -> {
        return false;
      }
      default -> {
        if (seen != null) {
          seen.put(key, Py.True);
        }
      }
    }
    return switch (action) {
      case "once" -> wasSeen(seen == null ? onceRegistry() : seen, Py.tuple(text, category), true);
      case "module" -> seen != null && wasSeen(seen, Py.tuple(text, category), true);
      case "default" -> false;
      default ->
          throw Errors.runtimeError(
              "Unrecognized action ("
                  + PyObjects.repr(match.action)
                  + ") in warnings.filters:\n "
                  + PyObjects.repr(match.item));
    };
  }

  // Compare CPython already_warned in _warnings.c.
  private boolean wasSeen(PyDict registry, PyObject key, boolean enter) {
    if (registry.getStr("version") instanceof PyInt n && n.equals(Py.int_(version))) {
      PyObject v = registry.get(key);
      if (v != null && PyObjects.isTrue(v)) {
        return true;
      }
    } else {
      registry.clear();
      registry.putStr("version", Py.int_(version));
    }
    if (enter) {
      registry.put(key, Py.True);
    }
    return false;
  }

  private PyDict onceRegistry() {
    PyObject r = attribute("onceregistry", false);
    if (r == null) {
      r = onceRegistry;
    }
    if (!(r instanceof PyDict d)) {
      throw Errors.typeError(
          "_warnings.onceregistry must be a dict, not '" + r.type().name() + "'");
    }
    onceRegistry = d;
    return d;
  }

  // ---- filters

  /** A filter that applies: its action and the filter itself. */
  private record Match(PyObject action, PyObject item) {}

  // Compare CPython get_filter in _warnings.c.
  private Match match(PyObject category, PyObject text, long line, PyObject module) {
    PyObject current = context.get(Py.None);
    PyObject list;
    String name;
    if (current != Py.None) {
      list = PyObjects.getAttr(current, "_filters");
      name = "_filters of warnings._warnings_context";
      if (!(list instanceof PyList)) {
        throw Errors.typeError("_filters of warnings._warnings_context must be a list");
      }
    } else {
      list = attribute("filters", false);
      if (list == null) {
        list = filters;
      }
      name = "warnings.filters";
      if (!(list instanceof PyList)) {
        throw Errors.valueError("_warnings.filters must be a list");
      }
      filters = list;
    }
    Match m = search((PyList) list, name, category, text, line, module);
    return m != null ? m : new Match(defaultAction(), Py.None);
  }

  private static @Nullable Match search(
      PyList list, String name, PyObject category, PyObject text, long line, PyObject module) {
    // A filter's match() may change the list: each step looks at it anew.
    for (int k = 0; ; k++) {
      PyObject item = list.get(k);
      if (item == null) {
        return null;
      }
      if (!(item instanceof PyTuple t) || t.size() != 5) {
        throw Errors.valueError(name + " item " + k + " isn't a 5-tuple");
      }
      PyObject action = t.get(0);
      if (!(action instanceof PyStr)) {
        throw Errors.typeError("action must be a string, not '" + action.type().name() + "'");
      }
      if (matches(t.get(1), text)
          && PyObjects.isSubclass(category, t.get(2))
          && matches(t.get(3), module)
          && appliesTo(t.get(4), line)) {
        return new Match(action, t);
      }
    }
  }

  private static boolean appliesTo(PyObject filterLine, long line) {
    long n = org.plait.runtime.protocol.PyNumbers.index(filterLine).longValue();
    return n == 0 || n == line;
  }

  // Compare CPython check_matched: the interpreter's own filters hold plain names.
  private static boolean matches(PyObject pattern, PyObject text) {
    if (pattern == Py.None) {
      return true;
    }
    if (pattern.getClass() == PyStr.class) {
      return PyObjects.equal(pattern, text);
    }
    return PyObjects.isTrue(PyCalls.callMethod(pattern, "match", text));
  }

  private PyObject defaultAction() {
    PyObject a = attribute("defaultaction", false);
    if (a == null) {
      a = defaultAction;
    }
    if (!(a instanceof PyStr)) {
      throw Errors.typeError(
          "warnings.defaultaction must be a string, not '" + a.type().name() + "'");
    }
    defaultAction = a;
    return a;
  }

  // Compare CPython get_warnings_attr.
  /** A name of the module {@code warnings}; null when it or the module is not there. */
  private static @Nullable PyObject attribute(String name, boolean tryImport) {
    PyInterpreter i = ThreadState.current().interpreter;
    PyObject module;
    if (tryImport && !i.finalizing) {
      try {
        module = Imports.importModule("warnings");
      } catch (PyException e) {
        if (e.matches(Exceptions.ImportError)) {
          return null;
        }
        throw e;
      }
    } else {
      module = Imports.loaded(PyStr.intern("warnings"));
    }
    return module == null ? null : PyObjects.getOptionalAttr(module, name);
  }

  // ---- showing

  // Compare CPython call_show_warning.
  private static void show(
      PyObject category,
      PyObject text,
      PyObject message,
      PyObject filename,
      long line,
      @Nullable String sourceLine,
      PyObject source) {
    // Only the Python side knows where the source object was allocated.
    PyObject show = attribute("_showwarnmsg", source != Py.None);
    if (show == null) {
      showPlain(category, text, filename, line, sourceLine);
      return;
    }
    if (!BuiltinsModule.callable(show)) {
      throw Errors.typeError("warnings._showwarnmsg() must be set to a callable");
    }
    PyObject messageClass = attribute("WarningMessage", false);
    if (messageClass == null) {
      throw Errors.runtimeError("unable to get warnings.WarningMessage");
    }
    PyObject[] args = {message, category, filename, Py.int_(line), Py.None, Py.None, source};
    show.call1(messageClass.call(args, null));
  }

  // Compare CPython show_warning.
  private static void showPlain(
      PyObject category, PyObject text, PyObject filename, long line, @Nullable String sourceLine) {
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err == null) {
      ErrorDisplay.raw("lost sys.stderr\n");
      return;
    }
    if (err == Py.None) {
      return;
    }
    String shown = sourceLine == null ? line(filename.toString(), line) : sourceLine;
    String head =
        filename
            + ":"
            + line
            + ": "
            + PyObjects.getAttr(category, "__name__")
            + ": "
            + PyObjects.str(text)
            + "\n";
    String tail = shown == null || shown.isBlank() ? "" : "  " + shown.strip() + "\n";
    try {
      PyCalls.callMethod(err, "write", PyStr.of(head + tail));
    } catch (PyException e) {
      if (!e.matches(Exceptions.Exception)) {
        throw e;
      }
      // A broken stderr loses the warning, as in CPython.
    }
  }

  /** A line of a source file; null when it can't be read. */
  private static @Nullable String line(String filename, long line) {
    if (filename.startsWith("<")) {
      return null;
    }
    try {
      PyObject cache = Imports.importModule("linecache");
      return PyCalls.callMethod(cache, "getline", PyStr.of(filename), Py.int_(line)).toString();
    } catch (PyException e) {
      return null;
    }
  }

  // ---- arguments

  // Compare CPython get_category.
  static PyObject category(PyObject message, PyObject category) {
    if (PyObjects.isInstance(message, Exceptions.Warning)) {
      return message.type();
    }
    if (category == Py.None) {
      return Exceptions.UserWarning;
    }
    if (!(category instanceof PyType t) || !PyObjects.isSubclass(t, Exceptions.Warning)) {
      throw Errors.typeError(
          "category must be a Warning subclass, not '" + category.type().name() + "'");
    }
    return category;
  }

  // Compare CPython get_source_line.
  /** The source line as the loader of the module knows it, or null. */
  static @Nullable String sourceLine(PyObject globals, long line) {
    PyObject external = Imports.importModule("_frozen_importlib_external");
    PyObject loader = PyCalls.callMethod(external, "_bless_my_loader", globals);
    PyObject name = ((PyDict) globals).getStr("__name__");
    if (loader == Py.None || name == null) {
      return null;
    }
    PyObject getSource = PyObjects.getOptionalAttr(loader, "get_source");
    if (getSource == null) {
      return null;
    }
    PyObject source = getSource.call1(name);
    if (source == Py.None) {
      return null;
    }
    if (!(source instanceof PyStr text)) {
      throw Errors.typeError(
          "descriptor 'splitlines' for 'str' objects doesn't apply to a '"
              + source.type().name()
              + "' object");
    }
    // The lines as str knows them, whatever a subclass says.
    PyList lines = (PyList) PyCalls.callMethod(PyStr.TYPE, "splitlines", text);
    PyObject found = lines.get((int) line - 1);
    if (found == null) {
      throw Errors.indexError("list index out of range");
    }
    return found.toString();
  }
}
