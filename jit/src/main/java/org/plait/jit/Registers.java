package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;

/**
 * Where the registers are while the translator walks over the code: moving them between their
 * kinds, into the frame before it is left or seen by others, and over the edges between blocks.
 *
 * <p>The same walk is done to find the kinds at the starts of blocks, writing nothing, and to write
 * the code.
 */
abstract class Registers {
  final PyCode code;
  final CodeUnit u;
  final Feedback feedback;
  final Tier.Linkage linkage;
  final Flow flow;
  final Asm a;

  /** The kind of each register now. */
  byte[] k;

  /**
   * What is known of the value in the object variable of each register, bits of {@link Kind}. Holds
   * for registers whose kind is one of objects in a variable, see {@link #has}.
   */
  byte[] known;

  /** The kinds at the starts of blocks. */
  final Map<Integer, byte[]> in = new HashMap<>();

  /** What is known at the starts of blocks; nothing at those of loops. */
  final Map<Integer, byte[]> inKnown = new HashMap<>();

  /** What back-edges and other jumps backwards bring, by target. */
  final Map<Integer, byte[]> back = new HashMap<>();

  /** Of registers that were numbers on one way to a block and objects on another, their kind. */
  final byte[] mixed;

  /** Variables of the JVM that are read on ways on which nobody has written them. */
  final BitSet readEarly = new BitSet();

  private final Map<Integer, Label> labels = new HashMap<>();

  /** Code out of the way, written behind the rest. */
  private final List<Runnable> later = new ArrayList<>();

  private final Map<String, Label> shared = new HashMap<>();

  /** Code that puts registers into the frame. */
  private record Stores(String dirty, Label label) {}

  /** Of each way to go on behind them, all that are wanted. */
  private final Map<String, List<Stores>> stores = new HashMap<>();

  private record Covered(Label from, Label to, Label handler) {}

  private final List<Covered> covered = new ArrayList<>();

  /** An instruction met so far may show the frame to others. */
  boolean observed;

  Registers(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, Asm a) {
    this.code = code;
    this.u = code.unit;
    this.feedback = feedback;
    this.linkage = linkage;
    this.flow = flow;
    this.a = a;
    mixed = new byte[u.registerCount];
  }

  /** One of an instruction's three operands, the first being 1. */
  final int operand(int pc, int which) {
    return u.code[pc * CodeUnit.WORDS + which];
  }

  final boolean isVariable(int register) {
    return register < u.firstTemp();
  }

  /** Forgets what has been written: the class file API may ask for the code once more. */
  void restart() {
    labels.clear();
    later.clear();
    shared.clear();
    stores.clear();
    covered.clear();
    readEarly.clear();
    for (int v = 0; v < u.registerCount; v++) {
      objectSlot(v);
    }
    for (byte[] kinds : in.values()) {
      for (int v = 0; v < kinds.length; v++) {
        if (Kind.isMaybe(kinds[v])) {
          readEarly.set(a.slot(v, Kind.FLAG));
          readEarly.set(a.slot(v, Kind.number(kinds[v])));
          readEarly.set(objectSlot(v));
        }
      }
    }
  }

  // ---- values

  final int objectSlot(int register) {
    return a.slot(register, Kind.OBJECT);
  }

  /** Has a register in its object variable. */
  final void object(int v) {
    if (v < 0) {
      return;
    }
    switch (k[v]) {
      case Kind.MEMORY -> {
        a.loadRegister(v);
        a.astore(objectSlot(v));
        k[v] = Kind.CLEAN;
        known[v] = 0;
      }
      case Kind.LONG, Kind.DOUBLE -> {
        box(v, k[v]);
        a.astore(objectSlot(v));
        known[v] = Kind.unboxedToo(k[v]);
        k[v] = Kind.OBJECT;
      }
      case Kind.RANGE -> {
        sync(v);
        k[v] = a.frameless ? Kind.OBJECT : Kind.CLEAN;
        known[v] = 0;
      }
      case Kind.MAYBE_LONG, Kind.MAYBE_DOUBLE -> {
        pushMaybe(v, k[v]);
        a.astore(objectSlot(v));
        k[v] = Kind.OBJECT;
        known[v] = 0;
      }
      default -> {}
    }
  }

