package org.plait.runtime.io;

import java.util.ArrayList;
import java.util.List;
import org.plait.runtime.types.PyStr;

/** Pieces of text to be joined once. */
final class PyStrJoiner {
  private final List<PyStr> parts = new ArrayList<>();
  private boolean simple = true;
  private int length;

  PyStrJoiner add(PyStr s) {
    if (!s.isEmpty()) {
      parts.add(s);
      length += s.length();
      simple = simple && s.isSimple() && !Character.isSurrogate(s.toString().charAt(0));
    }
    return this;
  }

  PyStr join() {
    if (parts.isEmpty()) {
      return PyStr.EMPTY;
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    if (simple) {
      StringBuilder b = new StringBuilder(length);
      for (PyStr s : parts) {
        b.append(s.toString());
      }
      return PyStr.ofBmp(b.toString());
    }
    int[] all = new int[length];
    int n = 0;
    for (PyStr s : parts) {
      for (int i = 0; i < s.length(); i++) {
        all[n++] = s.codePointAt(i);
      }
    }
    return PyStr.ofCodePoints(all, 0, n);
  }
}
