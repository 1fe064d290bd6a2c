package org.plait.jit;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** Operators on numbers without boxes, and in general. */
abstract class Arithmetic extends Attributes {
  /** The longs that a double holds exactly. */
  private static final long EXACT = 1L << 53;

  Arithmetic(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, Asm a) {
    super(code, feedback, linkage, flow, a);
  }

  // ---- operands

  /** LONG or DOUBLE if the operand is or may be guessed to be one, else 0. */
  final byte number(int pc, int v, int seen) {
    if (v < 0) {
      PyObject c = code.consts[~v];
      if (c.getClass() == PyInt.class) {
        return ((PyInt) c).isLong() ? Kind.LONG : 0;
      }
      return c.getClass() == PyFloat.class ? Kind.DOUBLE : 0;
    }
    if (isUnboxed(v, Kind.LONG)) {
      return Kind.LONG;
    }
    if (isUnboxed(v, Kind.DOUBLE)) {
      return Kind.DOUBLE;
    }
    if (k[v] == Kind.RANGE || !feedback.mayGuess(pc)) {
      return 0;
    }
    return seen == Feedback.LONG ? Kind.LONG : seen == Feedback.FLOAT ? Kind.DOUBLE : 0;
  }

  private boolean isExactConstant(int v) {
    if (v >= 0 || code.consts[~v].getClass() != PyInt.class) {
      return false;
    }
    PyInt i = (PyInt) code.consts[~v];
    return i.isLong() && Math.abs(i.longValue()) <= EXACT;
  }

  /**
   * Has a guessed operand in a variable, unboxed: in the register's own when it is wanted later,
   * too. Constants need none.
   */
  final int unboxed(int pc, int v, byte kind, int scratch) {
    if (v < 0) {
      return -1;
    }
    if (isUnboxed(v, kind)) {
      return a.slot(v, kind);
    }
    object(v);
    if (!flow.read(pc + 1, v)) {
      unbox(v, kind, scratch, pc);
      return scratch;
    }
    int slot = a.slot(v, kind);
    unbox(v, kind, slot, pc);
    known[v] |= Kind.unboxedToo(kind);
    return slot;
  }

  final void pushLong(int v, int slot) {
    if (v < 0) {
      a.lconst(((PyInt) code.consts[~v]).longValue());
    } else {
      a.lload(slot);
    }
  }

  /** Pushes a number as a double. */
  final void pushDouble(int v, byte kind, int slot) {
    if (v < 0) {
      PyObject c = code.consts[~v];
      a.dconst(c instanceof PyInt i ? i.longValue() : ((PyFloat) c).value());
    } else if (kind == Kind.LONG) {
      a.lload(slot);
      a.op(Opcode.L2D);
    } else {
      a.dload(slot);
    }
  }

  final void setLong(int dst) {
    a.lstore(a.slot(dst, Kind.LONG));
    forget(dst);
    k[dst] = Kind.LONG;
  }

  final void setDouble(int dst) {
    a.dstore(a.slot(dst, Kind.DOUBLE));
    forget(dst);
    k[dst] = Kind.DOUBLE;
  }

  // ---- operators

  /** {@code r[dst] = x op y}; the in-place operators mean the same for numbers. */
  final void binary(int pc, org.plait.compiler.code.Opcode op, int dst, int x, int y) {
    byte kx = number(pc, x, feedback.left(pc));
    byte ky = number(pc, y, feedback.right(pc));
    String name = op.name().substring(op.name().indexOf('_') + 1);
    boolean done = false;
    if (kx == Kind.LONG && ky == Kind.LONG) {
      done = (feedback.result(pc) & Feedback.BIG) == 0 && longs(pc, name, dst, x, y);
    } else if (kx != 0 && ky != 0) {
      done = doubles(pc, name, dst, x, kx, y, ky);
    }
    if (!done) {
      String method = OPERATORS[operatorIndex(name)];
      boolean inPlace = op.name().startsWith("INPLACE");
      general(pc, dst, x, y, inPlace ? "i" + method : method);
    }
  }

  private static final String[] NAMES = {
    "ADD",
    "SUB",
    "MULT",
    "MATMULT",
    "DIV",
    "MOD",
    "POW",
    "LSHIFT",
    "RSHIFT",
    "OR",
    "XOR",
    "AND",
    "FLOORDIV"
  };

  private static final String[] OPERATORS = {
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "mod",
    "pow",
    "lshift",
    "rshift",
    "or",
    "xor",
    "and",
    "floordiv"
  };

  private static int operatorIndex(String name) {
    int i = 0;
    while (!NAMES[i].equals(name)) {
      i++;
    }
    return i;
  }

