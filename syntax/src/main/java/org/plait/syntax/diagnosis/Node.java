package org.plait.syntax.diagnosis;

import java.util.List;

/**
 * What a rule recognized: enough of the syntax tree to word errors.
 *
 * @param kind the kind of syntax node, or what stands in for one
 * @param first its first token
 * @param last its last token
 * @param items its parts, as far as they matter
 */
record Node(String kind, int first, int last, List<Node> items) {
  /** What an element leaves that matched nothing: a lookahead, an absent option. */
  static final Node NOTHING = new Node("", -1, -1, List.of());

  static final String TOKEN = "token";
  static final String ITEMS = "Items";

  Node(String kind, int first, int last) {
    this(kind, first, last, List.of());
  }

  /** Several nodes in a row, with the position of the first and the last. */
  static Node items(String kind, List<Node> items, int at) {
    if (items.isEmpty()) {
      return new Node(kind, at, at - 1);
    }
    return new Node(kind, items.get(0).first(), items.get(items.size() - 1).last(), items);
  }
}
