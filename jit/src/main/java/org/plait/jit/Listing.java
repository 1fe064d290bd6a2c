package org.plait.jit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The text of a compiled method, for the log and for tests that hold it to a golden file. */
final class Listing {
  private final Map<Label, Integer> names = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private Listing() {}

  /** One line per instruction; labels are numbered in the order of their places. */
  static String of(byte[] classFile) {
    CodeModel code =
        ClassFile.of().parse(classFile).methods().stream()
            .filter(m -> m.methodName().stringValue().startsWith("run"))
            .findFirst()
            .orElseThrow()
            .code()
            .orElseThrow();
    return new Listing().list(code);
  }

  private String list(CodeModel code) {
    for (CodeElement e : code) {
      if (e instanceof LabelTarget t) {
        names.put(t.label(), names.size());
      }
    }
    TreeSet<String> handlers = new TreeSet<>();
    for (CodeElement e : code) {
      if (e instanceof LabelTarget t) {
        out.append('L').append(names.get(t.label())).append(":\n");
      } else if (e instanceof ExceptionCatch c) {
        handlers.add(
            "  L"
                + names.get(c.tryStart())
                + " to L"
                + names.get(c.tryEnd())
                + " -> L"
                + names.get(c.handler()));
      } else if (e instanceof Instruction i) {
        out.append("  ").append(text(i)).append('\n');
      }
    }
    if (!handlers.isEmpty()) {
      out.append("catch\n").append(String.join("\n", handlers)).append('\n');
    }
    return out.toString();
  }

  private String text(Instruction i) {
    String name = i.opcode().name().toLowerCase(Locale.ROOT);
    return switch (i) {
      case LoadInstruction l -> plain(name) + " " + l.slot();
      case StoreInstruction s -> plain(name) + " " + s.slot();
      case ConstantInstruction c ->
          name.equals("aconst_null") ? "null" : "const " + c.constantValue();
      case FieldInstruction f -> name + " " + f.name().stringValue();
      case InvokeInstruction v ->
          name
              + " "
              + v.owner().asSymbol().displayName()
              + "."
              + v.name().stringValue()
              + v.typeSymbol().displayDescriptor();
      case BranchInstruction b -> name + " L" + names.get(b.target());
      default -> name;
    };
  }

  private static String plain(String name) {
    int at = name.indexOf('_');
    return at < 0 ? name : name.substring(0, at);
  }
}
