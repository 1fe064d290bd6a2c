package org.plait.runtime.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.MicroLock;

/**
 * {@code _io.StringIO}. Guarded by {@link #lock}; no Python code runs under it.
 *
 * <p>Invariant: the text is in {@link #chars} while none of it is a surrogate or beyond U+FFFF, so
 * that chars are code points; else {@code chars} is null and it is {@code points[0..size-1]}.
 */
@PyTypeDef(
    name = "StringIO",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(initial_value='', newline='\\n')",
    doc =
        "A text file in memory.\n\n"
            + "It begins with initial_value; newline is that of TextIOWrapper.")
public class PyStringIO extends PyTextIOBase implements QuietMethods.Sink {
  public static final PyType TYPE = PyType.builtin(PyStringIOTable.INSTANCE);

  private final IoLock lock = new IoLock();
  private @Nullable StringBuilder chars = new StringBuilder();
  private int[] points = {};
  private int size;
  private long pos;
  private volatile boolean initialized;
  private volatile boolean closed;
  private LineEnds ends = LineEnds.LF;
  private @Nullable String newline = "\n";
  private @Nullable NewlineTranslator translator;

  /** What LF is written as, or null. */
  private @Nullable String writeNewline;

  protected PyStringIO(PyType type) {
    super(type);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyStringIO(cls);
  }

  @PyMethod(name = "__init__", sig = "(initial_value='', newline='\\n')")
  void init(PyObject initial_value, PyObject newline) {
    if (newline != Py.None && !(newline instanceof PyStr)) {
      throw Errors.typeError("newline must be str or None, not " + newline.type().name());
    }
    String nl = newline == Py.None ? null : newline.toString();
    if (nl != null && !isNewline(nl)) {
      throw Errors.valueError("illegal newline value: " + PyObjects.repr(newline));
    }
    if (initial_value != Py.None && !(initial_value instanceof PyStr)) {
      throw Errors.typeError(
          "initial_value must be str or None, not " + initial_value.type().name());
    }
    lock.enter(this);
    try {
      clear();
      this.newline = nl;
      ends = LineEnds.of(nl);
      translator = nl == null || nl.isEmpty() ? new NewlineTranslator(nl == null) : null;
      writeNewline = nl != null && nl.startsWith("\r") ? nl : null;
      initialized = true;
      closed = false;
      if (initial_value instanceof PyStr s) {
        put(s);
        pos = 0;
      }
    } finally {
      lock.leave();
    }
  }

  static boolean isNewline(String s) {
    return s.isEmpty() || s.equals("\n") || s.equals("\r") || s.equals("\r\n");
  }

  private void clear() {
    chars = new StringBuilder();
    points = new int[0];
    size = 0;
    pos = 0;
  }

  private void check() {
    if (!initialized) {
      throw Errors.valueError("I/O operation on uninitialized object");
    }
    if (closed) {
      throw IoErrors.closed();
    }
  }

  // ---- the text

