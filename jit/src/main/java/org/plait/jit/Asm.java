package org.plait.jit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.FastCode;

/**
 * Writes JVM instructions, or nothing while the translator only works out kinds. Knows the JVM
 * variables: the arguments, a few scratch ones, then those of the registers.
 */
final class Asm {
  static final String INTERP = "org.plait.runtime.interp.";
  static final ClassDesc OBJECT = ClassDesc.of("org.plait.runtime.object.PyObject");
  static final ClassDesc STR = ClassDesc.of("org.plait.runtime.types.PyStr");
  static final ClassDesc OBJECTS = ClassDesc.of("org.plait.runtime.protocol.PyObjects");
  static final ClassDesc FRAME = ClassDesc.of(INTERP + "PyFrame");
  static final ClassDesc CODE = ClassDesc.of(INTERP + "PyCode");
  static final ClassDesc COMPILED = ClassDesc.of(INTERP + "CompiledCode");
  static final ClassDesc FAST_CODE = ClassDesc.of(INTERP + "FastCode");
  static final ClassDesc FRAMELESS = ClassDesc.of(INTERP + "Frameless");
  static final ClassDesc QUIET = ClassDesc.of(INTERP + "Quiet");
  static final ClassDesc THREAD = ClassDesc.of(INTERP + "ThreadState");
  static final ClassDesc FUNCTION = ClassDesc.of(INTERP + "PyFunction");
  static final ClassDesc SUPPORT = ClassDesc.of(INTERP + "CompiledSupport");
  static final ClassDesc OPCODES = ClassDesc.of(INTERP + "OpcodeImpl");
  static final ClassDesc ITERATION = ClassDesc.of(INTERP + "CompiledIteration");
  static final ClassDesc TEXT = ClassDesc.of(INTERP + "CompiledText");
  static final ClassDesc WITH = ClassDesc.of(INTERP + "WithOps");
  static final ClassDesc COLD = ClassDesc.of(INTERP + "ColdOps");
  static final ClassDesc DRAIN = ClassDesc.of(INTERP + "Drain");
  static final ClassDesc INSTR = ClassDesc.of(INTERP + "Instr");
  static final ClassDesc J = ConstantDescs.CD_long;
  static final ClassDesc D = ConstantDescs.CD_double;
  static final ClassDesc I = ConstantDescs.CD_int;
  static final ClassDesc Z = ConstantDescs.CD_boolean;
  static final ClassDesc V = ConstantDescs.CD_void;

  static final int THIS = 0;
  static final int F = 1;
  static final int R = 2;

  /** Scratch: an int, an object, a throwable, longs and doubles. */
  static final int INT = 3;

  static final int REF = 4;
  static final int THROWN = 5;
  static final int LONG1 = 6;
  static final int LONG2 = 8;
  static final int LONG3 = 10;
  static final int DOUBLE1 = 12;
  static final int DOUBLE2 = 14;
  // Of code without a frame: the thread's state, the function, where it stands, scratch objects.
  static final int TS = 16;
  static final int FN = 17;
  static final int PC = 18;
  static final int REF2 = 19;
  static final int FAST = 20;
  private static final int FIRST = 21;
  private static final int KINDS = 16;

  private final Map<Integer, Integer> slots = new HashMap<>();
  private int nextSlot = FIRST;
  private final List<Object> constants = new ArrayList<>();
  private final List<ClassDesc> constantTypes = new ArrayList<>();
  private final ClassDesc self;

  /** Null while kinds are worked out. */
  CodeBuilder cb;

  /** The code has no frame; those that leave it make one. */
  final boolean frameless;

  /** In which kinds code without a frame takes its arguments and gives its result. */
  final Signature signature;

  /** Whether all variables get a value at the start, so that every handler sees their types. */
  private final boolean initialisesAll;

  Asm(ClassDesc self, @Nullable Signature signature, boolean initialisesAll) {
    this.self = self;
    this.initialisesAll = initialisesAll;
    this.frameless = signature != null;
    this.signature = signature == null ? Signature.boxed(0) : signature;
  }

