package org.plait.syntax.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.diagnosis.Rule.Alternative;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;

/** Makes nodes, names them as error messages do, and finds out what is wrong with a target. */
final class Nodes {
  private Nodes() {}

  /** The node a rule's action asks for; labelled parts that are lists are spread. */
  static Node make(
      String kind, Alternative a, List<String> arguments, Node[] labelled, int first, int last) {
    List<Node> items = new ArrayList<>();
    for (String argument : arguments) {
      Node n = labelled[a.label(argument)];
      if (n == null || n == Node.NOTHING) {
        continue;
      }
      if (n.kind().equals(Node.ITEMS)) {
        items.addAll(n.items());
      } else {
        items.add(n);
      }
    }
    if (kind.equals(Node.ITEMS)) {
      return Node.items(kind, items, first);
    }
    if (kind.equals("Strings")) {
      boolean plain = items.stream().allMatch(n -> n.kind().equals("Constant"));
      return new Node(plain ? "Constant" : "JoinedStr", first, last);
    }
    return new Node(kind, first, last, items);
  }

  /** What CPython's messages call an expression. */
  static String name(Tokens t, Node n) {
    return switch (n.kind()) {
      case "Attribute" -> "attribute";
      case "Subscript" -> "subscript";
      case "Starred" -> "starred";
      case "List" -> "list";
      case "Tuple" -> "tuple";
      case "Lambda" -> "lambda";
      case "Call" -> "function call";
      case "BoolOp", "BinOp", "UnaryOp" -> "expression";
      case "GeneratorExp" -> "generator expression";
      case "Yield" -> "yield expression";
      case "Await" -> "await expression";
      case "ListComp" -> "list comprehension";
      case "SetComp" -> "set comprehension";
      case "DictComp" -> "dict comprehension";
      case "Dict" -> "dict literal";
      case "Set" -> "set display";
      case "JoinedStr" -> "f-string expression";
      case "TemplateStr" -> "t-string expression";
      case "Constant" -> "literal";
      case "True", "False", "None" -> n.kind();
      case "Ellipsis" -> "ellipsis";
      case "Compare" -> "comparison";
      case "IfExp" -> "conditional expression";
      case "NamedExpr" -> "named expression";
      default -> t.type[n.first()] == T.NAME ? "name" : "expression";
    };
  }

  /** What a target is for. */
  enum Purpose {
    ASSIGN,
    DELETE,
    FOR
  }

  /** The part of an expression that can't be a target, or null. */
  static @Nullable Node invalidTarget(Node n, Purpose purpose) {
    switch (n.kind()) {
      case "List", "Tuple" -> {
        for (Node item : n.items()) {
          Node bad = invalidTarget(item, purpose);
          if (bad != null) {
            return bad;
          }
        }
        return null;
      }
      case "Starred" -> {
        return purpose == Purpose.DELETE ? n : invalidTarget(n.items().get(0), purpose);
      }
      case "Compare" -> {
        if (purpose != Purpose.FOR) {
          return n;
        }
        return n.items().get(1).kind().equals("In")
            ? invalidTarget(n.items().get(0), purpose)
            : null;
      }
      case "Subscript", "Attribute", Node.TOKEN -> {
        return null;
      }
      default -> {
        return n;
      }
    }
  }
}
