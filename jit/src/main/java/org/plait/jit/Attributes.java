package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWideInstance;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;

/**
 * Attributes and global names. What the inline caches know when the code is made are its constants:
 * the stamps of shapes and the slots, one comparison each. An object of another shape, or whose
 * class has been changed, goes to the inline caches, and only then the long way.
 */
abstract class Attributes extends Registers {
  private static final ClassDesc METHOD =
      ClassDesc.of(Asm.INTERP + "AttributeInstrs$MethodOfShape");

  private static final ClassDesc GLOBAL = ClassDesc.of(Asm.INTERP + "GlobalCache");
  private static final ClassDesc INSTANCE = PyInstance.class.describeConstable().orElseThrow();
  private static final ClassDesc WIDE = PyWideInstance.class.describeConstable().orElseThrow();

  /** The stores into a new instance that nobody else knows. */
  private BitSet fresh = new BitSet();

  Attributes(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, Asm a) {
    super(code, feedback, linkage, flow, a);
  }

  /** The instruction on the frame; what it returns goes to the scratch int. */
  final void execute(int pc) {
    pushInstruction(pc);
    a.aload(Asm.F);
    a.aload(Asm.R);
    a.virtual(Asm.INSTR, "exec", Asm.I, Asm.FRAME, Asm.OBJECT.arrayType());
    a.istore(Asm.INT);
  }

  /** The object on the stack if it isn't null, else what a slow path finds, goes to a register. */
  final void orSlowly(int pc, int dst, Runnable slow) {
    a.astore(Asm.REF);
    orSlowly(pc, dst, a.label(), null, slow);
  }

