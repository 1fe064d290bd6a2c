package org.plait.jit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;

/** One class file: the constants as static fields, and the method. */
final class Unit {
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(Asm.OBJECT, Asm.FRAME, Asm.OBJECT.arrayType());
  private static final MethodTypeDesc LONG_VALUE = MethodTypeDesc.of(ConstantDescs.CD_long);
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final ClassDesc self;
  private final Asm asm;
  private final Translator translator;

  private final boolean frameless;
  private final int arguments;

  Unit(
      PyCode code,
      Piece piece,
      int drain,
      @Nullable Signature signature,
      boolean initialisesAll,
      Feedback feedback,
      Tier.Linkage linkage) {
    frameless = signature != null;
    String kind = frameless ? "Fast$" : "Compiled$";
    self = ClassDesc.of(Asm.INTERP + kind + plain(code.unit.name) + "$" + piece.entry());
    arguments = code.parameters();
    asm = new Asm(self, signature, initialisesAll);
    translator = new Translator(code, piece, drain, feedback, linkage, asm);
  }

  /** The type of the method of code without a frame. */
  static MethodTypeDesc runType(int arguments) {
    ClassDesc[] types = new ClassDesc[2 + arguments];
    Arrays.fill(types, Asm.OBJECT);
    types[0] = Asm.THREAD;
    types[1] = Asm.FUNCTION;
    return MethodTypeDesc.of(Asm.OBJECT, types);
  }

  private static String plain(String name) {
    StringBuilder s = new StringBuilder();
    for (char c : name.toCharArray()) {
      s.append(c < 128 && Character.isJavaIdentifierPart(c) ? c : '_');
    }
    return s.toString();
  }

  Object[] constants() {
    return asm.constants();
  }

  /** What was left to the interpreter's instructions, for the log. */
  String left() {
    return translator.left();
  }

  /** Has the code treat its first parameter as an instance that nobody else knows; see Fresh. */
  boolean takesFresh() {
    return translator.takesFresh();
  }

  byte[] build() {
    translator.analyse();
    return ClassFile.of()
        .build(
            self,
            c -> {
              c.withFlags(ClassFile.ACC_FINAL);
              boolean unboxed = !asm.signature.isBoxed();
              ClassDesc base =
                  unboxed ? asm.signature.entry() : frameless ? Asm.FAST_CODE : Asm.COMPILED;
              c.withSuperclass(base);
              c.withMethodBody(
                  "<init>",
                  NOTHING,
                  0,
                  b -> b.aload(0).invokespecial(base, "<init>", NOTHING).return_());
              c.withMethodBody(
                  unboxed ? Signature.METHOD : frameless ? "run" + arguments : "run",
                  unboxed ? asm.signature.methodType() : frameless ? runType(arguments) : RUN,
                  ClassFile.ACC_PUBLIC,
                  b -> {
                    asm.cb = b;
                    translator.write();
                    asm.cb = null;
                  });
              if (unboxed) {
                c.withMethodBody(
                    "run" + arguments, runType(arguments), ClassFile.ACC_PUBLIC, this::unbox);
              }
              List<ClassDesc> types = asm.constantTypes();
              for (int i = 0; i < types.size(); i++) {
                c.withField("c" + i, types.get(i), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
              }
              c.withMethodBody(
                  "<clinit>",
                  NOTHING,
                  ClassFile.ACC_STATIC,
                  b -> {
                    b.invokestatic(
                        Asm.SUPPORT,
                        "constants",
                        MethodTypeDesc.of(ConstantDescs.CD_Object.arrayType()));
                    b.astore(0);
                    for (int i = 0; i < types.size(); i++) {
                      b.aload(0).loadConstant(i).aaload();
                      if (types.get(i).equals(Asm.J)) {
                        b.checkcast(ConstantDescs.CD_Long);
                        b.invokevirtual(ConstantDescs.CD_Long, "longValue", LONG_VALUE);
                      } else {
                        b.checkcast(types.get(i));
                      }
                      b.putstatic(self, "c" + i, types.get(i));
                    }
                    b.return_();
                  });
            });
  }

  /** The method that takes and returns objects, by the one that takes and returns numbers. */
  private void unbox(CodeBuilder b) {
    Signature s = asm.signature;
    Label otherwise = b.newLabel();
    for (int i = 0; i < arguments; i++) {
      if (s.parameter(i) != Kind.OBJECT) {
        b.aload(3 + i);
        b.invokestatic(
            Asm.SUPPORT,
            s.parameter(i) == Kind.LONG ? "isLong" : "isFloat",
            MethodTypeDesc.of(Asm.Z, Asm.OBJECT));
        b.ifeq(otherwise);
      }
    }
    b.aload(0).aload(1).aload(2);
    for (int i = 0; i < arguments; i++) {
      b.aload(3 + i);
      if (s.parameter(i) == Kind.LONG) {
        b.invokestatic(Asm.SUPPORT, "longValue", MethodTypeDesc.of(Asm.J, Asm.OBJECT));
      } else if (s.parameter(i) == Kind.DOUBLE) {
        b.invokestatic(Asm.SUPPORT, "floatValue", MethodTypeDesc.of(Asm.D, Asm.OBJECT));
      }
    }
    b.invokevirtual(self, Signature.METHOD, s.methodType());
    if (s.result() != Kind.OBJECT) {
      Label box = b.newLabel();
      if (s.result() == Kind.LONG) {
        b.dup2().loadConstant(FastCode.LEFT).lcmp().ifne(box);
      } else {
        b.dup2().dup2().dcmpl().ifeq(box);
      }
      b.aload(1);
      b.invokestatic(Asm.FRAMELESS, "isLeft", MethodTypeDesc.of(Asm.Z, Asm.THREAD));
      b.ifeq(box);
      b.pop2().aconst_null().areturn();
      b.labelBinding(box);
      b.invokestatic(Asm.SUPPORT, "box", MethodTypeDesc.of(Asm.OBJECT, Signature.type(s.result())));
    }
    b.areturn();
    b.labelBinding(otherwise);
    b.aload(0).aload(1).aload(2);
    b.loadConstant(arguments).anewarray(Asm.OBJECT);
    for (int i = 0; i < arguments; i++) {
      b.dup().loadConstant(i).aload(3 + i).aastore();
    }
    b.invokestatic(
        Asm.FRAMELESS,
        "leave",
        MethodTypeDesc.of(Asm.V, Asm.FAST_CODE, Asm.THREAD, Asm.FUNCTION, Asm.OBJECT.arrayType()));
    b.aconst_null().areturn();
  }

  /** Bytes of bytecode of the method. */
  static int codeLength(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .filter(m -> m.methodName().stringValue().startsWith("run"))
        .mapToInt(m -> ((CodeAttribute) m.code().orElseThrow()).codeLength())
        .sum();
  }
}
