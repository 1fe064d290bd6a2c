package org.plait.syntax.ast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The abstract grammar as data: what nodes exist, their fields and how to make one from field
 * values. It lets a Python {@code ast} tree be converted both ways without reflection.
 */
public final class Asdl {
  private static final Map<String, NodeKind> KINDS = new HashMap<>();

  static {
    for (NodeKind kind : NodeKind.values()) {
      KINDS.put(kind.name(), kind);
    }
  }

  private Asdl() {}

  /** How often a field's value occurs: once, at most once, any number of times. */
  public enum Quantity {
    /** Exactly one. */
    ONE,
    /** One or None. */
    OPTIONAL,
    /** A list. */
    LIST,
    /** A list whose elements may be None. */
    LIST_OF_OPTIONAL
  }

  /**
   * A field of a node.
   *
   * @param type an ASDL type: identifier, int, string, constant, or the name of a sum or product
   * @param quantity how many values
   * @param name Python's name of the field
   */
  public record Field(String type, Quantity quantity, String name) {
    static Field field(String type, String qualifier, String name) {
      Quantity quantity =
          switch (qualifier) {
            case "" -> Quantity.ONE;
            case "?" -> Quantity.OPTIONAL;
            case "*" -> Quantity.LIST;
            default -> Quantity.LIST_OF_OPTIONAL;
          };
      return new Field(type, quantity, name);
    }
  }

  /** An ASDL sum type whose members have no fields, such as {@code operator}. */
  private static final Map<String, Enum<?>[]> ENUMS =
      Map.of(
          "boolop", BoolOp.values(),
          "operator", Operator.values(),
          "unaryop", UnaryOp.values(),
          "cmpop", CmpOp.values(),
          "expr_context", ExprContext.values());

  /** The kind with Python's name {@code name}, or null. */
  public static @Nullable NodeKind kind(String name) {
    return KINDS.get(name);
  }

  /** The members of the field-less sum type {@code type} (such as "operator"), or null. */
  public static Enum<?> @Nullable [] enumMembers(String type) {
    return ENUMS.get(type);
  }

