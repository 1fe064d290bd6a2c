package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.interpreters.Configs;
import org.plait.modules.interpreters.CrossObjects;
import org.plait.modules.interpreters.ExceptionSnapshot;
import org.plait.modules.interpreters.InterpreterErrors;
import org.plait.modules.interpreters.PyCrossBuffer;
import org.plait.modules.interpreters.RemoteCall;
import org.plait.modules.interpreters.Session;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.Subinterpreters;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.InterpreterConfig;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _interpreters}: several interpreters in one process. */
@PyModuleDef(
    name = "_interpreters",
    doc =
        "Makes, uses and ends interpreters of this process.\n"
            + "The module concurrent.interpreters is the one to use.")
public final class InterpretersModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new InterpretersModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("InterpreterError", InterpreterErrors.INTERPRETER_ERROR);
    m.add("InterpreterNotFoundError", InterpreterErrors.NOT_FOUND);
    m.add("NotShareableError", InterpreterErrors.NOT_SHAREABLE);
    m.add("CrossInterpreterBufferView", PyCrossBuffer.TYPE);
    m.add("WHENCE_UNKNOWN", Py.int_(0));
    m.add("WHENCE_RUNTIME", Py.int_(PyInterpreter.WHENCE_RUNTIME));
    m.add("WHENCE_LEGACY_CAPI", Py.int_(2));
    m.add("WHENCE_CAPI", Py.int_(3));
    m.add("WHENCE_XI", Py.int_(4));
    m.add("WHENCE_STDLIB", Py.int_(PyInterpreter.WHENCE_STDLIB));
  }

  // ---- finding them

  private static PyInterpreter current() {
    return ThreadState.current().interpreter;
  }

  // Compare CPython _PyInterpreterState_ObjectToID in pystate.c.
  private static PyInterpreter find(PyObject id) {
    if (!id.type().isSubtypeOf(PyInt.TYPE) && id.type().lookup("__index__") == null) {
      throw Errors.typeError("interpreter ID must be an int, got " + id.type().name());
    }
    PyInt n = PyNumbers.index(id);
    if (n.signum() < 0) {
      throw Errors.valueError(
          "interpreter ID must be a non-negative int, got " + PyObjects.repr(id));
    }
    if (!n.isLong()) {
      throw Errors.overflowError("int too big to convert");
    }
    PyInterpreter i = current().runtime.find(n.longValue());
    if (i == null) {
      throw Errors.of(InterpreterErrors.NOT_FOUND, "unrecognized interpreter ID " + n.longValue());
    }
    return i;
  }

  // Compare CPython resolve_interp in _interpretersmodule.c.
  private static PyInterpreter find(
      PyObject id, boolean restricted, boolean mustBeReady, String verb) {
    PyInterpreter i = find(id);
    if (mustBeReady && !i.isReady()) {
      throw InterpreterErrors.error("cannot " + verb + " interpreter " + i.id + " (not ready)");
    }
    if (restricted && i.whence != PyInterpreter.WHENCE_STDLIB) {
      throw InterpreterErrors.error("cannot " + verb + " unrecognized interpreter " + i.id);
    }
    return i;
  }

  private static PyObject summary(PyInterpreter i) {
    return Py.tuple(Py.int_(i.id), Py.int_(i.whence));
  }

  @PyFunction(
      name = "get_current",
      sig = "()",
      doc = "The identifier of the interpreter that this code runs in, and where it comes from.")
  static PyObject getCurrent() {
    return summary(current());
  }

  @PyFunction(
      name = "get_main",
      sig = "()",
      doc = "The identifier of the interpreter that the program started with, and its origin.")
  static PyObject getMain() {
    return summary(current().runtime.main());
  }

  @PyFunction(
      name = "list_all",
      sig = "!(*, require_ready=False)",
      doc = "A list of identifier and origin of all interpreters, oldest first.")
  static PyObject listAll(boolean ready) {
    PyList all = new PyList();
    for (PyInterpreter i : current().runtime.all()) {
      if (!ready || i.isReady()) {
        all.append(summary(i));
      }
    }
    return all;
  }

  @PyFunction(sig = "!(id)", doc = "A number for who has made the interpreter.")
  static int whence(PyObject id) {
    return find(id).whence;
  }

  @PyFunction(
      name = "is_running",
      sig = "!(id, *, restrict=False)",
      doc = "Whether somebody runs code in the interpreter's __main__.")
  static boolean isRunning(PyObject id, boolean restrict) {
    return find(id, restrict, true, "check if running for").isRunningMain();
  }

  // ---- making and ending them

  @PyFunction(
      name = "new_config",
      raw = true,
      doc =
          "Settings for create(), of a name: default, isolated, legacy or empty. Keywords replace"
              + " single ones.")
  static PyObject newConfig(PyObject[] args, String @Nullable [] kwnames) {
    int positional = args.length - (kwnames == null ? 0 : kwnames.length);
    if (positional > 1) {
      throw Errors.typeError(
          "_interpreters.new_config() takes at most 1 argument (" + positional + " given)");
    }
    InterpreterConfig base = InterpreterConfig.ISOLATED;
    if (positional == 1) {
      if (!(args[0] instanceof PyStr name)) {
        throw Errors.typeError(
            "_interpreters.new_config() argument 1 must be str, not " + typeName(args[0]));
      }
      base = Configs.named(name.toString());
    }
    PyDict overrides = new PyDict();
    for (int i = positional; i < args.length; i++) {
      overrides.putStr(kwnames[i - positional], args[i]);
    }
    return Configs.toNamespace(Configs.with(base, overrides));
  }

  private static String typeName(PyObject o) {
    return o == Py.None ? "None" : o.type().name();
  }

  @PyFunction(
      name = "get_config",
      sig = "!(id, *, restrict=False)",
      doc = "The settings that the interpreter was made with.")
  static PyObject getConfig(PyObject id, boolean restrict) {
    return Configs.toNamespace(find(id, restrict, false, "get the config of").config);
  }

  @PyFunction(
      sig = "!(config=None, *, reqrefs=False)",
      doc =
          "Makes an interpreter and returns its identifier. With reqrefs it ends when decref() has"
              + " given back as many references as incref() took; otherwise destroy() ends it.")
  static long create(PyObject config, boolean reqrefs) {
    InterpreterConfig c = Configs.of(config);
    if (!c.isPossible()) {
      current().runtime.takeId();
      throw InterpreterErrors.error("interpreter creation failed");
    }
    PyInterpreter i;
    try {
      i = Subinterpreters.create(current().runtime, c, PyInterpreter.WHENCE_STDLIB);
    } catch (PyException e) {
      PyException failed = InterpreterErrors.error("interpreter creation failed");
      failed.value.setCause(e.value);
      throw failed;
    }
    if (reqrefs) {
      i.countReferences();
    }
    return i.id;
  }

  @PyFunction(
      sig = "!(id, *, restrict=False)",
      doc = "Ends an interpreter. Neither the current one nor one that runs code can be ended.")
  static void destroy(PyObject id, boolean restrict) {
    PyInterpreter i = find(id, restrict, false, "destroy");
    if (i == current()) {
      throw InterpreterErrors.error("cannot destroy the current interpreter");
    }
    if (!i.isReady()) {
      throw InterpreterErrors.error("cannot destroy interpreter " + i.id + " (not ready)");
    }
    if (!i.beginEnd()) {
      if (i.isEnding()) {
        throw Errors.of(InterpreterErrors.NOT_FOUND, "unrecognized interpreter ID " + i.id);
      }
      throw InterpreterErrors.error("interpreter running");
    }
    Subinterpreters.end(i);
  }

  @PyFunction(sig = "!(id, *, implieslink=False, restrict=False)", doc = "Takes a reference.")
  static void incref(PyObject id, boolean implieslink, boolean restrict) {
    PyInterpreter i = find(id, restrict, true, "incref");
    if (implieslink) {
      i.countReferences();
    }
    i.reference();
  }

  @PyFunction(
      sig = "!(id, *, restrict=False)",
      doc = "Gives a reference back; with the last one an interpreter may end.")
  static void decref(PyObject id, boolean restrict) {
    PyInterpreter i = find(id, restrict, true, "decref");
    if (i.dereference()) {
      Session.endIfUnreferenced(i);
    }
  }

  // ---- running code

  @PyFunction(
      name = "set___main___attrs",
      raw = true,
      doc =
          "set___main___attrs(id, ns, *, restrict=False)\n\n"
              + "Sets names in the interpreter's __main__ to objects that can go over.")
  static void setMainAttrs(PyObject[] args, String @Nullable [] kwnames) {
    Arguments a = new Arguments("set___main___attrs", 2, args, kwnames, "id", "ns");
    PyDict ns = (PyDict) a.of(1, PyDict.class, "dict");
    PyInterpreter i = find(a.get(0), a.restrict, true, "update __main__ for");
    if (ns.size() == 0) {
      throw Errors.valueError("arg 2 must be a non-empty dict");
    }
    RemoteCall.bind(i, ns);
  }

  @PyFunction(
      raw = true,
      doc =
          "exec(id, code, shared=None, *, restrict=False)\n\n"
              + "Runs code in the interpreter's __main__: a str, a function without parameters"
              + " and closure, or a code object. Returns None, or what is to be told of the"
              + " exception that the code has raised.")
  static PyObject exec(PyObject[] args, String @Nullable [] kwnames) {
    Arguments a = new Arguments("exec", 2, args, kwnames, "id", "code", "shared");
    PyDict shared = (PyDict) a.of(2, PyDict.class, "dict");
    PyInterpreter i = find(a.get(0), a.restrict, true, "exec code for");
    return RemoteCall.exec(i, RemoteCall.script(a.get(1)), shared);
  }

  @PyFunction(
      name = "run_string",
      raw = true,
      doc =
          "run_string(id, script, shared=None, *, restrict=False)\n\n"
              + "As exec(), for a str alone.")
  static PyObject runString(PyObject[] args, String @Nullable [] kwnames) {
    Arguments a = new Arguments("run_string", 2, args, kwnames, "id", "script", "shared");
    PyObject script = a.of(1, PyStr.class, "str");
    PyDict shared = (PyDict) a.of(2, PyDict.class, "dict");
    PyInterpreter i = find(a.get(0), a.restrict, true, "run a string in");
    return RemoteCall.exec(i, RemoteCall.script(script), shared);
  }

  @PyFunction(
      name = "run_func",
      raw = true,
      doc =
          "run_func(id, func, shared=None, *, restrict=False)\n\n"
              + "As exec(), for a function or code object alone.")
  static PyObject runFunc(PyObject[] args, String @Nullable [] kwnames) {
    Arguments a = new Arguments("run_func", 2, args, kwnames, "id", "func", "shared");
    PyDict shared = (PyDict) a.of(2, PyDict.class, "dict");
    PyInterpreter i = find(a.get(0), a.restrict, true, "run a function in");
    PyObject func = a.get(1);
    if (!RemoteCall.isCode(func)) {
      throw Errors.typeError(
          "_interpreters.run_func() argument 2 must be a function, not " + typeName(func));
    }
    return RemoteCall.exec(i, RemoteCall.script(func), shared);
  }

  @PyFunction(
      raw = true,
      doc =
          "call(id, callable, args=None, kwargs=None, *, restrict=False)\n\n"
              + "Calls something in the interpreter, with arguments that can go over or be"
              + " pickled. Returns the result, or None, and what is to be told of the exception"
              + " that came out, or None.")
  static PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    Arguments a = new Arguments("call", 2, args, kwnames, "id", "callable", "args", "kwargs");
    PyTuple positional = (PyTuple) a.of(2, PyTuple.class, "tuple");
    PyDict keywords = (PyDict) a.of(3, PyDict.class, "dict");
    PyInterpreter i = find(a.get(0), a.restrict, true, "make a call in");
    return RemoteCall.call(i, a.get(1), positional, keywords);
  }

  /** The arguments of the functions above: some are checked before the interpreter is looked up. */
  private static final class Arguments {
    private final String function;
    private final PyObject[] values;
    final boolean restrict;

    Arguments(
        String function,
        int required,
        PyObject[] args,
        String @Nullable [] kwnames,
        String... names) {
      this.function = function;
      values = new PyObject[names.length];
      boolean only = false;
      int positional = args.length - (kwnames == null ? 0 : kwnames.length);
      if (positional > names.length) {
        throw Errors.typeError(
            function
                + "() takes at most "
                + names.length
                + " positional arguments ("
                + positional
                + " given)");
      }
      System.arraycopy(args, 0, values, 0, positional);
      for (int i = positional; i < args.length; i++) {
        String name = kwnames[i - positional];
        int at = java.util.List.of(names).indexOf(name);
        if (name.equals("restrict")) {
          only = PyObjects.isTrue(args[i]);
        } else if (at < 0) {
          throw Errors.typeError(function + "() got an unexpected keyword argument '" + name + "'");
        } else if (values[at] != null) {
          throw Errors.typeError(
              "argument for "
                  + function
                  + "() given by name ('"
                  + name
                  + "') and position ("
                  + (at + 1)
                  + ")");
        } else {
          values[at] = args[i];
        }
      }
      for (int i = 0; i < required; i++) {
        if (values[i] == null) {
          throw Errors.typeError(
              function + "() missing required argument '" + names[i] + "' (pos " + (i + 1) + ")");
        }
      }
      restrict = only;
    }

    PyObject get(int i) {
      return values[i];
    }

    /** An argument of a type, or null if it isn't given. */
    @Nullable PyObject of(int i, Class<? extends PyObject> type, String name) {
      PyObject v = values[i];
      if (v != null && !type.isInstance(v)) {
        throw Errors.typeError(
            "_interpreters."
                + function
                + "() argument "
                + (i + 1)
                + " must be "
                + name
                + ", not "
                + typeName(v));
      }
      return v;
    }
  }

  // ---- objects and exceptions

  @PyFunction(
      name = "is_shareable",
      sig = "!(obj)",
      doc = "Whether objects like this one can go over to another interpreter as they are.")
  static boolean isShareable(PyObject obj) {
    return CrossObjects.isShareable(obj);
  }

  @PyFunction(
      name = "capture_exception",
      sig = "!(exc=None)",
      doc =
          "What exec() would tell of an exception; by default of the one being handled, None when"
              + " there is none.")
  static PyObject captureException(PyObject exc) {
    PyObject e = exc == Py.None ? ThreadState.current().currentException() : exc;
    if (e == null) {
      return Py.None;
    }
    if (!(e instanceof PyBaseException b) || !PyObjects.isInstance(e, Exceptions.BaseException)) {
      throw Errors.typeError("expected exception, got " + PyObjects.repr(e));
    }
    return ExceptionSnapshot.of(b).toNamespace();
  }
}
