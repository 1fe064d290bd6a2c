package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;

/** The docs and text signatures of slot wrappers: they go by the slot, not by the type. */
final class SlotTexts {
  private SlotTexts() {}

  /** The operator's symbol for its name without underscores, or null. */
  private static @Nullable String operator(String op) {
    return switch (op) {
      case "add" -> "+";
      case "sub" -> "-";
      case "mul" -> "*";
      case "matmul" -> "@";
      case "truediv" -> "/";
      case "floordiv" -> "//";
      case "mod" -> "%";
      case "pow" -> "**";
      case "lshift" -> "<<";
      case "rshift" -> ">>";
      case "and" -> "&";
      case "xor" -> "^";
      case "or" -> "|";
      case "lt" -> "<";
      case "le" -> "<=";
      case "eq" -> "==";
      case "ne" -> "!=";
      case "gt" -> ">";
      case "ge" -> ">=";
      default -> null;
    };
  }

  static @Nullable String signature(String name) {
    return switch (name) {
      case "__call__", "__init__" -> "($self, /, *args, **kwargs)";
      case "__getattribute__", "__getattr__", "__delattr__" -> "($self, name, /)";
      case "__setattr__" -> "($self, name, value, /)";
      case "__getitem__", "__delitem__", "__contains__" -> "($self, key, /)";
      case "__setitem__" -> "($self, key, value, /)";
      case "__get__" -> "($self, instance, owner=None, /)";
      case "__set__" -> "($self, instance, value, /)";
      case "__delete__" -> "($self, instance, /)";
      case "__pow__", "__rpow__" -> "($self, value, mod=None, /)";
      case "__divmod__", "__rdivmod__" -> "($self, value, /)";
      case "__buffer__" -> "($self, flags, /)";
      case "__release_buffer__" -> "($self, buffer, /)";
      default -> {
        String op = name.substring(2, name.length() - 2);
        boolean binary =
            operator(op) != null
                || op.length() > 1
                    && "ri".indexOf(op.charAt(0)) >= 0
                    && operator(op.substring(1)) != null;
        yield binary ? "($self, value, /)" : "($self, /)";
      }
    };
  }

  static @Nullable String doc(String name, boolean sequence) {
    return switch (name) {
      case "__init__" ->
          "Set up self; what arguments it takes the class tells, see help(type(self)).";
      case "__call__" -> "Call self as a function.";
      case "__repr__" -> "Return repr(self).";
      case "__str__" -> "Return str(self).";
      case "__hash__" -> "Return hash(self).";
      case "__len__" -> "Return len(self).";
      case "__iter__" -> "Implement iter(self).";
      case "__next__" -> "Implement next(self).";
      case "__getattribute__" -> "Return getattr(self, name).";
      case "__setattr__" -> "Implement setattr(self, name, value).";
      case "__delattr__" -> "Implement delattr(self, name).";
      case "__get__" -> "Read the attribute of an instance of owner.";
      case "__set__" -> "Store a value as the attribute of an instance.";
      case "__delete__" -> "Delete an attribute of instance.";
      case "__del__" -> "Run before the collector lets go of self.";
      case "__getitem__" -> "Return self[key].";
      case "__setitem__" -> "Set self[key] to value.";
      case "__delitem__" -> "Delete self[key].";
      case "__contains__" -> "Return bool(key in self).";
      case "__bool__" -> "True if self else False";
      case "__neg__" -> "-self";
      case "__pos__" -> "+self";
      case "__invert__" -> "~self";
      case "__abs__", "__int__", "__float__" -> name.substring(2, name.length() - 2) + "(self)";
      case "__index__" -> "The integer that self stands for, where one is needed as an index.";
      case "__pow__" -> "Return pow(self, value, mod).";
      case "__rpow__" -> "Return pow(value, self, mod).";
      case "__divmod__" -> "Return divmod(self, value).";
      case "__rdivmod__" -> "Return divmod(value, self).";
      case "__await__" -> "Return the iterator that await drives.";
      case "__aiter__" -> "Implement aiter(self).";
      case "__anext__" -> "Implement anext(self).";
      case "__buffer__" -> "Return a memoryview of the memory of self.";
      case "__release_buffer__" -> "Take back a memoryview that __buffer__ gave.";
      default -> operatorDoc(name.substring(2, name.length() - 2), sequence);
    };
  }

  private static @Nullable String operatorDoc(String op, boolean sequence) {
    String symbol = operator(op);
    if (symbol != null) {
      return "Return self" + symbol + "value.";
    }
    symbol = operator(op.substring(1));
    if (symbol == null) {
      return null;
    }
    return switch (op.charAt(0)) {
      case 'r' -> "Return value" + symbol + "self.";
      case 'i' -> (sequence ? "Implement" : "Return") + " self" + symbol + "=value.";
      default -> null;
    };
  }
}
