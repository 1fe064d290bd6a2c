package org.plait.modules;

import org.plait.compiler.Compiler;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.scope.ScopeKind;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.compiler.scope.SymbolTable;
import org.plait.modules.compiling.PySymtableEntry;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.parser.PythonParser;

/** {@code _symtable}. */
@PyModuleDef(name = "_symtable")
public final class SymtableModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SymtableModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    constant(m, "USE", SymbolFlags.USE);
    constant(m, "DEF_GLOBAL", SymbolFlags.DEF_GLOBAL);
    constant(m, "DEF_NONLOCAL", SymbolFlags.DEF_NONLOCAL);
    constant(m, "DEF_LOCAL", SymbolFlags.DEF_LOCAL);
    constant(m, "DEF_PARAM", SymbolFlags.DEF_PARAM);
    constant(m, "DEF_TYPE_PARAM", SymbolFlags.DEF_TYPE_PARAM);
    constant(m, "DEF_FREE_CLASS", SymbolFlags.DEF_FREE_CLASS);
    constant(m, "DEF_IMPORT", SymbolFlags.DEF_IMPORT);
    // CPython leaves type parameters out here although its compiler counts them in.
    constant(m, "DEF_BOUND", SymbolFlags.DEF_BOUND & ~SymbolFlags.DEF_TYPE_PARAM);
    constant(m, "DEF_ANNOT", SymbolFlags.DEF_ANNOT);
    constant(m, "DEF_COMP_ITER", SymbolFlags.DEF_COMP_ITER);
    constant(m, "DEF_COMP_CELL", SymbolFlags.DEF_COMP_CELL);
    for (ScopeKind kind : ScopeKind.values()) {
      constant(m, "TYPE_" + kind.name(), kind.ordinal());
    }
    constant(m, "LOCAL", SymbolFlags.LOCAL);
    constant(m, "GLOBAL_EXPLICIT", SymbolFlags.GLOBAL_EXPLICIT);
    constant(m, "GLOBAL_IMPLICIT", SymbolFlags.GLOBAL_IMPLICIT);
    constant(m, "FREE", SymbolFlags.FREE);
    constant(m, "CELL", SymbolFlags.CELL);
    constant(m, "SCOPE_OFF", SymbolFlags.SCOPE_OFFSET);
    constant(m, "SCOPE_MASK", SymbolFlags.SCOPE_MASK);
  }

  private static void constant(PyModule m, String name, int value) {
    m.add(name, Py.int_(value));
  }

  @PyFunction(sig = "(source, filename, startstr, /)", doc = "The symbol table of a source text.")
  static PyObject symtable(PyObject source, PyObject filename, String startstr) {
    String file = Compiling.filenameOf(filename).toString();
    if (!(source instanceof PyStr) && !PyBuffers.isBuffer(source)) {
      throw Errors.typeError("symtable() arg 1 must be a string or bytes object");
    }
    PythonParser.Mode mode =
        switch (startstr) {
          case "exec" -> PythonParser.Mode.EXEC;
          case "eval" -> PythonParser.Mode.EVAL;
          case "single" -> PythonParser.Mode.SINGLE;
          default ->
              throw Errors.valueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
        };
    int flags = Compiling.inheritedFlags();
    Mod tree = Compiling.parse(source, file, mode, flags, -1, "symtable");
    SymbolTable table;
    try {
      table = Compiler.symbolTable(tree, file);
    } catch (CompileError e) {
      throw Compiling.toPython(e, file);
    }
    return PySymtableEntry.of(table.top());
  }
}