  /**
   * The scratch object if it isn't null, else what the first or then the second of two other ways
   * pushes, goes to a register.
   */
  private void orSlowly(
      int pc, int dst, @Nullable Label found, @Nullable Runnable again, Runnable slow) {
    Label slowly =
        slowPath(
            pc,
            () -> {
              slow.run();
              raised(pc);
              a.astore(Asm.REF);
              a.aload(Asm.F);
              a.support("mustLeave", Asm.Z, Asm.FRAME);
              a.branch(Opcode.IFEQ, found);
              a.aload(Asm.REF);
              pop(dst);
              a.branch(Opcode.GOTO, leaveBefore(pc + 1));
            });
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, again == null ? slowly : again(again, found, slowly));
    a.bind(found);
    a.aload(Asm.REF);
    pop(dst);
  }

  /** Tries another way to find the scratch object, out of the way. */
  private @Nullable Label again(Runnable way, @Nullable Label found, @Nullable Label otherwise) {
    return aside(
        () -> {
          way.run();
          a.astore(Asm.REF);
          a.aload(Asm.REF);
          a.branch(Opcode.IFNULL, otherwise);
          missed();
          a.branch(Opcode.GOTO, found);
        });
  }

  /** Pushes what a global name stands for, or null if it must be looked for. */
  final void pushGlobal(int pc, int scope, ClassDesc scopeType) {
    Object known = feedback.global(pc);
    if (known == null) {
      ClassDesc type = pushInstruction(pc);
      a.aload(scope);
      a.virtual(type, "cached", Asm.OBJECT, scopeType);
    } else {
      a.constant(known, GLOBAL);
      a.aload(scope);
      a.virtual(GLOBAL, "value", Asm.OBJECT, scopeType);
    }
  }

  private void missed() {
    a.aload(Asm.THIS);
    a.support("missed", Asm.V, a.frameless ? Asm.FAST_CODE : Asm.COMPILED);
  }

  /** Pushes a slot's value, or null when the object is not of the shape; see Feedback.slots. */
  private void pushSlot(int o, long stamp, int slot) {
    push(o);
    a.unlisted(stamp);
    boolean wide = slot < 0;
    int at = Math.abs(slot);
    int chunk = wide ? PyWideInstance.INLINE : PyInstance.INLINE;
    if (at < chunk) {
      a.invoke(wide ? WIDE : INSTANCE, "slot" + at, Asm.OBJECT, Asm.OBJECT, Asm.J);
    } else if (at < chunk + PyInstance.CHUNK) {
      a.iconst(at - chunk);
      String name = wide ? "laterWideSlot" : "laterSlot";
      a.invoke(wide ? WIDE : INSTANCE, name, Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.I);
    } else {
      a.iconst(at);
      a.invoke(INSTANCE, "anySlot", Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.I);
    }
  }

  final void loadAttr(int pc, int dst, int o) {
    object(o);
    long[] slots = feedback.slots(pc);
    ClassDesc type = instructionType(pc);
    Label found = a.label();
    Runnable cached =
        () -> {
          pushInstruction(pc);
          push(o);
          a.virtual(type, a.frameless ? "quietly" : "cached", Asm.OBJECT, Asm.OBJECT);
        };
    for (int i = 0; i < slots.length; i += 2) {
      pushSlot(o, slots[i], (int) slots[i + 1]);
      a.astore(Asm.REF);
      if (i + 2 < slots.length) {
        a.aload(Asm.REF);
        a.branch(Opcode.IFNONNULL, found);
      }
    }
    if (slots.length == 0) {
      cached.run();
      a.astore(Asm.REF);
    }
    orSlowly(
        pc,
        dst,
        found,
        slots.length == 0 ? null : cached,
        () -> {
          pushInstruction(pc);
          push(o);
          a.virtual(type, "load", Asm.OBJECT, Asm.OBJECT);
        });
  }

  final void loadMethod(int pc, int dst, int o) {
    object(o);
    ClassDesc type = instructionType(pc);
    Label found = a.label();
    Label join = a.label();
    List<Object> methods = new ArrayList<>();
    List<Long> stamps = new ArrayList<>();
    if (a.emitting()) {
      feedback.methods(
          pc,
          (m, stamp) -> {
            methods.add(m);
            stamps.add(stamp);
          });
    }
    PyMethodDescriptor builtin = feedback.builtinMethod(pc);
    String test = builtin == null ? null : exactly(builtin.objclass());
    if (test != null) {
      Label other = a.label();
      require(o, test, other);
      a.constant(builtin, Asm.OBJECT);
      a.astore(Asm.REF);
      a.branch(Opcode.GOTO, found);
      a.bind(other);
    }
    for (int i = 0; i < methods.size(); i++) {
      push(o);
      a.unlisted(stamps.get(i));
      a.constant(methods.get(i), METHOD);
      a.support("method", Asm.OBJECT, Asm.OBJECT, Asm.J, METHOD);
      a.astore(Asm.REF);
      if (i + 1 < methods.size()) {
        a.aload(Asm.REF);
        a.branch(Opcode.IFNONNULL, found);
      }
    }
    Runnable cached =
        () -> {
          pushInstruction(pc);
          push(o);
          a.virtual(type, methods.isEmpty() ? "cached" : "cachedAgain", Asm.OBJECT, Asm.OBJECT);
        };
    if (methods.isEmpty()) {
      cached.run();
      a.astore(Asm.REF);
    }
    Label slowly = a.frameless ? boundMethod(pc, dst, o, join) : methodSlowly(pc, dst, join);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, methods.isEmpty() ? slowly : again(cached, found, slowly));
    a.bind(found);
    a.aload(Asm.REF);
    push(o);
    pop(dst + 1);
    pop(dst);
    a.bind(join);
  }

  /** The test for objects of exactly a class, or null if there is none. */
  static @Nullable String exactly(PyType type) {
    return type == PyList.TYPE
        ? "isList"
        : type == PyDict.TYPE
            ? "isDict"
            : type == PyStr.TYPE ? "isStr" : type == PySet.TYPE ? "isSet" : null;
  }

  private @Nullable Label methodSlowly(int pc, int dst, @Nullable Label join) {
    return slowCall(
        pc,
        join,
        () -> execute(pc),
        () -> {
          a.loadRegister(dst);
          pop(dst);
          a.loadRegister(dst + 1);
          pop(dst + 1);
        });
  }

  /** Without a frame: a callable that needs no binding, if the inline caches know one. */
  private @Nullable Label boundMethod(int pc, int dst, int o, @Nullable Label join) {
    return aside(
        () -> {
          ClassDesc type = pushInstruction(pc);
          push(o);
          a.virtual(type, "quietly", Asm.OBJECT, Asm.OBJECT);
          a.astore(Asm.REF2);
          a.aload(Asm.REF2);
          a.branch(Opcode.IFNULL, leaveAt(pc));
          a.aload(Asm.REF2);
          pop(dst);
          a.nullConst();
          pop(dst + 1);
          a.branch(Opcode.GOTO, join);
        });
  }

  /** Has stores into a new instance made without its lock; false when there are none. */
  final boolean takesFresh() {
    fresh = Fresh.stores(u, flow, feedback);
    return isFresh();
  }

  /** Whether {@link #takesFresh} has found stores. */
  final boolean isFresh() {
    return !fresh.isEmpty();
  }

  /** Gives an instance that nobody else knows a further attribute. */
  private void firstStores(int pc, int v, @Nullable Label join) {
    long[] stores = feedback.firstStores(pc);
    for (int i = 0; i < stores.length; i += 3) {
      boolean wide = stores[i + 2] < 0;
      int at = (int) Math.abs(stores[i + 2]);
      push(0);
      push(v);
      a.unlisted(stores[i]);
      a.unlisted(stores[i + 1]);
      if (at < (wide ? PyWideInstance.INLINE : PyInstance.INLINE)) {
        a.invoke(wide ? WIDE : INSTANCE, "first" + at, Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.J);
      } else {
        a.iconst(at);
        a.invoke(INSTANCE, "firstAny", Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.J, Asm.I);
      }
      a.branch(Opcode.IFNE, join);
    }
  }

  /** Stores into {@code __slots__}, empty or not. */
  private void memberStores(int pc, int o, int v, @Nullable Label join) {
    long[] members = feedback.members(pc);
    for (int i = 0; i < members.length; i += 2) {
      int at = (int) Math.abs(members[i + 1]);
      push(o);
      push(v);
      a.unlisted(members[i]);
      if (at < PyInstance.INLINE) {
        a.invoke(INSTANCE, "put" + at, Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J);
      } else {
        a.iconst(at);
        a.invoke(INSTANCE, "putAny", Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.I);
      }
      a.branch(Opcode.IFNE, join);
    }
  }

  final void storeAttr(int pc, int o, int v) {
    object(o);
    object(v);
    ClassDesc type = instructionType(pc);
    long[] slots = feedback.slots(pc);
    Label join = a.label();
    memberStores(pc, o, v, join);
    if (o == 0 && fresh.get(pc)) {
      firstStores(pc, v, join);
    }
    for (int i = 0; i < slots.length; i += 2) {
      boolean wide = slots[i + 1] < 0;
      int at = (int) Math.abs(slots[i + 1]);
      push(o);
      push(v);
      a.unlisted(slots[i]);
      if (at < (wide ? PyWideInstance.INLINE : PyInstance.INLINE)) {
        a.invoke(wide ? WIDE : INSTANCE, "replace" + at, Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J);
      } else {
        a.iconst(at);
        a.invoke(INSTANCE, "replaceAny", Asm.Z, Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.I);
      }
      a.branch(Opcode.IFNE, join);
    }
    Label slowly =
        slowCall(
            pc,
            join,
            () -> {
              pushInstruction(pc);
              push(o);
              push(v);
              a.virtual(type, "store", Asm.V, Asm.OBJECT, Asm.OBJECT);
            },
            () -> {});
    pushInstruction(pc);
    push(o);
    push(v);
    a.virtual(type, "cached", Asm.Z, Asm.OBJECT, Asm.OBJECT);
    a.branch(Opcode.IFEQ, slowly);
    a.bind(join);
  }
}
