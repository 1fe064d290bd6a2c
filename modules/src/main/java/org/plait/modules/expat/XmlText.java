package org.plait.modules.expat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text that a parser reads: a document as far as it is there, or an entity. */
final class XmlText {
  char[] chars;
  int limit;

  /** Everything before it has been read. */
  int position;

  /** Of a document: where what is being reported begins. */
  int event;

  /** The entity that it is the text of. */
  final XmlDtd.@Nullable Entity entity;

  /** How many elements were open when it began. */
  int level;

  /** Of a document: line from 1, column from 0 and bytes up to {@link #counted}. */
  long line = 1;

  long column;
  long bytes;
  private int counted;
  private boolean afterReturn;

  XmlText(char[] chars, XmlDtd.@Nullable Entity entity) {
    this.chars = chars;
    this.limit = chars.length;
    this.entity = entity;
  }

  /** Makes room, and forgets what has been read. */
  void reserve(int count) {
    int from = Math.min(counted, Math.min(position, event));
    if (limit + count > chars.length || from > chars.length / 2) {
      char[] to =
          limit - from + count > chars.length ? new char[grown(limit - from + count)] : chars;
      System.arraycopy(chars, from, to, 0, limit - from);
      chars = to;
      limit -= from;
      position -= from;
      event -= from;
      counted -= from;
    }
  }

  private int grown(int needed) {
    return Math.max(needed, Math.min(2 * chars.length, 1 << 24));
  }

  void add(char c) {
    if (limit == chars.length) {
      chars = Arrays.copyOf(chars, 2 * limit + 16);
    }
    chars[limit++] = c;
  }

  /** A mark of so many bytes before the text; if there is one, it counts as a column. */
  void skipMark(int count) {
    bytes += count;
    column += count == 0 ? 0 : 1;
  }

  /** Counts lines, columns and bytes up to a position. */
  void countTo(int to, XmlInput input) {
    for (; counted < to; counted++) {
      char c = chars[counted];
      bytes += input.width(c);
      if (c == '\n') {
        if (!afterReturn) {
          line++;
        }
        column = 0;
      } else if (c == '\r') {
        line++;
        column = 0;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
      afterReturn = c == '\r';
    }
  }
}
