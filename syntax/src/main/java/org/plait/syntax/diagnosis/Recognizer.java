package org.plait.syntax.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.diagnosis.Rule.Alternative;
import org.plait.syntax.diagnosis.Rule.Element;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;

/**
 * Tries the rules on the tokens: ordered choice with backtracking, remembering the results of the
 * rules that say so. The first rule for a mistake that matches throws its error. Made for one
 * diagnosis.
 */
final class Recognizer {
  private static final int MAX_DEPTH = 6000;

  final Tokens t;
  private final int[] type;
  private final boolean barryAsFlufl;
  private final Diagnosis.Literals literals;
  private final @Nullable Rule string;
  private final int ruleCount;
  private final Memo[][] memos;
  private final Complaints complaints;

  /** The next token. */
  int mark;

  /** The last token looked at, by the parser or here. */
  int far;

  /** Whether rules for mistakes are tried. */
  private boolean seekingMistakes = true;

  private int depth;

  /** Whether an alternative that failed had committed its rule. */
  private boolean committed;

  /** A remembered result and the token behind it. */
  private static final class Memo {
    @Nullable Node result;
    int end;
  }

  Recognizer(
      Tokens t,
      int far,
      boolean barryAsFlufl,
      Diagnosis.Literals literals,
      Map<String, Rule> rules) {
    this.t = t;
    this.type = t.type;
    this.far = far;
    this.barryAsFlufl = barryAsFlufl;
    this.literals = literals;
    this.string = rules.get("string");
    this.ruleCount = rules.size();
    this.memos = new Memo[t.count + 1][];
    this.complaints = new Complaints(this);
  }

  /** The type of the next token, which counts as looked at from now on. */
  private int look() {
    int m = mark;
    if (m > far) {
      far = m;
    }
    int k = type[m];
    if (k == T.ERRORTOKEN) {
      throw t.error();
    }
    return k;
  }

  private Node take() {
    int m = mark;
    if (m + 1 < t.count) {
      mark = m + 1;
    } else {
      // The last token; nothing can be behind it.
      mark = m;
    }
    return new Node(Node.TOKEN, m, m);
  }

  @Nullable Node rule(Rule r) {
    if (r == string && look() == T.STRING) {
      checkLiteral();
    }
    if (!r.memo) {
      return body(r);
    }
    Memo[] row = memos[mark];
    if (row == null) {
      row = new Memo[ruleCount];
      memos[mark] = row;
    }
    Memo memo = row[r.id];
    if (memo != null) {
      mark = memo.end;
      return memo.result;
    }
    if (r.leftRecursive) {
      return grow(r, row);
    }
    Node result = body(r);
    memo = new Memo();
    memo.result = result;
    memo.end = mark;
    row[r.id] = memo;
    return result;
  }

  private void checkLiteral() {
    String problem = literals.problem(mark);
    if (problem != null) {
      throw Errors.atToken(t, Kind.SYNTAX, far, far, problem);
    }
  }

  /** A left-recursive rule: its own result so far stands for itself until it grows no more. */
  private @Nullable Node grow(Rule r, Memo[] row) {
    int start = mark;
    Memo memo = new Memo();
    memo.end = start;
    row[r.id] = memo;
    while (true) {
      mark = start;
      Node n = body(r);
      if (n == null || mark <= memo.end) {
        break;
      }
      memo.result = n;
      memo.end = mark;
    }
    mark = memo.end;
    return memo.result;
  }

  private @Nullable Node body(Rule r) {
    if (++depth > MAX_DEPTH) {
      throw PySyntaxError.withoutPosition(
          Kind.MEMORY, "Parser stack overflowed - Python source too complex to parse");
    }
    boolean outer = seekingMistakes;
    if (r.plainly) {
      seekingMistakes = false;
    }
    Node n = choose(r.alternatives);
    seekingMistakes = outer;
    depth--;
    return n;
  }