  boolean emitting() {
    return cb != null;
  }

  // ---- constants

  Object[] constants() {
    return constants.toArray();
  }

  List<ClassDesc> constantTypes() {
    return constantTypes;
  }

  /** Pushes a constant object. */
  void constant(Object value, ClassDesc type) {
    if (cb == null) {
      return;
    }
    int i = 0;
    while (i < constants.size() && constants.get(i) != value) {
      i++;
    }
    if (i == constants.size()) {
      constants.add(value);
      constantTypes.add(type);
    }
    cb.getstatic(self, "c" + i, constantTypes.get(i));
  }

  /** Pushes a constant that is another in each process, so that it stands in no listing. */
  void unlisted(long value) {
    if (cb == null) {
      return;
    }
    int i = 0;
    while (i < constants.size() && !(constants.get(i) instanceof Long l && l == value)) {
      i++;
    }
    if (i == constants.size()) {
      constants.add(value);
      constantTypes.add(J);
    }
    cb.getstatic(self, "c" + i, J);
  }

  // ---- variables

  /** The variable of a register for a kind; ranges have four, one behind the other. */
  int slot(int register, byte kind) {
    byte k = kind == Kind.CLEAN ? Kind.OBJECT : kind;
    Integer s = slots.get(register * KINDS + k);
    if (s == null) {
      s = nextSlot;
      slots.put(register * KINDS + k, s);
      nextSlot += k == Kind.OBJECT || k == Kind.FLAG ? 1 : k == Kind.RANGE ? 8 : 2;
    }
    return s;
  }

  /** Takes the arguments of code without a frame to their registers' variables. */
  void takeArguments() {
    cb.aload(1).astore(TS).aload(2).astore(FN);
    int from = 3;
    for (int i = 0; i < signature.parameters(); i++) {
      byte kind = signature.parameter(i);
      switch (kind) {
        case Kind.LONG -> cb.lload(from).lstore(slot(i, kind));
        case Kind.DOUBLE -> cb.dload(from).dstore(slot(i, kind));
        default -> cb.aload(from).astore(slot(i, kind));
      }
      from += kind == Kind.OBJECT ? 1 : 2;
    }
    if (initialisesAll) {
      cb.aconst_null().astore(F).aconst_null().astore(R).iconst_0().istore(PC);
      cb.aconst_null().astore(REF2).aconst_null().astore(FAST);
    }
  }

  private boolean isArgument(int variable) {
    int register = variable / KINDS;
    return register < signature.parameters()
        && signature.parameter(register) == (byte) (variable % KINDS);
  }

  /**
   * Gives variables a value.
   *
   * @param wanted those that may be read before they are written
   */
  void initialise(BitSet wanted) {
    if (initialisesAll) {
      initialiseScratch();
    }
    initialise(s -> initialisesAll || wanted.get(s));
  }

  private void initialiseScratch() {
    cb.iconst_0().istore(INT).aconst_null().astore(REF).aconst_null().astore(THROWN);
    for (int s : new int[] {LONG1, LONG2, LONG3}) {
      cb.lconst_0().lstore(s);
    }
    cb.dconst_0().dstore(DOUBLE1).dconst_0().dstore(DOUBLE2);
  }

  private void initialise(IntPredicate wanted) {
    slots.entrySet().stream()
        .filter(e -> !isArgument(e.getKey()) && wanted.test(e.getValue()))
        .sorted((a, b) -> Integer.compare(a.getValue(), b.getValue()))
        .forEach(
            e -> {
              int s = e.getValue();
              switch ((byte) (e.getKey() % KINDS)) {
                case Kind.OBJECT -> cb.aconst_null().astore(s);
                case Kind.FLAG -> cb.iconst_0().istore(s);
                case Kind.LONG -> cb.lconst_0().lstore(s);
                case Kind.DOUBLE -> cb.dconst_0().dstore(s);
                default -> {
                  for (int i = 0; i < 8; i += 2) {
                    cb.lconst_0().lstore(s + i);
                  }
                }
              }
            });
  }

