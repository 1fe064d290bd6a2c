package org.plait.runtime.interp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyTuple;

/** Calls. Behind each the frame may find itself traced: a callee can turn tracing on. */
final class CallInstrs {
  private CallInstrs() {}

  /** Drops callee and arguments, so that the frame doesn't keep alive what only the call needed. */
  private static void clear(PyObject[] r, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = null;
    }
  }

  /** {@code r[dst] = r[base](r[base+1], …)}. */
  static final class Call extends Instr {
    private final int dst;
    private final int base;
    private final int count;
    private final int next;

    Call(Operands o) {
      dst = o.a;
      base = o.b;
      count = o.c;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject callee = r[base];
      int b = base;
      PyObject result =
          switch (count) {
            case 0 -> callee.call0();
            case 1 -> callee.call1(r[b + 1]);
            case 2 -> callee.call2(r[b + 1], r[b + 2]);
            case 3 -> callee.call3(r[b + 1], r[b + 2], r[b + 3]);
            default -> callee.call(Arrays.copyOfRange(r, b + 1, b + 1 + count), null);
          };
      clear(r, b, b + 1 + count);
      r[dst] = result;
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }
  }

  /** The call behind LOAD_METHOD: {@code r[base+1]} is self, or null when already bound. */
  static final class CallMethod extends Instr {
    private final int dst;
    private final int base;
    private final int count;
    private final int next;

    CallMethod(Operands o) {
      dst = o.a;
      base = o.b;
      count = o.c;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject callee = r[base];
      int b = base;
      PyObject self = r[b + 1];
      PyObject result;
      if (self != null) {
        result =
            switch (count) {
              case 0 -> callee.call1(self);
              case 1 -> callee.call2(self, r[b + 2]);
              case 2 -> callee.call3(self, r[b + 2], r[b + 3]);
              default -> callee.call(Arrays.copyOfRange(r, b + 1, b + 2 + count), null);
            };
      } else {
        result =
            switch (count) {
              case 0 -> callee.call0();
              case 1 -> callee.call1(r[b + 2]);
              case 2 -> callee.call2(r[b + 2], r[b + 3]);
              case 3 -> callee.call3(r[b + 2], r[b + 3], r[b + 4]);
              default -> callee.call(Arrays.copyOfRange(r, b + 2, b + 2 + count), null);
            };
      }
      clear(r, b, b + 2 + count);
      r[dst] = result;
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }
  }

  static final class CallKw extends Instr {
    private final int dst;
    private final int base;
    private final CallShape shape;
    private final int next;

    CallKw(Operands o) {
      dst = o.a;
      base = o.b;
      shape = o.code.unit.callShapes[o.c];
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject result =
          r[base].call(Arrays.copyOfRange(r, base + 1, base + 1 + shape.argCount), shape.keywords);
      clear(r, base, base + 1 + shape.argCount);
      r[dst] = result;
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }
  }

  static final class CallMethodKw extends Instr {
    private final int dst;
    private final int base;
    private final CallShape shape;
    private final int next;

    CallMethodKw(Operands o) {
      dst = o.a;
      base = o.b;
      shape = o.code.unit.callShapes[o.c];
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      int from = r[base + 1] != null ? base + 1 : base + 2;
      PyObject result =
          r[base].call(Arrays.copyOfRange(r, from, base + 2 + shape.argCount), shape.keywords);
      clear(r, base, base + 2 + shape.argCount);
      r[dst] = result;
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }
  }

  /** {@code r[dst] = r[base](*r[base+1], **r[base+2])}. */
  static final class CallEx extends Instr {
    private final int dst;
    private final int base;
    private final int next;

    CallEx(Operands o) {
      dst = o.a;
      base = o.b;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = call(r[base], r[base + 1], r[base + 2]);
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }

    static PyObject call(PyObject callee, PyObject args, @Nullable PyObject kwargs) {
      return PyCalls.call(
          callee, tuple(callee, args), kwargs == null ? null : Unpacking.kwargs(callee, kwargs));
    }

    private static PyTuple tuple(PyObject callee, PyObject args) {
      if (args.getClass() == PyTuple.class) {
        return (PyTuple) args;
      }
      try {
        return PySequences.tuple(args);
      } catch (PyException e) {
        if (e.matches(Exceptions.TypeError)
            && args.type().special(Special.ITER) == null
            && !PySequences.isSequence(args)) {
          throw Errors.typeError(
              Unpacking.functionText(callee)
                  + " argument after * must be an iterable, not "
                  + args.type().name());
        }
        throw e;
      }
    }
  }
}
