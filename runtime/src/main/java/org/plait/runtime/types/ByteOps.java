package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.LinearSearch;

/**
 * The algorithms that bytes and bytearray share, on ranges of arrays. Case and classes are ASCII's.
 * What returns {@code byte[]} may return the array of the range itself when nothing has changed.
 */
final class ByteOps {
  private ByteOps() {}

  static final int MAX = Integer.MAX_VALUE - 64;

  /** Bytes {@code from..to-1} of an array. */
  record Span(byte[] a, int from, int to) {
    int size() {
      return to - from;
    }

    byte at(int i) {
      return a[from + i];
    }

    /** Bytes {@code i..j-1} of the range. */
    byte[] copy(int i, int j) {
      return i == 0 && j == a.length && from == 0 ? a : Arrays.copyOfRange(a, from + i, from + j);
    }
  }

  // ---- arguments

  /** A byte given as an int. */
  static int byteValue(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (!i.isLong() || i.longValue() < 0 || i.longValue() > 255) {
      throw Errors.valueError("byte must be in range(0, 256)");
    }
    return (int) i.longValue();
  }

  /** What to search for: a byte or a bytes-like object. */
  static byte[] needle(PyObject o) {
    if (PyBuffers.isBuffer(o)) {
      return PyBuffers.toBytes(o);
    }
    if (PyNumbers.isIndex(o)) {
      return new byte[] {(byte) byteValue(o)};
    }
    throw Errors.typeError(
        "argument should be integer or bytes-like object, not '" + o.type().name() + "'");
  }

  /** The left operand of {@code in}. */
  static byte[] member(PyObject o) {
    if (PyNumbers.isIndex(o)) {
      return new byte[] {(byte) byteValue(o)};
    }
    return PyBuffers.toBytes(o);
  }

  static byte @Nullable [] separator(PyObject sep) {
    return sep == Py.None ? null : nonEmpty(PyBuffers.toBytes(sep));
  }

  static byte[] nonEmpty(byte[] sep) {
    if (sep.length == 0) {
      throw Errors.valueError("empty separator");
    }
    return sep;
  }

  static byte fill(@Nullable PyObject fill, String method) {
    if (fill == null) {
      return ' ';
    }
    boolean bytes = fill instanceof PyBytes;
    if (!bytes && !(fill instanceof PyByteArray)) {
      throw Errors.typeError(
          method
              + "() argument 2 must be a byte string of length 1, not "
              + (fill == Py.None ? "None" : fill.type().name()));
    }
    byte[] b = PyBuffers.toBytes(fill);
    if (b.length != 1) {
      throw Errors.typeError(
          method
              + "(): argument 2 must be a byte string of length 1, not a "
              + (bytes ? "bytes" : "bytearray")
              + " object of length "
              + b.length);
    }
    return b[0];
  }