  /** Pushes what is unboxed or not, as an object. */
  private void pushMaybe(int v, byte kind) {
    byte number = Kind.number(kind);
    a.iload(a.slot(v, Kind.FLAG));
    if (number == Kind.LONG) {
      a.lload(a.slot(v, number));
      a.aload(objectSlot(v));
      a.support("boxIf", Asm.OBJECT, Asm.I, Asm.J, Asm.OBJECT);
    } else {
      a.dload(a.slot(v, number));
      a.aload(objectSlot(v));
      a.support("boxIf", Asm.OBJECT, Asm.I, Asm.D, Asm.OBJECT);
    }
  }

  /** Pushes a value whose register is in its object variable. */
  final void push(int v) {
    if (v < 0) {
      a.constant(code.consts[~v], Asm.OBJECT);
    } else {
      a.aload(objectSlot(v));
    }
  }

  /** Pops an object into a register. */
  final void pop(int register) {
    a.astore(objectSlot(register));
    k[register] = Kind.OBJECT;
    known[register] = 0;
  }

  // ---- what is known of values

  /** Whether something is known of the object in a register's variable. */
  final boolean has(int v, byte fact) {
    return (k[v] == Kind.OBJECT || k[v] == Kind.CLEAN) && (known[v] & fact) != 0;
  }

  /** Whether a register's variable of a kind of numbers holds its value, perhaps beside a box. */
  final boolean isUnboxed(int v, byte number) {
    return k[v] == number || has(v, Kind.unboxedToo(number));
  }

  /** Leaves unless the object in a register is of a class; asks once for each value. */
  final void guard(int pc, int register, String test) {
    byte fact = Kind.fact(test);
    if (!has(register, fact)) {
      require(register, test, deopt(pc));
      known[register] |= fact;
    }
  }

  private void box(int v, byte kind) {
    if (kind == Kind.LONG) {
      a.lload(a.slot(v, Kind.LONG));
      a.support("box", Asm.OBJECT, Asm.J);
    } else {
      a.dload(a.slot(v, Kind.DOUBLE));
      a.support("box", Asm.OBJECT, Asm.D);
    }
  }

  /** Gives a range iterator the position that a variable has. */
  private void sync(int v) {
    a.aload(objectSlot(v));
    a.lload(a.slot(v, Kind.RANGE));
    a.support("rangeSync", Asm.V, Asm.OBJECT, Asm.J);
  }

  // ---- into the frame

  /** Puts one register into the frame. The kind stays as it is. */
  private void store(int v, byte kind) {
    if (kind == Kind.RANGE) {
      sync(v);
      if (!a.frameless) {
        return;
      }
    }
    a.aload(Asm.R);
    a.iconst(v);
    if (kind == Kind.OBJECT || kind == Kind.RANGE) {
      a.aload(objectSlot(v));
    } else if (Kind.isMaybe(kind)) {
      pushMaybe(v, kind);
    } else {
      box(v, kind);
    }
    if (a.emitting()) {
      a.cb.aastore();
    }
  }

  /** Has a register in the frame. */
  final void inFrame(int v) {
    if (a.frameless) {
      object(v);
    } else if (k[v] == Kind.RANGE) {
      sync(v);
      k[v] = Kind.CLEAN;
      known[v] = 0;
    } else if (Kind.isDirty(k[v])) {
      object(v);
      store(v, Kind.OBJECT);
      k[v] = Kind.CLEAN;
    }
  }

  /** Has all variables of the function in the frame: others may look at it now. */
  final void showVariables(int pc) {
    if (a.frameless) {
      throw new NeedsFrame(flow.op(pc) + " at " + pc);
    }
    observed = true;
    for (int v = 0; v < u.firstTemp(); v++) {
      inFrame(v);
    }
    for (int v = u.firstTemp(); v < k.length; v++) {
      if ((k[v] == Kind.CLEAN || k[v] == Kind.OBJECT) && !flow.live(pc, v)) {
        letGo(v);
      }
    }
  }

  /** As {@link #letGo} before the register gets a value without a box. */
  final void forget(int register) {
    if (k[register] == Kind.CLEAN || k[register] == Kind.OBJECT) {
      letGo(register);
    }
  }

  /** Keeps alive no longer what a temporary holds: the JVM's own interpreter would. */
  final void letGo(int temporary) {
    a.nullConst();
    a.astore(objectSlot(temporary));
    k[temporary] = Kind.DEAD;
  }

