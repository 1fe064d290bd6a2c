package org.plait.runtime.text.sre;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.sre.CharClass.Case;

/** Turns code words into nodes. */
final class SreDecoder {
  private static final int MAXREPEAT = -1; // 2^32 - 1

  private final int[] code;
  private final int groups;
  private final List<Node> framed = new ArrayList<>();
  private final List<Runnable> prepare = new ArrayList<>();
  private int slots;

  SreDecoder(int[] code, int groups) {
    this.code = code;
    this.groups = groups;
  }

  static IllegalArgumentException invalid() {
    return new IllegalArgumentException("invalid SRE code");
  }

  SreProgram decode() {
    try {
      int start = 0;
      int min = 0;
      if (code.length > 4 && code[0] == Op.INFO) {
        start = 1 + code[1];
        min = Math.max(code[3], 0);
      }
      if (code.length == 0 || code[code.length - 1] != Op.SUCCESS) {
        throw invalid();
      }
      Node first = sequence(start, code.length - 1, new Nodes.Success());
      prepare.forEach(Runnable::run);
      return new SreProgram(first, framed.toArray(Node[]::new), slots, min);
    } catch (IndexOutOfBoundsException e) {
      throw invalid();
    }
  }

  private <N extends Node> N framed(N n) {
    n.id = framed.size();
    framed.add(n);
    return n;
  }

  private int slots(int n) {
    int s = slots;
    slots += n;
    return s;
  }

  /** An instruction of a sequence: where it stands and where it ends. */
  private record Item(int pc, int end) {}

  /** Decodes the words from pc to end; {@code next} follows. */
  private Node sequence(int pc, int end, Node next) {
    List<Item> items = new ArrayList<>();
    int p = pc;
    while (p < end) {
      int e = itemEnd(p);
      if (e <= p || e > end) {
        throw invalid();
      }
      items.add(new Item(p, e));
      p = e;
    }
    Node n = next;
    for (int i = items.size() - 1; i >= 0; i--) {
      int run = i;
      while (run > 0 && isBmpLiteral(items.get(run).pc) && isBmpLiteral(items.get(run - 1).pc)) {
        run--;
      }
      if (run < i) {
        StringBuilder text = new StringBuilder();
        for (int k = run; k <= i; k++) {
          text.append((char) code[items.get(k).pc + 1]);
        }
        n = link(new Nodes.Text(text.toString()), n);
        i = run;
      } else {
        n = item(items.get(i), n);
      }
    }
    return n;
  }

  private boolean isBmpLiteral(int pc) {
    return code[pc] == Op.LITERAL && code[pc + 1] >= 0 && code[pc + 1] < 0x10000;
  }

  private static Node link(Node n, Node next) {
    n.next = next;
    return n;
  }

  private int itemEnd(int pc) {
    return switch (code[pc]) {
      case Op.FAILURE, Op.SUCCESS, Op.ANY, Op.ANY_ALL -> pc + 1;
      case Op.LITERAL,
          Op.NOT_LITERAL,
          Op.LITERAL_IGNORE,
          Op.NOT_LITERAL_IGNORE,
          Op.LITERAL_LOC_IGNORE,
          Op.NOT_LITERAL_LOC_IGNORE,
          Op.LITERAL_UNI_IGNORE,
          Op.NOT_LITERAL_UNI_IGNORE,
          Op.AT,
          Op.CATEGORY,
          Op.MARK,
          Op.GROUPREF,
          Op.GROUPREF_IGNORE,
          Op.GROUPREF_LOC_IGNORE,
          Op.GROUPREF_UNI_IGNORE ->
          pc + 2;
      case Op.IN,
          Op.IN_IGNORE,
          Op.IN_LOC_IGNORE,
          Op.IN_UNI_IGNORE,
          Op.REPEAT_ONE,
          Op.MIN_REPEAT_ONE,
          Op.POSSESSIVE_REPEAT_ONE,
          Op.ASSERT,
          Op.ASSERT_NOT,
          Op.ATOMIC_GROUP,
          Op.INFO ->
          pc + 1 + code[pc + 1];
      case Op.REPEAT, Op.POSSESSIVE_REPEAT -> pc + 2 + code[pc + 1];
      case Op.BRANCH -> {
        int p = pc + 1;
        while (code[p] != 0) {
          if (code[p] < 0) {
            throw invalid();
          }
          p += code[p];
        }
        yield p + 1;
      }
      case Op.GROUPREF_EXISTS -> {
        int target = pc + 1 + code[pc + 2];
        int jump = jumpOf(pc + 3, target);
        yield jump < 0 ? target : jump + 1 + code[jump + 1];
      }
      default -> throw invalid();
    };
  }

