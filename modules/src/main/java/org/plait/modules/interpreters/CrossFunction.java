package org.plait.modules.interpreters;

import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.interp.Builtins;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyTuple;

/**
 * A function without state: its code goes over, and its globals are those of the other
 * interpreter's {@code __main__}.
 */
final class CrossFunction extends CrossData {
  private final byte[] code;

  /**
   * @throws PyException NotShareableError if the function has state
   */
  CrossFunction(PyFunction f) {
    try {
      checkStateless(f);
      code = Marshal.dumps(f.code(), Marshal.VERSION, true);
    } catch (PyException e) {
      throw InterpreterErrors.notShareable("only stateless functions are shareable", e.value);
    }
  }

  @Override
  PyObject rebuild() {
    PyCode c = (PyCode) Marshal.loads(code, 0, true);
    PyDict globals = globals();
    return new PyFunction(c, globals, Builtins.of(globals), new PyCell[0]);
  }

  private static PyDict globals() {
    PyObject main = Session.mainModule(ThreadState.current().interpreter);
    if (main instanceof PyModule m) {
      return m.dict();
    }
    PyDict d = new PyDict();
    d.putStr("__builtins__", ThreadState.current().interpreter.modules.getStr("builtins"));
    return d;
  }

  // Compare CPython _PyFunction_VerifyStateless in funcobject.c.
  /**
   * @throws PyException ValueError or TypeError that says what the function depends on
   */
  static void checkStateless(PyFunction f) {
    if (PyObjects.getAttr(f, "__defaults__") instanceof PyTuple t && t.size() > 0) {
      throw Errors.valueError("defaults not supported");
    }
    if (PyObjects.getAttr(f, "__kwdefaults__") instanceof PyDict d && d.size() > 0) {
      throw Errors.valueError("keyword defaults not supported");
    }
    checkCode(f);
  }

  static void checkCode(PyFunction f) {
    if (f.closure().length > 0) {
      throw Errors.valueError("closures not supported");
    }
    PyObject builtins = PyObjects.getAttr(f, "__builtins__");
    checkStateless(f.code(), f.globals(), builtins instanceof PyDict d ? d : new PyDict());
  }

  // Compare CPython _PyCode_VerifyStateless in codeobject.c.
  /**
   * @param globals names that count as globals even if there are such built-ins, or null
   * @throws PyException ValueError if the code needs a closure or globals
   */
  static void checkStateless(PyCode code, PyDict globals, PyDict builtins) {
    CodeUnit u = code.unit;
    if (u.freeVars.length > 0) {
      throw Errors.valueError("closures not supported");
    }
    for (int i = 0; i < u.code.length; i += CodeUnit.WORDS) {
      int name =
          switch (Opcode.of(u.code[i])) {
            case LOAD_GLOBAL, LOAD_NAME -> u.code[i + 2];
            case STORE_GLOBAL, DELETE_GLOBAL -> u.code[i + 1];
            default -> -1;
          };
      if (name >= 0) {
        String n = u.names[name];
        boolean global = globals != null && globals.getStr(n) != null;
        if (global || builtins.getStr(n) == null) {
          throw Errors.valueError("globals not supported");
        }
      }
    }
  }

  // Compare CPython verify_script in crossinterp.c.
  /**
   * @param pure whether it may use no globals either
   * @throws PyException ValueError if the code needs more than a namespace, or returns something
   */
  static void checkScript(PyCode code, boolean pure) {
    CodeUnit u = code.unit;
    if (pure) {
      checkStateless(code, null, ThreadState.current().interpreter.builtins);
    } else if (u.freeVars.length > 0) {
      throw Errors.valueError("closures not supported");
    }
    if (u.argCount > 0
        || u.kwOnlyArgCount > 0
        || u.has(CodeFlags.VARARGS | CodeFlags.VARKEYWORDS)) {
      throw Errors.valueError("code with args not supported");
    }
    if (!returnsOnlyNone(code)) {
      throw Errors.valueError("code that returns a value is not a script");
    }
  }

  /** Whether all that the code returns is None, written as such. */
  static boolean returnsOnlyNone(PyCode code) {
    CodeUnit u = code.unit;
    if (u.has(CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR)) {
      return false;
    }
    for (int i = 0; i < u.code.length; i += CodeUnit.WORDS) {
      if (Opcode.of(u.code[i]) == Opcode.RETURN_VALUE) {
        int value = u.code[i + 1];
        if (value >= 0 || code.consts[~value] != Py.None) {
          return false;
        }
      }
    }
    return true;
  }
}
