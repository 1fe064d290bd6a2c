package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.scope.Scope;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;

/** Class definitions. */
final class ClassGen {
  private final Gen g;

  ClassGen(Gen g) {
    this.g = g;
  }

  // Compare CPython's codegen_class
  void define(Stmt.ClassDef s) {
    Unit u = g.u;
    SourceRange range = s.range();
    int decorators = g.functions.decorators(s.decoratorList());
    int firstLine = s.decoratorList().isEmpty() ? s.lineno() : s.decoratorList().get(0).lineno();
    SourceRange line = Gen.lineOnly(firstLine);
    int result = u.temp();
    int mark = u.mark();
    if (s.typeParams().isEmpty()) {
      CodeUnit code = body(s, firstLine);
      int base = u.temps(3);
      u.emit(range, LOAD_BUILD_CLASS, base);
      g.makeFunction(range, code, base + 1);
      u.emit(range, LOAD_CONST, base + 2, u.constant(s.name()));
      g.calls.buildClass(range, s.bases(), null, s.keywords(), result, base);
    } else {
      Unit unit =
          g.enter(
              Unit.Kind.TYPE_PARAMS,
              g.table.typeParameters(s),
              "<generic parameters of " + s.name() + ">",
              firstLine,
              s.name());
      g.prologue(line);
      int params = unit.temp();
      g.functions.typeParameters(range, s.typeParams(), params);
      g.names.store(range, ".type_params", params);
      CodeUnit code = body(s, firstLine);
      int base = unit.temps(3);
      unit.emit(range, LOAD_BUILD_CLASS, base);
      g.makeFunction(range, code, base + 1);
      unit.emit(range, LOAD_CONST, base + 2, unit.constant(s.name()));
      unit.emit(range, LOAD_DEREF, params, unit.cell(".type_params"));
      unit.emit(range, SUBSCRIPT_GENERIC, params, params);
      g.names.store(range, ".generic_base", params);
      g.calls.buildClass(range, s.bases(), ".generic_base", s.keywords(), params, base);
      unit.emit(range, RETURN_VALUE, params);
      CodeUnit outer = g.leave();
      int fn = u.temp();
      g.makeFunction(range, outer, fn);
      u.emit(range, CALL, result, fn, 0);
    }
    u.release(mark);
    g.functions.decorate(s.decoratorList(), decorators, result);
    g.names.store(range, s.name(), result);
  }

  // Compare CPython's codegen_class_body
  private CodeUnit body(Stmt.ClassDef s, int firstLine) {
    Scope scope = g.table.body(s);
    Unit unit = g.enter(Unit.Kind.CLASS, scope, s.name(), firstLine, s.name());
    SourceRange line = Gen.lineOnly(firstLine);
    boolean inFinally = g.inFinally;
    boolean inLoop = g.inLoop;
    g.inFinally = false;
    g.inLoop = false;
    g.prologue(line);
    int t = unit.temp();
    g.names.load(line, "__name__", t);
    g.names.store(line, "__module__", t);
    g.names.store(line, "__qualname__", unit.constantOperand(unit.qualname));
    g.names.store(line, "__firstlineno__", unit.constantOperand((long) firstLine));
    if (!s.typeParams().isEmpty()) {
      g.names.load(line, ".type_params", t);
      g.names.store(line, "__type_params__", t);
    }
    if (scope.needsClassDict()) {
      unit.emit(line, LOAD_LOCALS, t);
      unit.emit(line, STORE_DEREF, unit.cell("__classdict__"), t);
    }
    if (scope.hasConditionalAnnotations()) {
      unit.emit(line, BUILD_SET, t, 0, 0);
      unit.emit(line, STORE_DEREF, unit.cell("__conditional_annotations__"), t);
    }
    g.statements.body(line, s.body(), true);
    g.names.store(
        null,
        "__static_attributes__",
        unit.constantOperand(new TupleValue(new ArrayList<>(unit.staticAttributes))));
    if (scope.needsClassDict()) {
      g.names.store(null, "__classdictcell__", unit.cell("__classdict__"));
    }
    if (scope.needsClassClosure()) {
      int cell = unit.cell("__class__");
      g.names.store(null, "__classcell__", cell);
      unit.emit(null, RETURN_VALUE, cell);
    } else {
      g.end();
    }
    g.inFinally = inFinally;
    g.inLoop = inLoop;
    return g.leave();
  }
}
