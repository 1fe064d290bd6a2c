package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.Set;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;

/**
 * Methods of built-in containers and of strs. Their types don't change, so the exact class says it
 * all.
 */
abstract class Containers extends Unboxed {
  /** Methods of strs that run no Python code when the arguments are strs, ints or None. */
  private static final Set<String> TEXT_METHODS =
      Set.of(
          "isalpha",
          "isalnum",
          "isdigit",
          "isspace",
          "isupper",
          "islower",
          "isidentifier",
          "strip",
          "lstrip",
          "rstrip",
          "lower",
          "upper",
          "startswith",
          "endswith",
          "find",
          "rfind",
          "count",
          "split",
          "partition",
          "rpartition",
          "replace");

  /** Those of them that say yes or no, with an entry of their own. */
  private static final Set<String> TEXT_TESTS = Set.of("isalpha", "isalnum", "isdigit", "isspace");

  Containers(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** The call of a method that an instruction loads, in the same block; or -1. */
  private int callOf(int pc, int method) {
    for (int p = pc + 1; !flow.outside(p) && !flow.starts.get(p) && !flow.ends(p); p++) {
      if (flow.op(p) == org.plait.compiler.code.Opcode.CALL_METHOD
          && u.code[p * CodeUnit.WORDS + 2] == method) {
        return p;
      }
      boolean[] written = new boolean[1];
      Effects.writes(u, p, r -> written[0] |= r == method);
      if (written[0]) {
        return -1;
      }
    }
    return -1;
  }

  /** A method that was always the same of a built-in type; false if it is another. */
  final boolean loadBuiltinMethod(int pc, int dst, int o, int name) {
    int call = feedback.mayGuess(pc) ? callOf(pc, dst) : -1;
    if (call < 0
        || !(feedback.nativeCallee(call) instanceof PyMethodDescriptor d)
        || exactly(d.objclass()) == null
        || !d.name().equals(u.names[name])) {
      return false;
    }
    object(o);
    guard(pc, o, exactly(d.objclass()));
    push(o);
    pop(dst + 1);
    known[dst + 1] = Kind.fact(exactly(d.objclass()));
    a.constant(d, Asm.OBJECT);
    pop(dst);
    return true;
  }

  /** A call of a method of lists or sets that compiled code has a way of its own for. */
  final boolean containerMethod(int pc, int dst, int base, int first, int count) {
    if (first == base + 1
        || !feedback.mayGuess(pc)
        || !(feedback.nativeCallee(pc) instanceof PyMethodDescriptor d)) {
      return false;
    }
    boolean set = d.objclass() == PySet.TYPE;
    String name = d.name();
    boolean known =
        set
            ? count == 1 && k[first] == Kind.LONG && (name.equals("add") || name.equals("discard"))
            : d.objclass() == PyList.TYPE
                && (name.equals("pop") && count <= 1 || name.equals("insert") && count == 2);
    if (!known) {
      return false;
    }
    object(base);
    guardCallee(pc, base, d);
    object(base + 1);
    for (int v = first + (set ? 1 : 0); v < first + count; v++) {
      object(v);
    }
    guard(pc, base + 1, set ? "isSet" : "isList");
    Label join = a.label();
    Label slow = slowMethod(pc, join, dst, base, first, count);
    if (set) {
      mayRaise(pc);
      push(base + 1);
      a.lload(a.slot(first, Kind.LONG));
      a.invoke(Asm.ITERATION, name, Asm.Z, Asm.OBJECT, Asm.J);
      raised(pc);
      a.branch(Opcode.IFEQ, slow);
      a.constant(Py.None, Asm.OBJECT);
    } else {
      ofList(pc, base + 1, first, count, name, slow);
    }
    a.astore(Asm.REF);
    popScratch(dst, base, first + count - 1);
    a.bind(join);
    return true;
  }

  private void ofList(int pc, int list, int first, int count, String name, Label slow) {
    if (count > 0) {
      require(first, "isLong", slow);
    }
    mayRaise(pc);
    push(list);
    if (count > 0) {
      push(first);
      a.support("longValue", Asm.J, Asm.OBJECT);
    } else {
      a.lconst(-1);
    }
    if (name.equals("insert")) {
      push(first + 1);
      a.invoke(Asm.ITERATION, name, Asm.V, Asm.OBJECT, Asm.J, Asm.OBJECT);
      raised(pc);
      a.constant(Py.None, Asm.OBJECT);
      return;
    }
    a.invoke(Asm.ITERATION, name, Asm.OBJECT, Asm.OBJECT, Asm.J);
    raised(pc);
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    a.branch(Opcode.IFNULL, slow);
    a.aload(Asm.REF);
  }

  private void asUsual(int base, int first, int count) {
    ClassDesc[] types = new ClassDesc[1 + count];
    Arrays.fill(types, Asm.OBJECT);
    push(base);
    push(base + 1);
    for (int v = first; v < first + count; v++) {
      object(v);
      push(v);
    }
    a.virtual(Asm.OBJECT, "call" + (1 + count), Asm.OBJECT, types);
  }

  /** Guesses that a call goes on calling the same. */
  final void guardCallee(int pc, int base, PyObject callee) {
    push(base);
    a.constant(callee, Asm.OBJECT);
    a.branch(Opcode.IF_ACMPNE, deopt(pc));
  }

  /** Where the method is called {@link #asUsual}; leads to where its result is in place. */
  private Label slowMethod(int pc, Label join, int dst, int base, int first, int count) {
    return slowCall(
        pc,
        join,
        () -> asUsual(base, first, count),
        () -> {
          a.astore(Asm.REF);
          popScratch(dst, base, first + count - 1);
        });
  }

  // ---- strs

  /** A character of a str by an unboxed index; false where it is not guessed to be that. */
  final boolean character(int pc, int dst, int o, int i) {
    if (!feedback.mayGuess(pc) || number(pc, i, feedback.right(pc)) != Kind.LONG) {
      return false;
    }
    object(o);
    if (o >= 0) {
      require(o, "isStr", deopt(pc));
    }
    int slot = unboxed(pc, i, Kind.LONG, Asm.LONG1);
    mayRaise(pc);
    push(o);
    pushLong(i, slot);
    a.invoke(Asm.TEXT, "item", Asm.OBJECT, Asm.OBJECT, Asm.J);
    raised(pc);
    pop(dst);
    return true;
  }

  /** A call of a method of strs that runs no Python code; false if it is another. */
  final boolean textMethod(int pc, int dst, int base, int first, int count) {
    if (first == base + 1
        || count > 2
        || !feedback.mayGuess(pc)
        || !(feedback.nativeCallee(pc) instanceof PyMethodDescriptor d)
        || d.objclass() != PyStr.TYPE
        || !TEXT_METHODS.contains(d.name())) {
      return false;
    }
    object(base);
    guardCallee(pc, base, d);
    object(base + 1);
    require(base + 1, "isStr", deopt(pc));
    if (count == 0 && TEXT_TESTS.contains(d.name())) {
      push(base + 1);
      a.invoke(Asm.TEXT, d.name(), Asm.Z, Asm.OBJECT);
      a.support("bool", Asm.OBJECT, Asm.Z);
      a.astore(Asm.REF);
      popScratch(dst, base, first - 1);
      return true;
    }
    for (int v = first; v < first + count; v++) {
      object(v);
    }
    Label join = a.label();
    Label slow = slowMethod(pc, join, dst, base, first, count);
    if (count == 2 && d.name().equals("replace")) {
      replaced(pc, base, slow);
    } else {
      for (int v = first; v < first + count; v++) {
        require(v, "isScalar", slow);
      }
      mayRaise(pc);
      asUsual(base, first, count);
      raised(pc);
      a.astore(Asm.REF);
    }
    popScratch(dst, base, first + count - 1);
    a.bind(join);
    return true;
  }

  /** {@code r[base + 1].replace(r[base + 2], r[base + 3])} of strs goes to the scratch object. */
  final void replaced(int pc, int base, Label otherwise) {
    for (int v = base + 1; v <= base + 3; v++) {
      require(v, "isStr", otherwise);
    }
    mayRaise(pc);
    for (int v = base + 1; v <= base + 3; v++) {
      push(v);
    }
    a.invoke(Asm.TEXT, "replace", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    a.astore(Asm.REF);
  }
}
