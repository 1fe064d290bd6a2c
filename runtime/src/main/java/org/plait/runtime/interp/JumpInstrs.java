package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PySequences;
import org.plait.sched.SafePoint;

/** Jumps, conditional jumps and loops. */
final class JumpInstrs {
  private JumpInstrs() {}

  static final class Jump extends Instr {
    private final int target;

    Jump(Operands o) {
      target = o.a;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return target;
    }
  }

  /** A loop's back-edge: the safe point of loops. */
  static final class JumpBack extends Instr {
    private final int target;
    private int countdown = Tiering.WARM_LOOPS;

    JumpBack(Operands o) {
      target = o.a;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      SafePoint.poll();
      if (Tiering.ON && --countdown < 0) {
        countdown = Tiering.hot(f.code, target);
      }
      return Tracer.armed() ? Tracer.checkFrame(f, target) : target;
    }
  }

  /** {@code for}: the next item, or the jump at the end. */
  static final class ForIter extends Instr {
    private final int dst;
    private final int iterator;
    private final int target;
    private final int next;

    ForIter(Operands o) {
      dst = o.a;
      iterator = o.b;
      target = o.c;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject v = PyIters.next(r[iterator]);
      if (v == null) {
        return target;
      }
      r[dst] = v;
      return next;
    }
  }

  /** A jump on one register. */
  abstract static class Test extends Instr {
    private final int operand;
    final int target;
    final int next;

    Test(Operands o) {
      operand = o.a;
      target = o.b;
      next = o.next;
    }

    final PyObject value(PyObject[] r) {
      return r[operand];
    }
  }

  /** A jump on a comparison of two operands. */
  abstract static class Compare extends Instr {
    private final int left;
    private final int right;
    private final @Nullable PyObject leftConst;
    private final @Nullable PyObject rightConst;
    final int target;
    final int next;

    Compare(Operands o) {
      left = o.a;
      right = o.b;
      leftConst = o.constantOrNull(o.a);
      rightConst = o.constantOrNull(o.b);
      target = o.c;
      next = o.next;
    }

    final PyObject left(PyObject[] r) {
      PyObject k = leftConst;
      return k != null ? k : r[left];
    }

    final PyObject right(PyObject[] r) {
      PyObject k = rightConst;
      return k != null ? k : r[right];
    }
  }

  static final class IfTrue extends Test {
    IfTrue(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.truth(value(r)) ? target : next;
    }
  }

  static final class IfFalse extends Test {
    IfFalse(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.truth(value(r)) ? target : next;
    }
  }

  static final class IfNone extends Test {
    IfNone(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return value(r) == Py.None ? target : next;
    }
  }

  static final class IfNotNone extends Test {
    IfNotNone(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return value(r) != Py.None ? target : next;
    }
  }

  static final class IfLt extends Compare {
    IfLt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testLt(left(r), right(r)) ? target : next;
    }
  }

  static final class IfLe extends Compare {
    IfLe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testLe(left(r), right(r)) ? target : next;
    }
  }

  static final class IfEq extends Compare {
    IfEq(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testEq(left(r), right(r)) ? target : next;
    }
  }

  static final class IfNe extends Compare {
    IfNe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testNe(left(r), right(r)) ? target : next;
    }
  }

  static final class IfGt extends Compare {
    IfGt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testGt(left(r), right(r)) ? target : next;
    }
  }

  static final class IfGe extends Compare {
    IfGe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.testGe(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessLt extends Compare {
    UnlessLt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testLt(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessLe extends Compare {
    UnlessLe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testLe(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessEq extends Compare {
    UnlessEq(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testEq(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessNe extends Compare {
    UnlessNe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testNe(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessGt extends Compare {
    UnlessGt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testGt(left(r), right(r)) ? target : next;
    }
  }

  static final class UnlessGe extends Compare {
    UnlessGe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.testGe(left(r), right(r)) ? target : next;
    }
  }

  static final class IfIs extends Compare {
    IfIs(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return OpcodeImpl.is(left(r), right(r)) ? target : next;
    }
  }

  static final class IfIsNot extends Compare {
    IfIsNot(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !OpcodeImpl.is(left(r), right(r)) ? target : next;
    }
  }

  static final class IfIn extends Compare {
    IfIn(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return PySequences.contains(right(r), left(r)) ? target : next;
    }
  }

  static final class IfNotIn extends Compare {
    IfNotIn(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return !PySequences.contains(right(r), left(r)) ? target : next;
    }
  }
}
