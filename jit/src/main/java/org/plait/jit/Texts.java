package org.plait.jit;

import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;

/** The parts of f-strings. */
abstract class Texts extends Slices {
  Texts(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** {@code r[dst] = format(r[o])}. */
  final void format(int pc, int dst, int o) {
    object(o);
    push(o);
    a.invoke(Asm.TEXT, "format", Asm.OBJECT, Asm.OBJECT);
    orSlowly(
        pc,
        dst,
        () -> {
          push(o);
          a.nullConst();
          a.invoke(Asm.OBJECTS, "format", Asm.STR, Asm.OBJECT, Asm.OBJECT);
        });
  }

  /** {@code r[dst] = format(r[o], r[spec])}. */
  final void format(int pc, int dst, int o, int spec) {
    object(o);
    object(spec);
    mayRaise(pc);
    push(o);
    push(spec);
    a.invoke(Asm.TEXT, "format", Asm.OBJECT, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    orSlowly(
        pc,
        dst,
        () -> {
          push(o);
          push(spec);
          a.invoke(Asm.OBJECTS, "format", Asm.STR, Asm.OBJECT, Asm.OBJECT);
        });
  }

  /** {@code !s}, {@code !r} or {@code !a}. */
  final void convert(int pc, int dst, int o, int how) {
    object(o);
    push(o);
    a.iconst(how);
    a.invoke(Asm.TEXT, "convert", Asm.OBJECT, Asm.OBJECT, Asm.I);
    orSlowly(
        pc,
        dst,
        () -> {
          push(o);
          a.iconst(how);
          a.invoke(Asm.COLD, "convert", Asm.OBJECT, Asm.OBJECT, Asm.I);
        });
  }

  /** The strs in registers, one behind the other. */
  final void join(int dst, int first, int count) {
    array(first, count);
    a.invoke(Asm.TEXT, "join", Asm.OBJECT, Asm.OBJECT.arrayType());
    pop(dst);
  }
}
