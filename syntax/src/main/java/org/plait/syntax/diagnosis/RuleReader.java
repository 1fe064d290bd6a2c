package org.plait.syntax.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.diagnosis.Rule.Action;
import org.plait.syntax.diagnosis.Rule.Alternative;
import org.plait.syntax.diagnosis.Rule.Element;
import org.plait.syntax.lexer.T;

/**
 * Reads {@code rules.txt}. A rule is {@code name = alternative} or {@code name =} followed by
 * indented lines, one alternative each; alternatives are tried in order. {@code %memo} behind the
 * name says that results are remembered, {@code %left} that the rule is left-recursive (and
 * remembered), {@code %plainly} that mistakes are not looked for inside.
 *
 * <p>Elements: {@code 'x'} a keyword or operator, {@code "x"} a soft keyword, {@code NAME} a token
 * type, {@code rule}, {@code (a b | c)}, {@code [a]} optional, {@code a* a+}, {@code ','.a+}
 * separated, {@code &a !a} lookahead, {@code ~} commits to the alternative, {@code &&'x'} must
 * come, {@code l:a} labels.
 *
 * <p>Behind two spaces: {@code => Kind a b} makes a node of the labelled parts, {@code => a} gives
 * a labelled part back, and {@code @verb a b: message} reports an error (see {@link Recognizer}).
 */
final class RuleReader {
  private final Map<String, Rule> rules = new HashMap<>();
  private String line = "";
  private int at;

  private RuleReader() {}

  /** Holds the rules from the first diagnosis on. */
  private static final class Holder {
    static final Map<String, Rule> RULES = new RuleReader().read();
  }

  static Map<String, Rule> rules() {
    return Holder.RULES;
  }

  private Map<String, Rule> read() {
    String text;
    try (InputStream in = RuleReader.class.getResourceAsStream("rules.txt")) {
      if (in == null) {
        throw new IllegalStateException("the resource rules.txt is missing");
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Rule rule = null;
    List<Alternative> alternatives = new ArrayList<>();
    for (String l : text.split("\n", -1)) {
      if (l.isEmpty() || l.startsWith("#")) {
        continue;
      }
      line = l;
      if (!l.startsWith(" ")) {
        finish(rule, alternatives);
        rule = head();
      }
      space();
      if (at < line.length()) {
        alternatives.add(alternative(-1));
      }
      at = 0;
    }
    finish(rule, alternatives);
    for (Rule r : rules.values()) {
      if (r.alternatives.length == 0) {
        throw new IllegalStateException("no such rule: " + r.name);
      }
    }
    return rules;
  }

  private static void finish(@Nullable Rule rule, List<Alternative> alternatives) {
    if (rule != null) {
      rule.alternatives = alternatives.toArray(new Alternative[0]);
      alternatives.clear();
    }
  }

  private Rule head() {
    at = 0;
    Rule rule = rule(word());
    space();
    while (peek() == '%') {
      at++;
      String flag = word();
      rule.memo |= !flag.equals("plainly");
      rule.leftRecursive |= flag.equals("left");
      rule.plainly |= flag.equals("plainly");
      space();
    }
    expect('=');
    return rule;
  }

  private Rule rule(String name) {
    Rule r = rules.get(name);
    if (r == null) {
      r = new Rule(name, rules.size());
      rules.put(name, r);
    }
    return r;
  }

  private char peek() {
    return at < line.length() ? line.charAt(at) : '\0';
  }

  private void space() {
    while (peek() == ' ') {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalStateException("expected " + c + " at " + at + " in: " + line);
    }
    at++;
  }

  private String word() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '_') {
      at++;
    }
    if (at == start) {
      throw new IllegalStateException("expected a name at " + at + " in: " + line);
    }
    return line.substring(start, at);
  }

  /** An alternative up to the end of the line, or inside a group up to the bar or bracket. */
  private Alternative alternative(int close) {
    List<Element> elements = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Action action = null;
    while (true) {
      space();
      char c = peek();
      if (c == '\0' || (close >= 0 && (c == '|' || c == close))) {
        break;
      }
      if (c == '=' && line.startsWith("=>", at)) {
        at += 2;
        space();
        action = result(close);
        break;
      }
      if (c == '@') {
        at++;
        action = error();
        break;
      }
      int label = -1;
      if (Character.isLowerCase(c) && at + 1 < line.length() && line.charAt(at + 1) == ':') {
        names.add(String.valueOf(c));
        label = names.size() - 1;
        at += 2;
      }
      elements.add(element());
      labels.add(label);
    }
    int[] labelArray = labels.stream().mapToInt(Integer::intValue).toArray();
    return new Alternative(
        elements.toArray(new Element[0]), labelArray, names.toArray(new String[0]), action);
  }

