package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;

/** The text of a replacement field's expression, as debug fields and t-strings show it. */
final class FieldText {
  private FieldText() {}

  /** Leaves comments out, but not what looks like one inside a string. */
  static String withoutComments(byte[] buf, int from, int to) {
    boolean hash = false;
    for (int i = from; i < to && !hash; i++) {
      hash = buf[i] == '#';
    }
    if (!hash) {
      return new String(buf, from, to - from, StandardCharsets.UTF_8);
    }
    byte[] out = new byte[to - from];
    int n = 0;
    int quote = 0;
    for (int i = from; i < to; i++) {
      byte c = buf[i];
      if (quote == 0 && c == '#') {
        while (i < to && buf[i] != '\n') {
          i++;
        }
        if (i < to) {
          out[n++] = '\n';
        }
        continue;
      }
      if (c == '\\' && i + 1 < to) {
        out[n++] = c;
        c = buf[++i];
      } else if (c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
      out[n++] = c;
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }
}