  /** The JUMP that ends the first arm of a conditional, or -1 when there is no second arm. */
  private int jumpOf(int pc, int target) {
    int p = pc;
    while (p < target) {
      if (code[p] == Op.JUMP) {
        return p;
      }
      p = itemEnd(p);
    }
    return -1;
  }

  private Node item(Item it, Node next) {
    int pc = it.pc;
    CharClass set = unit(pc);
    if (set != null) {
      return link(code[pc] == Op.LITERAL ? new Nodes.Char(code[pc + 1]) : new Nodes.Set(set), next);
    }
    switch (code[pc]) {
      case Op.FAILURE -> {
        return new Nodes.Fail();
      }
      case Op.INFO -> {
        return next;
      }
      case Op.AT -> {
        return link(new Nodes.At(code[pc + 1]), next);
      }
      case Op.MARK -> {
        int i = code[pc + 1];
        if (i < 0 || i >= groups * 2) {
          throw invalid();
        }
        return link(framed(new Nodes.Mark(i)), next);
      }
      case Op.GROUPREF -> {
        return groupRef(pc, Case.EXACT, next);
      }
      case Op.GROUPREF_IGNORE -> {
        return groupRef(pc, Case.ASCII, next);
      }
      case Op.GROUPREF_LOC_IGNORE -> {
        return groupRef(pc, Case.LOCALE, next);
      }
      case Op.GROUPREF_UNI_IGNORE -> {
        return groupRef(pc, Case.UNICODE, next);
      }
      case Op.GROUPREF_EXISTS -> {
        return conditional(pc, next);
      }
      case Op.BRANCH -> {
        return branch(pc, next);
      }
      case Op.REPEAT -> {
        return repeat(it, next);
      }
      case Op.POSSESSIVE_REPEAT -> {
        Repeats.Possessive r =
            framed(new Repeats.Possessive(code[pc + 2], max(code[pc + 3]), slots(3)));
        r.next = next;
        r.body = sequence(pc + 4, it.end - 1, new Repeats.PossessiveEnd(r));
        return r;
      }
      case Op.REPEAT_ONE, Op.MIN_REPEAT_ONE, Op.POSSESSIVE_REPEAT_ONE -> {
        return repeatOne(it, next);
      }
      case Op.ATOMIC_GROUP -> {
        return group(Nodes.Group.Kind.ATOMIC, 0, pc + 2, it.end - 1, next);
      }
      case Op.ASSERT -> {
        return group(Nodes.Group.Kind.ASSERT, code[pc + 2], pc + 3, it.end - 1, next);
      }
      case Op.ASSERT_NOT -> {
        return group(Nodes.Group.Kind.ASSERT_NOT, code[pc + 2], pc + 3, it.end - 1, next);
      }
      default -> throw invalid();
    }
  }