  private Action result(int close) {
    String verb = word();
    List<String> arguments = new ArrayList<>();
    space();
    while (peek() != '\0' && peek() != '|' && (close < 0 || peek() != close)) {
      arguments.add(word());
      space();
    }
    return new Action(verb, arguments, "");
  }

  private Action error() {
    String verb = "@" + word();
    List<String> arguments = new ArrayList<>();
    space();
    while (peek() != '\0' && peek() != ':') {
      arguments.add(word());
      space();
    }
    String message = "";
    if (peek() == ':') {
      message = line.substring(at + 1).strip();
      at = line.length();
    }
    return new Action(verb, arguments, message);
  }

  private Element element() {
    char c = peek();
    if (c == '~') {
      at++;
      return new Rule.Cut();
    }
    if (c == '!') {
      at++;
      return new Rule.Lookahead(suffixed(), false);
    }
    if (c == '&') {
      at++;
      if (peek() == '&') {
        at++;
        return new Rule.Forced((Rule.Token) atom());
      }
      return new Rule.Lookahead(suffixed(), true);
    }
    return suffixed();
  }

  private Element suffixed() {
    Element e = atom();
    switch (peek()) {
      case '*' -> {
        at++;
        return new Rule.Repeat(e, false, null);
      }
      case '+' -> {
        at++;
        return new Rule.Repeat(e, true, null);
      }
      case '.' -> {
        at++;
        Element item = atom();
        expect('+');
        return new Rule.Repeat(item, true, e);
      }
      default -> {
        return e;
      }
    }
  }

  private Element atom() {
    char c = peek();
    if (c == '\'' || c == '"') {
      int end = line.indexOf(c, at + 1);
      String spelling = line.substring(at + 1, end);
      at = end + 1;
      return c == '"' ? new Rule.Soft(spelling) : token(spelling);
    }
    if (c == '(' || c == '[') {
      at++;
      char close = c == '(' ? ')' : ']';
      List<Alternative> alternatives = new ArrayList<>();
      do {
        alternatives.add(alternative(close));
        space();
      } while (peek() == '|' && at++ >= 0);
      expect(close);
      Element group = new Rule.Group(alternatives.toArray(new Alternative[0]));
      return c == '(' ? group : new Rule.Optional(group);
    }
    String name = word();
    return Character.isUpperCase(name.charAt(0)) ? tokenType(name) : new Rule.Reference(rule(name));
  }

  private static Element token(String spelling) {
    int type = T.ofSpelling(spelling);
    if (type < 0) {
      throw new IllegalStateException("no token " + spelling);
    }
    return new Rule.Token(type);
  }

  private static Element tokenType(String name) {
    return switch (name) {
      case "ENDMARKER" -> new Rule.Token(T.ENDMARKER);
      case "NAME" -> new Rule.Token(T.NAME);
      case "NUMBER" -> new Rule.Token(T.NUMBER);
      case "STRING" -> new Rule.Token(T.STRING);
      case "NEWLINE" -> new Rule.Token(T.NEWLINE);
      case "INDENT" -> new Rule.Token(T.INDENT);
      case "DEDENT" -> new Rule.Token(T.DEDENT);
      case "TYPE_COMMENT" -> new Rule.Token(T.TYPE_COMMENT);
      case "FSTRING_START" -> new Rule.Token(T.FSTRING_START);
      case "FSTRING_MIDDLE" -> new Rule.Token(T.FSTRING_MIDDLE);
      case "FSTRING_END" -> new Rule.Token(T.FSTRING_END);
      case "TSTRING_START" -> new Rule.Token(T.TSTRING_START);
      case "TSTRING_MIDDLE" -> new Rule.Token(T.TSTRING_MIDDLE);
      case "TSTRING_END" -> new Rule.Token(T.TSTRING_END);
      case "SOFT_KEYWORD" -> new Rule.AnySoft();
      case "NOT_EQUAL" -> new Rule.NotEqual();
      default -> throw new IllegalStateException("no token type " + name);
    };
  }
}
