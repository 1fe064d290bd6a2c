package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyStaticMethod;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;

/**
 * The methods that {@code bytes} and {@code bytearray} have in common: each looks at the bytes as
 * they are when it has evaluated its arguments, and makes its result with {@link #make}.
 */
abstract class ByteString extends PyObject implements BufferExporter {

  /** The bytes as they are now. */
  abstract ByteOps.Span span();

  /** The bytes as they are now, for who looks at them twice: no other thread changes them. */
  abstract ByteOps.Span still();

  public abstract int size();

  /** An object of this kind for a result, which may be this object's own array. */
  abstract PyObject make(byte[] result);

  /** A separator in the result of partition, given as it was and as bytes. */
  abstract PyObject asResult(PyObject separator, byte[] bytes);

  /** Whether too long a result is an OverflowError; otherwise it is a MemoryError. */
  abstract boolean overflows();

  /** What is looked for: bytes, or a number for one of them. May run code of the argument. */
  byte[] needle(PyObject sub) {
    return ByteOps.needle(sub);
  }

  /** As {@link #needle}, for {@code in}. */
  byte[] member(PyObject key) {
    return ByteOps.member(key);
  }

  /** What to split at; null for white space. */
  byte @Nullable [] separator(PyObject sep) {
    return ByteOps.separator(sep);
  }

