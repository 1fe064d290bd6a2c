package org.plait.compiler;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.scope.Scope;

/** The same text about compiled code as src/test/oracle/gen_facts.py makes of CPython's. */
final class Facts {
  private static final Map<Opcode, String> KINDS =
      Map.ofEntries(
          Map.entry(Opcode.CALL, "CALL"),
          Map.entry(Opcode.CALL_METHOD, "CALL"),
          Map.entry(Opcode.CALL_KW, "CALL"),
          Map.entry(Opcode.CALL_METHOD_KW, "CALL"),
          Map.entry(Opcode.CALL_EX, "CALL"),
          Map.entry(Opcode.WITH_EXIT, "CALL"),
          Map.entry(Opcode.LOAD_ATTR, "ATTR"),
          Map.entry(Opcode.LOAD_METHOD, "ATTR"),
          Map.entry(Opcode.STORE_ATTR, "SATTR"),
          Map.entry(Opcode.DELETE_ATTR, "DATTR"),
          Map.entry(Opcode.LOAD_GLOBAL, "GLOBAL"),
          Map.entry(Opcode.LOAD_NAME, "NAME"),
          Map.entry(Opcode.RAISE, "RAISE"),
          Map.entry(Opcode.RAISE_BARE, "RAISE"),
          Map.entry(Opcode.RAISE_FROM, "RAISE"),
          Map.entry(Opcode.FOR_ITER, "FORITER"),
          Map.entry(Opcode.GET_ITER, "GETITER"),
          Map.entry(Opcode.IMPORT_NAME, "IMPORT"),
          Map.entry(Opcode.IMPORT_FROM, "IMPFROM"),
          Map.entry(Opcode.STORE_SUBSCR, "SSUB"),
          Map.entry(Opcode.DELETE_SUBSCR, "DSUB"),
          Map.entry(Opcode.COMPARE_IN, "IN"),
          Map.entry(Opcode.COMPARE_NOT_IN, "IN"),
          Map.entry(Opcode.JUMP_IF_IN, "IN"),
          Map.entry(Opcode.JUMP_IF_NOT_IN, "IN"),
          Map.entry(Opcode.LOAD_SPECIAL, "SPEC"),
          Map.entry(Opcode.JUMP_UNLESS_EXC_MATCH, "EXC"),
          Map.entry(Opcode.GET_AWAITABLE, "AWAIT"),
          Map.entry(Opcode.DICT_MERGE, "DM"),
          Map.entry(Opcode.LOAD_SUPER_ATTR, "SUPER"),
          Map.entry(Opcode.LOAD_ZERO_SUPER_ATTR, "SUPER"),
          Map.entry(Opcode.LOAD_SUPER_METHOD, "SUPER"),
          Map.entry(Opcode.LOAD_ZERO_SUPER_METHOD, "SUPER"),
          Map.entry(Opcode.MATCH_CLASS, "MC"),
          Map.entry(Opcode.FORMAT_SIMPLE, "FMT"),
          Map.entry(Opcode.BINARY_SLICE, "SLICE"),
          Map.entry(Opcode.STORE_SLICE, "SSLICE"));

  private Facts() {}

  /** Names, flags and so on of all code. */
  static String codes(CodeUnit code) {
    StringBuilder out = new StringBuilder();
    codes(code, out);
    return out.toString();
  }

  private static void codes(CodeUnit u, StringBuilder out) {
    out.append("CODE ")
        .append(u.qualname)
        .append(' ')
        .append(u.name)
        .append(' ')
        .append(u.firstLine)
        .append(' ')
        .append(u.argCount)
        .append(' ')
        .append(u.posOnlyArgCount)
        .append(' ')
        .append(u.kwOnlyArgCount)
        .append(' ')
        .append(Integer.toHexString(u.flags))
        .append(" V:")
        .append(String.join(",", u.varNames))
        .append(" N:")
        .append(String.join(",", u.names))
        .append(" C:")
        .append(String.join(",", u.cellVars))
        .append(" F:")
        .append(String.join(",", u.freeVars));
    if (u.has(CodeFlags.HAS_DOCSTRING)) {
      out.append(" D:").append(u.consts[0].hashCode());
    }
    out.append('\n');
    for (Object c : u.consts) {
      if (c instanceof CodeUnit inner) {
        codes(inner, out);
      }
    }
  }

  /** The symbol tables. */
  static String symbols(Scope top) {
    StringBuilder out = new StringBuilder();
    symbols(top, 0, out);
    return out.toString();
  }

  private static void symbols(Scope scope, int depth, StringBuilder out) {
    Map<String, Integer> table = new TreeMap<>();
    for (int i = 0; i < scope.symbols().size(); i++) {
      table.put(scope.symbols().key(i), scope.symbols().value(i));
    }
    out.append(" ".repeat(depth))
        .append(scope.kind().ordinal())
        .append(' ')
        .append(scope.name())
        .append(' ')
        .append(scope.line())
        .append(' ')
        .append(scope.isNested())
        .append(' ')
        .append(String.join(",", scope.parameters()))
        .append(' ')
        .append(table)
        .append('\n');
    for (Scope child : scope.children()) {
      symbols(child, depth + 1, out);
    }
  }

  /** Positions of instructions that can raise. */
  static String positions(CodeUnit code) {
    StringBuilder out = new StringBuilder();
    positions(code, out);
    return out.toString();
  }

  private static void positions(CodeUnit u, StringBuilder out) {
    TreeSet<String> found = new TreeSet<>();
    for (int pc = 0; pc < u.length(); pc++) {
      Opcode op = Opcode.of(u.code[pc * CodeUnit.WORDS]);
      String kind = KINDS.get(op);
      if (kind != null) {
        StringBuilder entry = new StringBuilder(kind);
        for (int i = 0; i < CodeUnit.POSITION_WORDS; i++) {
          int v = u.positions()[pc * CodeUnit.POSITION_WORDS + i];
          entry.append(':').append(v < 0 ? "None" : Integer.toString(v));
        }
        found.add(entry.toString());
      }
    }
    out.append("CODE ").append(u.qualname).append(' ').append(String.join(" ", found)).append('\n');
    for (Object c : u.consts) {
      if (c instanceof CodeUnit inner) {
        positions(inner, out);
      }
    }
  }
}
