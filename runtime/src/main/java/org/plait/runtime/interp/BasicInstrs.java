package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.sched.SafePoint;

/** Registers, cells, globals, entry and return. */
final class BasicInstrs {
  private BasicInstrs() {}

  static final class Nop extends Instr {
    private final int next;

    Nop(Operands o) {
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return next;
    }
  }

  /** Function entry: the safe point of recursion. */
  static final class Resume extends Instr {
    private final int next;
    private static final int GENERATORS =
        CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;
    private final int entry;
    private int countdown = Tiering.WARM_CALLS;

    Resume(Operands o) {
      next = o.next;
      // A call of a generator function ends before its RESUME.
      entry = o.code.unit.has(GENERATORS) ? next - 1 : 0;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      SafePoint.poll();
      if (Tiering.ON && --countdown < 0) {
        countdown = Tiering.hot(f.code, entry);
      }
      return next;
    }
  }

  static final class LoadConst extends Instr {
    private final int dst;
    private final PyObject value;
    private final int next;

    LoadConst(Operands o) {
      dst = o.a;
      value = o.code.consts[o.b];
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = value;
      return next;
    }
  }

  /** MOVE and RESTORE_LOCAL. */
  static final class Move extends Instr {
    private final int dst;
    private final int src;
    private final int next;

    Move(Operands o) {
      dst = o.a;
      src = o.b;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = r[src];
      return next;
    }
  }

  static final class SaveLocal extends Instr {
    private final int dst;
    private final int src;
    private final int next;

    SaveLocal(Operands o) {
      dst = o.a;
      src = o.b;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = r[src];
      r[src] = null;
      return next;
    }
  }

  static final class Clear extends Instr {
    private final int dst;
    private final int next;

    Clear(Operands o) {
      dst = o.a;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = null;
      return next;
    }
  }

  static final class CheckLocal extends Instr {
    private final int src;
    private final int next;

    CheckLocal(Operands o) {
      src = o.a;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      if (r[src] == null) {
        throw unboundLocal(f.code.unit.varNames[src]);
      }
      return next;
    }
  }

  static PyException unboundLocal(String name) {
    return Errors.of(
        Exceptions.UnboundLocalError,
        "cannot access local variable '" + name + "' where it is not associated with a value");
  }

  static final class LoadDeref extends Instr {
    private final int dst;
    private final int cell;
    private final int next;

    LoadDeref(Operands o) {
      dst = o.a;
      cell = o.b;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject v = ((PyCell) r[cell]).get();
      if (v == null) {
        throw emptyCell(f.code, cell);
      }
      r[dst] = v;
      return next;
    }
  }

  static PyException emptyCell(PyCode code, int cell) {
    String name = code.unit.cellName(cell);
    if (cell < code.unit.firstFree()) {
      return unboundLocal(name);
    }
    return Errors.nameError(
        "cannot access free variable '"
            + name
            + "' where it is not associated with a value in enclosing scope",
        name);
  }

  static final class StoreDeref extends Instr {
    private final int cell;
    private final int src;
    private final @Nullable PyObject constant;
    private final int next;

    StoreDeref(Operands o) {
      cell = o.a;
      src = o.b;
      constant = o.constantOrNull(o.b);
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      ((PyCell) r[cell]).set(constant != null ? constant : r[src]);
      return next;
    }
  }

  /** A global or built-in, remembered as an entry of the dict it was found in. */
  static final class LoadGlobal extends Instr {
    private final int dst;
    private final String name;
    private final int next;
    private @Nullable GlobalCache cache;

    LoadGlobal(Operands o) {
      dst = o.a;
      name = o.name(o.b);
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject v = cached(f);
      r[dst] = v != null ? v : slow(f);
      return next;
    }

    /** What was found the last time. */
    @Nullable GlobalCache cache() {
      return cache;
    }

    /** The value if the cache holds; null where {@link #slow} has to look. */
    @Nullable PyObject cached(PyFrame f) {
      GlobalCache c = cache;
      return c == null ? null : c.value(f);
    }

    /** As {@link #cached(PyFrame)}, for a function that runs without a frame. */
    @Nullable PyObject cached(PyFunction fn) {
      GlobalCache c = cache;
      return c == null ? null : c.value(fn);
    }

    PyObject slow(PyFrame f) {
      // What a subclass of dict has is asked by its __getitem__ and __missing__ each time.
      if (f.globals.getClass() == PyDict.class && f.builtins.getClass() == PyDict.class) {
        cache = GlobalCache.find(f.globals, (PyDict) f.builtins, name);
      }
      return Names.loadGlobal(f, name);
    }
  }

  static final class ReturnValue extends Instr {
    private final int src;
    private final @Nullable PyObject constant;

    ReturnValue(Operands o) {
      src = o.a;
      constant = o.constantOrNull(o.a);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      f.result = constant != null ? constant : r[src];
      return RETURN;
    }
  }
}