  // ---- search

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "find($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or -1.")
  int find(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.find(s, part, i, Math.min(j, s.size()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rfind($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or -1.")
  int rfind(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.rfind(s, part, i, Math.min(j, s.size()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "index($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or ValueError.")
  int index(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(find(sub, start, end));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rindex($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or ValueError.")
  int rindex(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(rfind(sub, start, end));
  }

  static int found(int at) {
    if (at < 0) {
      throw Errors.valueError("subsection not found");
    }
    return at;
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "count($self, sub[, start[, end]], /)\n--\n\n"
              + "How often sub stands between start and end, without overlaps.")
  int count(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.count(s, part, i, Math.min(j, s.size()), Integer.MAX_VALUE);
  }

  @PyMethod(name = "__contains__")
  boolean containsItem(PyObject key) {
    byte[] part = member(key);
    ByteOps.Span s = span();
    return ByteOps.find(s, part, 0, s.size()) >= 0;
  }

  @PyMethod(
      sig = "!(prefix, start=None, end=None, /)",
      doc =
          "startswith($self, prefix[, start[, end]], /)\n--\n\n"
              + "Whether prefix, or one of a tuple of them, stands at start.")
  boolean startswith(PyObject prefix, @Nullable PyObject start, @Nullable PyObject end) {
    return ByteOps.startsOrEnds(this::span, prefix, start, end, false);
  }

  @PyMethod(
      sig = "!(suffix, start=None, end=None, /)",
      doc =
          "endswith($self, suffix[, start[, end]], /)\n--\n\n"
              + "Whether suffix, or one of a tuple of them, stands before end.")
  boolean endswith(PyObject suffix, @Nullable PyObject start, @Nullable PyObject end) {
    return ByteOps.startsOrEnds(this::span, suffix, start, end, true);
  }

  // ---- change

  @PyMethod(sig = "(old, new, count=-1, /)")
  PyObject replace(PyObject old, PyObject fresh, long count) {
    byte[] from = PyBuffers.toBytes(old);
    byte[] to = PyBuffers.toBytes(fresh);
    return make(ByteOps.replace(still(), from, to, count));
  }

  @PyMethod(sig = "(prefix, /)")
  PyObject removeprefix(PyObject prefix) {
    byte[] part = PyBuffers.toBytes(prefix);
    ByteOps.Span s = span();
    boolean has = ByteOps.tailMatch(s, part, 0, s.size(), false);
    return make(s.copy(has ? part.length : 0, s.size()));
  }

  @PyMethod(sig = "(suffix, /)")
  PyObject removesuffix(PyObject suffix) {
    byte[] part = PyBuffers.toBytes(suffix);
    ByteOps.Span s = span();
    boolean has = ByteOps.tailMatch(s, part, 0, s.size(), true);
    return make(s.copy(0, s.size() - (has ? part.length : 0)));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject strip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 3));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject lstrip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 1));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject rstrip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 2));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "center($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding on both sides, up to the width.")
  PyObject center(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "center");
    return make(ByteOps.center(span(), width, fill, overflows()));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "ljust($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding behind them, up to the width.")
  PyObject ljust(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "ljust");
    ByteOps.Span s = span();
    return make(ByteOps.pad(s, 0, width < s.size() ? 0 : width - s.size(), fill, overflows()));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "rjust($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding before them, up to the width.")
  PyObject rjust(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "rjust");
    ByteOps.Span s = span();
    return make(ByteOps.pad(s, width < s.size() ? 0 : width - s.size(), 0, fill, overflows()));
  }

  @PyMethod(sig = "(width, /)")
  PyObject zfill(long width) {
    return make(ByteOps.zfill(span(), width, overflows()));
  }

  @PyMethod(sig = "(tabsize=8)")
  PyObject expandtabs(int tabsize) {
    return make(ByteOps.expandTabs(still(), tabsize));
  }

  @PyMethod(
      sig = "!(table, /, delete=NULL)",
      doc =
          "translate($self, table, /, delete=b'')\n--\n\n"
              + "Each byte replaced by that in the table; those in delete are left out.")
  PyObject translate(PyObject table, @Nullable PyObject delete) {
    byte[] t = ByteOps.table(table);
    byte[] d = delete == null ? new byte[0] : PyBuffers.toBytes(delete);
    return make(ByteOps.translate(span(), t, d));
  }

  @PyStaticMethod(sig = "(frm, to, /)")
  static PyObject maketrans(PyObject frm, PyObject to) {
    return ByteOps.makeTable(frm, to);
  }

  // ---- split and join

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject split(PyObject sep, long maxsplit) {
    byte[] s = separator(sep);
    return Py.list(ByteOps.split(span(), s, maxsplit, this::make));
  }

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject rsplit(PyObject sep, long maxsplit) {
    byte[] s = separator(sep);
    return Py.list(ByteOps.rsplit(span(), s, maxsplit, this::make));
  }

  @PyMethod(sig = "(keepends=False)")
  PyObject splitlines(boolean keepends) {
    return Py.list(ByteOps.splitLines(span(), keepends, this::make));
  }

  @PyMethod(sig = "(sep, /)")
  PyObject partition(PyObject sep) {
    byte[] b = ByteOps.nonEmpty(PyBuffers.toBytes(sep));
    ByteOps.Span s = span();
    int i = ByteOps.find(s, b, 0, s.size());
    return i < 0
        ? Py.tuple(make(s.copy(0, s.size())), make(new byte[0]), make(new byte[0]))
        : Py.tuple(make(s.copy(0, i)), asResult(sep, b), make(s.copy(i + b.length, s.size())));
  }

  @PyMethod(sig = "(sep, /)")
  PyObject rpartition(PyObject sep) {
    byte[] b = ByteOps.nonEmpty(PyBuffers.toBytes(sep));
    ByteOps.Span s = span();
    int i = ByteOps.rfind(s, b, 0, s.size());
    return i < 0
        ? Py.tuple(make(new byte[0]), make(new byte[0]), make(s.copy(0, s.size())))
        : Py.tuple(make(s.copy(0, i)), asResult(sep, b), make(s.copy(i + b.length, s.size())));
  }

  // ---- case and classes

  @PyMethod(sig = "()")
  PyObject capitalize() {
    return make(ByteOps.change(span(), ByteOps.Case.CAPITALIZE));
  }

  @PyMethod(sig = "()")
  PyObject title() {
    return make(ByteOps.change(span(), ByteOps.Case.TITLE));
  }

  @PyMethod(sig = "()")
  PyObject lower() {
    return make(ByteOps.change(span(), ByteOps.Case.LOWER));
  }

  @PyMethod(sig = "()")
  PyObject upper() {
    return make(ByteOps.change(span(), ByteOps.Case.UPPER));
  }

  @PyMethod(sig = "()")
  PyObject swapcase() {
    return make(ByteOps.change(span(), ByteOps.Case.SWAP));
  }

  @PyMethod(sig = "()")
  boolean isalnum() {
    return ByteOps.all(span(), ByteOps.Kind.ALNUM);
  }

  @PyMethod(sig = "()")
  boolean isalpha() {
    return ByteOps.all(span(), ByteOps.Kind.ALPHA);
  }

  @PyMethod(sig = "()")
  boolean isdigit() {
    return ByteOps.all(span(), ByteOps.Kind.DIGIT);
  }

  @PyMethod(sig = "()")
  boolean isspace() {
    return ByteOps.all(span(), ByteOps.Kind.SPACE);
  }

  @PyMethod(sig = "()")
  boolean isascii() {
    return ByteOps.isAscii(span());
  }

  @PyMethod(sig = "()")
  boolean islower() {
    return ByteOps.isCase(span(), false);
  }

  @PyMethod(sig = "()")
  boolean isupper() {
    return ByteOps.isCase(span(), true);
  }

  @PyMethod(sig = "()")
  boolean istitle() {
    return ByteOps.isTitle(span());
  }
}