  private static boolean fitsChars(PyStr s) {
    if (!s.isSimple()) {
      return false;
    }
    String t = s.toString();
    for (int i = 0; i < t.length(); i++) {
      if (Character.isSurrogate(t.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void put(PyStr text) {
    PyStr s = text;
    NewlineTranslator t = translator;
    if (t != null) {
      s = t.translate(s, true);
    }
    if (writeNewline != null) {
      s = replaceNewlines(s, writeNewline);
    }
    int n = s.length();
    if (n == 0) {
      return;
    }
    if (pos > Integer.MAX_VALUE - 8 - n) {
      throw Errors.overflowError("new position too large");
    }
    StringBuilder c = chars;
    if (c != null && fitsChars(s)) {
      while (c.length() < pos) {
        c.append('\0');
      }
      int p = (int) pos;
      if (p == c.length()) {
        c.append(s.toString());
      } else {
        c.replace(p, Math.min(p + n, c.length()), s.toString());
      }
      size = c.length();
    } else {
      widen();
      int end = (int) pos + n;
      if (end > points.length) {
        points = Arrays.copyOf(points, Math.max(end, points.length + (points.length >> 1)));
      }
      if (pos > size) {
        Arrays.fill(points, size, (int) pos, 0);
      }
      for (int i = 0; i < n; i++) {
        points[(int) pos + i] = s.codePointAt(i);
      }
      size = Math.max(size, end);
    }
    pos += n;
  }

  private void widen() {
    StringBuilder c = chars;
    if (c != null) {
      points = c.chars().toArray();
      chars = null;
    }
  }

  /** LF replaced by another line end. */
  static PyStr replaceNewlines(PyStr s, String by) {
    String t = s.toString();
    if (t.indexOf('\n') < 0) {
      return s;
    }
    if (s.isSimple()) {
      return PyStr.ofBmp(t.replace("\n", by));
    }
    int[] from = s.toCodePoints();
    int[] to = new int[from.length * 2];
    int k = 0;
    for (int c : from) {
      if (c == '\n') {
        for (int i = 0; i < by.length(); i++) {
          to[k++] = by.charAt(i);
        }
      } else {
        to[k++] = c;
      }
    }
    return PyStr.ofCodePoints(to, 0, k);
  }

  private PyStr text(int from, int to) {
    StringBuilder c = chars;
    return c != null
        ? PyStr.ofBmp(c.substring(from, to))
        : PyStr.ofCodePoints(Arrays.copyOfRange(points, from, to), 0, to - from);
  }

  // ---- methods

  @PyMethod(sig = "()", doc = "Retrieve the entire contents of the object.")
  PyObject getvalue() {
    lock.enter(this);
    try {
      check();
      return text(0, size);
    } finally {
      lock.leave();
    }
  }

  @PyMethod(sig = "()", doc = "Tell the current file position.")
  long tell() {
    check();
    return pos;
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc = "Up to size characters, or all that are left without a size. No text at the " + "end.")
  PyObject read(PyObject size) {
    long n = IoErrors.size(size);
    lock.enter(this);
    try {
      check();
      long left = Math.max(this.size - pos, 0);
      int k = (int) (n < 0 || n > left ? left : n);
      if (k == 0) {
        return PyStr.EMPTY;
      }
      PyStr s = text((int) pos, (int) pos + k);
      pos += k;
      return s;
    } finally {
      lock.leave();
    }
  }

  private PyStr line(long most) {
    if (pos >= size || most == 0) {
      return PyStr.EMPTY;
    }
    int from = (int) pos;
    int end = -1;
    StringBuilder c = chars;
    if (c != null && !ends.universal()) {
      int at = c.indexOf(ends.end(), from);
      end = at < 0 ? size : at + ends.end().length();
    } else {
      for (int i = from; i < size && end < 0; i++) {
        end = endAt(i);
      }
      end = end < 0 ? size : end;
    }
    if (most >= 0 && end - from > most) {
      end = from + (int) most;
    }
    pos = end;
    return text(from, end);
  }

  private int at(int i) {
    StringBuilder c = chars;
    return c != null ? c.charAt(i) : points[i];
  }

  /** The index behind a line end at {@code i}, or -1. */
  private int endAt(int i) {
    int c = at(i);
    boolean next = i + 1 < size;
    if (ends.universal()) {
      if (c == '\n') {
        return i + 1;
      }
      return c != '\r' ? -1 : next && at(i + 1) == '\n' ? i + 2 : i + 1;
    }
    String e = ends.end();
    if (c != e.charAt(0)) {
      return -1;
    }
    return e.length() == 1 ? i + 1 : next && at(i + 1) == e.charAt(1) ? i + 2 : -1;
  }

  @PyMethod(sig = "(size=-1, /)", doc = "The next line, or no text at the end.")
  PyObject readline(PyObject size) {
    long n = IoErrors.size(size);
    lock.enter(this);
    try {
      check();
      return line(n);
    } finally {
      lock.leave();
    }
  }

  @PyMethod(name = "__next__")
  @Nullable PyObject next() {
    check();
    if (isPlain("readline")) {
      lock.enter(this);
      try {
        check();
        PyStr s = line(-1);
        return s.isEmpty() ? null : s;
      } finally {
        lock.leave();
      }
    }
    PyObject line = callSelf("readline");
    if (!(line instanceof PyStr s)) {
      throw Errors.of(
          Exceptions.OSError,
          "readline() should have returned a str object, not '" + line.type().name() + "'");
    }
    return s.isEmpty() ? null : s;
  }

  @PyMethod(
      sig = "(pos=None, /)",
      doc =
          "Cuts the contents at a size, by default at the position, which stays. "
              + "Returns\n"
              + "the size.")
  long truncate(PyObject pos) {
    check();
    long n = pos == Py.None ? this.pos : IoErrors.size(pos);
    if (pos != Py.None && n < 0) {
      throw Errors.valueError("Negative size value " + n);
    }
    lock.enter(this);
    try {
      check();
      if (n < size) {
        size = (int) n;
        StringBuilder c = chars;
        if (c != null) {
          c.setLength(size);
        }
      }
      return n;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(
      sig = "(pos, whence=0, /)",
      doc =
          "Moves the position and returns it.\n\n"
              + "The offset counts from the start (whence 0); for the position (1) and the "
              + "end (2) it\n"
              + "must be 0.")
  long seek(long pos, int whence) {
    lock.enter(this);
    try {
      check();
      if (whence < 0 || whence > 2) {
        throw Errors.valueError("Invalid whence (" + whence + ", should be 0, 1 or 2)");
      }
      if (pos < 0 && whence == 0) {
        throw Errors.valueError("Negative seek position " + pos);
      }
      if (whence != 0 && pos != 0) {
        throw Errors.of(Exceptions.OSError, "Can't do nonzero cur-relative seeks");
      }
      this.pos = whence == 0 ? pos : whence == 1 ? this.pos : size;
      return this.pos;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(sig = "(s, /)", doc = "Writes text and returns its length.")
  long write(PyObject s) {
    if (!initialized) {
      check();
    }
    if (!(s instanceof PyStr text)) {
      throw Errors.typeError("string argument expected, got '" + s.type().name() + "'");
    }
    if (MicroLock.isAlone()) {
      check();
      put(text);
      return text.length();
    }
    lock.enter(this);
    try {
      check();
      put(text);
    } finally {
      lock.leave();
    }
    return text.length();
  }

  @Override
  public @Nullable PyObject writeQuietly(PyObject s) {
    if (!initialized || s.getClass() != PyStr.class || !lock.tryEnter()) {
      return null;
    }
    try {
      if (closed) {
        return null;
      }
      put((PyStr) s);
    } finally {
      lock.leave();
    }
    return Py.int_(((PyStr) s).length());
  }

  @PyMethod(sig = "()", doc = "Closes the file and drops its contents. A second time does nothing.")
  void close() {
    closed = true;
    lock.enter(this);
    try {
      clear();
    } finally {
      lock.leave();
    }
    baseClose(this);
  }

  @PyMethod(sig = "()", doc = "True, until it is closed.")
  boolean readable() {
    check();
    return true;
  }

  @PyMethod(sig = "()", doc = "True, until it is closed.")
  boolean writable() {
    check();
    return true;
  }

  @PyMethod(sig = "()", doc = "True, until it is closed.")
  boolean seekable() {
    check();
    return true;
  }

  @PyGetter("closed")
  boolean getClosed() {
    if (!initialized) {
      check();
    }
    return closed;
  }

  @PyGetter("line_buffering")
  boolean getLineBuffering() {
    check();
    return false;
  }

  @PyGetter("newlines")
  PyObject getNewlines() {
    check();
    NewlineTranslator t = translator;
    return t == null ? Py.None : t.newlines();
  }

  // ---- pickling

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    PyObject value = getvalue();
    PyDict d = dictIfPresent();
    PyObject dict = d != null || countSlotAttrs() > 0 ? dict().copy() : Py.None;
    return Py.tuple(value, Py.strOrNone(newline), Py.int_(pos), dict);
  }

  @PyMethod(name = "__setstate__", sig = "(state, /)")
  void setstate(PyObject state) {
    if (closed) {
      throw IoErrors.closed();
    }
    if (!(state instanceof PyTuple t) || t.size() < 4) {
      throw Errors.typeError(
          PyFileIO.typeName(type())
              + ".__setstate__ argument should be 4-tuple, got "
              + state.type().name());
    }
    init(Py.EmptyStr, t.get(1));
    PyObject value = t.get(0);
    if (value != Py.None && !(value instanceof PyStr)) {
      throw Errors.typeError("first item of state must be str or None, not " + value.type().name());
    }
    if (!(t.get(2) instanceof PyInt)) {
      throw Errors.typeError(
          "third item of state must be an integer, got " + t.get(2).type().name());
    }
    long p = PyNumbers.asLong(t.get(2), Exceptions.OverflowError);
    if (p < 0) {
      throw Errors.valueError("position value cannot be negative");
    }
    PyObject dict = t.get(3);
    if (dict != Py.None && !(dict instanceof PyDict)) {
      throw Errors.typeError("fourth item of state should be a dict, got a " + dict.type().name());
    }
    lock.enter(this);
    try {
      // The value has been translated already.
      NewlineTranslator tr = translator;
      String w = writeNewline;
      translator = null;
      writeNewline = null;
      clear();
      if (value instanceof PyStr s) {
        put(s);
      }
      translator = tr;
      writeNewline = w;
      pos = p;
    } finally {
      lock.leave();
    }
    if (dict instanceof PyDict d) {
      dict().putAll(d);
    }
  }
}