  static byte[] allocate(long n) {
    if (n > MAX || n < 0) {
      throw Errors.memoryError();
    }
    try {
      return new byte[(int) n];
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  // ---- search

  static int find(Span s, byte[] sub, int i, int j) {
    int m = sub.length;
    if (j - i < m) {
      return -1;
    }
    if (m == 0) {
      return i;
    }
    byte[] a = s.a;
    int base = s.from;
    byte first = sub[0];
    int last = base + j - m;
    long compared = 0;
    for (int p = base + i; p <= last; p++) {
      if (a[p] != first) {
        continue;
      }
      int k = Arrays.mismatch(a, p, p + m, sub, 0, m);
      if (k < 0) {
        return p - base;
      }
      compared += k;
      if (m >= LinearSearch.MIN_PATTERN && LinearSearch.isSlow(compared, p - base - i)) {
        return LinearSearch.find(x -> a[base + x], p + 1 - base, j, x -> sub[x], m);
      }
    }
    return -1;
  }

  static int rfind(Span s, byte[] sub, int i, int j) {
    int m = sub.length;
    byte[] a = s.a;
    int base = s.from;
    long compared = 0;
    for (int p = base + j - m; p >= base + i; p--) {
      int k = Arrays.mismatch(a, p, p + m, sub, 0, m);
      if (k < 0) {
        return p - base;
      }
      compared += k;
      if (m >= LinearSearch.MIN_PATTERN && LinearSearch.isSlow(compared, base + j - m - p)) {
        return LinearSearch.findLast(x -> a[base + x], i, p - base + m - 1, x -> sub[x], m);
      }
    }
    return -1;
  }

  static int count(Span s, byte[] sub, int i, int j, int max) {
    int m = sub.length;
    if (m == 0) {
      return i > j ? 0 : (int) Math.min(j - i + 1L, max);
    }
    int n = 0;
    for (int p = find(s, sub, i, j); p >= 0 && n < max; p = find(s, sub, p + m, j)) {
      n++;
    }
    return n;
  }

  static boolean tailMatch(Span s, byte[] part, int i, int j, boolean atEnd) {
    int m = part.length;
    if (j - i < m) {
      return false;
    }
    int p = s.from + (atEnd ? j - m : i);
    return Arrays.equals(s.a, p, p + m, part, 0, m);
  }

  /** Whether one of the parts is at the place; parts of a tuple are converted as they are tried. */
  static boolean startsOrEnds(
      java.util.function.Supplier<Span> self,
      PyObject part,
      @Nullable PyObject start,
      @Nullable PyObject end,
      boolean atEnd) {
    int n = self.get().size();
    int i = StrOps.start(start, n);
    int j = StrOps.end(end, n);
    if (part instanceof PyTuple t) {
      for (PyObject p : t.array()) {
        byte[] b = PyBuffers.toBytes(p);
        if (tailMatchNow(self.get(), b, i, j, atEnd)) {
          return true;
        }
      }
      return false;
    }
    if (!PyBuffers.isBuffer(part)) {
      throw Errors.typeError(
          (atEnd ? "endswith" : "startswith")
              + " first arg must be bytes or a tuple of bytes, not "
              + part.type().name());
    }
    return tailMatchNow(self.get(), PyBuffers.toBytes(part), i, j, atEnd);
  }

  private static boolean tailMatchNow(Span s, byte[] b, int i, int j, boolean atEnd) {
    return tailMatch(s, b, i, Math.min(j, s.size()), atEnd);
  }

  // ---- change

  static byte[] replace(Span s, byte[] old, byte[] fresh, long count) {
    int n = s.size();
    int max = (int) (count < 0 ? Integer.MAX_VALUE : Math.min(count, Integer.MAX_VALUE));
    int hits = max == 0 ? 0 : count(s, old, 0, n, max);
    if (hits == 0) {
      return s.copy(0, n);
    }
    int m = old.length;
    byte[] out = allocate(n + (long) hits * (fresh.length - m));
    int at = 0;
    int o = 0;
    for (int k = 0; k < hits; k++) {
      int p = m == 0 ? at : find(s, old, at, n);
      System.arraycopy(s.a, s.from + at, out, o, p - at);
      o += p - at;
      System.arraycopy(fresh, 0, out, o, fresh.length);
      o += fresh.length;
      at = p + m;
      if (m == 0 && at < n) {
        out[o++] = s.at(at++);
      }
    }
    System.arraycopy(s.a, s.from + at, out, o, n - at);
    return out;
  }

  static byte[] concat(Span s, byte[] other) {
    byte[] out = allocate((long) s.size() + other.length);
    System.arraycopy(s.a, s.from, out, 0, s.size());
    System.arraycopy(other, 0, out, s.size(), other.length);
    return out;
  }

  static byte[] repeat(Span s, long count, boolean overflow) {
    int n = s.size();
    if (count <= 0 || n == 0) {
      return new byte[0];
    }
    if (count > Long.MAX_VALUE / n) {
      if (overflow) {
        throw Errors.overflowError("repeated bytes are too long");
      }
      throw Errors.memoryError();
    }
    if (count == 1) {
      return s.copy(0, n);
    }
    byte[] out = allocate(n * count);
    System.arraycopy(s.a, s.from, out, 0, n);
    for (int done = n; done < out.length; ) {
      int more = Math.min(done, out.length - done);
      System.arraycopy(out, 0, out, done, more);
      done += more;
    }
    return out;
  }

  static byte[] pad(Span s, long left, long right, byte fill, boolean overflow) {
    int n = s.size();
    left = Math.max(left, 0);
    right = Math.max(right, 0);
    if (left == 0 && right == 0) {
      return s.copy(0, n);
    }
    if (overflow && left + right + n > Long.MAX_VALUE - 64) {
      throw Errors.overflowError("byte string is too large");
    }
    byte[] out = allocate(left + right + n);
    Arrays.fill(out, 0, (int) left, fill);
    System.arraycopy(s.a, s.from, out, (int) left, n);
    Arrays.fill(out, (int) left + n, out.length, fill);
    return out;
  }

  static byte[] center(Span s, long width, byte fill, boolean overflow) {
    long margin = Math.max(width - s.size(), 0);
    long left = margin / 2 + (margin & width & 1);
    return pad(s, left, margin - left, fill, overflow);
  }

  static byte[] zfill(Span s, long width, boolean overflow) {
    int n = s.size();
    long more = width - n;
    if (more <= 0) {
      return s.copy(0, n);
    }
    byte[] out = pad(s, more, 0, (byte) '0', overflow);
    if (n > 0 && (s.at(0) == '+' || s.at(0) == '-')) {
      out[(int) more] = '0';
      out[0] = s.at(0);
    }
    return out;
  }

  static byte[] expandTabs(Span s, int tabSize) {
    long total = 0;
    long column = 0;
    int n = s.size();
    for (int i = 0; i < n; i++) {
      int c = s.at(i);
      if (c == '\t') {
        if (tabSize > 0) {
          long more = tabSize - column % tabSize;
          column += more;
          total += more;
        }
      } else {
        total++;
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    byte[] out = allocate(total);
    int o = 0;
    column = 0;
    for (int i = 0; i < n; i++) {
      byte c = s.at(i);
      if (c == '\t') {
        if (tabSize > 0) {
          int more = (int) (tabSize - column % tabSize);
          column += more;
          Arrays.fill(out, o, o + more, (byte) ' ');
          o += more;
        }
      } else {
        out[o++] = c;
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return out;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c >= 9 && c <= 13;
  }

  /** Strips on the left (1), the right (2) or both sides (3). */
  static byte[] strip(Span s, byte @Nullable [] set, int sides) {
    int i = 0;
    int j = s.size();
    if ((sides & 1) != 0) {
      while (i < j && stripped(s.at(i), set)) {
        i++;
      }
    }
    if ((sides & 2) != 0) {
      while (j > i && stripped(s.at(j - 1), set)) {
        j--;
      }
    }
    return s.copy(i, j);
  }

  private static boolean stripped(byte c, byte @Nullable [] set) {
    if (set == null) {
      return isSpace(c);
    }
    for (byte x : set) {
      if (x == c) {
        return true;
      }
    }
    return false;
  }

  static byte[] translate(Span s, byte @Nullable [] table, byte[] delete) {
    boolean[] gone = new boolean[256];
    for (byte d : delete) {
      gone[d & 0xff] = true;
    }
    int n = s.size();
    byte[] out = new byte[n];
    int o = 0;
    for (int i = 0; i < n; i++) {
      byte c = s.at(i);
      if (!gone[c & 0xff]) {
        out[o++] = table == null ? c : table[c & 0xff];
      }
    }
    return o == n ? out : Arrays.copyOf(out, o);
  }

  static byte @Nullable [] table(PyObject table) {
    if (table == Py.None) {
      return null;
    }
    byte[] t = PyBuffers.toBytes(table);
    if (t.length != 256) {
      throw Errors.valueError("translation table must be 256 characters long");
    }
    return t;
  }

  static PyObject makeTable(PyObject from, PyObject to) {
    byte[] f = PyBuffers.toBytes(from);
    byte[] t = PyBuffers.toBytes(to);
    if (f.length != t.length) {
      throw Errors.valueError("maketrans arguments must have same length");
    }
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (byte) i;
    }
    for (int i = 0; i < f.length; i++) {
      table[f[i] & 0xff] = t[i];
    }
    return PyBytes.of(table);
  }

  // ---- split and join

  /** What the parts of a split become. */
  interface Maker {
    PyObject make(byte[] part);
  }

  private static PyObject part(Span s, int i, int j, Maker maker) {
    return maker.make(s.copy(i, j));
  }

  static List<PyObject> split(Span s, byte @Nullable [] sep, long max, Maker maker) {
    long left = max < 0 ? Long.MAX_VALUE : max;
    List<PyObject> parts = new ArrayList<>();
    int n = s.size();
    if (sep == null) {
      int i = 0;
      while (true) {
        while (i < n && isSpace(s.at(i))) {
          i++;
        }
        if (i == n) {
          return parts;
        }
        if (left-- <= 0) {
          parts.add(part(s, i, n, maker));
          return parts;
        }
        int from = i;
        while (i < n && !isSpace(s.at(i))) {
          i++;
        }
        parts.add(part(s, from, i, maker));
      }
    }
    int at = 0;
    while (left-- > 0) {
      int i = find(s, sep, at, n);
      if (i < 0) {
        break;
      }
      parts.add(part(s, at, i, maker));
      at = i + sep.length;
    }
    parts.add(part(s, at, n, maker));
    return parts;
  }

  static List<PyObject> rsplit(Span s, byte @Nullable [] sep, long max, Maker maker) {
    long left = max < 0 ? Long.MAX_VALUE : max;
    List<PyObject> parts = new ArrayList<>();
    int end = s.size();
    if (sep == null) {
      while (true) {
        while (end > 0 && isSpace(s.at(end - 1))) {
          end--;
        }
        if (end == 0) {
          break;
        }
        if (left-- <= 0) {
          parts.add(part(s, 0, end, maker));
          break;
        }
        int to = end;
        while (end > 0 && !isSpace(s.at(end - 1))) {
          end--;
        }
        parts.add(part(s, end, to, maker));
      }
    } else {
      while (left-- > 0) {
        int i = rfind(s, sep, 0, end);
        if (i < 0) {
          break;
        }
        parts.add(part(s, i + sep.length, end, maker));
        end = i;
      }
      parts.add(part(s, 0, end, maker));
    }
    java.util.Collections.reverse(parts);
    return parts;
  }

  static List<PyObject> splitLines(Span s, boolean keepEnds, Maker maker) {
    List<PyObject> lines = new ArrayList<>();
    int n = s.size();
    int i = 0;
    while (i < n) {
      int from = i;
      while (i < n && s.at(i) != '\n' && s.at(i) != '\r') {
        i++;
      }
      int to = i;
      if (i < n) {
        i += s.at(i) == '\r' && i + 1 < n && s.at(i + 1) == '\n' ? 2 : 1;
        to = keepEnds ? i : to;
      }
      lines.add(part(s, from, to, maker));
    }
    return lines;
  }

  static byte[] join(byte[] sep, PyObject iterable) {
    PyObject[] items = PySequences.fast(iterable, "can only join an iterable");
    byte[][] parts = new byte[items.length][];
    long size = (long) sep.length * Math.max(items.length - 1, 0);
    for (int i = 0; i < items.length; i++) {
      if (!PyBuffers.isBuffer(items[i])) {
        throw Errors.typeError(
            "sequence item "
                + i
                + ": expected a bytes-like object, "
                + items[i].type().name()
                + " found");
      }
      parts[i] = PyBuffers.toBytes(items[i]);
      size += parts[i].length;
    }
    byte[] out = allocate(size);
    int o = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        System.arraycopy(sep, 0, out, o, sep.length);
        o += sep.length;
      }
      System.arraycopy(parts[i], 0, out, o, parts[i].length);
      o += parts[i].length;
    }
    return out;
  }

  // ---- case and classes

  private static boolean lower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean upper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean alpha(int c) {
    return lower(c) || upper(c);
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The ways to change case. */
  enum Case {
    LOWER,
    UPPER,
    SWAP,
    TITLE,
    CAPITALIZE
  }

  static byte[] change(Span s, Case way) {
    int n = s.size();
    byte[] out = new byte[n];
    boolean inWord = false;
    for (int i = 0; i < n; i++) {
      int c = s.at(i);
      boolean up =
          switch (way) {
            case LOWER -> false;
            case UPPER -> true;
            case SWAP -> lower(c);
            case TITLE -> !inWord;
            case CAPITALIZE -> i == 0;
          };
      inWord = alpha(c);
      out[i] = (byte) (up ? lower(c) ? c - 32 : c : upper(c) ? c + 32 : c);
    }
    return out;
  }

  /** What isalpha and its like ask of each byte. */
  enum Kind {
    ALPHA,
    ALNUM,
    DIGIT,
    SPACE
  }

  static boolean all(Span s, Kind kind) {
    for (int i = 0; i < s.size(); i++) {
      int c = s.at(i);
      boolean ok =
          switch (kind) {
            case ALPHA -> alpha(c);
            case ALNUM -> alpha(c) || digit(c);
            case DIGIT -> digit(c);
            case SPACE -> isSpace(c);
          };
      if (!ok) {
        return false;
      }
    }
    return s.size() > 0;
  }

  static boolean isAscii(Span s) {
    for (int i = 0; i < s.size(); i++) {
      if (s.at(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** islower and isupper: a letter of the case, and none of the other. */
  static boolean isCase(Span s, boolean up) {
    boolean cased = false;
    for (int i = 0; i < s.size(); i++) {
      int c = s.at(i);
      if (up ? lower(c) : upper(c)) {
        return false;
      }
      cased |= up ? upper(c) : lower(c);
    }
    return cased;
  }

  static boolean isTitle(Span s) {
    boolean cased = false;
    boolean inWord = false;
    for (int i = 0; i < s.size(); i++) {
      int c = s.at(i);
      if (upper(c)) {
        if (inWord) {
          return false;
        }
        inWord = true;
        cased = true;
      } else if (lower(c)) {
        if (!inWord) {
          return false;
        }
        cased = true;
      } else {
        inWord = false;
      }
    }
    return cased;
  }

  // ---- hexadecimal

  /** {@code b.hex(sep, bytes_per_sep)}. */
  static PyObject hex(byte[] b, int from, int to, @Nullable PyObject sep, int group) {
    int n = to - from;
    char mark = 0;
    boolean marked = sep != null && separatorMark(sep) >= 0;
    if (marked) {
      mark = (char) separatorMark(sep);
    }
    long size = Math.abs((long) group);
    marked &= group != 0 && size < n;
    long length = 2L * n + (marked ? (n - 1) / size : 0);
    byte[] out = allocate(length);
    int o = 0;
    for (int i = 0; i < n; i++) {
      if (marked && i > 0 && (group > 0 ? (n - i) % size == 0 : i % size == 0)) {
        out[o++] = (byte) mark;
      }
      int c = b[from + i];
      out[o++] = (byte) Character.forDigit(c >> 4 & 15, 16);
      out[o++] = (byte) Character.forDigit(c & 15, 16);
    }
    return PyStr.ofBmp(new String(out, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static int separatorMark(PyObject sep) {
    if (PySequences.length(sep) != 1) {
      throw Errors.valueError("sep must be length 1.");
    }
    int c;
    if (sep instanceof PyStr s) {
      c = s.codePointAt(0);
    } else if (sep instanceof PyBytes b) {
      c = b.byteAt(0) & 0xff;
    } else {
      throw Errors.typeError("sep must be str or bytes.");
    }
    if (c > 127) {
      throw Errors.valueError("sep must be ASCII.");
    }
    return c;
  }

  static byte[] fromHex(PyObject o) {
    byte[] s;
    if (o instanceof PyStr t) {
      s = new byte[t.length()];
      for (int i = 0; i < s.length; i++) {
        int c = t.codePointAt(i);
        if (c > 127) {
          throw badHex(i);
        }
        s[i] = (byte) c;
      }
    } else if (PyBuffers.isBuffer(o)) {
      s = PyBuffers.toBytes(o);
    } else {
      throw Errors.typeError(
          "fromhex() argument must be str or bytes-like, not " + o.type().name());
    }
    byte[] out = new byte[s.length / 2];
    int n = 0;
    int i = 0;
    while (i < s.length) {
      if (isSpace(s[i])) {
        i++;
        continue;
      }
      int high = hexDigit(s[i]);
      if (high < 0) {
        throw badHex(i);
      }
      if (i + 1 >= s.length) {
        throw Errors.valueError("fromhex() arg must contain an even number of hexadecimal digits");
      }
      int low = hexDigit(s[i + 1]);
      if (low < 0) {
        throw badHex(i + 1);
      }
      out[n++] = (byte) (high << 4 | low);
      i += 2;
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  private static int hexDigit(byte c) {
    return c < 0 ? -1 : Character.digit(c, 16);
  }

  private static PyException badHex(int at) {
    return Errors.valueError("non-hexadecimal number found in fromhex() arg at position " + at);
  }

  // ---- construction

  /** The arguments {@code source, encoding, errors} of bytes() and bytearray(), bound. */
  static PyObject[] bind(String name, PyObject[] args, String @Nullable [] kwnames) {
    int keywords = kwnames == null ? 0 : kwnames.length;
    int given = args.length - keywords;
    if (args.length > 3) {
      throw Errors.typeError(
          name
              + "() takes at most 3 "
              + (given == 0 ? "keyword " : "")
              + "arguments ("
              + args.length
              + " given)");
    }
    PyObject[] bound = new PyObject[3];
    System.arraycopy(args, 0, bound, 0, given);
    for (int k = 0; k < keywords; k++) {
      int i =
          switch (kwnames[k]) {
            case "source" -> 0;
            case "encoding" -> 1;
            case "errors" -> 2;
            default ->
                throw Errors.typeError(
                    name + "() got an unexpected keyword argument '" + kwnames[k] + "'");
          };
      if (bound[i] != null) {
        throw Errors.typeError(
            "argument for "
                + name
                + "() given by name ('"
                + kwnames[k]
                + "') and position ("
                + (i + 1)
                + ")");
      }
      bound[i] = args[given + k];
    }
    for (int i = 1; i < 3; i++) {
      if (bound[i] != null && !(bound[i] instanceof PyStr)) {
        throw Errors.typeError(
            name
                + "() argument '"
                + (i == 1 ? "encoding" : "errors")
                + "' must be str, not "
                + (bound[i] == Py.None ? "None" : bound[i].type().name()));
      }
    }
    return bound;
  }

  /** The bytes of a str argument with its encoding; null when the source is no such thing. */
  static byte @Nullable [] fromText(PyObject[] bound) {
    PyObject source = bound[0];
    if (source == null) {
      if (bound[1] != null || bound[2] != null) {
        throw Errors.typeError(
            (bound[1] != null ? "encoding" : "errors") + " without a string argument");
      }
      return new byte[0];
    }
    if (bound[1] != null) {
      if (!(source instanceof PyStr s)) {
        throw Errors.typeError("encoding without a string argument");
      }
      return org.plait.runtime.protocol.PyCodecs.encode(
              s, bound[1].toString(), bound[2] == null ? null : bound[2].toString())
          .array();
    }
    if (bound[2] != null) {
      throw Errors.typeError(
          source instanceof PyStr
              ? "string argument without an encoding"
              : "errors without a string argument");
    }
    return null;
  }

  /** The bytes for a size, a buffer or an iterable of ints. */
  static byte[] fromObject(PyObject o, String typeName) {
    if (o instanceof PyStr) {
      throw Errors.typeError("string argument without an encoding");
    }
    if (PyNumbers.isIndex(o)) {
      long n;
      try {
        n = PyNumbers.asLong(o, Exceptions.OverflowError);
      } catch (PyException e) {
        if (!e.matches(Exceptions.TypeError)) {
          throw e;
        }
        return fromIterable(o, typeName);
      }
      if (n < 0) {
        throw Errors.valueError("negative count");
      }
      return allocate(n);
    }
    if (PyBuffers.isBuffer(o)) {
      byte[] b = PyBuffers.toBytes(o);
      return o instanceof PyBytes ? b.clone() : b;
    }
    return fromIterable(o, typeName);
  }

  private static byte[] fromIterable(PyObject o, String typeName) {
    if (o.type().special(Special.ITER) == null && !PySequences.isSequence(o)) {
      throw Errors.typeError("cannot convert '" + o.type().name() + "' object to " + typeName);
    }
    return collect(o, typeName.equals("bytes") ? "bytes" : "byte");
  }

  /** The values of an iterable of ints. */
  static byte[] collect(PyObject iterable, String noun) {
    PyObject it = PyIters.getIter(iterable);
    byte[] out = new byte[(int) Math.clamp(PyIters.lengthHint(iterable, 64), 16, 1 << 20)];
    int n = 0;
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      PyInt i = PyNumbers.index(v);
      if (!i.isLong() || i.longValue() < 0 || i.longValue() > 255) {
        throw Errors.valueError(noun + " must be in range(0, 256)");
      }
      if (n == out.length) {
        if (n == MAX) {
          throw Errors.memoryError();
        }
        try {
          out = Arrays.copyOf(out, (int) Math.min(MAX, n * 2L));
        } catch (OutOfMemoryError e) {
          throw Errors.memoryError();
        }
      }
      out[n++] = (byte) i.longValue();
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  // ---- subscripts

  static byte[] slice(Span s, PySlice.Range r) {
    int n = (int) r.count();
    if (r.step() == 1) {
      int i = (int) r.start();
      return n == 0 ? new byte[0] : s.copy(i, i + n);
    }
    byte[] out = new byte[n];
    for (int k = 0; k < n; k++) {
      out[k] = s.at((int) (r.start() + k * r.step()));
    }
    return out;
  }

  /** Compares as unsigned bytes. */
  static int compare(Span a, byte[] b) {
    return Arrays.compareUnsigned(a.a, a.from, a.to, b, 0, b.length);
  }

  static boolean equal(Span a, byte[] b) {
    return Arrays.equals(a.a, a.from, a.to, b, 0, b.length);
  }

  /** {@code format % args}. */
  static byte[] percent(byte[] format, PyObject args) {
    try {
      return org.plait.runtime.text.PercentFormat.format(
          format, new PercentArgs(args, true), PercentArgs.maxDigits());
    } catch (org.plait.runtime.text.TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  /** Warns as {@code -b} asks when bytes are compared with something they never equal. */
  static void warnCompare(PyObject other, String type, PyObjects.CompareOp op) {
    if (op != PyObjects.CompareOp.EQ && op != PyObjects.CompareOp.NE) {
      return;
    }
    boolean text = other instanceof PyStr;
    boolean number = other instanceof PyInt && type.equals("bytes");
    if ((text || number) && org.plait.runtime.protocol.Warnings.bytesWarning()) {
      org.plait.runtime.protocol.Warnings.warn(
          Exceptions.BytesWarning,
          "Comparison between " + type + " and " + (text ? "string" : "int"),
          1);
    }
  }

  static void warnStr(String type) {
    if (org.plait.runtime.protocol.Warnings.bytesWarning()) {
      org.plait.runtime.protocol.Warnings.warn(
          Exceptions.BytesWarning, "str() on a " + type + " instance", 1);
    }
  }
}
