package org.plait.processor.annotation;

/** What a special method's name stands for when a type could mean two slots by it. */
public enum SlotKind {
  /** The usual slot of that name, or an ordinary method when there is none. */
  BY_NAME,
  /** An ordinary method although a slot has the name (CPython's METH_COEXIST). */
  METHOD,
  /** {@code __add__} as sq_concat: tried after the numeric slots of both operands. */
  SQ_CONCAT,
  /** {@code __mul__} or {@code __rmul__} as sq_repeat. */
  SQ_REPEAT,
  /** {@code __iadd__} as sq_inplace_concat. */
  SQ_INPLACE_CONCAT,
  /** {@code __imul__} as sq_inplace_repeat. */
  SQ_INPLACE_REPEAT,
}