  /** Puts what matters at an instruction into the frame; kinds stay as they are. */
  final void storeAll(byte[] kinds, int pc) {
    for (int v = 0; v < kinds.length; v++) {
      if (Kind.isDirty(kinds[v]) && flow.live(pc, v)) {
        store(v, kinds[v]);
      }
    }
  }

  /** The registers that must be put into the frame, with their kinds. */
  private String dirty(byte[] kinds, int pc) {
    StringBuilder s = new StringBuilder();
    for (int v = 0; v < kinds.length; v++) {
      if (Kind.isDirty(kinds[v]) && flow.live(pc, v)) {
        s.append((char) v).append((char) ('0' + kinds[v]));
      }
    }
    return s.toString();
  }

  /**
   * Where to jump to put registers into the frame, and go on. As what is dirty grows with most
   * instructions, each such piece of code does what it has more than another, and goes there: it
   * keeps methods small enough for HotSpot's first compiler, which has a limit of virtual registers
   * and without which there is no profile to inline by.
   *
   * @param key of the code that comes behind
   */
  private Label stores(String key, String dirty, Runnable behind) {
    if (!a.emitting()) {
      return null;
    }
    List<Stores> all = stores.computeIfAbsent(key, x -> new ArrayList<>());
    for (Stores s : all) {
      if (s.dirty.equals(dirty)) {
        return s.label;
      }
    }
    Stores fresh = new Stores(dirty, a.label());
    all.add(fresh);
    later.add(
        () -> {
          a.bind(fresh.label);
          Stores rest = null;
          for (Stores s : all) {
            if (leadsTo(dirty, s.dirty) && (rest == null || leadsTo(s.dirty, rest.dirty))) {
              rest = s;
            }
          }
          storeMore(dirty, rest == null ? "" : rest.dirty);
          if (rest != null) {
            a.branch(Opcode.GOTO, rest.label);
          } else {
            behind.run();
          }
        });
    return fresh.label;
  }

  /**
   * Whether less than all of one list of dirty registers has to be done before the rest is done as
   * of the other, that is what they have in common, or may be unboxed in the other and is known to
   * be or not to be here.
   */
  private static boolean leadsTo(String dirty, String other) {
    int k = 0;
    boolean less = other.length() < dirty.length();
    for (int i = 0; i < dirty.length() && k < other.length(); i += 2) {
      if (dirty.charAt(i) == other.charAt(k)) {
        byte from = (byte) (dirty.charAt(i + 1) - '0');
        byte to = (byte) (other.charAt(k + 1) - '0');
        if (from != to) {
          if (!Kind.isMaybe(to) || from != Kind.OBJECT && from != Kind.number(to)) {
            return false;
          }
          less = true;
        }
        k += 2;
      }
    }
    return less && k == other.length();
  }

  /** Stores what one list of registers has and the other has not. */
  private void storeMore(String dirty, String rest) {
    int k = 0;
    for (int i = 0; i < dirty.length(); i += 2) {
      char v = dirty.charAt(i);
      byte kind = (byte) (dirty.charAt(i + 1) - '0');
      if (k < rest.length() && rest.charAt(k) == v) {
        if (rest.charAt(k + 1) != dirty.charAt(i + 1)) {
          a.iconst(kind == Kind.OBJECT ? 0 : 1);
          a.istore(a.slot(v, Kind.FLAG));
        }
        k += 2;
      } else {
        store(v, kind);
      }
    }
  }

  // ---- leaving

  /** A piece of code out of the way, the same for all that give the same key. */
  private Label shared(String key, Runnable code) {
    if (!a.emitting()) {
      return null;
    }
    Label l = shared.get(key);
    if (l == null) {
      Label fresh = a.label();
      shared.put(key, fresh);
      later.add(
          () -> {
            a.bind(fresh);
            code.run();
          });
      l = fresh;
    }
    return l;
  }

  /**
   * Code out of the way that may run Python code, with the frame in order. The kinds of registers
   * stay as they are.
   */
  final Label slowPath(int pc, Runnable code) {
    if (a.frameless) {
      return leaveAt(pc);
    }
    observed = true;
    noteHandler(pc);
    return aside(
        () -> {
          storeAll(k, pc);
          mayRaise(pc);
          code.run();
        });
  }

