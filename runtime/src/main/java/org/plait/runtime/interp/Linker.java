package org.plait.runtime.interp;

import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;

/** Turns the words of a code unit into {@link Instr} objects. */
final class Linker {
  private Linker() {}

  static Instr[] link(PyCode code) {
    int n = code.unit.length();
    Instr[] out = new Instr[n];
    for (int pc = 0; pc < n; pc++) {
      Opcode op = Opcode.of(code.unit.code[pc * CodeUnit.WORDS]);
      out[pc] = instruction(op, new Operands(code, pc));
    }
    return out;
  }

  private static Instr instruction(Opcode op, Operands o) {
    return switch (op) {
      case NOP -> new BasicInstrs.Nop(o);
      case RESUME -> new BasicInstrs.Resume(o);
      case LOAD_CONST -> new BasicInstrs.LoadConst(o);
      case MOVE, RESTORE_LOCAL -> new BasicInstrs.Move(o);
      case SAVE_LOCAL -> new BasicInstrs.SaveLocal(o);
      case CLEAR -> new BasicInstrs.Clear(o);
      case CHECK_LOCAL -> new BasicInstrs.CheckLocal(o);
      case LOAD_DEREF -> new BasicInstrs.LoadDeref(o);
      case STORE_DEREF -> new BasicInstrs.StoreDeref(o);
      case LOAD_GLOBAL -> new BasicInstrs.LoadGlobal(o);
      case RETURN_VALUE -> new BasicInstrs.ReturnValue(o);
      case LOAD_ATTR -> new AttributeInstrs.LoadAttr(o);
      case STORE_ATTR -> new AttributeInstrs.StoreAttr(o);
      case LOAD_METHOD -> new AttributeInstrs.LoadMethod(o);
      case CALL -> new CallInstrs.Call(o);
      case CALL_METHOD -> new CallInstrs.CallMethod(o);
      case CALL_KW -> new CallInstrs.CallKw(o);
      case CALL_EX -> new CallInstrs.CallEx(o);
      case CALL_METHOD_KW -> new CallInstrs.CallMethodKw(o);
      default -> op.isJump() ? jump(op, o) : operator(op, o);
    };
  }

  private static Instr jump(Opcode op, Operands o) {
    return switch (op) {
      case JUMP -> new JumpInstrs.Jump(o);
      case JUMP_BACK -> new JumpInstrs.JumpBack(o);
      case FOR_ITER -> new JumpInstrs.ForIter(o);
      case JUMP_IF_TRUE -> new JumpInstrs.IfTrue(o);
      case JUMP_IF_FALSE -> new JumpInstrs.IfFalse(o);
      case JUMP_IF_NONE -> new JumpInstrs.IfNone(o);
      case JUMP_IF_NOT_NONE -> new JumpInstrs.IfNotNone(o);
      case JUMP_IF_LT -> new JumpInstrs.IfLt(o);
      case JUMP_IF_LE -> new JumpInstrs.IfLe(o);
      case JUMP_IF_EQ -> new JumpInstrs.IfEq(o);
      case JUMP_IF_NE -> new JumpInstrs.IfNe(o);
      case JUMP_IF_GT -> new JumpInstrs.IfGt(o);
      case JUMP_IF_GE -> new JumpInstrs.IfGe(o);
      case JUMP_IF_IS -> new JumpInstrs.IfIs(o);
      case JUMP_IF_IS_NOT -> new JumpInstrs.IfIsNot(o);
      case JUMP_IF_IN -> new JumpInstrs.IfIn(o);
      case JUMP_IF_NOT_IN -> new JumpInstrs.IfNotIn(o);
      case JUMP_UNLESS_LT -> new JumpInstrs.UnlessLt(o);
      case JUMP_UNLESS_LE -> new JumpInstrs.UnlessLe(o);
      case JUMP_UNLESS_EQ -> new JumpInstrs.UnlessEq(o);
      case JUMP_UNLESS_NE -> new JumpInstrs.UnlessNe(o);
      case JUMP_UNLESS_GT -> new JumpInstrs.UnlessGt(o);
      case JUMP_UNLESS_GE -> new JumpInstrs.UnlessGe(o);
      case JUMP_UNLESS_EXC_MATCH -> new ExceptionInstrs.UnlessMatch(o);
      case SEND -> new GeneratorInstrs.Send(o);
      case CLEANUP_THROW -> new GeneratorInstrs.CleanupThrow(o);
      default -> throw new IllegalStateException("no instruction for " + op);
    };
  }

