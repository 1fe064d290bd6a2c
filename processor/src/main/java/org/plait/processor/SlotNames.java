package org.plait.processor;

import java.util.Set;

/** Which method names are slots of CPython's type objects, and so become slot wrappers. */
final class SlotNames {
  private SlotNames() {}

  private static final Set<String> BINARY =
      Set.of(
          "add",
          "sub",
          "mul",
          "matmul",
          "truediv",
          "floordiv",
          "mod",
          "divmod",
          "pow",
          "lshift",
          "rshift",
          "and",
          "xor",
          "or");

  private static final Set<String> OTHERS =
      Set.of(
          "repr",
          "hash",
          "call",
          "str",
          "getattribute",
          "getattr",
          "setattr",
          "delattr",
          "lt",
          "le",
          "eq",
          "ne",
          "gt",
          "ge",
          "iter",
          "next",
          "get",
          "set",
          "delete",
          "init",
          "del",
          "buffer",
          "release_buffer",
          "await",
          "aiter",
          "anext",
          "neg",
          "pos",
          "abs",
          "bool",
          "invert",
          "int",
          "float",
          "index",
          "len",
          "getitem",
          "setitem",
          "delitem",
          "contains");

  /** Whether {@code op} is an operator's name without underscores. */
  static boolean isBinary(String op) {
    return BINARY.contains(op);
  }

  /** Whether the operator has an in-place form. */
  static boolean hasInplace(String op) {
    return BINARY.contains(op) && !op.equals("divmod");
  }

  static boolean isSlot(String name) {
    if (name.length() < 5 || !name.startsWith("__") || !name.endsWith("__")) {
      return false;
    }
    String bare = name.substring(2, name.length() - 2);
    if (OTHERS.contains(bare) || BINARY.contains(bare)) {
      return true;
    }
    String rest = bare.substring(1);
    return bare.charAt(0) == 'r' && BINARY.contains(rest)
        || bare.charAt(0) == 'i' && hasInplace(rest);
  }
}
