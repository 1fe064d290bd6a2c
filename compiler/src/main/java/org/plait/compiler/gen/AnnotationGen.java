package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.ScopeKind;
import org.plait.compiler.unparse.Unparser;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/** Annotations: the {@code __annotate__} functions of PEP 649, or strings for PEP 563. */
final class AnnotationGen {
  /** annotationlib.Format.VALUE_WITH_FAKE_GLOBALS. */
  private static final long VALUE_WITH_FAKE_GLOBALS = 2;

  private static final String CONDITIONS = "__conditional_annotations__";

  private final Gen g;

  AnnotationGen(Gen g) {
    this.g = g;
  }

  // ---- function signatures

  /** Register with what the function's annotations need, or -1 if it has none. */
  int ofFunction(Stmt node, Arguments args, @Nullable Expr returns, SourceRange range) {
    Scope scope = g.table.annotations(node);
    if (!scope.annotationsUsed()) {
      return -1;
    }
    Unit u = g.u;
    int fn = u.temp();
    enterEvaluator(scope, "__annotate__", range.lineno(), range);
    Unit unit = g.u;
    int dict = unit.temp();
    List<Arg> annotated = FunctionGen.annotated(args);
    int n = annotated.size() + (returns == null ? 0 : 1);
    int row = unit.temps(2 * n);
    for (int i = 0; i < annotated.size(); i++) {
      Arg a = annotated.get(i);
      unit.emit(range, LOAD_CONST, row + 2 * i, unit.constant(g.names.mangle(a.arg())));
      int mark = unit.mark();
      Expr e = Objects.requireNonNull(a.annotation());
      if (!g.futureAnnotations && a == args.vararg() && e instanceof Expr.Starred s) {
        // *args: *Ts
        int source = g.ex.reg(s.value(), -1);
        unit.emit(range, UNPACK_SEQUENCE, source, row + 2 * i + 1, 1);
      } else {
        annotation(e, row + 2 * i + 1);
      }
      unit.release(mark);
    }
    if (returns != null) {
      unit.emit(range, LOAD_CONST, row + 2 * n - 2, unit.constant("return"));
      annotation(returns, row + 2 * n - 1);
    }
    unit.emit(range, BUILD_MAP, dict, row, n);
    unit.emit(range, RETURN_VALUE, dict);
    CodeUnit code = g.leave();
    g.makeFunction(range, code, fn);
    return fn;
  }

  /** Evaluates an annotation, or takes it as a string under PEP 563. */
  private void annotation(Expr e, int dst) {
    if (g.futureAnnotations) {
      g.u.emit(e.range(), LOAD_CONST, dst, g.u.constant(Unparser.unparse(e)));
    } else {
      g.ex.into(e, dst);
    }
  }

  // Compare CPython's codegen_setup_annotations_scope
  /**
   * Starts a function that takes a format and refuses all but VALUE and VALUE_WITH_FAKE_GLOBALS.
   */
  void enterEvaluator(Scope scope, String name, int firstLine, SourceRange range) {
    enterEvaluator(scope, name, firstLine, range, null);
  }

  private void enterEvaluator(
      Scope scope, String name, int firstLine, SourceRange range, @Nullable String extraFree) {
    Unit.Kind kind =
        scope.kind() == ScopeKind.ANNOTATION ? Unit.Kind.ANNOTATIONS : Unit.Kind.TYPE_PARAMS;
    Unit unit = g.enter(kind, scope, name, firstLine, g.u.className, extraFree);
    unit.posOnlyArgCount = 1;
    unit.argCount = 1;
    g.prologue(Gen.lineOnly(firstLine));
    int ok = unit.label();
    int mark = unit.mark();
    unit.emit(range, JUMP_UNLESS_GT, 0, unit.constantOperand(VALUE_WITH_FAKE_GLOBALS), ok);
    int t = unit.temp();
    unit.emit(range, LOAD_COMMON_CONSTANT, t, 1);
    unit.emit(range, RAISE, t);
    unit.place(ok);
    unit.release(mark);
  }

  // ---- modules and classes

