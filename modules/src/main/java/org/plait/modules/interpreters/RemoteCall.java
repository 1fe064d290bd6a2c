package org.plait.modules.interpreters;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Scripts and calls that run in another interpreter. */
public final class RemoteCall {
  private RemoteCall() {}

  // ---- names in __main__

  /** Names and the data of their values. */
  private record Shared(List<String> names, List<CrossData> values) {
    static Shared of(@Nullable PyDict ns) {
      Shared s = new Shared(new ArrayList<>(), new ArrayList<>());
      PyObject[] items = ns == null ? PyObject.NO_ARGS : ns.snapshotItems();
      try {
        for (int i = 0; i < items.length; i += 2) {
          if (!(items[i] instanceof PyStr name)) {
            throw Errors.typeError("bad argument type for built-in operation");
          }
          // Names must be encodable.
          PyCodecs.encode(name, "utf-8", "strict");
          if (items[i].toString().indexOf('\0') >= 0) {
            throw Errors.valueError("embedded null character");
          }
          s.names.add(items[i].toString());
          s.values.add(CrossObjects.data(items[i + 1], false));
        }
        return s;
      } catch (PyException e) {
        s.release();
        throw e;
      }
    }

    void bind(PyDict main) {
      for (int i = 0; i < names.size(); i++) {
        main.putStr(names.get(i), values.get(i).rebuild());
      }
    }

    void release() {
      values.forEach(CrossData::release);
    }
  }

  /** Sets names in the interpreter's {@code __main__}. */
  public static void bind(PyInterpreter i, PyDict ns) {
    exec(i, null, ns);
  }

  // ---- scripts

  // Compare CPython get_script_xidata in crossinterp.c.
  /**
   * What a script is made of, ready to go over.
   *
   * @param code a str, bytes, function or code object
   * @throws PyException SyntaxError, TypeError if it is something else, ValueError if it is no
   *     script
   */
  public static byte[] script(PyObject code) {
    return script(code, false);
  }

  /**
   * @throws PyException ValueError or TypeError if the code of a function, or a code object,
   *     depends on more than built-ins; of a code object alone nobody knows its globals
   */
  public static void checkStateless(PyObject code) {
    if (code instanceof PyFunction f) {
      CrossFunction.checkCode(f);
    } else if (code instanceof PyCode c) {
      if (c.unit.freeVars.length > 0) {
        throw Errors.valueError("closures not supported");
      }
    } else {
      throw Errors.typeError("argument must be a code object or a function");
    }
  }

  /** Whether an object is a function or code object. */
  public static boolean isCode(PyObject o) {
    return o instanceof PyFunction || o instanceof PyCode;
  }

  static byte[] script(PyObject code, boolean pure) {
    // Text may use any names: they are those of the other __main__.
    boolean checked = pure && isCode(code);
    PyCode c;
    if (code instanceof PyStr text) {
      c = Compiling.compileText(text, "<script>");
    } else if (code instanceof PyBytes) {
      PyStr text = PyCodecs.decode(PyBuffers.toBytes(code), "utf-8", null);
      c = Compiling.compileText(text, "<script>");
    } else if (code instanceof PyFunction f) {
      c = f.code();
      if (checked) {
        CrossFunction.checkStateless(f);
      } else if (f.closure().length > 0) {
        throw Errors.valueError("closures not supported");
      }
    } else if (code instanceof PyCode given) {
      c = given;
    } else {
      throw Errors.typeError("unsupported script " + PyObjects.repr(code));
    }
    CrossFunction.checkScript(c, checked);
    return Marshal.dumps(c, Marshal.VERSION, true);
  }

  /**
   * Runs a script in the interpreter's {@code __main__}.
   *
   * @param code null for nothing but binding names
   * @param ns names to be set there before, or null
   * @return None, or what is to be told of the exception that it has raised
   */
  public static PyObject exec(PyInterpreter i, byte @Nullable [] code, @Nullable PyDict ns) {
    Shared shared = Shared.of(ns);
    Session.Outcome outcome;
    try {
      outcome = Session.in(i, main -> run(main, code, shared));
    } finally {
      shared.release();
    }
    return outcome.uncaught() == null ? Py.None : outcome.uncaught().toNamespace();
  }

  private static Session.Outcome run(PyDict main, byte @Nullable [] code, Shared shared) {
    shared.bind(main);
    if (code != null) {
      Compiling.run((PyCode) Marshal.loads(code, 0, true), main, main, null);
    }
    return Session.Outcome.of(null);
  }

  // ---- calls

  /**
   * Calls something in the interpreter.
   *
   * @return a tuple of the result and what is to be told of an exception, one of them None
   */
  public static PyObject call(
      PyInterpreter i, PyObject callable, @Nullable PyTuple args, @Nullable PyDict kwargs) {
    List<CrossData> parts = new ArrayList<>();
    Session.Outcome outcome;
    try {
      CrossData func = add(parts, callableData(callable));
      CrossData positional =
          args == null || args.size() == 0 ? null : add(parts, CrossObjects.data(args, true));
      CrossData keywords =
          kwargs == null || kwargs.size() == 0 ? null : add(parts, CrossObjects.data(kwargs, true));
      outcome = Session.in(i, main -> call(func, positional, keywords));
    } finally {
      parts.forEach(CrossData::release);
    }
    CrossData result = outcome.result();
    if (result == null) {
      return Py.tuple(Py.None, outcome.uncaught().toNamespace());
    }
    try {
      return Py.tuple(result.rebuild(), Py.None);
    } finally {
      result.release();
    }
  }

  private static CrossData add(List<CrossData> parts, CrossData data) {
    parts.add(data);
    return data;
  }

  private static CrossData callableData(PyObject callable) {
    if (callable.type().special(Special.CALL) == null) {
      throw Errors.typeError("expected a callable, got " + PyObjects.repr(callable));
    }
    PyException stateful;
    try {
      if (callable instanceof PyFunction f) {
        return new CrossFunction(f);
      }
      stateful = CrossObjects.unsupported(callable, null);
    } catch (PyException e) {
      stateful = e;
    }
    try {
      return new CrossPickle(callable);
    } catch (PyException unpicklable) {
      throw stateful;
    }
  }

  /** In the other interpreter: what goes wrong outside of the call itself is told apart. */
  private static Session.Outcome call(
      CrossData func, @Nullable CrossData args, @Nullable CrossData kwargs) {
    String what = "func";
    PyObject f;
    PyObject a = Py.EmptyTuple;
    PyObject k = null;
    try {
      f = func.rebuild();
      if (args != null) {
        what = "args";
        a = args.rebuild();
      }
      if (kwargs != null) {
        what = "kwargs";
        k = kwargs.rebuild();
      }
    } catch (PyException e) {
      return Session.Outcome.notShareable(what + " not shareable", e);
    }
    PyObject result = PyCalls.call(f, (PyTuple) a, (PyDict) k);
    try {
      return Session.Outcome.of(CrossObjects.data(result, true));
    } catch (PyException e) {
      return Session.Outcome.notShareable("object does not support cross-interpreter data", e);
    }
  }
}