  private @Nullable Node choose(Alternative[] alternatives) {
    int start = mark;
    for (Alternative a : alternatives) {
      if (a.mistake() && !seekingMistakes) {
        continue;
      }
      Node n = alternative(a, start);
      if (n != null) {
        return n;
      }
      mark = start;
      if (committed) {
        committed = false;
        return null;
      }
    }
    return null;
  }

  private @Nullable Node alternative(Alternative a, int start) {
    Node[] labelled = new Node[a.labelNames().length];
    Element[] elements = a.elements();
    boolean cut = false;
    Node only = null;
    for (int i = 0; i < elements.length; i++) {
      Element e = elements[i];
      if (e instanceof Rule.Cut) {
        cut = true;
        continue;
      }
      Node n = match(e);
      if (n == null) {
        committed = cut;
        return null;
      }
      int label = a.labels()[i];
      if (label >= 0) {
        labelled[label] = n;
      }
      only = n;
    }
    if (a.action() == null) {
      return elements.length == 1 && only != null ? only : new Node("Group", start, mark - 1);
    }
    Node result = act(a, labelled, start);
    if (result == null) {
      // The mistake turned out to be none: CPython then tries no other alternative.
      committed = true;
    }
    return result;
  }

  private @Nullable Node act(Alternative a, Node[] labelled, int start) {
    Rule.Action action = a.action();
    if (action == null) {
      return null;
    }
    String verb = action.verb();
    if (verb.charAt(0) == '@') {
      complaints.complain(a, action, labelled);
      return null;
    }
    if (Character.isLowerCase(verb.charAt(0))) {
      return labelled[a.label(verb)];
    }
    return Nodes.make(verb, a, action.arguments(), labelled, start, mark - 1);
  }

  @Nullable Node match(Element e) {
    return switch (e) {
      case Rule.Token k -> look() == k.type() ? take() : null;
      case Rule.Reference ref -> rule(ref.rule());
      case Rule.Group g -> choose(g.alternatives());
      case Rule.Optional o -> {
        int start = mark;
        Node n = match(o.element());
        if (n == null) {
          mark = start;
          yield Node.NOTHING;
        }
        yield n;
      }
      case Rule.Repeat r -> repeat(r);
      case Rule.Lookahead l -> {
        int start = mark;
        boolean found = match(l.element()) != null;
        mark = start;
        yield found == l.wanted() ? Node.NOTHING : null;
      }
      case Rule.Soft s -> look() == T.NAME && t.isName(mark, s.word()) ? take() : null;
      case Rule.AnySoft s ->
          look() == T.NAME
                  && (t.isName(mark, "_")
                      || t.isName(mark, "case")
                      || t.isName(mark, "match")
                      || t.isName(mark, "type"))
              ? take()
              : null;
      case Rule.NotEqual n ->
          look() == T.NOTEQUAL && (t.bytes[t.start[mark]] == '<') == barryAsFlufl ? take() : null;
      case Rule.Forced f -> {
        if (look() != f.token().type()) {
          throw complaints.expected(mark, T.spelling(f.token().type()));
        }
        yield take();
      }
      case Rule.Cut c -> Node.NOTHING;
    };
  }

  private @Nullable Node repeat(Rule.Repeat r) {
    List<Node> items = new ArrayList<>();
    int start = mark;
    int end = mark;
    Element separator = r.separator();
    while (true) {
      if (separator != null && !items.isEmpty() && match(separator) == null) {
        break;
      }
      Node n = match(r.element());
      if (n == null || (mark == end && mark == t.count - 1)) {
        break;
      }
      items.add(n);
      end = mark;
    }
    mark = end;
    if (items.isEmpty() && r.atLeastOnce()) {
      return null;
    }
    return Node.items(Node.ITEMS, items, start);
  }

  /** Whether the token before the next one stands outside of brackets. */
  boolean outsideBrackets() {
    return t.level[mark - 1] == 0;
  }

  /** The next token, looked at. */
  int nextToken() {
    look();
    return mark;
  }
}