  /**
   * A slow path that makes one call.
   *
   * @param join where it goes on, with the next instruction unless the frame must be left
   * @param result stores what the call has pushed
   */
  final Label slowCall(int pc, @Nullable Label join, Runnable call, Runnable result) {
    return slowPath(
        pc,
        () -> {
          call.run();
          raised(pc);
          result.run();
          afterPython(pc + 1);
          a.branch(Opcode.GOTO, join);
        });
  }

  /**
   * Jumps unless a register holds what a test asks for.
   *
   * @param test a method of the runtime's support for compiled code
   */
  final void require(int register, String test, @Nullable Label otherwise) {
    push(register);
    a.support(test, Asm.Z, Asm.OBJECT);
    a.branch(Opcode.IFEQ, otherwise);
  }

  /** Code out of the way of the instruction being written. */
  final Label aside(Runnable code) {
    if (!a.emitting()) {
      return null;
    }
    Label l = a.label();
    byte[] kinds = k.clone();
    byte[] facts = known.clone();
    later.add(
        () -> {
          byte[] outer = k;
          byte[] outerFacts = known;
          k = kinds.clone();
          known = facts.clone();
          a.bind(l);
          code.run();
          k = outer;
          known = outerFacts;
        });
    return l;
  }

  /** Where to jump when a guess at an instruction is wrong, which the interpreter does instead. */
  final Label deopt(int pc) {
    return toInterpreter("deopt", pc);
  }

  /** Where to jump when the interpreter is to do an instruction, no guess being wrong. */
  final Label leaveAt(int pc) {
    return toInterpreter("leaveAt", pc);
  }

  /** Where to jump when the interpreter is to do what has never been done before. */
  final Label leaveCold(int pc) {
    return toInterpreter("leaveCold", pc);
  }

  private Label toInterpreter(String how, int pc) {
    if (!a.emitting()) {
      return null;
    }
    String dirty = dirty(k, pc);
    if (a.frameless) {
      return leave(
          how.equals("deopt")
              ? FastCode.GUESS
              : how.equals("leaveAt") ? FastCode.AT : FastCode.COLD,
          pc);
    }
    return shared(
        how + pc + ":" + dirty,
        () -> {
          a.iconst(pc);
          a.istore(Asm.INT);
          a.branch(
              Opcode.GOTO,
              stores(
                  how,
                  dirty,
                  () -> {
                    a.aload(Asm.F);
                    a.aload(Asm.R);
                    a.aload(Asm.THIS);
                    a.iload(Asm.INT);
                    a.support(
                        how, Asm.OBJECT, Asm.FRAME, Asm.OBJECT.arrayType(), Asm.COMPILED, Asm.I);
                    a.op(Opcode.ARETURN);
                  }));
        });
  }

  /** Behind an instruction that may have run Python code: leaves the frame if that was asked. */
  final void afterPython(int next) {
    if (a.emitting() && !a.frameless) {
      a.aload(Asm.F);
      a.support("mustLeave", Asm.Z, Asm.FRAME);
      a.branch(Opcode.IFNE, leaveBefore(next));
    }
  }

  /** Where to jump to leave the frame before an instruction, behind the one in front of it. */
  final Label leaveBefore(int next) {
    return leave("leave", next);
  }

  /** As {@link #leaveBefore}, behind an instruction that jumps there. */
  final Label leaveTo(int target) {
    return leave("leaveTo", target);
  }

  private Label leave(String how, int next) {
    String dirty = dirty(k, next);
    return shared(
        how + next + ":" + dirty,
        () -> {
          a.iconst(next);
          a.istore(Asm.INT);
          a.branch(
              Opcode.GOTO,
              stores(
                  how,
                  dirty,
                  () -> {
                    a.aload(Asm.F);
                    a.iload(Asm.INT);
                    a.support(how, Asm.OBJECT, Asm.FRAME, Asm.I);
                    a.op(Opcode.ARETURN);
                  }));
        });
  }

  /** Where to jump to leave for an instruction of another piece. */
  private Label beyond(int target) {
    return stores(
        "beyond" + target,
        dirty(k, target),
        () -> {
          a.aload(Asm.F);
          a.aload(Asm.THIS);
          a.iconst(target);
          a.support("beyond", Asm.OBJECT, Asm.FRAME, Asm.COMPILED, Asm.I);
          a.op(Opcode.ARETURN);
        });
  }

