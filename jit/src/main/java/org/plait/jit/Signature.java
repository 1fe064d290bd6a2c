package org.plait.jit;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/**
 * In which kinds code without a frame takes its arguments and gives its result: OBJECT, or LONG and
 * DOUBLE where that was always one and is computed with.
 *
 * @param text the kinds as {@link org.plait.runtime.interp.FastCode#kinds} has them
 */
record Signature(String text) {
  /** The method with these kinds. */
  static final String METHOD = "runUnboxed";

  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  static Signature boxed(int parameters) {
    return new Signature("L".repeat(parameters) + "_L");
  }

  /** What the notes say. */
  static Signature of(PyCode code, Feedback feedback) {
    int n = code.parameters();
    int[] seen = feedback.arguments();
    char[] kinds = new char[n];
    Arrays.fill(kinds, 'L');
    for (int i = 0; i < n && seen.length == n && feedback.mayGuess(0); i++) {
      char kind = letter(seen[i]);
      if (kind != 'L' && isOperand(code.unit, i)) {
        kinds[i] = kind;
      }
    }
    return new Signature(new String(kinds) + "_" + result(code, feedback));
  }

  private static char letter(int seen) {
    return seen == Feedback.LONG ? 'J' : seen == Feedback.FLOAT ? 'D' : 'L';
  }

  /** Whether a parameter is computed with, and in no cell. */
  private static boolean isOperand(CodeUnit u, int register) {
    boolean found = false;
    for (int pc = 0; pc < u.length(); pc++) {
      int at = pc * CodeUnit.WORDS;
      Opcode op = Opcode.of(u.code[at]);
      if (op == Opcode.MAKE_CELL && u.code[at + 2] == register) {
        return false;
      }
      if (computes(op)) {
        found |= op.a == Operand.VAL && u.code[at + 1] == register;
        found |= op.b == Operand.VAL && u.code[at + 2] == register;
        found |= op.c == Operand.VAL && u.code[at + 3] == register;
      }
    }
    return found;
  }

  private static boolean computes(Opcode op) {
    String name = op.name();
    boolean arithmetic =
        name.startsWith("BINARY_") && op.b == Operand.VAL || name.startsWith("INPLACE_");
    boolean order =
        !name.contains("_IS")
            && (name.startsWith("COMPARE_")
                || name.startsWith("JUMP_IF_")
                || name.startsWith("JUMP_UNLESS_"));
    return arithmetic || order && (name.endsWith("T") || name.endsWith("E") || name.endsWith("Q"));
  }

  /** The kind of all results, if one of them is computed. */
  private static char result(PyCode code, Feedback feedback) {
    CodeUnit u = code.unit;
    int seen = 0;
    boolean computed = false;
    for (int pc = 0; pc < u.length(); pc++) {
      int at = pc * CodeUnit.WORDS;
      if (Opcode.of(u.code[at]) != Opcode.RETURN_VALUE || feedback.neverRan(pc)) {
        continue;
      }
      int x = u.code[at + 1];
      if (!feedback.mayGuess(pc)) {
        return 'L';
      }
      seen |= x < 0 ? constant(code.consts[~x]) : feedback.left(pc);
      computed |= x >= 0 && isComputed(u, x);
    }
    return computed ? letter(seen) : 'L';
  }

  private static int constant(PyObject c) {
    return c instanceof PyInt i && i.getClass() == PyInt.class && i.isLong()
        ? Feedback.LONG
        : c.getClass() == PyFloat.class ? Feedback.FLOAT : Feedback.OTHER;
  }

  private static boolean isComputed(CodeUnit u, int register) {
    for (int pc = 0; pc < u.length(); pc++) {
      int at = pc * CodeUnit.WORDS;
      Opcode op = Opcode.of(u.code[at]);
      boolean arithmetic =
          op.name().startsWith("BINARY_") && op.b == Operand.VAL && op != Opcode.BINARY_SUBSCR
              || op.name().startsWith("INPLACE_")
              || op == Opcode.UNARY_NEGATIVE;
      if (arithmetic && u.code[at + 1] == register) {
        return true;
      }
    }
    return false;
  }

  /** The one that a function's code has. */
  static Signature parse(@Nullable String kinds, int parameters) {
    return kinds == null ? boxed(parameters) : new Signature(kinds);
  }

  /** Whether all are objects. */
  boolean isBoxed() {
    return text.indexOf('J') < 0 && text.indexOf('D') < 0;
  }

  int parameters() {
    return text.length() - 2;
  }

  byte parameter(int i) {
    return kind(text.charAt(i));
  }

  byte result() {
    return kind(text.charAt(text.length() - 1));
  }

  private static byte kind(char c) {
    return c == 'J' ? Kind.LONG : c == 'D' ? Kind.DOUBLE : Kind.OBJECT;
  }

  static ClassDesc type(byte kind) {
    return kind == Kind.LONG ? Asm.J : kind == Kind.DOUBLE ? Asm.D : Asm.OBJECT;
  }

  /** Of the method. */
  MethodTypeDesc methodType() {
    ClassDesc[] types = new ClassDesc[2 + parameters()];
    types[0] = Asm.THREAD;
    types[1] = Asm.FUNCTION;
    for (int i = 0; i < parameters(); i++) {
      types[2 + i] = type(parameter(i));
    }
    return MethodTypeDesc.of(type(result()), types);
  }

  /** The class that has the method. */
  ClassDesc entry() {
    return ClassDesc.of(Asm.INTERP + "FastCode$" + text);
  }

  /** The file of that class. */
  byte[] entryClass() {
    return ClassFile.of()
        .build(
            entry(),
            c -> {
              c.withFlags(ClassFile.ACC_ABSTRACT | ClassFile.ACC_SUPER);
              c.withSuperclass(Asm.FAST_CODE);
              c.withMethodBody(
                  "<init>",
                  NOTHING,
                  0,
                  b -> b.aload(0).invokespecial(Asm.FAST_CODE, "<init>", NOTHING).return_());
              c.withMethodBody(
                  "kinds",
                  MethodTypeDesc.of(ConstantDescs.CD_String),
                  ClassFile.ACC_PUBLIC,
                  b -> b.loadConstant(text).areturn());
              c.withMethod(
                  METHOD, methodType(), ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT, m -> {});
            });
  }
}
