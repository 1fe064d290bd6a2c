package org.plait.compiler.gen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.diag.WarningSink;
import org.plait.compiler.scope.Mangling;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.compiler.scope.SymbolTable;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/**
 * One compilation: the unit in work, what the parts of the generator share, and the parts. Order of
 * evaluation, names and positions follow CPython's codegen.c.
 */
public final class Gen {
  /** CPython's CO_MAXBLOCKS. */
  private static final int MAX_BLOCKS = 21;

  final String filename;
  final SymbolTable table;
  final int optimize;
  final int futureFlags;
  final boolean futureAnnotations;
  final int futureLine;
  private final WarningSink warnings;
  boolean interactive;
  final boolean topLevelAwait;

  /** Whether a return here would leave a finally clause. */
  boolean inFinally;

  /** Whether a break here would stay within the finally clause. */
  boolean inLoop;

  /** Above 0 while a finally clause is generated for something that leaves the try statement. */
  int unwinding;

  /** Above 0 while code is generated a second time. */
  int quiet;

  Unit u;
  final NameGen names;
  final ExprGen ex;
  final DisplayGen displays;
  final CallGen calls;
  final ComprehensionGen comprehensions;
  final StmtGen statements;
  final AssignGen assign;
  final TryGen tries;
  final LoopGen loops;
  final PatternGen patterns;
  final FunctionGen functions;
  final ClassGen classes;
  final AnnotationGen annotations;
  final LiteralWarnings literals;

  private Gen(
      String filename,
      SymbolTable table,
      int optimize,
      int futureFlags,
      boolean futureAnnotations,
      int futureLine,
      boolean topLevelAwait,
      WarningSink warnings,
      Unit top) {
    this.filename = filename;
    this.table = table;
    this.optimize = optimize;
    this.futureFlags = futureFlags;
    this.futureAnnotations = futureAnnotations;
    this.futureLine = futureLine;
    this.warnings = warnings;
    this.topLevelAwait = topLevelAwait;
    this.u = top;
    this.names = new NameGen(this);
    this.ex = new ExprGen(this);
    this.displays = new DisplayGen(this);
    this.calls = new CallGen(this);
    this.comprehensions = new ComprehensionGen(this);
    this.statements = new StmtGen(this);
    this.assign = new AssignGen(this);
    this.tries = new TryGen(this);
    this.loops = new LoopGen(this);
    this.patterns = new PatternGen(this);
    this.functions = new FunctionGen(this);
    this.classes = new ClassGen(this);
    this.annotations = new AnnotationGen(this);
    this.literals = new LiteralWarnings(this);
  }

  /**
   * Generates a module's code.
   *
   * @param futureFlags the future flags, inherited ones included
   * @param futureLine line of the last {@code from __future__} statement, or 0
   */
  public static CodeUnit generate(
      Mod tree,
      String filename,
      SymbolTable table,
      int optimize,
      int futureFlags,
      boolean futureAnnotations,
      int futureLine,
      boolean topLevelAwait,
      WarningSink warnings) {
    Unit top = new Unit(Unit.Kind.MODULE, table.top(), null, "<module>", "<module>", 1, null, null);
    Gen gen =
        new Gen(
            filename,
            table,
            optimize,
            futureFlags,
            futureAnnotations,
            futureLine,
            topLevelAwait,
            warnings,
            top);
    return gen.module(tree);
  }

  private CodeUnit module(Mod tree) {
    prologue(new SourceRange(0, 0, 0, 0));
    switch (tree) {
      case Mod.Module m -> {
        statements.body(startOf(m.body()), m.body(), true);
        end();
      }
      case Mod.Interactive m -> {
        interactive = true;
        statements.body(startOf(m.body()), m.body(), false);
        end();
      }
      case Mod.Expression m -> {
        u.code.currentSection = CodeBuffer.BODY;
        int value = ex.value(m.body());
        u.emit(m.body().range(), Opcode.RETURN_VALUE, value);
      }
      case Mod.FunctionType m ->
          throw CompileError.of(CompileError.Kind.SYSTEM, "module kind 4 should not be possible");
    }
    return u.assemble(filename, futureFlags);
  }

  private static SourceRange startOf(List<Stmt> body) {
    return body.isEmpty() ? new SourceRange(1, 0, 1, 0) : body.get(0).range();
  }

  /** The return None that ends every code. */
  void end() {
    u.emit(null, Opcode.RETURN_VALUE, u.none());
  }

  // ---- units

  /** Starts a unit inside of the present one. */
  Unit enter(Unit.Kind kind, Scope scope, String name, int firstLine, @Nullable String className) {
    return enter(kind, scope, name, firstLine, className, null);
  }

