package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyStaticMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.FormatSpec;
import org.plait.runtime.text.PercentFormat;
import org.plait.runtime.text.TextException;
import org.plait.runtime.text.TextRepr;
import org.plait.runtime.text.UnicodeInfo;

/**
 * {@code str}: immutable text of code points, lone surrogates included.
 *
 * <p>Invariant: {@link #points} is null exactly when each char of {@link #text} is one code point,
 * so that indices agree. Otherwise it holds the code points and {@code text} their UTF-16 form,
 * which may be ambiguous (two lone surrogates against one astral character); equality and hash then
 * go by the code points. Both parts may be shared; {@link #hash} is a benign race. The text of a
 * long str that {@code +=} has made is put together when it is first needed.
 */
@PyTypeDef(
    name = "str",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF},
    sig = "none",
    doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new"
            + " string from an object, or decode bytes by an encoding\n(default 'utf-8') with an"
            + " error handler (default 'strict').")
public class PyStr extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyStrTable.INSTANCE);
  public static final PyStr EMPTY = new PyStr("", null);

  private static final VarHandle GROWING;

  static {
    try {
      GROWING =
          MethodHandles.lookup().findVarHandle(PyStr.class, "growing", GrowingText.Part.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final PyStr[] LATIN1 = new PyStr[256];

  static {
    for (int i = 0; i < LATIN1.length; i++) {
      LATIN1[i] = new PyStr(String.valueOf((char) i), null);
    }
  }

  /** Strings interned by {@code sys.intern} and by code objects. */
  private static final ConcurrentHashMap<String, PyStr> INTERNED = new ConcurrentHashMap<>(4096);

  /** Null while the text is only in {@link #growing}. */
  private @Nullable String text;

  final int @Nullable [] points;

  /** What the hash is made of, 0 when not yet known. */
  private int hash;

  /** The text until it is asked for; see {@link #text}. */
  private GrowingText.@Nullable Part growing;

  protected PyStr(String text, int @Nullable [] points) {
    this.text = text;
    this.points = points;
  }

  private PyStr(GrowingText.Part growing) {
    this.growing = growing;
    this.points = null;
  }

  /** The UTF-16 form. */
  final String text() {
    String t = text;
    return t != null ? t : textOfGrowing();
  }

  /**
   * Threads may do this at once: each makes the same text, and it is there before the part goes.
   */
  private String textOfGrowing() {
    GrowingText.Part part = (GrowingText.Part) GROWING.getAcquire(this);
    if (part == null) {
      return text;
    }
    String t = part.toString();
    text = t;
    GROWING.setRelease(this, (GrowingText.Part) null);
    return t;
  }

  /** The str with the code points of a Java string: surrogate pairs are one code point. */
  public static PyStr of(String s) {
    int n = s.length();
    if (n == 0) {
      return EMPTY;
    }
    if (n == 1) {
      char c = s.charAt(0);
      return c < 256 ? LATIN1[c] : new PyStr(s, null);
    }
    return new PyStr(s, hasPairs(s) ? s.codePoints().toArray() : null);
  }

  /** Whether a text has surrogate pairs; costs nothing where all chars are Latin-1. */
  static boolean hasPairs(String s) {
    return s.codePointCount(0, s.length()) != s.length();
  }

  /** The str of one code point. */
  public static PyStr ofCodePoint(int c) {
    if (c < 256) {
      return LATIN1[c];
    }
    return c < 0x10000
        ? new PyStr(String.valueOf((char) c), null)
        : new PyStr(Character.toString(c), new int[] {c});
  }

  /** The str of code points {@code from..to-1}; surrogates stay what they are. */
  public static PyStr ofCodePoints(int[] cps, int from, int to) {
    int n = to - from;
    if (n == 0) {
      return EMPTY;
    }
    if (n == 1) {
      return ofCodePoint(cps[from]);
    }
    boolean simple = true;
    for (int i = from; i < to && simple; i++) {
      simple =
          cps[i] < 0x10000
              && !(i + 1 < to
                  && cps[i] >>> 10 == 0xD800 >>> 10
                  && cps[i + 1] >>> 10 == 0xDC00 >>> 10);
    }
    String s = new String(cps, from, n);
    return new PyStr(s, simple ? null : java.util.Arrays.copyOfRange(cps, from, to));
  }

  /** A string known to have no surrogate pair: no scan. */
  public static PyStr ofBmp(String s) {
    return s.length() <= 1 ? of(s) : new PyStr(s, null);
  }

  /** Each char is a code point, also where two lone surrogates look like a pair. */
  public static PyStr ofChars(String s) {
    return hasPairs(s) ? new PyStr(s, s.chars().toArray()) : ofBmp(s);
  }

  /** The interned str for a name. */
  public static PyStr intern(String s) {
    PyStr known = INTERNED.get(s);
    if (known != null) {
      return known;
    }
    PyStr made = of(s.intern());
    known = INTERNED.putIfAbsent(made.text(), made);
    return known == null ? made : known;
  }

  /** Equivalent of CPython's {@code PyUnicode_InternInPlace}: {@code s} itself where it is new. */
  public static PyStr intern(PyStr s) {
    String t = s.text();
    PyStr known = INTERNED.get(t);
    if (known == null) {
      if (t.length() <= 1) {
        return intern(t);
      }
      t = t.intern();
      s.text = t;
      known = INTERNED.putIfAbsent(t, s);
    }
    // Two lone surrogates have the text of the pair.
    return known == null || known.length() != s.length() ? s : known;
  }

  /** Whether {@link #intern} has given this very object. */
  public final boolean isInterned() {
    return length() <= 1 || INTERNED.get(text()) == this;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The UTF-16 form. */
  @Override
  public final String toString() {
    return text();
  }

  /** Length in code points. */
  public final int length() {
    if (points != null) {
      return points.length;
    }
    String t = text;
    if (t != null) {
      return t.length();
    }
    GrowingText.Part part = (GrowingText.Part) GROWING.getAcquire(this);
    return part != null ? part.length() : text().length();
  }

  public final boolean isEmpty() {
    return length() == 0;
  }

  /** The code point at an index in 0..length-1. */
  public final int codePointAt(int i) {
    return points == null ? text().charAt(i) : points[i];
  }

  /** Whether char indices are code point indices. */
  public final boolean isSimple() {
    return points == null;
  }

  /** The code points in a new array. */
  public final int[] toCodePoints() {
    return points == null ? text().chars().toArray() : points.clone();
  }

  /** Code points {@code from..to-1}. */
  public final PyStr substring(int from, int to) {
    if (points != null) {
      return ofCodePoints(points, from, to);
    }
    return from == 0 && to == text().length() && getClass() == PyStr.class
        ? this
        : ofBmp(text().substring(from, to));
  }

  /** The two joined. */
  public final PyStr concat(PyStr other) {
    if (points == null && other.points == null) {
      String both = text().concat(other.text());
      if (!hasPairs(both)) {
        return ofBmp(both);
      }
    }
    int[] a = toCodePoints();
    int[] b = other.toCodePoints();
    int[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return ofCodePoints(all, 0, all.length);
  }

  /**
   * The two joined, where the result is likely to be joined with more: what {@code +=} does. See
   * {@link GrowingText}.
   */
  public final PyObject appended(PyStr other) {
    if (length() < GrowingText.MIN_LENGTH
        || other.isEmpty()
        || points != null
        || other.points != null) {
      return concatItem(other);
    }
    GrowingText.Part part = text == null ? (GrowingText.Part) GROWING.getAcquire(this) : null;
    part = part != null ? part.append(other.text()) : GrowingText.of(text(), other.text());
    return part != null ? new PyStr(part) : concatItem(other);
  }

  public final boolean equalTo(PyStr other) {
    if (points == null && other.points == null) {
      return text().equals(other.text());
    }
    return points != null && other.points != null && java.util.Arrays.equals(points, other.points);
  }

  public final boolean equalTo(String s) {
    return points == null ? text().equals(s) : equalTo(of(s));
  }

  /** The hash, salted per process; that of an empty text is 0. */
  public final long hash() {
    int h = hash;
    if (h == 0) {
      h = HashSecret.seedOfString(text());
      hash = h;
    }
    return HashSecret.ofSeed(h);
  }

  /** Equality, quick for characters. */
  public final boolean sameAs(PyStr other) {
    if (this == other) {
      return true;
    }
    if (points != null || other.points != null) {
      return equalTo(other);
    }
    String a = text();
    String b = other.text();
    int n = a.length();
    return n == b.length() && (n == 1 ? a.charAt(0) == b.charAt(0) : a.equals(b));
  }

  /** The only character of a str of one, if it is below 256; otherwise -1. */
  private int onlyLatin1() {
    String s = points == null ? text() : "";
    char c = s.length() == 1 ? s.charAt(0) : 256;
    return c < 256 ? c : -1;
  }

  /** Whether it is a valid name (keywords included). */
  public final boolean isIdentifier() {
    return UnicodeInfo.isIdentifier(source());
  }

  /** This text for the algorithms of {@code runtime.text}. */
  public final CodePointSource source() {
    return points == null ? CodePointSource.ofBmp(text()) : CodePointSource.of(points);
  }

  /** The str of a text of {@code runtime.text}. */
  public static PyStr of(CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null) {
      return ofBmp(bmp);
    }
    int[] cps = s.codePoints();
    return ofCodePoints(cps, 0, cps.length);
  }

  /** ASCII form with backslash escapes for the rest, as {@code ascii()} needs. */
  public final PyStr escapeNonAscii() {
    boolean ascii = true;
    for (int i = 0; i < text().length() && ascii; i++) {
      ascii = text().charAt(i) < 128;
    }
    if (ascii) {
      return this;
    }
    StringBuilder b = new StringBuilder(text().length() + 16);
    for (int i = 0; i < length(); i++) {
      int c = codePointAt(i);
      if (c < 128) {
        b.append((char) c);
      } else if (c < 256) {
        hex(b.append("\\x"), c, 2);
      } else if (c < 0x10000) {
        hex(b.append("\\u"), c, 4);
      } else {
        hex(b.append("\\U"), c, 8);
      }
    }
    return of(b.toString());
  }

  private static void hex(StringBuilder b, int c, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      b.append(Character.forDigit(c >>> shift & 15, 16));
    }
  }

  // ---- Python: construction

  /** A str of a class that is str or derives from it. */
  public static PyStr make(PyType cls, PyStr s) {
    return cls == TYPE ? StrOps.exact(s) : new PyStrDerived(cls, s.text(), s.points);
  }

  @PyNew(sig = "!(object=NULL, encoding=NULL, errors=NULL)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] bound = bindNew(args, kwnames);
    PyObject object = bound[0];
    String encoding = text(bound[1], "encoding");
    String errors = text(bound[2], "errors");
    PyStr s;
    if (object == null) {
      s = EMPTY;
    } else if (bound[1] == null && bound[2] == null) {
      s = PyObjects.str(object);
      if (cls == TYPE) {
        return s;
      }
    } else {
      s = PyCodecs.decodeObject(object, encoding, errors);
    }
    return make(cls, s);
  }

  private static final String[] NEW_NAMES = {"object", "encoding", "errors"};

  private static PyObject[] bindNew(PyObject[] args, String @Nullable [] kwnames) {
    int keywords = kwnames == null ? 0 : kwnames.length;
    int given = args.length - keywords;
    if (keywords == 0 && given > 3) {
      throw Errors.typeError("str expected at most 3 arguments, got " + given);
    }
    if (args.length > 3) {
      throw Errors.typeError(
          "str() takes at most 3 "
              + (given == 0 ? "keyword " : "")
              + "arguments ("
              + args.length
              + " given)");
    }
    PyObject[] bound = new PyObject[3];
    System.arraycopy(args, 0, bound, 0, given);
    for (int k = 0; k < keywords; k++) {
      int i = java.util.Arrays.asList(NEW_NAMES).indexOf(kwnames[k]);
      if (i < 0) {
        throw Errors.typeError("str() got an unexpected keyword argument '" + kwnames[k] + "'");
      }
      if (bound[i] != null) {
        throw Errors.typeError(
            "argument for str() given by name ('"
                + kwnames[k]
                + "') and position ("
                + (i + 1)
                + ")");
      }
      bound[i] = args[given + k];
    }
    return bound;
  }

  private static @Nullable String text(@Nullable PyObject o, String name) {
    if (o == null) {
      return null;
    }
    if (o instanceof PyStr s) {
      PyCodecs.checkName(s.text());
      return s.text();
    }
    throw Errors.typeError("str() argument '" + name + "' must be str, not " + o.type().name());
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(new PyStr(text(), points));
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the text in bytes.")
  long sizeof() {
    int max = 0;
    for (int i = 0; i < length(); i++) {
      max = Math.max(max, codePointAt(i));
    }
    if (max < 0x80) {
      return 57L + length();
    }
    int width = max < 0x100 ? 1 : max < 0x10000 ? 2 : 4;
    return 72L + width * (length() + 1L);
  }

  // ---- Python: text, comparison, hash

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return of(TextRepr.repr(source()));
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return StrOps.exact(this);
  }

  @PyMethod(name = "__hash__")
  long hashSlot() {
    return hash();
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return other instanceof PyStr s ? Py.bool_(compareTo(s, op)) : Py.NotImplemented;
  }

  /** Compares by code points. */
  public final boolean compareTo(PyStr s, CompareOp op) {
    return switch (op) {
      case EQ -> this == s || equalTo(s);
      case NE -> this != s && !equalTo(s);
      default -> op.test(StrOps.compare(this, s));
    };
  }

  @PyMethod(name = "__format__", sig = "(format_spec, /)")
  public final PyStr format(PyStr spec) {
    if (spec.isEmpty()) {
      return PyObjects.str(this);
    }
    try {
      FormatSpec f = FormatSpec.parse(spec.text(), FormatSpec.Target.STR, type().name());
      return of(f.format(source()));
    } catch (TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  // ---- Python: sequence

  @PyMethod(name = "__len__")
  int len() {
    return length();
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    if (key instanceof PySlice slice) {
      return getSlice(slice.within(length()));
    }
    if (!PyNumbers.isIndex(key)) {
      throw Errors.typeError("string indices must be integers, not '" + key.type().name() + "'");
    }
    return charAt(PyNumbers.asIndex(key));
  }

  /** The character at an index that may be negative; IndexError beyond the ends. */
  public final PyStr charAt(long i) {
    int n = length();
    if (i < 0) {
      i += n;
    }
    if (i < 0 || i >= n) {
      throw Errors.indexError("string index out of range");
    }
    return ofCodePoint(codePointAt((int) i));
  }

  private PyObject getSlice(PySlice.Range r) {
    int n = (int) r.count();
    if (n == 0) {
      return EMPTY;
    }
    if (r.step() == 1) {
      return substring((int) r.start(), (int) r.start() + n);
    }
    CodePointBuilder b = new CodePointBuilder(n);
    for (int k = 0; k < n; k++) {
      b.append(codePointAt((int) (r.start() + k * r.step())));
    }
    return of(b.toSource());
  }

  @PyMethod(name = "__contains__")
  public boolean containsItem(PyObject key) {
    if (!(key instanceof PyStr s)) {
      throw Errors.typeError(
          "'in <string>' requires string as left operand, not " + key.type().name());
    }
    return StrOps.find(this, s, 0, length()) >= 0;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new PyStrIterator(this);
  }

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  public PyObject concatItem(PyObject other) {
    if (!(other instanceof PyStr s)) {
      throw Errors.typeError(
          "can only concatenate str (not \"" + other.type().name() + "\") to str");
    }
    if (s.isEmpty()) {
      return StrOps.exact(this);
    }
    if (isEmpty()) {
      return StrOps.exact(s);
    }
    try {
      StrOps.checkSize((long) length() + s.length());
      return concat(s);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeat(PyObject count) {
    return StrOps.repeat(this, PyNumbers.asLong(count, Exceptions.OverflowError));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  /** {@code format % args}. */
  @PyBinary("mod")
  public static PyObject mod(PyObject format, PyObject args) {
    if (!(format instanceof PyStr f)) {
      return Py.NotImplemented;
    }
    try {
      PyStr quick = f.points == null ? PercentTemplate.format(f.text(), args) : null;
      if (quick != null) {
        return quick;
      }
      return of(
          PercentFormat.format(f.source(), new PercentArgs(args, false), PercentArgs.maxDigits()));
    } catch (TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  /**
   * {@code this % v} of a dict whose values that are wanted are numbers and strs; null where there
   * is more to it, or something wrong.
   */
  public @Nullable PyObject modPlainDict(PyDict v) {
    try {
      return points == null ? PercentTemplate.formatPlain(text(), v) : null;
    } catch (TextException e) {
      return null;
    }
  }

  // ---- Python: searching

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "find($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or -1.")
  int find(PyStr sub, @Nullable PyObject start, @Nullable PyObject end) {
    return StrOps.find(this, sub, StrOps.start(start, length()), StrOps.end(end, length()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rfind($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or -1.")
  int rfind(PyStr sub, @Nullable PyObject start, @Nullable PyObject end) {
    return StrOps.rfind(this, sub, StrOps.start(start, length()), StrOps.end(end, length()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "index($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or ValueError.")
  int index(PyStr sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(find(sub, start, end));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rindex($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or ValueError.")
  int rindex(PyStr sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(rfind(sub, start, end));
  }

  private static int found(int at) {
    if (at < 0) {
      throw Errors.valueError("substring not found");
    }
    return at;
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "count($self, sub[, start[, end]], /)\n--\n\n"
              + "How often sub stands between start and end, without overlaps.")
  int count(PyStr sub, @Nullable PyObject start, @Nullable PyObject end) {
    int from = StrOps.start(start, length());
    return StrOps.count(this, sub, from, StrOps.end(end, length()), Integer.MAX_VALUE);
  }

  @PyMethod(
      sig = "!(prefix, start=None, end=None, /)",
      doc =
          "startswith($self, prefix[, start[, end]], /)\n--\n\n"
              + "Whether prefix, or one of a tuple of them, stands at start.")
  boolean startswith(PyObject prefix, @Nullable PyObject start, @Nullable PyObject end) {
    return tailMatch(prefix, start, end, false);
  }

  @PyMethod(
      sig = "!(suffix, start=None, end=None, /)",
      doc =
          "endswith($self, suffix[, start[, end]], /)\n--\n\n"
              + "Whether suffix, or one of a tuple of them, stands before end.")
  boolean endswith(PyObject suffix, @Nullable PyObject start, @Nullable PyObject end) {
    return tailMatch(suffix, start, end, true);
  }

  private boolean tailMatch(
      PyObject part, @Nullable PyObject start, @Nullable PyObject end, boolean atEnd) {
    String name = atEnd ? "endswith" : "startswith";
    int from = StrOps.start(start, length());
    int to = StrOps.end(end, length());
    if (part instanceof PyStr s) {
      return StrOps.tailMatch(this, s, from, to, atEnd);
    }
    if (!(part instanceof PyTuple parts)) {
      throw Errors.typeError(
          name + " first arg must be str or a tuple of str, not " + part.type().name());
    }
    for (PyObject p : parts.array()) {
      if (!(p instanceof PyStr s)) {
        throw Errors.typeError(
            "tuple for " + name + " must only contain str, not " + p.type().name());
      }
      if (StrOps.tailMatch(this, s, from, to, atEnd)) {
        return true;
      }
    }
    return false;
  }

  @PyMethod(sig = "(old, new, /, count=-1)")
  public final PyObject replace(PyStr old, PyStr fresh, long count) {
    try {
      return StrOps.replace(this, old, fresh, count);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  @PyMethod(sig = "(prefix, /)")
  PyObject removeprefix(PyStr prefix) {
    return StrOps.tailMatch(this, prefix, 0, length(), false)
        ? substring(prefix.length(), length())
        : StrOps.exact(this);
  }

  @PyMethod(sig = "(suffix, /)")
  PyObject removesuffix(PyStr suffix) {
    return StrOps.tailMatch(this, suffix, 0, length(), true)
        ? substring(0, length() - suffix.length())
        : StrOps.exact(this);
  }

  // ---- Python: splitting and joining

  private static @Nullable PyStr separator(PyObject sep) {
    if (sep == Py.None) {
      return null;
    }
    if (sep instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError("must be str or None, not " + sep.type().name());
  }

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject split(PyObject sep, long maxsplit) {
    return StrOps.split(this, separator(sep), maxsplit);
  }

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject rsplit(PyObject sep, long maxsplit) {
    return Py.list(StrOps.rsplit(this, separator(sep), maxsplit));
  }

  @PyMethod(sig = "(keepends=False)")
  PyObject splitlines(boolean keepends) {
    return Py.list(StrOps.splitLines(this, keepends));
  }

  private static PyStr partSeparator(PyObject sep) {
    if (!(sep instanceof PyStr s)) {
      throw Errors.typeError("must be str, not " + sep.type().name());
    }
    StrOps.separatorLength(s);
    return s;
  }

  @PyMethod(sig = "(sep, /)")
  PyObject partition(PyObject sep) {
    PyStr s = partSeparator(sep);
    int i = StrOps.find(this, s, 0, length());
    return i < 0
        ? Py.tuple(StrOps.exact(this), EMPTY, EMPTY)
        : Py.tuple(substring(0, i), s, substring(i + s.length(), length()));
  }

  @PyMethod(sig = "(sep, /)")
  PyObject rpartition(PyObject sep) {
    PyStr s = partSeparator(sep);
    int i = StrOps.rfind(this, s, 0, length());
    return i < 0
        ? Py.tuple(EMPTY, EMPTY, StrOps.exact(this))
        : Py.tuple(substring(0, i), s, substring(i + s.length(), length()));
  }

  /** {@code self.join(iterable)}. */
  @PyMethod(sig = "(iterable, /)")
  public PyObject join(PyObject iterable) {
    return StrOps.join(this, iterable);
  }

  // ---- Python: shape

  @PyMethod(sig = "(chars=None, /)")
  PyObject strip(PyObject chars) {
    return StrOps.strip(this, chars, 3, "strip");
  }

  @PyMethod(sig = "(chars=None, /)")
  PyObject lstrip(PyObject chars) {
    return StrOps.strip(this, chars, 1, "lstrip");
  }

  @PyMethod(sig = "(chars=None, /)")
  PyObject rstrip(PyObject chars) {
    return StrOps.strip(this, chars, 2, "rstrip");
  }

  @PyMethod(sig = "(width, fillchar=' ', /)")
  PyObject center(long width, PyObject fillchar) {
    int fill = StrOps.fillChar(fillchar);
    int n = length();
    if (width <= n) {
      return StrOps.exact(this);
    }
    long margin = width - n;
    long left = margin / 2 + (margin & width & 1);
    return StrOps.pad(this, left, margin - left, fill);
  }

  @PyMethod(sig = "(width, fillchar=' ', /)")
  PyObject ljust(long width, PyObject fillchar) {
    int fill = StrOps.fillChar(fillchar);
    return StrOps.pad(this, 0, width < length() ? 0 : width - length(), fill);
  }

  @PyMethod(sig = "(width, fillchar=' ', /)")
  PyObject rjust(long width, PyObject fillchar) {
    int fill = StrOps.fillChar(fillchar);
    return StrOps.pad(this, width < length() ? 0 : width - length(), 0, fill);
  }

  @PyMethod(sig = "(width, /)")
  PyObject zfill(long width) {
    return StrOps.zfill(this, width);
  }

  @PyMethod(sig = "(tabsize=8)")
  PyObject expandtabs(int tabsize) {
    return StrOps.expandTabs(this, tabsize);
  }

  // ---- Python: case and character classes

  @PyMethod(sig = "()")
  PyObject capitalize() {
    return of(UnicodeInfo.capitalize(source()));
  }

  @PyMethod(sig = "()")
  PyObject casefold() {
    return of(UnicodeInfo.casefold(source()));
  }

  @PyMethod(sig = "()")
  PyObject title() {
    return of(UnicodeInfo.title(source()));
  }

  @PyMethod(sig = "()")
  PyObject lower() {
    return of(UnicodeInfo.lower(source()));
  }

  @PyMethod(sig = "()")
  PyObject upper() {
    return of(UnicodeInfo.upper(source()));
  }

  @PyMethod(sig = "()")
  PyObject swapcase() {
    return of(UnicodeInfo.swapcase(source()));
  }

  @PyMethod(sig = "()")
  boolean isascii() {
    for (int i = 0; i < text().length(); i++) {
      if (text().charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  @PyMethod(sig = "()")
  boolean islower() {
    return UnicodeInfo.isLower(source());
  }

  @PyMethod(sig = "()")
  boolean isupper() {
    return UnicodeInfo.isUpper(source());
  }

  @PyMethod(sig = "()")
  boolean istitle() {
    return UnicodeInfo.isTitle(source());
  }

  private boolean all(IntPredicate test) {
    int n = length();
    for (int i = 0; i < n; i++) {
      if (!test.test(codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  @PyMethod(sig = "()")
  public final boolean isspace() {
    int c = onlyLatin1();
    return c >= 0 ? Latin1.isSpace(c) : !isEmpty() && all(UnicodeInfo::isSpace);
  }

  @PyMethod(sig = "()")
  boolean isdecimal() {
    return !isEmpty() && all(UnicodeInfo::isDecimal);
  }

  @PyMethod(sig = "()")
  public final boolean isdigit() {
    int c = onlyLatin1();
    return c >= 0 ? Latin1.isDigit(c) : !isEmpty() && all(UnicodeInfo::isDigit);
  }

  @PyMethod(sig = "()")
  boolean isnumeric() {
    return !isEmpty() && all(UnicodeInfo::isNumeric);
  }

  @PyMethod(sig = "()")
  public final boolean isalpha() {
    int c = onlyLatin1();
    return c >= 0 ? Latin1.isAlpha(c) : !isEmpty() && all(UnicodeInfo::isAlpha);
  }

  @PyMethod(sig = "()")
  public final boolean isalnum() {
    int c = onlyLatin1();
    return c >= 0 ? Latin1.isAlnum(c) : !isEmpty() && all(UnicodeInfo::isAlnum);
  }

  @PyMethod(sig = "()")
  boolean isidentifier() {
    return isIdentifier();
  }

  @PyMethod(sig = "()")
  boolean isprintable() {
    return all(UnicodeInfo::isPrintable);
  }

  // ---- Python: translation, formatting, encoding

  @PyMethod(sig = "(table, /)")
  PyObject translate(PyObject table) {
    return StrTranslate.translate(this, table);
  }

  @PyStaticMethod(
      sig = "!(x, y=NULL, z=NULL, /)",
      doc =
          "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)\n--\n\n"
              + "A table for translate(): of a dict, or of x to y without the characters in z.")
  static PyObject maketrans(PyObject x, @Nullable PyStr y, @Nullable PyStr z) {
    return StrTranslate.makeTable(x, y, z);
  }

  @PyMethod(name = "format", sig = "(*args, **kwargs)", raw = true)
  PyObject formatArgs(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames == null) {
      return StrFormatter.format(this, args, null);
    }
    int given = args.length - kwnames.length;
    PyDict kwargs = new PyDict();
    for (int k = 0; k < kwnames.length; k++) {
      kwargs.putStr(kwnames[k], args[given + k]);
    }
    return StrFormatter.format(this, java.util.Arrays.copyOf(args, given), kwargs);
  }

  @PyMethod(name = "format_map", sig = "(mapping, /)")
  PyObject formatMap(PyObject mapping) {
    return StrFormatter.format(this, null, mapping);
  }

  @PyMethod(sig = "(encoding='utf-8', errors='strict')")
  PyObject encode(String encoding, String errors) {
    return PyCodecs.encode(this, encoding, errors);
  }
}
