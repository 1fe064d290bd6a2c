package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.WholeWriter;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * The writes of one {@code print}. To a stream of our own they go out as one text where nobody can
 * see the difference, so that lines printed by several threads don't run into each other.
 */
final class Printing {
  private static final int MAX_PARTS = 1024;

  private Printing() {}

  /** Writes the arguments one by one, as CPython does. */
  static void byParts(PyTuple args, PyStr separator, PyStr end, PyObject out) {
    PyObject write = PyObjects.getAttr(out, "write");
    for (int i = 0; i < args.size(); i++) {
      if (i > 0) {
        write.call1(separator);
      }
      write.call1(PyObjects.str(args.get(i)));
    }
    write.call1(end);
  }

  /** Writes all in one text, unless a str() on the way may write or fail itself. */
  static void whole(PyTuple args, PyStr separator, PyStr end, WholeWriter out) {
    if (args.size() == 0) {
      out.writeWhole(end);
      return;
    }
    PyStr[] parts = new PyStr[Math.min(2 * args.size(), MAX_PARTS)];
    int n = 0;
    for (int i = 0; i < args.size(); i++) {
      PyObject arg = args.get(i);
      if (arg.type().isHeap() || n == MAX_PARTS) {
        // Python code may run: what comes before it is written before it.
        write(out, parts, n);
        n = 0;
      }
      try {
        parts[n] = PyObjects.str(arg);
        n++;
      } catch (PyException e) {
        write(out, parts, n);
        throw e;
      }
      parts[n++] = i + 1 < args.size() ? separator : end;
    }
    write(out, parts, n);
  }

  private static void write(WholeWriter out, PyStr[] parts, int n) {
    if (n == 0) {
      return;
    }
    try {
      out.writeWhole(join(parts, n));
    } catch (PyException e) {
      if (n == 1 || !e.matches(Exceptions.UnicodeEncodeError)) {
        throw e;
      }
      // Nothing is written yet: write up to the part that can't be encoded.
      for (int i = 0; i < n; i++) {
        out.writeWhole(parts[i]);
      }
    }
  }

  private static PyStr join(PyStr[] parts, int n) {
    boolean simple = true;
    int length = 0;
    for (int i = 0; i < n; i++) {
      PyStr s = parts[i];
      // Halves of a character that meet at a seam would become one.
      simple =
          simple && s.isSimple() && (s.isEmpty() || !Character.isSurrogate(s.toString().charAt(0)));
      length += s.length();
    }
    if (!simple) {
      PyStr text = parts[0];
      for (int i = 1; i < n; i++) {
        text = text.concat(parts[i]);
      }
      return text;
    }
    StringBuilder b = new StringBuilder(length);
    for (int i = 0; i < n; i++) {
      b.append(parts[i].toString());
    }
    return PyStr.ofBmp(b.toString());
  }
}
