package org.plait.syntax.diagnosis;

import org.plait.syntax.diagnosis.Rule.Action;
import org.plait.syntax.diagnosis.Rule.Alternative;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;

/**
 * Words the errors. The verbs of {@code rules.txt} say where the error is: {@code @at} a part,
 * {@code @range} from one part to another, {@code @from} a part to where the tokenizer stands,
 * {@code @last} at the last token looked at, {@code @next} at the next token, {@code @indent}
 * likewise an IndentationError at the last token; the others check something first.
 */
final class Complaints {
  private final Recognizer r;
  private final Tokens t;

  Complaints(Recognizer r) {
    this.r = r;
    this.t = r.t;
  }

  /** Throws the error, or returns if there is none after all. */
  void complain(Alternative a, Action action, Node[] labelled) {
    Node first = part(a, action, labelled, 0);
    Node second = part(a, action, labelled, 1);
    switch (action.verb()) {
      case "@at" -> throw range(first, first, text(a, action, labelled));
      case "@range" -> throw range(first, second, text(a, action, labelled));
      case "@lastrange" -> {
        Node last = first.items().isEmpty() ? first : first.items().get(first.items().size() - 1);
        throw range(last, second, action.message());
      }
      case "@from" -> throw from(first, text(a, action, labelled));
      case "@last" -> throw last(Kind.SYNTAX, action.message());
      case "@indent" -> throw last(Kind.INDENTATION, text(a, action, labelled));
      case "@next" -> throw Errors.atToken(t, Kind.SYNTAX, r.far, r.nextToken(), action.message());
      case "@key" -> throw missingColon(first, action.message());
      case "@target" ->
          target(action.arguments().get(0), labelled[a.label(action.arguments().get(1))]);
      case "@comma" -> comma(first, second);
      case "@legacy" -> legacy(first, second);
      case "@genexp" -> unparenthesizedGenerator(first, second, action.message());
      case "@positional" -> throw positional(first);
      case "@bound" -> throw bound(first, second, action.message());
      default -> throw new IllegalStateException("no such verb: " + action.verb());
    }
  }

  private static Node part(Alternative a, Action action, Node[] labelled, int i) {
    if (i >= action.arguments().size() || action.arguments().get(i).length() > 1) {
      return Node.NOTHING;
    }
    return labelled[a.label(action.arguments().get(i))];
  }

  /** The message with {a}, {a.line} and {a.text} filled in. */
  private String text(Alternative a, Action action, Node[] labelled) {
    String m = action.message();
    for (int i = 0; i < a.labelNames().length; i++) {
      String label = a.labelNames()[i];
      Node n = labelled[i];
      if (m.contains("{" + label + "}")) {
        m = m.replace("{" + label + "}", Nodes.name(t, n));
      }
      if (m.contains("{" + label + ".")) {
        m = m.replace("{" + label + ".line}", Integer.toString(t.line[n.first()]));
        m = m.replace("{" + label + ".text}", t.text(n.first()));
      }
    }
    return m;
  }

  private PySyntaxError range(Node first, Node last, String message) {
    return Errors.range(t, Kind.SYNTAX, r.far, first.first(), last.last(), message);
  }

  private PySyntaxError from(Node first, String message) {
    int f = first.first();
    return Errors.at(
        t,
        Kind.SYNTAX,
        r.far,
        t.line[f],
        t.column[f] + 1,
        t.endLine[r.far],
        t.cursor(r.far),
        message);
  }

  private PySyntaxError last(Kind kind, String message) {
    return Errors.atToken(t, kind, r.far, r.far, message);
  }

  /** The error of a token that had to come. */
  PySyntaxError expected(int token, String spelling) {
    return Errors.range(t, Kind.SYNTAX, r.far, token, token, "expected '" + spelling + "'");
  }

  private PySyntaxError missingColon(Node key, String message) {
    return Errors.at(
        t,
        Kind.SYNTAX,
        r.far,
        t.line[key.first()],
        t.endColumn[key.last()],
        t.endLine[key.last()],
        0,
        message);
  }

  private void target(String purposeName, Node n) {
    Nodes.Purpose purpose =
        switch (purposeName) {
          case "assign" -> Nodes.Purpose.ASSIGN;
          case "delete" -> Nodes.Purpose.DELETE;
          default -> Nodes.Purpose.FOR;
        };
    Node bad = Nodes.invalidTarget(n, purpose);
    if (bad != null) {
      String verb = purpose == Nodes.Purpose.DELETE ? "cannot delete " : "cannot assign to ";
      throw range(bad, bad, verb + Nodes.name(t, bad));
    }
  }

  private boolean isLegacyStatement(Node n) {
    return n.kind().equals(Node.TOKEN)
        && (t.isName(n.first(), "print") || t.isName(n.first(), "exec"));
  }

  private void comma(Node first, Node second) {
    if (!isLegacyStatement(first) && !r.outsideBrackets()) {
      throw range(first, second, "invalid syntax. Perhaps you forgot a comma?");
    }
  }

  private void legacy(Node name, Node arguments) {
    if (isLegacyStatement(name)) {
      String word = t.name(name.first());
      throw range(
          name,
          arguments,
          "Missing parentheses in call to '" + word + "'. Did you mean " + word + "(...)?");
    }
  }

  /** A generator expression that is not the only argument. */
  private void unparenthesizedGenerator(Node args, Node clauses, String message) {
    int positional = 0;
    Node last = args;
    for (Node n : args.items()) {
      if (!n.kind().equals("Keyword") && !n.kind().equals("Unpacked")) {
        positional++;
        last = n;
      }
    }
    if (positional > 1) {
      throw range(last, clauses, message);
    }
  }

  private PySyntaxError positional(Node args) {
    boolean unpacking = false;
    for (Node n : args.items()) {
      unpacking |= n.kind().equals("Unpacked");
    }
    return last(
        Kind.SYNTAX,
        "positional argument follows keyword argument" + (unpacking ? " unpacking" : ""));
  }

  private PySyntaxError bound(Node colon, Node bound, String what) {
    String constraint = bound.kind().equals("Tuple") ? "constraints" : "bound";
    return from(colon, "cannot use " + constraint + " with " + what);
  }
}
