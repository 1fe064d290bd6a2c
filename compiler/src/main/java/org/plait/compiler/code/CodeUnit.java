package org.plait.compiler.code;

import org.jspecify.annotations.Nullable;

/**
 * A compiled module, class body, function, lambda, comprehension or other scope: what a Python code
 * object wraps. Immutable: nobody changes the arrays. Any thread may read it.
 *
 * <p>Constants are Java values: what {@code org.plait.syntax.ast.Expr.Constant} holds (Long,
 * BigInteger, Double, Complex, String, CodePoints, BytesValue, Boolean, Singleton, TupleValue,
 * FrozenSetValue), {@link SliceValue}, and CodeUnit. Equal constants of one type are one entry.
 */
public final class CodeUnit {
  /** Ints per instruction in {@link #code}. */
  public static final int WORDS = 4;

  /** Ints per entry of {@link #exceptionTable}. */
  public static final int EXCEPTION_WORDS = 4;

  /** Ints per instruction in {@link #positions()}. */
  public static final int POSITION_WORDS = 4;

  public final String name;
  public final String qualname;
  public final String filename;

  /** {@code co_firstlineno}. */
  public final int firstLine;

  /** {@code co_argcount}: positional parameters, positional-only ones included. */
  public final int argCount;

  public final int posOnlyArgCount;
  public final int kwOnlyArgCount;

  /** {@code co_flags}; see {@link CodeFlags}. */
  public final int flags;

  /** Number of registers of a frame. */
  public final int registerCount;

  /** Instructions of {@link #WORDS} ints. */
  public final int[] code;

  public final Object[] consts;
  public final String[] names;

  /** Names of the fast locals, registers 0 and on. A parameter that is a cell is among them too. */
  public final String[] varNames;

  /** Names of the cells made here: registers from {@link #firstCell}. */
  public final String[] cellVars;

  /** Names of the cells of the closure: registers behind those of {@link #cellVars}. */
  public final String[] freeVars;

  /**
   * Which fast locals are hidden (variables of comprehensions inlined in a module or class body):
   * they are shown as locals only while they are bound. Null if there is none.
   */
  public final boolean @Nullable [] hidden;

  /**
   * Entries (first instruction, instruction behind the last, handler, register that gets the
   * exception), innermost first: the first one that covers an instruction counts.
   */
  public final int[] exceptionTable;

  private final PositionTable positions;

  /**
   * Registers of the cells that MAKE_FUNCTION hands over, in the order of the function's freevars.
   */
  public final int[][] closures;

  /** Argument descriptions of calls with keywords. */
  public final CallShape[] callShapes;

  public CodeUnit(
      String name,
      String qualname,
      String filename,
      int firstLine,
      int argCount,
      int posOnlyArgCount,
      int kwOnlyArgCount,
      int flags,
      int registerCount,
      int[] code,
      Object[] consts,
      String[] names,
      String[] varNames,
      String[] cellVars,
      String[] freeVars,
      boolean @Nullable [] hidden,
      int[] exceptionTable,
      PositionTable positions,
      int[][] closures,
      CallShape[] callShapes) {
    this.name = name;
    this.qualname = qualname;
    this.filename = filename;
    this.firstLine = firstLine;
    this.argCount = argCount;
    this.posOnlyArgCount = posOnlyArgCount;
    this.kwOnlyArgCount = kwOnlyArgCount;
    this.flags = flags;
    this.registerCount = registerCount;
    this.code = code;
    this.consts = consts;
    this.names = names;
    this.varNames = varNames;
    this.cellVars = cellVars;
    this.freeVars = freeVars;
    this.hidden = hidden;
    this.exceptionTable = exceptionTable;
    this.positions = positions;
    this.closures = closures;
    this.callShapes = callShapes;
  }

  /** The same with lines alone as positions ({@code -X no_debug_ranges}). */
  public CodeUnit withoutColumns() {
    int[] lines = positions().clone();
    for (int i = 0; i < lines.length; i += POSITION_WORDS) {
      lines[i + 1] = lines[i];
      lines[i + 2] = -1;
      lines[i + 3] = -1;
    }
    return new CodeUnit(
        name,
        qualname,
        filename,
        firstLine,
        argCount,
        posOnlyArgCount,
        kwOnlyArgCount,
        flags,
        registerCount,
        code,
        consts,
        names,
        varNames,
        cellVars,
        freeVars,
        hidden,
        exceptionTable,
        PositionTable.of(lines),
        closures,
        callShapes);
  }

  /** Number of fast locals. */
  public int localCount() {
    return varNames.length;
  }

  /** First cell register. */
  public int firstCell() {
    return varNames.length;
  }

  /** First register of the closure's cells. */
  public int firstFree() {
    return varNames.length + cellVars.length;
  }

  /** First temporary register. */
  public int firstTemp() {
    return varNames.length + cellVars.length + freeVars.length;
  }

  /** Number of instructions. */
  public int length() {
    return code.length / WORDS;
  }

  /** Whether a bit of {@link CodeFlags} is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Number of all parameters, {@code *args} and {@code **kwargs} included. */
  public int parameterCount() {
    return argCount
        + kwOnlyArgCount
        + (has(CodeFlags.VARARGS) ? 1 : 0)
        + (has(CodeFlags.VARKEYWORDS) ? 1 : 0);
  }

  /** The line of an instruction, or -1. */
  public int line(int pc) {
    int[] p = positions();
    // A program may have replaced the table by an empty one.
    int i = pc * POSITION_WORDS;
    return i < p.length ? p[i] : -1;
  }

  /** Line, end line, UTF-8 byte column, end column per instruction; -1 where there is none. */
  public int[] positions() {
    return positions.words();
  }

  /**
   * The handler of an exception raised at an instruction.
   *
   * @return index of the entry's first int in {@link #exceptionTable}, or -1
   */
  public int handler(int pc) {
    int[] table = exceptionTable;
    for (int i = 0; i < table.length; i += EXCEPTION_WORDS) {
      if (pc >= table[i] && pc < table[i + 1]) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an instruction is the first that a try or with statement protects. */
  public boolean beginsBlock(int pc) {
    int[] table = exceptionTable;
    int entry = handler(pc);
    if (entry < 0 || table[entry] != pc) {
      return false;
    }
    for (int i = 0; i < table.length; i += EXCEPTION_WORDS) {
      if (table[i] < pc && table[i + 2] == table[entry + 2]) {
        return false;
      }
    }
    return true;
  }

  /** The name of a cell register: a cellvar's or a freevar's. */
  public String cellName(int register) {
    int i = register - varNames.length;
    return i < cellVars.length ? cellVars[i] : freeVars[i - cellVars.length];
  }

  @Override
  public String toString() {
    return "<code " + qualname + ", file \"" + filename + "\", line " + firstLine + ">";
  }
}