  /** Where to jump to leave the frame with the code in the scratch int, before an instruction. */
  final Label leaveWithCode(int next) {
    return stores(
        "exit",
        dirty(k, next),
        () -> {
          a.aload(Asm.F);
          a.iload(Asm.INT);
          a.support("exit", Asm.OBJECT, Asm.FRAME, Asm.I);
          a.op(Opcode.ARETURN);
        });
  }

  // ---- leaving code without a frame

  private void pushActivation() {
    a.aload(Asm.THIS);
    a.aload(Asm.TS);
    a.aload(Asm.FN);
  }

  /** The registers of the frame are on the stack: gives them what they lack, and returns. */
  private void intoFrame(String dirty) {
    a.astore(Asm.R);
    a.branch(Opcode.GOTO, stores("return", dirty, a::returnLeft));
  }

  /** Where to jump to have the interpreter do an instruction. */
  final Label leave(int how, int pc) {
    String dirty = dirty(k, pc);
    return shared("leave" + how + ":" + pc + ":" + dirty, () -> makeFrame(how, pc, dirty));
  }

  /** HotSpot inlines by size: what differs is a number, and the rest is there once. */
  private void makeFrame(int how, int pc, String dirty) {
    a.iconst(FastCode.where(pc, how));
    a.istore(Asm.PC);
    a.branch(
        Opcode.GOTO,
        shared(
            "leave:" + dirty,
            () -> {
              pushActivation();
              a.iload(Asm.PC);
              a.invoke(
                  Asm.FRAMELESS,
                  "leave",
                  Asm.OBJECT.arrayType(),
                  Asm.FAST_CODE,
                  Asm.THREAD,
                  Asm.FUNCTION,
                  Asm.I);
              intoFrame(dirty);
            }));
  }

  /**
   * Where to jump when what an instruction calls has been left.
   *
   * @param instance the register of a new instance that is being initialised, or -1
   */
  final Label leaveCalled(int pc, int instance) {
    byte[] kinds = k.clone();
    int handler = flow.handler(pc);
    for (int v = u.firstTemp(); v < kinds.length; v++) {
      if (!flow.live(pc + 1, v) && (handler < 0 || !flow.live(handler, v)) && v != instance) {
        kinds[v] = Kind.DEAD;
      }
    }
    StringBuilder all = new StringBuilder();
    for (int v = 0; v < kinds.length; v++) {
      if (Kind.isDirty(kinds[v])) {
        all.append((char) v).append((char) ('0' + kinds[v]));
      }
    }
    String dirty = all.toString();
    return shared(
        "called" + pc + ":" + dirty,
        () -> makeFrame(instance < 0 ? FastCode.CALLED : FastCode.CONSTRUCTED, pc, dirty));
  }

  /** Where to jump when the generator to which a SEND delegates has been left in its first step. */
  final Label leaveStarted(int send) {
    byte[] kinds = k.clone();
    kinds[operand(send, 1)] = Kind.DEAD;
    kinds[operand(send, 2)] = Kind.DEAD;
    String dirty = dirty(kinds, send);
    return shared("started" + send + ":" + dirty, () -> makeFrame(FastCode.STARTED, send, dirty));
  }

  // ---- exceptions

  private byte[] kindsBefore;
  private Label from;

  /** What follows may raise, as the instruction. Everything it leaves as it was is in place. */
  final void mayRaise(int pc) {
    a.setPc(pc);
    kindsBefore = k.clone();
    from = a.label();
    a.bind(from);
    noteHandler(pc);
  }

  /** As {@link #raised}, with a handler of its own. */
  final void cover(Label from, Label to, Label handler) {
    covered.add(new Covered(from, to, handler));
  }

  private void noteHandler(int pc) {
    int handler = flow.handler(pc);
    if (handler >= 0 && !a.frameless) {
      arrive(handler, pc, caughtKinds());
    }
  }

  private byte[] caughtKinds() {
    byte[] all = new byte[u.registerCount];
    Arrays.fill(all, Kind.MEMORY);
    return all;
  }

