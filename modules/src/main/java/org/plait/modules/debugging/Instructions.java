package org.plait.modules.debugging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;

/** Instructions as Python's dis module shows them. Stateless but for the code it reads. */
public final class Instructions {
  /** Bytes of an instruction in {@code co_code}. */
  private static final int BYTES = 4 * CodeUnit.WORDS;

  /** What Python counts per instruction. */
  private static final int UNIT = 2;

  private final int[] words;
  private final @Nullable PyCode code;

  private Instructions(int[] words, @Nullable PyCode code) {
    this.words = words;
    this.code = code;
  }

  /** The instructions of a code object. */
  public static Instructions of(PyCode code) {
    return new Instructions(code.unit.code, code);
  }

  /** Instructions without names and constants, from the bytes of a {@code co_code}. */
  public static Instructions of(byte[] bytes) {
    int[] words = new int[bytes.length / BYTES * CodeUnit.WORDS];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return new Instructions(words, null);
  }

  /** How many there are. */
  public int size() {
    return words.length / CodeUnit.WORDS;
  }

  /**
   * One as a tuple: opcode, number of the operand that counts most or None, what that stands for,
   * all operands as text, offset of the jump's target or None.
   */
  public PyObject get(int pc) {
    int p = pc * CodeUnit.WORDS;
    int number = words[p];
    if (number < 0 || number >= Opcode.count()) {
      return Py.tuple(Py.int_(number), Py.None, Py.None, Py.EmptyStr, Py.None);
    }
    Opcode op = Opcode.of(number);
    Operand[] kinds = {op.a, op.b, op.c};
    StringBuilder text = new StringBuilder();
    int main = -1;
    PyObject target = Py.None;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == Operand.NONE) {
        continue;
      }
      if (text.length() > 0) {
        text.append(", ");
      }
      text.append(text(op, kinds[i], words[p + 1 + i]));
      if (kinds[i] == Operand.TARGET) {
        target = Py.int_(UNIT * words[p + 1 + i]);
      }
      if (main < 0 || rank(kinds[i]) > rank(kinds[main])) {
        main = i;
      }
    }
    if (main < 0) {
      return Py.tuple(Py.int_(number), Py.None, Py.None, Py.EmptyStr, target);
    }
    int value = words[p + 1 + main];
    return Py.tuple(
        Py.int_(number),
        Py.int_(value),
        meaning(kinds[main], value),
        Py.str(text.toString()),
        target);
  }

  private static int rank(Operand kind) {
    return switch (kind) {
      case NAME -> 4;
      case TARGET -> 3;
      case CONST -> 2;
      case SRC, DST, VAL, MOD, CELL -> 1;
      default -> 0;
    };
  }

  private PyObject meaning(Operand kind, int value) {
    PyCode c = code;
    return switch (kind) {
      case TARGET -> Py.int_(UNIT * value);
      case NAME -> c == null ? Py.int_(value) : Py.str(c.unit.names[value]);
      case CONST -> c == null ? Py.int_(value) : c.consts[value];
      case VAL -> value >= 0 || c == null ? register(value) : c.consts[~value];
      case SRC, DST, MOD, CELL -> register(value);
      default -> Py.int_(value);
    };
  }

  private PyObject register(int number) {
    PyCode c = code;
    return c != null && number >= 0 && number < c.unit.firstTemp()
        ? Py.str(registerName(number))
        : Py.int_(number);
  }

  private String registerName(int number) {
    PyCode c = code;
    if (c == null) {
      return "r" + number;
    }
    CodeUnit u = c.unit;
    if (number < u.varNames.length) {
      return u.varNames[number];
    }
    return number < u.firstTemp() ? "&" + u.cellName(number) : "$" + (number - u.firstTemp());
  }

  private String constant(int index) {
    PyCode c = code;
    return c == null ? "const " + index : PyObjects.repr(c.consts[index]).toString();
  }

  private String text(Opcode op, Operand kind, int value) {
    PyCode c = code;
    switch (kind) {
      case CONST -> {
        return constant(value);
      }
      case VAL -> {
        return value < 0 ? constant(~value) : registerName(value);
      }
      case NAME -> {
        return c == null ? "name " + value : "." + c.unit.names[value];
      }
      case TARGET -> {
        return "to " + UNIT * value;
      }
      case IMM -> {
        return op == Opcode.MAKE_CELL && value >= 0 ? registerName(value) : "" + value;
      }
      case COUNT -> {
        return "#" + value;
      }
      case SHAPE -> {
        if (c == null) {
          return "shape " + value;
        }
        CallShape s = c.unit.callShapes[value];
        return "#" + s.argCount + " (" + String.join(", ", s.keywords) + ")";
      }
      case CLOSURE -> {
        if (c == null || value < 0) {
          return value < 0 ? "[]" : "closure " + value;
        }
        StringBuilder cells = new StringBuilder("[");
        for (int cell : c.unit.closures[value]) {
          cells.append(cells.length() > 1 ? ", " : "").append(registerName(cell));
        }
        return cells.append(']').toString();
      }
      default -> {
        return registerName(value);
      }
    }
  }
}
