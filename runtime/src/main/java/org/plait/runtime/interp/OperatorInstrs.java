package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PySequences;

/**
 * Binary operators and comparisons. Each has a class of its own, so that it gets its own profile.
 */
final class OperatorInstrs {
  private OperatorInstrs() {}

  /** {@code r[dst] = left op right}; an operand is a register or, when given, a constant. */
  abstract static class Binary extends Instr {
    final int dst;
    private final int left;
    private final int right;
    private final @Nullable PyObject leftConst;
    private final @Nullable PyObject rightConst;
    final int next;

    Binary(Operands o) {
      dst = o.a;
      left = o.b;
      right = o.c;
      leftConst = o.constantOrNull(o.b);
      rightConst = o.constantOrNull(o.c);
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

  static final class BinaryAdd extends Binary {
    BinaryAdd(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.add(left(r), right(r));
      return next;
    }
  }

  static final class BinarySub extends Binary {
    BinarySub(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.sub(left(r), right(r));
      return next;
    }
  }

  static final class BinaryMult extends Binary {
    BinaryMult(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.mul(left(r), right(r));
      return next;
    }
  }

  static final class BinaryMatMult extends Binary {
    BinaryMatMult(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.matmul(left(r), right(r));
      return next;
    }
  }

  static final class BinaryDiv extends Binary {
    BinaryDiv(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.truediv(left(r), right(r));
      return next;
    }
  }

  static final class BinaryMod extends Binary {
    BinaryMod(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.mod(left(r), right(r));
      return next;
    }
  }

  static final class BinaryPow extends Binary {
    BinaryPow(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.pow(left(r), right(r));
      return next;
    }
  }

  static final class BinaryLShift extends Binary {
    BinaryLShift(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.lshift(left(r), right(r));
      return next;
    }
  }

  static final class BinaryRShift extends Binary {
    BinaryRShift(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.rshift(left(r), right(r));
      return next;
    }
  }

  static final class BinaryOr extends Binary {
    BinaryOr(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.or(left(r), right(r));
      return next;
    }
  }

  static final class BinaryXor extends Binary {
    BinaryXor(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.xor(left(r), right(r));
      return next;
    }
  }

  static final class BinaryAnd extends Binary {
    BinaryAnd(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.and(left(r), right(r));
      return next;
    }
  }

  static final class BinaryFloorDiv extends Binary {
    BinaryFloorDiv(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.floordiv(left(r), right(r));
      return next;
    }
  }

  static final class InplaceAdd extends Binary {
    InplaceAdd(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.iadd(left(r), right(r));
      return next;
    }
  }

  static final class InplaceSub extends Binary {
    InplaceSub(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.isub(left(r), right(r));
      return next;
    }
  }

  static final class InplaceMult extends Binary {
    InplaceMult(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.imul(left(r), right(r));
      return next;
    }
  }

  static final class InplaceMatMult extends Binary {
    InplaceMatMult(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.imatmul(left(r), right(r));
      return next;
    }
  }

  static final class InplaceDiv extends Binary {
    InplaceDiv(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.itruediv(left(r), right(r));
      return next;
    }
  }

  static final class InplaceMod extends Binary {
    InplaceMod(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.imod(left(r), right(r));
      return next;
    }
  }

  static final class InplacePow extends Binary {
    InplacePow(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ipow(left(r), right(r));
      return next;
    }
  }

  static final class InplaceLShift extends Binary {
    InplaceLShift(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ilshift(left(r), right(r));
      return next;
    }
  }

  static final class InplaceRShift extends Binary {
    InplaceRShift(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.irshift(left(r), right(r));
      return next;
    }
  }

  static final class InplaceOr extends Binary {
    InplaceOr(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ior(left(r), right(r));
      return next;
    }
  }

  static final class InplaceXor extends Binary {
    InplaceXor(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ixor(left(r), right(r));
      return next;
    }
  }

  static final class InplaceAnd extends Binary {
    InplaceAnd(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.iand(left(r), right(r));
      return next;
    }
  }

  static final class InplaceFloorDiv extends Binary {
    InplaceFloorDiv(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ifloordiv(left(r), right(r));
      return next;
    }
  }

  static final class CompareLt extends Binary {
    CompareLt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.lt(left(r), right(r));
      return next;
    }
  }

  static final class CompareLe extends Binary {
    CompareLe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.le(left(r), right(r));
      return next;
    }
  }

  static final class CompareEq extends Binary {
    CompareEq(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.eq(left(r), right(r));
      return next;
    }
  }

  static final class CompareNe extends Binary {
    CompareNe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ne(left(r), right(r));
      return next;
    }
  }

  static final class CompareGt extends Binary {
    CompareGt(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.gt(left(r), right(r));
      return next;
    }
  }

  static final class CompareGe extends Binary {
    CompareGe(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.ge(left(r), right(r));
      return next;
    }
  }

  static final class CompareIs extends Binary {
    CompareIs(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = Py.bool_(OpcodeImpl.is(left(r), right(r)));
      return next;
    }
  }

  static final class CompareIsNot extends Binary {
    CompareIsNot(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = Py.bool_(!OpcodeImpl.is(left(r), right(r)));
      return next;
    }
  }

  static final class CompareIn extends Binary {
    CompareIn(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = Py.bool_(PySequences.contains(right(r), left(r)));
      return next;
    }
  }

  static final class CompareNotIn extends Binary {
    CompareNotIn(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = Py.bool_(!PySequences.contains(right(r), left(r)));
      return next;
    }
  }

  static final class BinarySubscr extends Binary {
    BinarySubscr(Operands o) {
      super(o);
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = OpcodeImpl.getItem(left(r), right(r));
      return next;
    }
  }
}
