package org.plait.modules.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;

/**
 * The bytes of a pickle: from memory, or from a file of which no more is consumed than was needed.
 * Where the file can be peeked into, it is read ahead. Used by one thread.
 */
final class PickleInput {
  private static final int PREFETCH = 128 * 1024;

  private final @Nullable PyObject read;
  private final @Nullable PyObject readline;
  private @Nullable PyObject peek;

  byte[] data;
  int at;

  /** Up to here the data have been taken from the file. */
  private int consumed;

  private int end;

  PickleInput(byte[] data) {
    this.data = data;
    this.end = data.length;
    this.read = null;
    this.readline = null;
  }

  PickleInput(PyObject file) {
    this.data = new byte[0];
    PyObject p = PyObjects.getOptionalAttr(file, "peek");
    PyObject r = PyObjects.getOptionalAttr(file, "read");
    PyObject l = PyObjects.getOptionalAttr(file, "readline");
    if (r == null || l == null) {
      throw Errors.typeError("file must have 'read' and 'readline' attributes");
    }
    peek = p;
    read = r;
    readline = l;
  }

  private static PyException truncated() {
    return PickleErrors.unpickling("pickle data was truncated");
  }

  private static byte[] bytes(PyObject o) {
    if (!(o instanceof PyBytes)) {
      if (PyBuffers.isBuffer(o)) {
        return PyBuffers.toBytes(o).clone();
      }
      throw Errors.typeError("a bytes-like object is required, not '" + o.type().name() + "'");
    }
    return ((PyBytes) o).array();
  }

  private void take(byte[] more, boolean fromFile) {
    data = more;
    at = 0;
    end = more.length;
    consumed = fromFile ? end : 0;
  }

  /** Takes from the file what was used of the data seen by peeking. */
  void skipConsumed() {
    int n = at - consumed;
    if (read != null && n > 0) {
      consumed = at;
      read.call1(Py.int_(n));
    }
  }

  /** At least n bytes from {@link #at}, or fewer at the end of the file. */
  private void fetch(int n) {
    skipConsumed();
    if (peek != null && n < PREFETCH) {
      try {
        byte[] seen = bytes(peek.call1(Py.int_(PREFETCH)));
        if (seen.length >= n) {
          take(seen, false);
          return;
        }
      } catch (PyException e) {
        if (!e.matches(Exceptions.NotImplementedError)) {
          throw e;
        }
        peek = null;
      }
    }
    PyObject f = read;
    if (f == null) {
      throw new IllegalStateException("no file");
    }
    take(bytes(f.call1(Py.int_(n))), true);
  }

  /** Makes n bytes available from the returned position in {@link #data}, and moves behind them. */
  int need(int n) {
    if (n <= end - at) {
      at += n;
      return at - n;
    }
    if (read == null) {
      throw truncated();
    }
    int rest = end - at;
    if (rest > 0) {
      byte[] head = Arrays.copyOfRange(data, at, end);
      at = end;
      fetch(n - rest);
      if (end - at < n - rest) {
        throw truncated();
      }
      byte[] joined = Arrays.copyOf(head, head.length + end);
      System.arraycopy(data, 0, joined, head.length, end);
      consumed += head.length;
      data = joined;
      end = joined.length;
      at = n;
      return 0;
    }
    fetch(n);
    if (end < n) {
      throw truncated();
    }
    at = n;
    return 0;
  }

  int op() {
    if (at < end) {
      return data[at++] & 0xff;
    }
    if (read != null) {
      fetch(1);
      if (end > 0) {
        return data[at++] & 0xff;
      }
    }
    throw Errors.eofError("Ran out of input");
  }

  byte[] copy(long n) {
    int start = need(checked(n));
    return Arrays.copyOfRange(data, start, start + (int) n);
  }

  static int checked(long n) {
    if (n < 0 || n > Integer.MAX_VALUE - 16) {
      throw truncated();
    }
    return (int) n;
  }

  /** A little-endian unsigned number of up to 8 bytes. */
  long number(int bytes) {
    int p = need(bytes);
    long n = 0;
    for (int i = 0; i < bytes; i++) {
      n |= (data[p + i] & 0xffL) << 8 * i;
    }
    return n;
  }

  /** A line without its end, which must not be empty. */
  byte[] fullLine() {
    byte[] l = line();
    if (l.length == 0) {
      throw truncated();
    }
    return l;
  }

  /** A line without its end. */
  byte[] line() {
    for (int i = at; i < end; i++) {
      if (data[i] == '\n') {
        byte[] l = Arrays.copyOfRange(data, at, i);
        at = i + 1;
        return l;
      }
    }
    PyObject f = readline;
    if (f == null) {
      throw truncated();
    }
    byte[] head = Arrays.copyOfRange(data, at, end);
    at = end;
    skipConsumed();
    byte[] more = bytes(f.call0());
    take(more, true);
    at = end;
    if (more.length == 0) {
      throw truncated();
    }
    if (more[more.length - 1] != '\n') {
      throw truncated();
    }
    byte[] l = Arrays.copyOf(head, head.length + more.length - 1);
    System.arraycopy(more, 0, l, head.length, more.length - 1);
    return l;
  }
}