  // ---- calls

  /** Calls a static method of CompiledSupport. */
  void support(String name, ClassDesc result, ClassDesc... parameters) {
    invoke(SUPPORT, name, result, parameters);
  }

  void invoke(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
    if (cb != null) {
      cb.invokestatic(owner, name, MethodTypeDesc.of(result, parameters));
    }
  }

  void virtual(ClassDesc owner, String name, MethodTypeDesc type) {
    if (cb != null) {
      cb.invokevirtual(owner, name, type);
    }
  }

  void virtual(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
    if (cb != null) {
      cb.invokevirtual(owner, name, MethodTypeDesc.of(result, parameters));
    }
  }

  // ---- instructions

  void aload(int s) {
    if (cb != null) {
      cb.aload(s);
    }
  }

  void astore(int s) {
    if (cb != null) {
      cb.astore(s);
    }
  }

  void iload(int s) {
    if (cb != null) {
      cb.iload(s);
    }
  }

  void istore(int s) {
    if (cb != null) {
      cb.istore(s);
    }
  }

  void lload(int s) {
    if (cb != null) {
      cb.lload(s);
    }
  }

  void lstore(int s) {
    if (cb != null) {
      cb.lstore(s);
    }
  }

  void dload(int s) {
    if (cb != null) {
      cb.dload(s);
    }
  }

  void dstore(int s) {
    if (cb != null) {
      cb.dstore(s);
    }
  }

  void iconst(int v) {
    if (cb != null) {
      cb.loadConstant(v);
    }
  }

  void lconst(long v) {
    if (cb != null) {
      cb.loadConstant(v);
    }
  }

  void dconst(double v) {
    if (cb != null) {
      cb.loadConstant(v);
    }
  }

  void nullConst() {
    if (cb != null) {
      cb.aconst_null();
    }
  }

  /** An instruction without operands. */
  void op(java.lang.classfile.Opcode op) {
    if (cb != null) {
      cb.with(
          switch (op.kind()) {
            case OPERATOR -> java.lang.classfile.instruction.OperatorInstruction.of(op);
            case CONVERT -> java.lang.classfile.instruction.ConvertInstruction.of(op);
            case STACK -> java.lang.classfile.instruction.StackInstruction.of(op);
            case THROW_EXCEPTION -> java.lang.classfile.instruction.ThrowInstruction.of();
            case RETURN -> java.lang.classfile.instruction.ReturnInstruction.of(op);
            default -> throw new IllegalArgumentException(op.toString());
          });
    }
  }

  void field(ClassDesc owner, String name, ClassDesc type) {
    if (cb != null) {
      cb.getfield(owner, name, type);
    }
  }

  void instanceOf(ClassDesc type) {
    if (cb != null) {
      cb.instanceOf(type);
    }
  }

  void cast(ClassDesc type) {
    if (cb != null) {
      cb.checkcast(type);
    }
  }

  /** Pushes {@code r[register]}. */
  void loadRegister(int register) {
    if (cb != null) {
      cb.aload(R).loadConstant(register).aaload();
    }
  }

  /** Returns from code without a frame, which has been left. */
  void returnLeft() {
    if (cb != null) {
      switch (signature.result()) {
        case Kind.LONG -> cb.loadConstant(FastCode.LEFT).lreturn();
        case Kind.DOUBLE -> cb.loadConstant(Double.NaN).dreturn();
        default -> cb.aconst_null().areturn();
      }
    }
  }

  /** {@code f.pc = pc}. */
  void setPc(int pc) {
    if (frameless) {
      iconst(pc);
      istore(PC);
    } else if (cb != null) {
      cb.aload(F).loadConstant(pc).putfield(FRAME, "pc", I);
    }
  }

  // ---- labels

  Label label() {
    return cb == null ? null : cb.newLabel();
  }

  void bind(Label l) {
    if (cb != null) {
      cb.labelBinding(l);
    }
  }

  void branch(java.lang.classfile.Opcode op, Label l) {
    if (cb != null) {
      cb.branch(op, l);
    }
  }
}
