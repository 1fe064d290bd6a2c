package org.plait.syntax.ast;

import static org.plait.syntax.ast.Asdl.Field.field;

import org.plait.syntax.ast.Asdl.Field;

/** The kinds of nodes, named as the classes of Python's {@code ast} module, with their fields. */
public enum NodeKind {
  Module("mod", false, field("stmt", "*", "body"), field("type_ignore", "*", "type_ignores")),
  Interactive("mod", false, field("stmt", "*", "body")),
  Expression("mod", false, field("expr", "", "body")),
  FunctionType("mod", false, field("expr", "*", "argtypes"), field("expr", "", "returns")),
  FunctionDef(
      "stmt",
      true,
      field("identifier", "", "name"),
      field("arguments", "", "args"),
      field("stmt", "*", "body"),
      field("expr", "*", "decorator_list"),
      field("expr", "?", "returns"),
      field("string", "?", "type_comment"),
      field("type_param", "*", "type_params")),
  AsyncFunctionDef(
      "stmt",
      true,
      field("identifier", "", "name"),
      field("arguments", "", "args"),
      field("stmt", "*", "body"),
      field("expr", "*", "decorator_list"),
      field("expr", "?", "returns"),
      field("string", "?", "type_comment"),
      field("type_param", "*", "type_params")),
  ClassDef(
      "stmt",
      true,
      field("identifier", "", "name"),
      field("expr", "*", "bases"),
      field("keyword", "*", "keywords"),
      field("stmt", "*", "body"),
      field("expr", "*", "decorator_list"),
      field("type_param", "*", "type_params")),
  Return("stmt", true, field("expr", "?", "value")),
  Delete("stmt", true, field("expr", "*", "targets")),
  Assign(
      "stmt",
      true,
      field("expr", "*", "targets"),
      field("expr", "", "value"),
      field("string", "?", "type_comment")),
  TypeAlias(
      "stmt",
      true,
      field("expr", "", "name"),
      field("type_param", "*", "type_params"),
      field("expr", "", "value")),
  AugAssign(
      "stmt",
      true,
      field("expr", "", "target"),
      field("operator", "", "op"),
      field("expr", "", "value")),
  AnnAssign(
      "stmt",
      true,
      field("expr", "", "target"),
      field("expr", "", "annotation"),
      field("expr", "?", "value"),
      field("int", "", "simple")),
  For(
      "stmt",
      true,
      field("expr", "", "target"),
      field("expr", "", "iter"),
      field("stmt", "*", "body"),
      field("stmt", "*", "orelse"),
      field("string", "?", "type_comment")),
  AsyncFor(
      "stmt",
      true,
      field("expr", "", "target"),
      field("expr", "", "iter"),
      field("stmt", "*", "body"),
      field("stmt", "*", "orelse"),
      field("string", "?", "type_comment")),
  While(
      "stmt",
      true,
      field("expr", "", "test"),
      field("stmt", "*", "body"),
      field("stmt", "*", "orelse")),
  If(
      "stmt",
      true,
      field("expr", "", "test"),
      field("stmt", "*", "body"),
      field("stmt", "*", "orelse")),
  With(
      "stmt",
      true,
      field("withitem", "*", "items"),
      field("stmt", "*", "body"),
      field("string", "?", "type_comment")),
  AsyncWith(
      "stmt",
      true,
      field("withitem", "*", "items"),
      field("stmt", "*", "body"),
      field("string", "?", "type_comment")),
  Match("stmt", true, field("expr", "", "subject"), field("match_case", "*", "cases")),
  Raise("stmt", true, field("expr", "?", "exc"), field("expr", "?", "cause")),
  Try(
      "stmt",
      true,
      field("stmt", "*", "body"),
      field("excepthandler", "*", "handlers"),
      field("stmt", "*", "orelse"),
      field("stmt", "*", "finalbody")),
  TryStar(
      "stmt",
      true,
      field("stmt", "*", "body"),
      field("excepthandler", "*", "handlers"),
      field("stmt", "*", "orelse"),
      field("stmt", "*", "finalbody")),
  Assert("stmt", true, field("expr", "", "test"), field("expr", "?", "msg")),
  Import("stmt", true, field("alias", "*", "names")),
  ImportFrom(
      "stmt",
      true,
      field("identifier", "?", "module"),
      field("alias", "*", "names"),
      field("int", "?", "level")),
  Global("stmt", true, field("identifier", "*", "names")),
  Nonlocal("stmt", true, field("identifier", "*", "names")),
  Expr("stmt", true, field("expr", "", "value")),
  Pass("stmt", true),
  Break("stmt", true),
  Continue("stmt", true),
  BoolOp("expr", true, field("boolop", "", "op"), field("expr", "*", "values")),
  NamedExpr("expr", true, field("expr", "", "target"), field("expr", "", "value")),
  BinOp(
      "expr",
      true,
      field("expr", "", "left"),
      field("operator", "", "op"),
      field("expr", "", "right")),
  UnaryOp("expr", true, field("unaryop", "", "op"), field("expr", "", "operand")),
  Lambda("expr", true, field("arguments", "", "args"), field("expr", "", "body")),
  IfExp(
      "expr",
      true,
      field("expr", "", "test"),
      field("expr", "", "body"),
      field("expr", "", "orelse")),
  Dict("expr", true, field("expr", "?*", "keys"), field("expr", "*", "values")),
  Set("expr", true, field("expr", "*", "elts")),
  ListComp("expr", true, field("expr", "", "elt"), field("comprehension", "*", "generators")),
  SetComp("expr", true, field("expr", "", "elt"), field("comprehension", "*", "generators")),
  DictComp(
      "expr",
      true,
      field("expr", "", "key"),
      field("expr", "", "value"),
      field("comprehension", "*", "generators")),
  GeneratorExp("expr", true, field("expr", "", "elt"), field("comprehension", "*", "generators")),
  Await("expr", true, field("expr", "", "value")),
  Yield("expr", true, field("expr", "?", "value")),
  YieldFrom("expr", true, field("expr", "", "value")),
  Compare(
      "expr",
      true,
      field("expr", "", "left"),
      field("cmpop", "*", "ops"),
      field("expr", "*", "comparators")),
  Call(
      "expr",
      true,
      field("expr", "", "func"),
      field("expr", "*", "args"),
      field("keyword", "*", "keywords")),
  FormattedValue(
      "expr",
      true,
      field("expr", "", "value"),
      field("int", "", "conversion"),
      field("expr", "?", "format_spec")),
  Interpolation(
      "expr",
      true,
      field("expr", "", "value"),
      field("constant", "", "str"),
      field("int", "", "conversion"),
      field("expr", "?", "format_spec")),
  JoinedStr("expr", true, field("expr", "*", "values")),
  TemplateStr("expr", true, field("expr", "*", "values")),
  Constant("expr", true, field("constant", "", "value"), field("string", "?", "kind")),
  Attribute(
      "expr",
      true,
      field("expr", "", "value"),
      field("identifier", "", "attr"),
      field("expr_context", "", "ctx")),
  Subscript(
      "expr",
      true,
      field("expr", "", "value"),
      field("expr", "", "slice"),
      field("expr_context", "", "ctx")),
  Starred("expr", true, field("expr", "", "value"), field("expr_context", "", "ctx")),
  Name("expr", true, field("identifier", "", "id"), field("expr_context", "", "ctx")),
  List("expr", true, field("expr", "*", "elts"), field("expr_context", "", "ctx")),
  Tuple("expr", true, field("expr", "*", "elts"), field("expr_context", "", "ctx")),
  Slice(
      "expr",
      true,
      field("expr", "?", "lower"),
      field("expr", "?", "upper"),
      field("expr", "?", "step")),
  MatchValue("pattern", true, field("expr", "", "value")),
  MatchSingleton("pattern", true, field("constant", "", "value")),
  MatchSequence("pattern", true, field("pattern", "*", "patterns")),
  MatchMapping(
      "pattern",
      true,
      field("expr", "*", "keys"),
      field("pattern", "*", "patterns"),
      field("identifier", "?", "rest")),
  MatchClass(
      "pattern",
      true,
      field("expr", "", "cls"),
      field("pattern", "*", "patterns"),
      field("identifier", "*", "kwd_attrs"),
      field("pattern", "*", "kwd_patterns")),
  MatchStar("pattern", true, field("identifier", "?", "name")),
  MatchAs("pattern", true, field("pattern", "?", "pattern"), field("identifier", "?", "name")),
  MatchOr("pattern", true, field("pattern", "*", "patterns")),
  TypeVar(
      "type_param",
      true,
      field("identifier", "", "name"),
      field("expr", "?", "bound"),
      field("expr", "?", "default_value")),
  ParamSpec(
      "type_param", true, field("identifier", "", "name"), field("expr", "?", "default_value")),
  TypeVarTuple(
      "type_param", true, field("identifier", "", "name"), field("expr", "?", "default_value")),
  arguments(
      "AST",
      false,
      field("arg", "*", "posonlyargs"),
      field("arg", "*", "args"),
      field("arg", "?", "vararg"),
      field("arg", "*", "kwonlyargs"),
      field("expr", "?*", "kw_defaults"),
      field("arg", "?", "kwarg"),
      field("expr", "*", "defaults")),
  arg(
      "AST",
      true,
      field("identifier", "", "arg"),
      field("expr", "?", "annotation"),
      field("string", "?", "type_comment")),
  keyword("AST", true, field("identifier", "?", "arg"), field("expr", "", "value")),
  alias("AST", true, field("identifier", "", "name"), field("identifier", "?", "asname")),
  withitem("AST", false, field("expr", "", "context_expr"), field("expr", "?", "optional_vars")),
  match_case(
      "AST",
      false,
      field("pattern", "", "pattern"),
      field("expr", "?", "guard"),
      field("stmt", "*", "body")),
  comprehension(
      "AST",
      false,
      field("expr", "", "target"),
      field("expr", "", "iter"),
      field("expr", "*", "ifs"),
      field("int", "", "is_async")),
  ExceptHandler(
      "excepthandler",
      true,
      field("expr", "?", "type"),
      field("identifier", "?", "name"),
      field("stmt", "*", "body")),
  TypeIgnore("type_ignore", false, field("int", "", "lineno"), field("string", "", "tag"));

  private final String base;
  private final boolean positioned;
  private final java.util.List<Field> fields;

  NodeKind(String base, boolean positioned, Field... fields) {
    this.base = base;
    this.positioned = positioned;
    this.fields = java.util.List.of(fields);
  }

  /** The ASDL sum type this node belongs to, or {@code "AST"} for a product type. */
  public String base() {
    return base;
  }

  /** Whether the node carries lineno, col_offset, end_lineno and end_col_offset. */
  public boolean positioned() {
    return positioned;
  }

  /** The fields in Python's order. */
  public java.util.List<Field> fields() {
    return fields;
  }
}