  /** As above, with one more cell in the closure. */
  Unit enter(
      Unit.Kind kind,
      Scope scope,
      String name,
      int firstLine,
      @Nullable String className,
      @Nullable String extraFree) {
    Unit unit =
        new Unit(kind, scope, u, name, qualifiedName(kind, name), firstLine, className, extraFree);
    u = unit;
    return unit;
  }

  /** The instructions every unit starts with. */
  void prologue(SourceRange range) {
    Unit unit = u;
    String[] free = unit.freeVars();
    String[] cells = unit.cellVars();
    if (free.length > 0) {
      unit.emit(null, Opcode.COPY_FREE_VARS, CodeBuffer.CELL + cells.length, free.length);
    }
    List<String> parameters = unit.scope.parameters();
    for (int i = 0; i < cells.length; i++) {
      unit.emit(null, Opcode.MAKE_CELL, CodeBuffer.CELL + i, parameters.indexOf(cells[i]));
    }
    if (unit.scope.isGenerator() || unit.scope.isCoroutine()) {
      unit.emit(range, Opcode.RETURN_GENERATOR);
    }
    unit.emit(range, Opcode.RESUME, 0);
    unit.code.currentSection = CodeBuffer.BODY;
  }

  /** Ends the present unit and goes back to the one around it. */
  CodeUnit leave() {
    Unit unit = u;
    CodeUnit result = unit.assemble(filename, futureFlags);
    if (unit.parent != null) {
      u = unit.parent;
    }
    return result;
  }

  // Compare CPython's compiler_set_qualname in compile.c
  private String qualifiedName(Unit.Kind kind, String name) {
    Unit parent = u;
    String base = null;
    boolean atTop = parent.kind == Unit.Kind.MODULE;
    if (!atTop && parent.kind == Unit.Kind.TYPE_PARAMS && parent.parent != null) {
      parent = parent.parent;
      atTop = parent.kind == Unit.Kind.MODULE;
    }
    if (!atTop) {
      boolean global = false;
      if (kind == Unit.Kind.FUNCTION
          || kind == Unit.Kind.ASYNC_FUNCTION
          || kind == Unit.Kind.CLASS) {
        global =
            parent.scope.place(Mangling.mangle(parent.className, name))
                == SymbolFlags.GLOBAL_EXPLICIT;
      }
      if (!global) {
        base =
            switch (parent.kind) {
              case FUNCTION, ASYNC_FUNCTION, LAMBDA -> parent.qualname + ".<locals>";
              default -> parent.qualname;
            };
      }
    }
    return base == null ? name : base + "." + name;
  }

  /**
   * Emits a MAKE_FUNCTION for a finished unit.
   *
   * @return the register it writes, which is {@code dst}
   */
  void makeFunction(SourceRange range, CodeUnit code, int dst) {
    int[] registers = new int[code.freeVars.length];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = closureCell(code.freeVars[i]);
    }
    u.emit(range, Opcode.MAKE_FUNCTION, dst, u.constant(code), u.closure(registers));
  }

  private int closureCell(String name) {
    if (u.hasCell(name)) {
      // Both kinds exist where an inlined comprehension binds a name that is free around it.
      return u.scope.place(name) == SymbolFlags.FREE ? u.freeCell(name) : u.cell(name);
    }
    throw CompileError.of(
        CompileError.Kind.SYSTEM, "compiler_make_closure: no cell '" + name + "' in " + u.qualname);
  }

  // ---- blocks that unwinding has to know

  FrameBlock push(FrameBlock.Kind kind, int start, int exit, @Nullable SourceRange range) {
    if (u.blocks.size() >= MAX_BLOCKS) {
      throw error(
          "too many statically nested blocks",
          range == null ? new SourceRange(0, -1, 0, -1) : range);
    }
    FrameBlock block = new FrameBlock(kind, start, exit, u.code.currentHandler);
    u.blocks.add(block);
    return block;
  }

  void pop() {
    u.blocks.remove(u.blocks.size() - 1);
  }

  // ---- messages

  CompileError error(String message, SourceRange range) {
    return CompileError.syntax(message, filename, range);
  }

  void warn(String message, SourceRange range) {
    if (quiet == 0) {
      warnings.warn(message, filename, range);
    }
  }

  /** Range that covers just a line, as CPython gives to what has no node. */
  static SourceRange lineOnly(int line) {
    return new SourceRange(line, 0, line, 0);
  }

  static boolean isConstant(Expr e) {
    return e instanceof Expr.Constant;
  }
}
