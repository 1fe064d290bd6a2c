package org.plait.runtime.io;

import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;

/** Universal newlines: holds back a final CR, counts the kinds of line ends, translates them. */
final class NewlineTranslator {
  private static final int LF = 1;
  private static final int CR = 2;
  private static final int CRLF = 4;

  private final boolean translate;
  private boolean pendingCr;
  private int seen;

  NewlineTranslator(boolean translate) {
    this.translate = translate;
  }

  boolean pendingCr() {
    return pendingCr;
  }

  void setPendingCr(boolean pending) {
    pendingCr = pending;
  }

  void reset() {
    pendingCr = false;
    seen = 0;
  }

  /** The value of {@code newlines}. */
  PyObject newlines() {
    PyStr cr = PyStr.of("\r");
    PyStr lf = PyStr.of("\n");
    PyStr crlf = PyStr.of("\r\n");
    return switch (seen) {
      case CR -> cr;
      case LF -> lf;
      case CRLF -> crlf;
      case CR | LF -> Py.tuple(cr, lf);
      case CR | CRLF -> Py.tuple(cr, crlf);
      case LF | CRLF -> Py.tuple(lf, crlf);
      case CR | LF | CRLF -> Py.tuple(cr, lf, crlf);
      default -> Py.None;
    };
  }

  /** What to pass on of the next piece of text. */
  PyStr translate(PyStr piece, boolean last) {
    PyStr s = piece;
    if (pendingCr && (last || !s.isEmpty())) {
      s = PyStr.of("\r").concat(s);
      pendingCr = false;
    }
    int n = s.length();
    if (!last && n > 0 && s.codePointAt(n - 1) == '\r') {
      s = s.substring(0, n - 1);
      pendingCr = true;
    }
    if (s.isEmpty()) {
      return s;
    }
    String text = s.toString();
    if (text.indexOf('\r') < 0) {
      if ((seen & LF) == 0 && text.indexOf('\n') >= 0) {
        seen |= LF;
      }
      return s;
    }
    return s.isSimple() ? simple(text, s) : wide(s);
  }

  private PyStr simple(String text, PyStr s) {
    StringBuilder out = translate ? new StringBuilder(text.length()) : null;
    for (int i = 0, n = text.length(); i < n; i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        boolean two = i + 1 < n && text.charAt(i + 1) == '\n';
        seen |= two ? CRLF : CR;
        i += two ? 1 : 0;
        c = '\n';
      } else if (c == '\n') {
        seen |= LF;
      }
      if (out != null) {
        out.append(c);
      }
    }
    return out == null ? s : PyStr.ofBmp(out.toString());
  }

  private PyStr wide(PyStr s) {
    int[] points = s.toCodePoints();
    int k = 0;
    for (int i = 0; i < points.length; i++) {
      int c = points[i];
      if (c == '\r') {
        boolean two = i + 1 < points.length && points[i + 1] == '\n';
        seen |= two ? CRLF : CR;
        i += two ? 1 : 0;
        c = '\n';
      } else if (c == '\n') {
        seen |= LF;
      }
      if (translate) {
        points[k++] = c;
      }
    }
    return translate ? PyStr.ofCodePoints(points, 0, k) : s;
  }
}
