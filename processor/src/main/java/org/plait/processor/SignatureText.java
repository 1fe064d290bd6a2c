package org.plait.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed {@code sig} element. */
record SignatureText(List<Parameter> parameters) {

  /** How a parameter takes its argument. */
  enum Kind {
    POSITIONAL_ONLY,
    POSITIONAL_OR_KEYWORD,
    VAR_POSITIONAL,
    KEYWORD_ONLY,
    VAR_KEYWORD
  }

  record Parameter(String name, Kind kind, @Nullable String defaultText) {
    boolean required() {
      return defaultText == null && !variable();
    }

    /** Whether this is {@code *args} or {@code **kwargs}. */
    boolean variable() {
      return kind == Kind.VAR_POSITIONAL || kind == Kind.VAR_KEYWORD;
    }

    boolean positional() {
      return kind == Kind.POSITIONAL_ONLY || kind == Kind.POSITIONAL_OR_KEYWORD;
    }
  }

  /** A signature text that can't be understood. */
  static final class BadSignature extends Exception {
    private static final long serialVersionUID = 1L;

    BadSignature(String message) {
      super(message);
    }
  }

  static SignatureText parse(String text) throws BadSignature {
    String s = text.strip();
    if (s.startsWith("!")) {
      s = s.substring(1).strip();
    }
    if (!s.startsWith("(") || !s.endsWith(")")) {
      throw new BadSignature("must be in parentheses");
    }
    List<Parameter> out = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean keywordOnly = false;
    boolean slash = false;
    boolean optional = false;
    boolean bareStar = false;
    List<String> parts = split(s.substring(1, s.length() - 1));
    for (String part : parts) {
      if (part.equals("/")) {
        if (slash || keywordOnly || out.isEmpty()) {
          throw new BadSignature("misplaced '/'");
        }
        slash = true;
        out.replaceAll(p -> new Parameter(p.name, Kind.POSITIONAL_ONLY, p.defaultText));
        continue;
      }
      if (part.equals("*")) {
        if (keywordOnly) {
          throw new BadSignature("misplaced '*'");
        }
        keywordOnly = true;
        bareStar = true;
        continue;
      }
      if (!out.isEmpty() && out.getLast().kind == Kind.VAR_KEYWORD) {
        throw new BadSignature("parameter after '**'");
      }
      Parameter p = parameter(part, keywordOnly);
      if (p.kind == Kind.VAR_POSITIONAL) {
        if (keywordOnly) {
          throw new BadSignature("second '*'");
        }
        keywordOnly = true;
      }
      if (p.positional()) {
        if (p.required() && optional) {
          throw new BadSignature("parameter '" + p.name + "' without default follows one with");
        }
        optional |= !p.required();
      }
      bareStar &= p.kind != Kind.KEYWORD_ONLY;
      if (!names.add(p.name)) {
        throw new BadSignature("parameter '" + p.name + "' twice");
      }
      out.add(p);
    }
    if (bareStar) {
      throw new BadSignature("no parameter after '*'");
    }
    return new SignatureText(List.copyOf(out));
  }

  private static Parameter parameter(String part, boolean keywordOnly) throws BadSignature {
    if (part.startsWith("**")) {
      return new Parameter(name(part.substring(2)), Kind.VAR_KEYWORD, null);
    }
    if (part.startsWith("*")) {
      return new Parameter(name(part.substring(1)), Kind.VAR_POSITIONAL, null);
    }
    int eq = part.indexOf('=');
    String defaultText = eq < 0 ? null : part.substring(eq + 1).strip();
    if (defaultText != null && defaultText.isEmpty()) {
      throw new BadSignature("empty default in '" + part + "'");
    }
    return new Parameter(
        name(eq < 0 ? part : part.substring(0, eq)),
        keywordOnly ? Kind.KEYWORD_ONLY : Kind.POSITIONAL_OR_KEYWORD,
        defaultText);
  }

  private static String name(String s) throws BadSignature {
    String name = s.strip();
    boolean ok = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0));
    for (int i = 1; ok && i < name.length(); i++) {
      ok = Character.isJavaIdentifierPart(name.charAt(i));
    }
    if (!ok) {
      throw new BadSignature("'" + name + "' is no parameter name");
    }
    return name;
  }

  /** Splits at commas outside brackets and quotes. */
  private static List<String> split(String s) throws BadSignature {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int start = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(s.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (depth != 0 || quote != 0) {
      throw new BadSignature("unbalanced brackets or quotes");
    }
    String last = s.substring(start).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    } else if (!parts.isEmpty()) {
      throw new BadSignature("empty parameter");
    }
    return parts;
  }

  /** Positional parameters (without {@code *args}). */
  int positionalCount() {
    return (int) parameters.stream().filter(Parameter::positional).count();
  }

  int requiredPositional() {
    return (int) parameters.stream().filter(p -> p.positional() && p.required()).count();
  }

  boolean has(Kind kind) {
    return parameters.stream().anyMatch(p -> p.kind == kind);
  }

  boolean requiresKeyword() {
    return parameters.stream().anyMatch(p -> p.kind == Kind.KEYWORD_ONLY && p.required());
  }

  /** Whether arguments may have to be sorted into parameters by the general binder. */
  boolean needsBinder() {
    return positionalCount() > 3
        || parameters.stream().anyMatch(p -> p.kind != Kind.POSITIONAL_ONLY);
  }

  /** Whether a call with {@code n} positional arguments and nothing else binds. */
  boolean accepts(int n) {
    return n >= requiredPositional()
        && (n <= positionalCount() || has(Kind.VAR_POSITIONAL))
        && !requiresKeyword();
  }
}
