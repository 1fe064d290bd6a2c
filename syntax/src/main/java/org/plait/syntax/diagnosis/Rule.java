package org.plait.syntax.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule of the grammar that the diagnosis tries, and what it consists of. */
final class Rule {
  /** How the result of an alternative comes about; null for the default. */
  record Action(String verb, List<String> arguments, String message) {}

  /** Elements in a row. Labels are numbered within the alternative. */
  record Alternative(
      Element[] elements, int[] labels, String[] labelNames, @Nullable Action action) {
    /** Whether the alternative is nothing but a rule for a mistake. */
    boolean mistake() {
      return elements.length == 1 && elements[0] instanceof Reference r && r.rule().bad;
    }

    int label(String name) {
      for (int i = 0; i < labelNames.length; i++) {
        if (labelNames[i].equals(name)) {
          return i;
        }
      }
      throw new IllegalStateException("no label " + name);
    }
  }

  /** A part of an alternative. */
  sealed interface Element {}

  /** A token of a type. */
  record Token(int type) implements Element {}

  /** A soft keyword. */
  record Soft(String word) implements Element {}

  /** Any soft keyword. */
  record AnySoft() implements Element {}

  /** The inequality operator in its present spelling. */
  record NotEqual() implements Element {}

  /** Another rule. */
  record Reference(Rule rule) implements Element {}

  /** One of several alternatives. */
  record Group(Alternative[] alternatives) implements Element {}

  /** An element that may be absent. */
  record Optional(Element element) implements Element {}

  /** An element as often as it comes, separated by another if that is given. */
  record Repeat(Element element, boolean atLeastOnce, @Nullable Element separator)
      implements Element {}

  /** Whether an element would match; it is not consumed. */
  record Lookahead(Element element, boolean wanted) implements Element {}

  /** From here on no other alternative of the rule is tried. */
  record Cut() implements Element {}

  /** A token that must come; otherwise it is reported as expected. */
  record Forced(Token token) implements Element {}

  final String name;
  final int id;

  /** Whether the rule describes a mistake. */
  final boolean bad;

  /** Whether results are remembered. */
  boolean memo;

  boolean leftRecursive;

  /** Whether mistakes are not looked for inside. */
  boolean plainly;

  Alternative[] alternatives = {};

  Rule(String name, int id) {
    this.name = name;
    this.id = id;
    this.bad = name.startsWith("bad_");
  }
}
