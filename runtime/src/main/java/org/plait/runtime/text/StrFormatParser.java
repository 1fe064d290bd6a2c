package org.plait.runtime.text;

import org.jspecify.annotations.Nullable;

/**
 * Splits the format string of {@code str.format} into literal text and replacement fields, one
 * {@link Field} per call of {@link #next}; errors come when the field is reached, as in CPython.
 * Compare CPython MarkupIterator_next in unicode_format.h. One thread at a time.
 */
public final class StrFormatParser {
  /**
   * Literal text and the replacement field behind it.
   *
   * @param literal text before the field, braces unescaped
   * @param name the field name, or null when no field follows
   * @param spec the format spec as written; empty when there is none
   * @param conversion the conversion character, or 0
   * @param nested whether the spec has fields of its own
   */
  public record Field(
      CodePointSource literal,
      @Nullable CodePointSource name,
      CodePointSource spec,
      int conversion,
      boolean nested) {}

  private static final CodePointSource EMPTY = CodePointSource.ofBmp("");

  private final CodePointSource s;
  private final int end;
  private int pos;

  public StrFormatParser(CodePointSource format) {
    s = format;
    end = format.length();
  }

  /**
   * The next piece, or null at the end.
   *
   * @throws TextException ValueError for a malformed format
   */
  public @Nullable Field next() {
    if (pos >= end) {
      return null;
    }
    int start = pos;
    int c = 0;
    boolean brace = false;
    while (pos < end) {
      c = s.at(pos++);
      if (c == '{' || c == '}') {
        brace = true;
        break;
      }
    }
    if (!brace) {
      return new Field(s.sub(start, pos), null, EMPTY, 0, false);
    }
    boolean atEnd = pos >= end;
    if (c == '}' && (atEnd || s.at(pos) != '}')) {
      throw TextException.value("Single '}' encountered in format string");
    }
    if (atEnd) {
      throw TextException.value("Single '{' encountered in format string");
    }
    if (s.at(pos) == c) {
      return new Field(s.sub(start, pos++), null, EMPTY, 0, false);
    }
    return field(s.sub(start, pos - 1));
  }

  private Field field(CodePointSource literal) {
    int start = pos;
    int c = 0;
    boolean ended = false;
    while (pos < end && !ended) {
      c = s.at(pos++);
      switch (c) {
        case '{' -> throw TextException.value("unexpected '{' in field name");
        case '[' -> {
          while (pos < end && s.at(pos) != ']') {
            pos++;
          }
        }
        case '}', ':', '!' -> ended = true;
        default -> {}
      }
    }
    if (!ended) {
      throw TextException.value("expected '}' before end of string");
    }
    CodePointSource name = s.sub(start, pos - 1);
    if (c == '}') {
      return new Field(literal, name, EMPTY, 0, false);
    }
    int conversion = 0;
    if (c == '!') {
      if (pos >= end) {
        throw TextException.value("end of string while looking for conversion specifier");
      }
      conversion = s.at(pos++);
      if (pos < end) {
        c = s.at(pos++);
        if (c == '}') {
          return new Field(literal, name, EMPTY, conversion, false);
        }
        if (c != ':') {
          throw TextException.value("expected ':' after conversion specifier");
        }
      }
    }
    int specStart = pos;
    int depth = 1;
    boolean nested = false;
    while (pos < end) {
      c = s.at(pos++);
      if (c == '{') {
        nested = true;
        depth++;
      } else if (c == '}' && --depth == 0) {
        return new Field(literal, name, s.sub(specStart, pos - 1), conversion, nested);
      }
    }
    throw TextException.value("unmatched '{' in format spec");
  }

  /** The error for a conversion other than r, s and a. */
  public static TextException unknownConversion(int conversion) {
    return TextException.value(
        conversion > 32 && conversion < 127
            ? "Unknown conversion specifier " + (char) conversion
            : "Unknown conversion specifier \\x" + Integer.toHexString(conversion));
  }

  /** Whether the fields of one format are numbered by hand or automatically. */
  public static final class Numbering {
    private static final int UNKNOWN = 0;
    private static final int AUTO = 1;
    private static final int MANUAL = 2;

    private int state = UNKNOWN;
    private int next;

    /**
     * The positional index that a field name stands for.
     *
     * @return the index, or -1 when the field is a keyword
     * @throws TextException ValueError when both ways of numbering are mixed
     */
    public long index(FieldName name) {
      boolean empty = name.first.length() == 0;
      if (!empty && name.index < 0) {
        return -1;
      }
      if (state == UNKNOWN) {
        state = empty ? AUTO : MANUAL;
      }
      if (state == MANUAL && empty) {
        throw TextException.value(
            "cannot switch from manual field specification to automatic field numbering");
      }
      if (state == AUTO && !empty) {
        throw TextException.value(
            "cannot switch from automatic field numbering to manual field specification");
      }
      return empty ? next++ : name.index;
    }
  }

  /** One step behind the first part of a field name: {@code .name} or {@code [key]}. */
  public record Step(boolean attribute, CodePointSource name, long index) {}

  /**
   * A field name: the first part, then steps. Compare CPython field_name_split and
   * FieldNameIterator_next.
   */
  public static final class FieldName {
    private final CodePointSource s;
    private final CodePointSource first;
    private final long index;
    private int pos;

    /**
     * Splits off the first part.
     *
     * @throws TextException ValueError when it is a number too large
     */
    public FieldName(CodePointSource name) {
      s = name;
      int i = 0;
      while (i < name.length() && name.at(i) != '.' && name.at(i) != '[') {
        i++;
      }
      first = name.sub(0, i);
      pos = i;
      index = integer(first);
    }

    /** The argument's name; may be empty. */
    public CodePointSource first() {
      return first;
    }

    /** The argument's number, or -1 when its name is none. */
    public long index() {
      return index;
    }

    /**
     * The next step, or null at the end.
     *
     * @throws TextException ValueError for a malformed name
     */
    public @Nullable Step next() {
      int end = s.length();
      if (pos >= end) {
        return null;
      }
      int c = s.at(pos++);
      int start = pos;
      Step step;
      if (c == '.') {
        while (pos < end && s.at(pos) != '.' && s.at(pos) != '[') {
          pos++;
        }
        step = new Step(true, s.sub(start, pos), -1);
      } else if (c == '[') {
        while (pos < end && s.at(pos) != ']') {
          pos++;
        }
        if (pos >= end) {
          throw TextException.value("Missing ']' in format string");
        }
        CodePointSource key = s.sub(start, pos++);
        step = new Step(false, key, integer(key));
      } else {
        throw TextException.value("Only '.' or '[' may follow ']' in format field specifier");
      }
      if (step.name.length() == 0) {
        throw TextException.value("Empty attribute in format string");
      }
      return step;
    }

    private static long integer(CodePointSource t) {
      int n = t.length();
      if (n == 0) {
        return -1;
      }
      long v = 0;
      for (int i = 0; i < n; i++) {
        int d = UnicodeInfo.decimal(t.at(i));
        if (d < 0) {
          return -1;
        }
        if (v > (Long.MAX_VALUE - d) / 10) {
          throw TextException.value("Too many decimal digits in format string");
        }
        v = v * 10 + d;
      }
      return v;
    }
  }
}
