package org.plait.compiler.gen;

/** Docstrings without their common indentation. Compare CPython's _PyCompile_CleanDoc. */
final class DocStrings {
  private DocStrings() {}

  static Object clean(Object doc) {
    return doc instanceof String s ? clean(s) : doc;
  }

  /**
   * Expands tabs, then removes the margin that all lines but the first share, and leading blanks.
   */
  static String clean(String doc) {
    if (doc.indexOf('\n') < 0 && doc.indexOf('\t') < 0 && !doc.startsWith(" ")) {
      return doc;
    }
    String text = expandTabs(doc);
    int n = text.length();
    int p = 0;
    // the first line
    while (p < n && text.charAt(p) == ' ') {
      p++;
    }
    int firstStart = p;
    int margin = Integer.MAX_VALUE;
    int i = text.indexOf('\n');
    while (i >= 0) {
      int start = i + 1;
      int s = start;
      while (s < n && text.charAt(s) == ' ') {
        s++;
      }
      if (s < n && text.charAt(s) != '\n') {
        margin = Math.min(margin, s - start);
      }
      i = text.indexOf('\n', s);
    }
    if (margin == Integer.MAX_VALUE) {
      margin = 0;
    }
    if (firstStart == 0 && margin == 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(n);
    int lineEnd = text.indexOf('\n', firstStart);
    out.append(text, firstStart, lineEnd < 0 ? n : lineEnd + 1);
    while (lineEnd >= 0) {
      int start = lineEnd + 1;
      int s = start;
      while (s < n && s - start < margin && text.charAt(s) == ' ') {
        s++;
      }
      lineEnd = text.indexOf('\n', s);
      out.append(text, s, lineEnd < 0 ? n : lineEnd + 1);
    }
    return out.toString();
  }

  private static String expandTabs(String s) {
    if (s.indexOf('\t') < 0) {
      return s;
    }
    StringBuilder out = new StringBuilder(s.length() + 16);
    int column = 0;
    for (int i = 0; i < s.length(); i++) {
      char ch = s.charAt(i);
      if (ch == '\t') {
        int n = 8 - column % 8;
        out.repeat(' ', n);
        column += n;
      } else {
        out.append(ch);
        if (ch == '\n' || ch == '\r') {
          column = 0;
        } else if (!Character.isLowSurrogate(ch)) {
          column++;
        }
      }
    }
    return out.toString();
  }
}