  /** The end of what {@link #mayRaise} began. */
  final void raised(int pc) {
    if (!a.emitting()) {
      return;
    }
    int handler = flow.handler(pc);
    byte[] kinds = kindsBefore;
    String dirty = handler >= 0 ? dirty(kinds, handler) : dirtyVariables(kinds);
    if (handler < 0 && dirty.isEmpty() && !a.frameless) {
      return;
    }
    Label to = a.label();
    a.bind(to);
    Label stub =
        shared(
            "catch" + handler + ":" + dirty,
            () -> {
              a.astore(Asm.THROWN);
              if (a.frameless) {
                pushActivation();
                a.iload(Asm.PC);
                a.aload(Asm.THROWN);
                a.invoke(
                    Asm.FRAMELESS,
                    "leave",
                    Asm.OBJECT.arrayType(),
                    Asm.FAST_CODE,
                    Asm.THREAD,
                    Asm.FUNCTION,
                    Asm.I,
                    java.lang.constant.ConstantDescs.CD_Throwable);
                intoFrame(dirty);
                return;
              }
              a.branch(Opcode.GOTO, stores("catch" + handler, dirty, () -> caught(handler)));
            });
    covered.add(new Covered(from, to, stub));
  }

  /** What was thrown is in its variable, and the frame in order. */
  private void caught(int handler) {
    if (handler < 0) {
      a.aload(Asm.THROWN);
      a.op(Opcode.ATHROW);
      return;
    }
    a.aload(Asm.F);
    a.aload(Asm.THROWN);
    a.support("caught", Asm.I, Asm.FRAME, java.lang.constant.ConstantDescs.CD_Throwable);
    a.op(Opcode.POP);
    k = caughtKinds();
    known = new byte[k.length];
    edge(handler);
  }

  private String dirtyVariables(byte[] kinds) {
    return dirty(kinds, u.length());
  }

  // ---- edges

  final Label blockLabel(int pc) {
    return a.emitting() ? labels.computeIfAbsent(pc, x -> a.label()) : null;
  }

  /** Notes the kinds with which a block is reached from the present instruction. */
  private void arrive(int target, int pc, byte[] kinds) {
    if (flow.outside(target)) {
      return;
    }
    byte[] facts = flow.heads.get(target) ? new byte[kinds.length] : facts(kinds);
    byte[] others = inKnown.get(target);
    if (a.emitting()) {
      checkFacts(target, others, facts);
      return;
    }
    byte[] live = kinds.clone();
    for (int v = 0; v < live.length; v++) {
      if (!flow.live(target, v)) {
        live[v] = Kind.DEAD;
      }
    }
    Map<Integer, byte[]> map = target <= pc ? back : in;
    byte[] old = map.get(target);
    if (old != null) {
      for (int v = 0; v < live.length; v++) {
        byte m = Kind.meet(old[v], live[v], flow.read(target, v));
        if (Kind.isObject(m) && !(Kind.isObject(old[v]) && Kind.isObject(live[v]))) {
          mixed[v] = Kind.number(Kind.isObject(old[v]) ? live[v] : old[v]);
        }
        live[v] = m;
      }
    }
    map.put(target, live);
    for (int v = 0; others != null && v < facts.length; v++) {
      facts[v] &= others[v];
    }
    inKnown.put(target, facts);
  }

  /** What is known of registers of these kinds. */
  private byte[] facts(byte[] kinds) {
    byte[] facts = new byte[kinds.length];
    for (int v = 0; v < facts.length; v++) {
      facts[v] =
          switch (kinds[v]) {
            case Kind.OBJECT, Kind.CLEAN -> known[v];
            default -> Kind.unboxedToo(kinds[v]);
          };
    }
    return facts;
  }

  /**
   * Nothing may be missing that was known on this way while the kinds were found: unlike kinds,
   * facts are not brought about on the edge.
   */
  private static void checkFacts(int target, byte[] wanted, byte[] facts) {
    for (int v = 0; v < facts.length; v++) {
      if ((wanted[v] & ~facts[v]) != 0) {
        throw new IllegalStateException("r" + v + " is known at " + target + " from elsewhere");
      }
    }
  }

  /** Control goes from an instruction to a block, by falling or an unconditional jump. */
  final void go(int pc, int target) {
    arrive(target, pc, k);
    if (a.emitting()) {
      edge(target);
    }
  }

  /** A conditional jump from an instruction to a block. */
  final void branch(int pc, Opcode op, int target) {
    arrive(target, pc, k);
    if (!a.emitting()) {
      return;
    }
    if (isPlain(target)) {
      a.branch(op, blockLabel(target));
    } else {
      a.branch(op, aside(() -> edge(target)));
    }
  }