  /** An operator by its method in OpcodeImpl. */
  final void general(int pc, int dst, int x, int y, String method) {
    if (a.frameless) {
      plain(pc, x, y, method, Asm.OBJECT);
      pop(dst);
      return;
    }
    object(x);
    object(y);
    showVariables(pc);
    mayRaise(pc);
    push(x);
    push(y);
    a.invoke(Asm.OPCODES, method, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(dst);
    afterPython(pc + 1);
  }

  /** The kinds of values that an operand was seen to have. */
  final int seen(int v, int noted) {
    if (v < 0) {
      PyObject c = code.consts[~v];
      return c instanceof PyStr
          ? Feedback.STR
          : c instanceof PyInt ? Feedback.LONG : c instanceof PyFloat ? Feedback.FLOAT : 0;
    }
    return k[v] == Kind.LONG ? Feedback.LONG : k[v] == Kind.DOUBLE ? Feedback.FLOAT : noted;
  }

  /** Without a frame: an operator on ints, floats and strs, which run no Python code. */
  private void plain(int pc, int x, int y, String method, ClassDesc result) {
    int left = seen(x, feedback.left(pc));
    int right = seen(y, feedback.right(pc));
    if (left == right
        && (left == Feedback.LIST || left == Feedback.TUPLE)
        && method.endsWith("add")
        && x >= 0
        && y >= 0
        && feedback.mayGuess(pc)) {
      concatenation(pc, x, y, method, left == Feedback.LIST ? "isList" : "isTuple");
      return;
    }
    boolean format = method.endsWith("mod") && (left & Feedback.STR) != 0;
    if (left == 0
        || right == 0
        || ((left | right) & ~Feedback.PLAIN) != 0
        || format
        || !feedback.mayGuess(pc)
        || method.equals("getItem")) {
      throw new NeedsFrame(flow.op(pc) + " at " + pc + " of kinds " + left + " and " + right);
    }
    guardPlain(pc, x);
    guardPlain(pc, y);
    mayRaise(pc);
    push(x);
    push(y);
    a.invoke(Asm.OPCODES, method, result, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
  }

  /** Of exact lists or tuples. */
  private void concatenation(int pc, int x, int y, String method, String test) {
    object(x);
    object(y);
    require(x, test, deopt(pc));
    require(y, test, deopt(pc));
    mayRaise(pc);
    push(x);
    push(y);
    if (method.equals("add") && test.equals("isList")) {
      a.support("concat", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    } else {
      a.invoke(Asm.OPCODES, method, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    }
    raised(pc);
  }

  private void guardPlain(int pc, int v) {
    if (v < 0) {
      return;
    }
    boolean known = k[v] == Kind.LONG || k[v] == Kind.DOUBLE;
    object(v);
    if (!known) {
      require(v, "isPlain", deopt(pc));
    }
  }

  private boolean longs(int pc, String name, int dst, int x, int y) {
    switch (name) {
      case "ADD",
          "SUB",
          "MULT",
          "DIV",
          "MOD",
          "FLOORDIV",
          "AND",
          "OR",
          "XOR",
          "LSHIFT",
          "RSHIFT" -> {
        int sx = unboxed(pc, x, Kind.LONG, Asm.LONG1);
        int sy = unboxed(pc, y, Kind.LONG, Asm.LONG2);
        switch (name) {
          case "ADD", "SUB" -> addOrSub(pc, name.equals("ADD"), x, sx, y, sy);
          case "MULT" -> checked(pc, x, sx, y, sy, "multipliesExactly", Opcode.LMUL);
          case "DIV" -> {
            pushLong(x, sx);
            pushLong(y, sy);
            a.support("dividesAsDouble", Asm.Z, Asm.J, Asm.J);
            a.branch(Opcode.IFEQ, deopt(pc));
            pushDouble(x, Kind.LONG, sx);
            pushDouble(y, Kind.LONG, sy);
            a.op(Opcode.DDIV);
            setDouble(dst);
            return true;
          }
          case "MOD", "FLOORDIV" -> floor(pc, name.equals("MOD"), x, sx, y, sy);
          case "LSHIFT" -> shiftLeft(pc, x, sx, y, sy);
          case "RSHIFT" -> shiftRight(pc, x, sx, y, sy);
          default -> {
            pushLong(x, sx);
            pushLong(y, sy);
            a.op(name.equals("AND") ? Opcode.LAND : name.equals("OR") ? Opcode.LOR : Opcode.LXOR);
          }
        }
        setLong(dst);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Tests by calls: HotSpot inlines them, and what calls this by its size. */
  private void addOrSub(int pc, boolean add, int x, int sx, int y, int sy) {
    if (add && x < 0 && y >= 0) {
      addOrSub(pc, true, y, sy, x, sx);
      return;
    }
    String test = add ? "addsExactly" : "subtractsExactly";
    checked(pc, x, sx, y, sy, y < 0 ? test + "Constant" : test, add ? Opcode.LADD : Opcode.LSUB);
  }

  private void checked(int pc, int x, int sx, int y, int sy, String test, Opcode op) {
    pushLong(x, sx);
    pushLong(y, sy);
    a.support(test, Asm.Z, Asm.J, Asm.J);
    a.branch(Opcode.IFEQ, deopt(pc));
    pushLong(x, sx);
    pushLong(y, sy);
    a.op(op);
  }

  private void floor(int pc, boolean mod, int x, int sx, int y, int sy) {
    boolean harmless = y < 0 && ((PyInt) code.consts[~y]).longValue() > 0;
    if (!harmless) {
      // Zero raises, and the least long divided by -1 is no long.
      pushLong(y, sy);
      a.lconst(1);
      a.op(Opcode.LADD);
      a.lconst(-2);
      a.op(Opcode.LAND);
      a.lconst(0);
      a.op(Opcode.LCMP);
      a.branch(Opcode.IFEQ, deopt(pc));
    }
    pushLong(x, sx);
    pushLong(y, sy);
    a.invoke(ClassDesc.of("java.lang.Math"), mod ? "floorMod" : "floorDiv", Asm.J, Asm.J, Asm.J);
  }

  private void shiftLeft(int pc, int x, int sx, int y, int sy) {
    pushLong(x, sx);
    pushLong(y, sy);
    a.support("shiftsLeftExactly", Asm.Z, Asm.J, Asm.J);
    a.branch(Opcode.IFEQ, deopt(pc));
    pushLong(x, sx);
    pushLong(y, sy);
    a.op(Opcode.L2I);
    a.op(Opcode.LSHL);
  }

  private void shiftRight(int pc, int x, int sx, int y, int sy) {
    pushLong(y, sy);
    a.lconst(0);
    a.op(Opcode.LCMP);
    a.branch(Opcode.IFLT, deopt(pc));
    pushLong(x, sx);
    pushLong(y, sy);
    a.lconst(63);
    a.invoke(ClassDesc.of("java.lang.Math"), "min", Asm.J, Asm.J, Asm.J);
    a.op(Opcode.L2I);
    a.op(Opcode.LSHR);
  }

  private boolean doubles(int pc, String name, int dst, int x, byte kx, int y, byte ky) {
    switch (name) {
      case "ADD", "SUB", "MULT", "DIV" -> {}
      default -> {
        return false;
      }
    }
    int sx = unboxed(pc, x, kx, kx == Kind.LONG ? Asm.LONG1 : Asm.DOUBLE1);
    int sy = unboxed(pc, y, ky, ky == Kind.LONG ? Asm.LONG2 : Asm.DOUBLE2);
    if (name.equals("DIV")) {
      pushDouble(y, ky, sy);
      a.dconst(0);
      a.op(Opcode.DCMPL);
      a.branch(Opcode.IFEQ, deopt(pc));
    }
    pushDouble(x, kx, sx);
    pushDouble(y, ky, sy);
    a.op(
        switch (name) {
          case "ADD" -> Opcode.DADD;
          case "SUB" -> Opcode.DSUB;
          case "MULT" -> Opcode.DMUL;
          default -> Opcode.DDIV;
        });
    setDouble(dst);
    return true;
  }

  /** {@code r[dst] = -r[x]}. */
  final void negative(int pc, int dst, int x) {
    byte kx = number(pc, x, feedback.left(pc));
    if (kx == Kind.LONG) {
      int s = unboxed(pc, x, kx, Asm.LONG1);
      a.lload(s);
      a.lconst(Long.MIN_VALUE);
      a.op(Opcode.LCMP);
      a.branch(Opcode.IFEQ, deopt(pc));
      a.lload(s);
      a.op(Opcode.LNEG);
      setLong(dst);
    } else if (kx == Kind.DOUBLE) {
      int s = unboxed(pc, x, kx, Asm.DOUBLE1);
      a.dload(s);
      a.op(Opcode.DNEG);
      setDouble(dst);
    } else {
      object(x);
      showVariables(pc);
      mayRaise(pc);
      push(x);
      a.invoke(
          ClassDesc.of("org.plait.runtime.protocol.PyNumbers"), "negative", Asm.OBJECT, Asm.OBJECT);
      raised(pc);
      pop(dst);
      afterPython(pc + 1);
    }
  }

  // ---- comparisons

  /**
   * The jump that is taken when a comparison of unboxed operands holds, its operands pushed; null
   * when they are not both numbers of one kind.
   *
   * @param relation LT, LE, EQ, NE, GT or GE
   */
  final Opcode compareUnboxed(int pc, String relation, int x, int y) {
    byte kx = number(pc, x, feedback.left(pc));
    byte ky = number(pc, y, feedback.right(pc));
    if (kx == Kind.LONG && ky == Kind.LONG) {
      int sx = unboxed(pc, x, kx, Asm.LONG1);
      int sy = unboxed(pc, y, ky, Asm.LONG2);
      pushLong(x, sx);
      pushLong(y, sy);
      a.op(Opcode.LCMP);
    } else if (kx == Kind.DOUBLE && (ky == Kind.DOUBLE || isExactConstant(y))
        || ky == Kind.DOUBLE && isExactConstant(x)) {
      int sx = unboxed(pc, x, kx, Asm.DOUBLE1);
      int sy = unboxed(pc, y, ky, Asm.DOUBLE2);
      pushDouble(x, kx, sx);
      pushDouble(y, ky, sy);
      // A NaN must not pass for less or greater.
      a.op(relation.charAt(0) == 'L' ? Opcode.DCMPG : Opcode.DCMPL);
    } else {
      return null;
    }
    return switch (relation) {
      case "LT" -> Opcode.IFLT;
      case "LE" -> Opcode.IFLE;
      case "EQ" -> Opcode.IFEQ;
      case "NE" -> Opcode.IFNE;
      case "GT" -> Opcode.IFGT;
      default -> Opcode.IFGE;
    };
  }

  /** As {@link #compareUnboxed}, of strs that are equal or not. */
  private @Nullable Opcode compareTexts(int pc, String relation, int x, int y) {
    boolean eq = relation.equals("EQ");
    if (!eq && !relation.equals("NE")
        || !feedback.mayGuess(pc)
        || seen(x, feedback.left(pc)) != Feedback.STR
        || seen(y, feedback.right(pc)) != Feedback.STR) {
      return null;
    }
    object(x);
    object(y);
    for (int v : new int[] {x, y}) {
      if (v >= 0) {
        require(v, "isStr", deopt(pc));
      }
    }
    push(x);
    push(y);
    a.invoke(Asm.TEXT, "same", Asm.Z, Asm.OBJECT, Asm.OBJECT);
    return eq ? Opcode.IFNE : Opcode.IFEQ;
  }

  static Opcode negated(Opcode op) {
    return switch (op) {
      case IFLT -> Opcode.IFGE;
      case IFGE -> Opcode.IFLT;
      case IFGT -> Opcode.IFLE;
      case IFLE -> Opcode.IFGT;
      case IFEQ -> Opcode.IFNE;
      default -> Opcode.IFEQ;
    };
  }

  /** {@code r[dst] = x relation y}. */
  final void compare(int pc, String relation, int dst, int x, int y) {
    Opcode holds = compareUnboxed(pc, relation, x, y);
    holds = holds != null ? holds : compareTexts(pc, relation, x, y);
    if (holds == null) {
      general(pc, dst, x, y, relation.toLowerCase(java.util.Locale.ROOT));
      return;
    }
    if (a.emitting()) {
      a.cb.ifThenElse(holds, t -> t.iconst_1(), e -> e.iconst_0());
    }
    popBoolean(dst);
  }

  /** Pops a boolean into a register. */
  final void popBoolean(int dst) {
    a.support("bool", Asm.OBJECT, Asm.Z);
    pop(dst);
  }

  /** Jumps when a comparison holds, or with {@code unless} when it doesn't. */
  final void compareAndJump(int pc, String relation, boolean unless, int x, int y, int target) {
    Opcode holds = compareUnboxed(pc, relation, x, y);
    holds = holds != null ? holds : compareTexts(pc, relation, x, y);
    if (holds == null && a.frameless) {
      plain(
          pc, x, y, "test" + relation.charAt(0) + Character.toLowerCase(relation.charAt(1)), Asm.Z);
      holds = Opcode.IFNE;
    } else if (holds == null) {
      object(x);
      object(y);
      showVariables(pc);
      mayRaise(pc);
      push(x);
      push(y);
      String method = "test" + relation.charAt(0) + Character.toLowerCase(relation.charAt(1));
      a.invoke(Asm.OPCODES, method, Asm.Z, Asm.OBJECT, Asm.OBJECT);
      raised(pc);
      holds = Opcode.IFNE;
    }
    branch(pc, unless ? negated(holds) : holds, target);
  }
}