  // Compare CPython's codegen_process_deferred_annotations
  /** Makes {@code __annotate__} of the annotations met in a module or class body. */
  void deferred(SourceRange range) {
    Unit u = g.u;
    if (u.deferredAnnotations.isEmpty()) {
      return;
    }
    boolean inClass = u.scope.kind() == ScopeKind.CLASS;
    byte section = u.code.currentSection;
    if (!inClass) {
      u.code.currentSection = CodeBuffer.ANNOTATIONS;
    }
    Scope scope = Objects.requireNonNull(u.scope.annotationBlock());
    boolean conditions = u.nextCondition > 0;
    enterEvaluator(
        scope, "__annotate__", range.lineno(), range, inClass && conditions ? CONDITIONS : null);
    Unit unit = g.u;
    int dict = unit.temp();
    unit.emit(range, BUILD_MAP, dict, 0, 0);
    for (Unit.DeferredAnnotation d : u.deferredAnnotations) {
      int mark = unit.mark();
      Stmt.AnnAssign s = d.statement();
      int skip = -1;
      if (d.condition() >= 0) {
        skip = unit.label();
        int index = unit.constantOperand((long) d.condition());
        int set = unit.temp();
        if (inClass) {
          unit.emit(s.range(), LOAD_DEREF, set, unit.cell(CONDITIONS));
        } else {
          unit.emit(s.range(), LOAD_GLOBAL, set, unit.nameIndex(CONDITIONS));
        }
        unit.emit(s.range(), JUMP_IF_NOT_IN, index, set, skip);
      }
      int v = g.ex.value(s.annotation());
      String name = g.names.mangle(((Expr.Name) s.target()).id());
      unit.emit(range, STORE_SUBSCR, dict, unit.constantOperand(name), v);
      if (skip >= 0) {
        unit.place(skip);
      }
      unit.release(mark);
    }
    unit.emit(range, RETURN_VALUE, dict);
    CodeUnit code = g.leave();
    int mark = u.mark();
    int fn = u.temp();
    g.makeFunction(range, code, fn);
    g.names.store(range, inClass ? "__annotate_func__" : "__annotate__", fn);
    u.release(mark);
    u.code.currentSection = section;
  }

  /** Makes the set of indices of the annotations that were reached, at the start of a module. */
  void conditionalSet(SourceRange range) {
    Unit u = g.u;
    int mark = u.mark();
    int t = u.temp();
    u.emit(range, BUILD_SET, t, 0, 0);
    g.names.store(range, CONDITIONS, t);
    u.release(mark);
  }

  // Compare CPython's codegen_annassign
  void assignment(Stmt.AnnAssign s) {
    Unit u = g.u;
    SourceRange range = s.range();
    ScopeKind kind = u.scope.kind();
    boolean evaluated = u.kind == Unit.Kind.MODULE || u.kind == Unit.Kind.CLASS;
    if (s.value() != null) {
      if (s.target() instanceof Expr.Name n && g.names.tentativeRegister(n.id()) >= 0) {
        g.assign.assign(new Stmt.Assign(List.of(s.target()), s.value(), null, range));
      } else {
        int v = g.ex.value(s.value());
        g.assign.store(s.target(), v);
      }
    }
    switch (s.target()) {
      case Expr.Name n -> {
        if (s.simple() != 0 && evaluated) {
          if (g.futureAnnotations) {
            int t = u.temp();
            int text = u.constantOperand(Unparser.unparse(s.annotation()));
            u.emit(range, LOAD_NAME, t, u.nameIndex("__annotations__"));
            u.emit(range, STORE_SUBSCR, t, u.constantOperand(g.names.mangle(n.id())), text);
          } else {
            defer(s, kind);
          }
        }
      }
      case Expr.Attribute a -> {
        if (s.value() == null) {
          g.ex.effect(a.value());
        }
      }
      case Expr.Subscript x -> {
        if (s.value() == null) {
          g.ex.effect(x.value());
          subscript(x.slice());
        }
      }
      default -> throw g.error("invalid node type for annotated assignment", range);
    }
  }

  private void defer(Stmt.AnnAssign s, ScopeKind kind) {
    Unit u = g.u;
    int condition = -1;
    if (kind == ScopeKind.MODULE || u.inConditionalBlock) {
      condition = u.nextCondition++;
      int t = u.temp();
      if (kind == ScopeKind.CLASS) {
        u.emit(s.range(), LOAD_DEREF, t, u.cell(CONDITIONS));
      } else {
        u.emit(s.range(), LOAD_NAME, t, u.nameIndex(CONDITIONS));
      }
      u.emit(s.range(), SET_ADD, t, u.constantOperand((long) condition));
    }
    u.deferredAnnotations.add(new Unit.DeferredAnnotation(s, condition));
  }

  private void subscript(Expr e) {
    switch (e) {
      case Expr.Slice s -> {
        for (Expr part : new @Nullable Expr[] {s.lower(), s.upper(), s.step()}) {
          if (part != null) {
            g.ex.effect(part);
          }
        }
      }
      case Expr.Tuple t -> t.elts().forEach(this::subscript);
      default -> g.ex.effect(e);
    }
  }
}
