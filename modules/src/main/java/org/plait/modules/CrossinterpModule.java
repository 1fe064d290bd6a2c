package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.interpreters.CodeCounts;
import org.plait.modules.interpreters.Configs;
import org.plait.modules.interpreters.InterpreterErrors;
import org.plait.modules.interpreters.PyCrossData;
import org.plait.modules.interpreters.RemoteCall;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.boot.ErrorDisplay;
import org.plait.runtime.boot.Subinterpreters;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.InterpreterConfig;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/**
 * {@code _crossinterp}: what programs in C do with interpreters and what goes between them, and
 * {@code _interpreters} doesn't offer. The stand-ins for CPython's test extensions are made of it.
 */
@PyModuleDef(
    name = "_crossinterp",
    doc = "What goes between interpreters, and interpreters as C code would make them; for tests.")
public final class CrossinterpModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CrossinterpModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("CrossInterpreterData", PyCrossData.TYPE);
  }

  @PyFunction(
      name = "get_crossinterp_data",
      sig = "(obj, mode='xidata')",
      doc =
          "The data of an object as it goes to another interpreter: by itself (xidata), with"
              + " fallback, pickle, marshal, code, func, script or script-pure.")
  static PyObject getCrossinterpData(PyObject obj, String mode) {
    return PyCrossData.of(obj, mode);
  }

  @PyFunction(
      name = "restore_crossinterp_data",
      sig = "(data)",
      doc = "An object of the data, as another interpreter gets it.")
  static PyObject restoreCrossinterpData(PyCrossData data) {
    return data.rebuild();
  }

  private static PyCode code(PyObject o) {
    PyObject c = o instanceof PyCode ? o : PyObjects.getOptionalAttr(o, "__code__");
    if (c instanceof PyCode code) {
      return code;
    }
    throw Errors.typeError("argument must be a code object or a function");
  }

  private static @Nullable PyDict namespace(PyObject given, PyObject code, String attribute) {
    if (given == Py.None && !(code instanceof PyCode)) {
      return PyObjects.getAttr(code, attribute) instanceof PyDict d ? d : null;
    }
    return given instanceof PyDict d ? d : null;
  }

  @PyFunction(
      name = "get_code_var_counts",
      sig = "(codearg, globalsns=None, builtinsns=None)",
      doc = "How many names of which kind a code object or a function has.")
  static PyObject getCodeVarCounts(PyObject codearg, PyObject globalsns, PyObject builtinsns) {
    return CodeCounts.of(
        code(codearg),
        namespace(globalsns, codearg, "__globals__"),
        namespace(builtinsns, codearg, "__builtins__"));
  }

  @PyFunction(
      name = "verify_stateless_code",
      sig = "(codearg)",
      doc = "Raises an exception if a code object or a function depends on more than built-ins.")
  static void verifyStatelessCode(PyObject codearg) {
    RemoteCall.checkStateless(codearg);
  }

  private static PyInterpreter current() {
    return ThreadState.current().interpreter;
  }

  private static PyInterpreter find(long id) {
    PyInterpreter i = current().runtime.find(id);
    if (i == null) {
      throw Errors.of(InterpreterErrors.NOT_FOUND, "unrecognized interpreter ID " + id);
    }
    return i;
  }

  @PyFunction(
      name = "create_interpreter",
      sig = "(config=None, *, whence=4)",
      doc = "Makes an interpreter of another origin than those of _interpreters.create().")
  static long createInterpreter(PyObject config, int whence) {
    InterpreterConfig c = config == Py.None ? Configs.named("legacy") : Configs.of(config);
    if (!c.isPossible()) {
      current().runtime.takeId();
      throw InterpreterErrors.error("interpreter creation failed");
    }
    return Subinterpreters.create(current().runtime, c, whence).id;
  }

  @PyFunction(
      name = "destroy_interpreter",
      sig = "(id, *, basic=False)",
      doc = "Ends an interpreter.")
  static void destroyInterpreter(long id, boolean basic) {
    PyInterpreter i = find(id);
    if (!i.beginEnd()) {
      throw InterpreterErrors.error("interpreter running");
    }
    Subinterpreters.end(i);
  }

  @PyFunction(
      name = "next_interpreter_id",
      sig = "()",
      doc = "The identifier of the interpreter to be made next.")
  static long nextInterpreterId() {
    return current().runtime.nextId();
  }

  @PyFunction(
      name = "exec_interpreter",
      sig = "(id, code, *, main=False)",
      doc =
          "Runs a script in an interpreter's __main__, as its main program or beside that. Returns"
              + " 0, or -1 after showing an exception there.")
  static int execInterpreter(long id, PyStr code, boolean main) {
    PyInterpreter i = find(id);
    if (main && !i.enterMain()) {
      throw InterpreterErrors.error("interpreter already running");
    }
    try {
      return ThreadState.in(i, () -> run(i, code));
    } finally {
      if (main) {
        i.leaveMain();
      }
    }
  }

  private static int run(PyInterpreter i, PyStr code) {
    try {
      if (!(i.modules.getStr("__main__") instanceof PyModule main)) {
        throw Errors.runtimeError("interpreter has no __main__");
      }
      PyDict d = main.dict();
      Compiling.run(Compiling.compileText(code, "<string>"), d, d, null);
      return 0;
    } catch (PyException e) {
      ErrorDisplay.print(e.value);
      return -1;
    }
  }
}