  /** The set of an instruction that matches one character, or null. */
  private @Nullable CharClass unit(int pc) {
    return switch (code[pc]) {
      case Op.ANY -> new CharClass.NotSingle('\n');
      case Op.ANY_ALL -> CharClass.All.INSTANCE;
      case Op.LITERAL -> new CharClass.Single(code[pc + 1]);
      case Op.NOT_LITERAL -> new CharClass.NotSingle(code[pc + 1]);
      case Op.LITERAL_IGNORE -> new CharClass.SingleIgnore(code[pc + 1], Case.ASCII, false);
      case Op.NOT_LITERAL_IGNORE -> new CharClass.SingleIgnore(code[pc + 1], Case.ASCII, true);
      case Op.LITERAL_LOC_IGNORE -> new CharClass.SingleIgnore(code[pc + 1], Case.LOCALE, false);
      case Op.NOT_LITERAL_LOC_IGNORE -> new CharClass.SingleIgnore(code[pc + 1], Case.LOCALE, true);
      case Op.LITERAL_UNI_IGNORE -> new CharClass.SingleIgnore(code[pc + 1], Case.UNICODE, false);
      case Op.NOT_LITERAL_UNI_IGNORE ->
          new CharClass.SingleIgnore(code[pc + 1], Case.UNICODE, true);
      case Op.CATEGORY ->
          new CharClass.Words(new int[] {Op.CATEGORY, code[pc + 1], Op.FAILURE}, 0, Case.EXACT);
      case Op.IN -> new CharClass.Words(code, pc + 2, Case.EXACT);
      case Op.IN_IGNORE -> new CharClass.Words(code, pc + 2, Case.ASCII);
      case Op.IN_LOC_IGNORE -> new CharClass.Words(code, pc + 2, Case.LOCALE);
      case Op.IN_UNI_IGNORE -> new CharClass.Words(code, pc + 2, Case.UNICODE);
      default -> null;
    };
  }

  private Node groupRef(int pc, Case mode, Node next) {
    int g = code[pc + 1];
    if (g < 0 || g >= groups) {
      throw invalid();
    }
    return link(new Nodes.GroupRef(g, mode), next);
  }

  private Node conditional(int pc, Node next) {
    int g = code[pc + 1];
    if (g < 0 || g >= groups) {
      throw invalid();
    }
    int target = pc + 1 + code[pc + 2];
    int jump = jumpOf(pc + 3, target);
    if (jump < 0) {
      return new Nodes.GroupExists(g, sequence(pc + 3, target, next), next);
    }
    int end = jump + 1 + code[jump + 1];
    return new Nodes.GroupExists(g, sequence(pc + 3, jump, next), sequence(target, end, next));
  }

  private Node branch(int pc, Node next) {
    List<Node> alternatives = new ArrayList<>();
    int p = pc + 1;
    while (code[p] != 0) {
      int end = p + code[p] - 2;
      if (code[end] != Op.JUMP) {
        throw invalid();
      }
      alternatives.add(sequence(p + 1, end, next));
      p += code[p];
    }
    if (alternatives.isEmpty()) {
      return new Nodes.Fail();
    }
    Nodes.Branch b = framed(new Nodes.Branch(alternatives.toArray(Node[]::new)));
    b.next = next;
    prepare.add(b::prepare);
    return b;
  }

  private static int max(int word) {
    return word == MAXREPEAT || word < 0 ? Repeats.UNLIMITED : word;
  }

  private static int min(int word) {
    return word < 0 ? Integer.MAX_VALUE : word;
  }

  private Node repeat(Item it, Node next) {
    int pc = it.pc;
    int until = it.end - 1;
    int min = min(code[pc + 2]);
    int max = max(code[pc + 3]);
    Repeats.Until u =
        switch (code[until]) {
          case Op.MAX_UNTIL -> new Repeats.MaxUntil(min, max, slots(2));
          case Op.MIN_UNTIL -> new Repeats.MinUntil(min, max, slots(2));
          default -> throw invalid();
        };
    framed(u);
    u.next = next;
    u.body = sequence(pc + 4, until, u);
    prepare.add(u::prepare);
    return framed(new Repeats.Enter(u));
  }

  private Node repeatOne(Item it, Node next) {
    int pc = it.pc;
    int min = min(code[pc + 2]);
    int max = max(code[pc + 3]);
    CharClass set = unit(pc + 4);
    if (set == null || itemEnd(pc + 4) != it.end - 1) {
      throw invalid();
    }
    Repeats.One r =
        switch (code[pc]) {
          case Op.REPEAT_ONE -> new Repeats.Greedy(set, min, max);
          case Op.MIN_REPEAT_ONE -> new Repeats.Lazy(set, min, max);
          default -> new Repeats.PossessiveOne(set, min, max);
        };
    framed(r);
    r.next = next;
    prepare.add(r::prepare);
    return r;
  }

  private Node group(Nodes.Group.Kind kind, int back, int start, int end, Node next) {
    Nodes.Group g = framed(new Nodes.Group(kind, back, slots(1)));
    g.next = next;
    g.body = sequence(start, end, new Nodes.GroupEnd(g));
    return g;
  }
}