  /**
   * Makes a node from the values of its fields.
   *
   * @param name Python's name of the node
   * @param f the field values in Python's order: nodes, enum constants, Strings, Integers, lists,
   *     constants, null for None
   * @param r the position; ignored by nodes that have none
   * @throws IllegalArgumentException if there is no such node
   * @throws ClassCastException if a field has a value of a wrong type
   */
  public static AstNode create(String name, @Nullable Object[] f, SourceRange r) {
    NodeKind kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("no such node: " + name);
    }
    return create(kind, f, r);
  }

  /** As {@link #create(String, Object[], SourceRange)}, by kind. */
  @SuppressWarnings("NullAway") // the caller checks required fields and words the errors
  public static AstNode create(NodeKind kind, @Nullable Object[] f, SourceRange r) {
    return switch (kind) {
      case Module -> new Mod.Module(list(f[0]), list(f[1]));
      case Interactive -> new Mod.Interactive(list(f[0]));
      case Expression -> new Mod.Expression((Expr) f[0]);
      case FunctionType -> new Mod.FunctionType(list(f[0]), (Expr) f[1]);
      case FunctionDef ->
          new Stmt.FunctionDef(
              (String) f[0],
              (Arguments) f[1],
              list(f[2]),
              list(f[3]),
              (Expr) f[4],
              (String) f[5],
              list(f[6]),
              r);
      case AsyncFunctionDef ->
          new Stmt.AsyncFunctionDef(
              (String) f[0],
              (Arguments) f[1],
              list(f[2]),
              list(f[3]),
              (Expr) f[4],
              (String) f[5],
              list(f[6]),
              r);
      case ClassDef ->
          new Stmt.ClassDef(
              (String) f[0], list(f[1]), list(f[2]), list(f[3]), list(f[4]), list(f[5]), r);
      case Return -> new Stmt.Return((Expr) f[0], r);
      case Delete -> new Stmt.Delete(list(f[0]), r);
      case Assign -> new Stmt.Assign(list(f[0]), (Expr) f[1], (String) f[2], r);
      case TypeAlias -> new Stmt.TypeAlias((Expr) f[0], list(f[1]), (Expr) f[2], r);
      case AugAssign -> new Stmt.AugAssign((Expr) f[0], (Operator) f[1], (Expr) f[2], r);
      case AnnAssign -> new Stmt.AnnAssign((Expr) f[0], (Expr) f[1], (Expr) f[2], integer(f[3]), r);
      case For -> new Stmt.For((Expr) f[0], (Expr) f[1], list(f[2]), list(f[3]), (String) f[4], r);
      case AsyncFor ->
          new Stmt.AsyncFor((Expr) f[0], (Expr) f[1], list(f[2]), list(f[3]), (String) f[4], r);
      case While -> new Stmt.While((Expr) f[0], list(f[1]), list(f[2]), r);
      case If -> new Stmt.If((Expr) f[0], list(f[1]), list(f[2]), r);
      case With -> new Stmt.With(list(f[0]), list(f[1]), (String) f[2], r);
      case AsyncWith -> new Stmt.AsyncWith(list(f[0]), list(f[1]), (String) f[2], r);
      case Match -> new Stmt.Match((Expr) f[0], list(f[1]), r);
      case Raise -> new Stmt.Raise((Expr) f[0], (Expr) f[1], r);
      case Try -> new Stmt.Try(list(f[0]), list(f[1]), list(f[2]), list(f[3]), r);
      case TryStar -> new Stmt.TryStar(list(f[0]), list(f[1]), list(f[2]), list(f[3]), r);
      case Assert -> new Stmt.Assert((Expr) f[0], (Expr) f[1], r);
      case Import -> new Stmt.Import(list(f[0]), r);
      case ImportFrom -> new Stmt.ImportFrom((String) f[0], list(f[1]), integer(f[2]), r);
      case Global -> new Stmt.Global(list(f[0]), r);
      case Nonlocal -> new Stmt.Nonlocal(list(f[0]), r);
      case Expr -> new Stmt.ExprStmt((Expr) f[0], r);
      case Pass -> new Stmt.Pass(r);
      case Break -> new Stmt.Break(r);
      case Continue -> new Stmt.Continue(r);
      case BoolOp -> new Expr.BoolOp((BoolOp) f[0], list(f[1]), r);
      case NamedExpr -> new Expr.NamedExpr((Expr) f[0], (Expr) f[1], r);
      case BinOp -> new Expr.BinOp((Expr) f[0], (Operator) f[1], (Expr) f[2], r);
      case UnaryOp -> new Expr.UnaryOp((UnaryOp) f[0], (Expr) f[1], r);
      case Lambda -> new Expr.Lambda((Arguments) f[0], (Expr) f[1], r);
      case IfExp -> new Expr.IfExp((Expr) f[0], (Expr) f[1], (Expr) f[2], r);
      case Dict -> new Expr.Dict(list(f[0]), list(f[1]), r);
      case Set -> new Expr.Set(list(f[0]), r);
      case ListComp -> new Expr.ListComp((Expr) f[0], list(f[1]), r);
      case SetComp -> new Expr.SetComp((Expr) f[0], list(f[1]), r);
      case DictComp -> new Expr.DictComp((Expr) f[0], (Expr) f[1], list(f[2]), r);
      case GeneratorExp -> new Expr.GeneratorExp((Expr) f[0], list(f[1]), r);
      case Await -> new Expr.Await((Expr) f[0], r);
      case Yield -> new Expr.Yield((Expr) f[0], r);
      case YieldFrom -> new Expr.YieldFrom((Expr) f[0], r);
      case Compare -> new Expr.Compare((Expr) f[0], list(f[1]), list(f[2]), r);
      case Call -> new Expr.Call((Expr) f[0], list(f[1]), list(f[2]), r);
      case FormattedValue -> new Expr.FormattedValue((Expr) f[0], integer(f[1]), (Expr) f[2], r);
      case Interpolation ->
          new Expr.Interpolation((Expr) f[0], f[1], integer(f[2]), (Expr) f[3], r);
      case JoinedStr -> new Expr.JoinedStr(list(f[0]), r);
      case TemplateStr -> new Expr.TemplateStr(list(f[0]), r);
      case Constant -> new Expr.Constant(f[0], (String) f[1], r);
      case Attribute -> new Expr.Attribute((Expr) f[0], (String) f[1], (ExprContext) f[2], r);
      case Subscript -> new Expr.Subscript((Expr) f[0], (Expr) f[1], (ExprContext) f[2], r);
      case Starred -> new Expr.Starred((Expr) f[0], (ExprContext) f[1], r);
      case Name -> new Expr.Name((String) f[0], (ExprContext) f[1], r);
      case List -> new Expr.List(list(f[0]), (ExprContext) f[1], r);
      case Tuple -> new Expr.Tuple(list(f[0]), (ExprContext) f[1], r);
      case Slice -> new Expr.Slice((Expr) f[0], (Expr) f[1], (Expr) f[2], r);
      case MatchValue -> new Pattern.MatchValue((Expr) f[0], r);
      case MatchSingleton -> new Pattern.MatchSingleton(f[0], r);
      case MatchSequence -> new Pattern.MatchSequence(list(f[0]), r);
      case MatchMapping -> new Pattern.MatchMapping(list(f[0]), list(f[1]), (String) f[2], r);
      case MatchClass -> new Pattern.MatchClass((Expr) f[0], list(f[1]), list(f[2]), list(f[3]), r);
      case MatchStar -> new Pattern.MatchStar((String) f[0], r);
      case MatchAs -> new Pattern.MatchAs((Pattern) f[0], (String) f[1], r);
      case MatchOr -> new Pattern.MatchOr(list(f[0]), r);
      case TypeVar -> new TypeParam.TypeVar((String) f[0], (Expr) f[1], (Expr) f[2], r);
      case ParamSpec -> new TypeParam.ParamSpec((String) f[0], (Expr) f[1], r);
      case TypeVarTuple -> new TypeParam.TypeVarTuple((String) f[0], (Expr) f[1], r);
      case arguments ->
          new Arguments(
              list(f[0]), list(f[1]), (Arg) f[2], list(f[3]), list(f[4]), (Arg) f[5], list(f[6]));
      case arg -> new Arg((String) f[0], (Expr) f[1], (String) f[2], r);
      case keyword -> new Keyword((String) f[0], (Expr) f[1], r);
      case alias -> new Alias((String) f[0], (String) f[1], r);
      case withitem -> new WithItem((Expr) f[0], (Expr) f[1]);
      case match_case -> new MatchCase((Pattern) f[0], (Expr) f[1], list(f[2]));
      case comprehension -> new Comprehension((Expr) f[0], (Expr) f[1], list(f[2]), integer(f[3]));
      case ExceptHandler -> new ExceptHandler((Expr) f[0], (String) f[1], list(f[2]), r);
      case TypeIgnore -> new TypeIgnore(integer(f[0]), (String) f[1]);
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> List<T> list(@Nullable Object value) {
    return value == null ? List.of() : (List<T>) value;
  }

  private static int integer(@Nullable Object value) {
    return value == null ? 0 : (Integer) value;
  }
}