  private static Instr operator(Opcode op, Operands o) {
    return switch (op) {
      case BINARY_SUBSCR -> new OperatorInstrs.BinarySubscr(o);
      case BINARY_ADD -> new OperatorInstrs.BinaryAdd(o);
      case BINARY_SUB -> new OperatorInstrs.BinarySub(o);
      case BINARY_MULT -> new OperatorInstrs.BinaryMult(o);
      case BINARY_MATMULT -> new OperatorInstrs.BinaryMatMult(o);
      case BINARY_DIV -> new OperatorInstrs.BinaryDiv(o);
      case BINARY_MOD -> new OperatorInstrs.BinaryMod(o);
      case BINARY_POW -> new OperatorInstrs.BinaryPow(o);
      case BINARY_LSHIFT -> new OperatorInstrs.BinaryLShift(o);
      case BINARY_RSHIFT -> new OperatorInstrs.BinaryRShift(o);
      case BINARY_OR -> new OperatorInstrs.BinaryOr(o);
      case BINARY_XOR -> new OperatorInstrs.BinaryXor(o);
      case BINARY_AND -> new OperatorInstrs.BinaryAnd(o);
      case BINARY_FLOORDIV -> new OperatorInstrs.BinaryFloorDiv(o);
      case INPLACE_ADD -> new OperatorInstrs.InplaceAdd(o);
      case INPLACE_SUB -> new OperatorInstrs.InplaceSub(o);
      case INPLACE_MULT -> new OperatorInstrs.InplaceMult(o);
      case INPLACE_MATMULT -> new OperatorInstrs.InplaceMatMult(o);
      case INPLACE_DIV -> new OperatorInstrs.InplaceDiv(o);
      case INPLACE_MOD -> new OperatorInstrs.InplaceMod(o);
      case INPLACE_POW -> new OperatorInstrs.InplacePow(o);
      case INPLACE_LSHIFT -> new OperatorInstrs.InplaceLShift(o);
      case INPLACE_RSHIFT -> new OperatorInstrs.InplaceRShift(o);
      case INPLACE_OR -> new OperatorInstrs.InplaceOr(o);
      case INPLACE_XOR -> new OperatorInstrs.InplaceXor(o);
      case INPLACE_AND -> new OperatorInstrs.InplaceAnd(o);
      case INPLACE_FLOORDIV -> new OperatorInstrs.InplaceFloorDiv(o);
      case COMPARE_LT -> new OperatorInstrs.CompareLt(o);
      case COMPARE_LE -> new OperatorInstrs.CompareLe(o);
      case COMPARE_EQ -> new OperatorInstrs.CompareEq(o);
      case COMPARE_NE -> new OperatorInstrs.CompareNe(o);
      case COMPARE_GT -> new OperatorInstrs.CompareGt(o);
      case COMPARE_GE -> new OperatorInstrs.CompareGe(o);
      case COMPARE_IS -> new OperatorInstrs.CompareIs(o);
      case COMPARE_IS_NOT -> new OperatorInstrs.CompareIsNot(o);
      case COMPARE_IN -> new OperatorInstrs.CompareIn(o);
      case COMPARE_NOT_IN -> new OperatorInstrs.CompareNotIn(o);
      case RETURN_GENERATOR -> new GeneratorInstrs.ReturnGenerator(o);
      case YIELD_VALUE -> new GeneratorInstrs.YieldValue(o);
      case YIELD_DELEGATE -> new GeneratorInstrs.YieldDelegate(o);
      case LOAD_SPECIAL -> new WithOps.LoadSpecial(o);
      case WITH_EXIT -> new WithOps.Exit(o);
      case RAISE_BARE, RAISE, RAISE_FROM, RERAISE -> new ExceptionInstrs.Raise(op, o);
      case END_ASYNC_FOR -> new ExceptionInstrs.EndAsyncFor(o);
      default -> new ColdInstr(op, o);
    };
  }
}