  private boolean isPlain(int target) {
    if (flow.outside(target)) {
      return false;
    }
    byte[] to = in.get(target);
    for (int v = 0; v < k.length; v++) {
      if (needsMove(k[v], to[v])) {
        return false;
      }
    }
    return true;
  }

  private static boolean needsMove(byte from, byte to) {
    return from != to && to != Kind.DEAD && !(to == Kind.OBJECT && from == Kind.CLEAN);
  }

  /** Moves the registers to where a block wants them, and goes there. */
  final void edge(int target) {
    if (flow.outside(target)) {
      a.branch(Opcode.GOTO, beyond(target));
      return;
    }
    byte[] to = in.get(target);
    byte[] before = k.clone();
    byte[] facts = known.clone();
    for (int v = 0; v < to.length; v++) {
      if (needsMove(before[v], to[v])) {
        move(target, v, to[v], before);
      }
    }
    k = before;
    known = facts;
    a.branch(Opcode.GOTO, blockLabel(target));
  }

  private void move(int target, int v, byte to, byte[] before) {
    k = before.clone();
    switch (to) {
      case Kind.MEMORY -> inFrame(v);
      case Kind.CLEAN -> {
        object(v);
        inFrame(v);
      }
      case Kind.OBJECT -> object(v);
      case Kind.MAYBE_LONG, Kind.MAYBE_DOUBLE -> {
        boolean unboxed = Kind.number(k[v]) != 0;
        if (k[v] == Kind.MEMORY) {
          a.loadRegister(v);
          a.astore(objectSlot(v));
        }
        a.iconst(unboxed ? 1 : 0);
        a.istore(a.slot(v, Kind.FLAG));
      }
      default -> {
        // A guess; when it is wrong, the registers are still where they were.
        if (k[v] == Kind.MEMORY) {
          a.loadRegister(v);
          a.astore(objectSlot(v));
        }
        if (to == Kind.RANGE && k[v] == Kind.OBJECT && !a.frameless) {
          store(v, Kind.OBJECT);
        }
        if (!isUnboxed(v, to)) {
          unbox(v, to, a.slot(v, to), target);
        }
      }
    }
  }

  /** Guesses that the object variable of a register holds a kind, and unboxes it. */
  final void unbox(int v, byte kind, int slot, int deoptAt) {
    if (!a.emitting()) {
      return;
    }
    String test = kind == Kind.LONG ? "isLong" : kind == Kind.DOUBLE ? "isFloat" : "isLoopRange";
    a.aload(objectSlot(v));
    a.support(test, Asm.Z, Asm.OBJECT);
    a.branch(Opcode.IFEQ, deopt(deoptAt));
    switch (kind) {
      case Kind.LONG -> {
        a.aload(objectSlot(v));
        a.support("longValue", Asm.J, Asm.OBJECT);
        a.lstore(slot);
      }
      case Kind.DOUBLE -> {
        a.aload(objectSlot(v));
        a.support("floatValue", Asm.D, Asm.OBJECT);
        a.dstore(slot);
      }
      default -> {
        String[] parts = {"rangeAt", "rangeLength", "rangeStart", "rangeStep"};
        for (int i = 0; i < parts.length; i++) {
          a.aload(objectSlot(v));
          a.support(parts[i], Asm.J, Asm.OBJECT);
          a.lstore(slot + 2 * i);
        }
      }
    }
  }

  /** The object on the stack goes to a register; a null jumps instead. */
  final void popUnlessNull(int dst, Label otherwise) {
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, otherwise);
    a.aload(Asm.REF);
    pop(dst);
  }

  /** Pushes the linked instruction. */
  final ClassDesc pushInstruction(int pc) {
    Object i = linkage.instruction(pc);
    ClassDesc type = ClassDesc.ofDescriptor(i.getClass().descriptorString());
    a.constant(i, type);
    return type;
  }

  final ClassDesc instructionType(int pc) {
    return ClassDesc.ofDescriptor(linkage.instruction(pc).getClass().descriptorString());
  }

  // ---- the end

  /** Writes what was put off, and the table of exceptions. */
  final void finish() {
    while (!later.isEmpty()) {
      later.removeFirst().run();
    }
    for (Covered c : covered) {
      a.cb.exceptionCatchAll(c.from, c.to, c.handler);
    }
  }
}
