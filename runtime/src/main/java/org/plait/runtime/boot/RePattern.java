package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.TextException;
import org.plait.runtime.text.sre.SreMatcher;
import org.plait.runtime.text.sre.SrePattern;
import org.plait.runtime.types.PyCallableIterator;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyMappingProxy;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code re.Pattern}. Immutable. */
@PyTypeDef(
    name = "Pattern",
    module = "re",
    flags = {TypeFlag.DISALLOW_INSTANTIATION, TypeFlag.WEAKREF},
    doc = "Compiled regular expression object.")
public final class RePattern extends PyObject {
  public static final PyType TYPE = PyType.builtin(RePatternTable.INSTANCE);

  final SrePattern code;

  @PyMember(value = "pattern", doc = "The pattern string from which the RE object was compiled.")
  final PyObject pattern;

  @PyMember(value = "flags", doc = "The regex matching flags.")
  final PyObject flags;

  @PyMember(value = "groups", doc = "The number of capturing groups in the pattern.")
  final PyObject groups;

  /** A copy of the dict that compile got. */
  final PyDict groupIndex;

  /** Group names by number, None where there is none. */
  final PyTuple indexGroup;

  /** Null when the pattern came without text: it matches both kinds. */
  private final @Nullable Boolean bytes;

  RePattern(SrePattern code, PyObject pattern, PyDict groupIndex, PyTuple indexGroup) {
    this.code = code;
    this.pattern = pattern;
    this.flags = Py.int_(code.flags());
    this.groups = Py.int_(code.groups());
    this.groupIndex = groupIndex.copy();
    this.indexGroup = indexGroup;
    this.bytes = pattern == Py.None ? null : !(pattern instanceof PyStr);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyGetter(value = "groupindex", doc = "A dictionary mapping group names to group numbers.")
  PyObject getGroupindex() {
    return new PyMappingProxy(groupIndex);
  }

  // ---- matching

  SreSubject subject(PyObject string) {
    SreSubject s = new SreSubject(string);
    Boolean b = bytes;
    if (b != null && b != s.isBytes()) {
      throw Errors.typeError(
          b
              ? "cannot use a bytes pattern on a string-like object"
              : "cannot use a string pattern on a bytes-like object");
    }
    return s;
  }

  static int clip(long i, int length) {
    return (int) Math.clamp(i, 0, length);
  }

  /** The kinds of match. */
  enum Way {
    MATCH,
    FULLMATCH,
    SEARCH
  }

  static boolean run(SreMatcher m, Way way) {
    try {
      return switch (way) {
        case MATCH -> m.match();
        case FULLMATCH -> m.fullMatch();
        case SEARCH -> m.search();
      };
    } catch (TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  private PyObject find(PyObject string, long pos, long endpos, Way way) {
    SreSubject s = subject(string);
    int end = clip(endpos, s.length);
    int start = clip(pos, s.length);
    if (start > end) {
      return Py.None;
    }
    SreMatcher m = s.matcher(code, start, end);
    return run(m, way) ? new ReMatch(this, s, m, start, end) : Py.None;
  }

  @PyMethod(
      sig = "(string, pos=0, endpos=sys.maxsize)",
      doc = "Matches zero or more characters at the beginning of the string.")
  PyObject match(PyObject string, long pos, long endpos) {
    return find(string, pos, endpos, Way.MATCH);
  }

  @PyMethod(sig = "(string, pos=0, endpos=sys.maxsize)", doc = "Matches against all of the string.")
  PyObject fullmatch(PyObject string, long pos, long endpos) {
    return find(string, pos, endpos, Way.FULLMATCH);
  }

  @PyMethod(
      sig = "(string, pos=0, endpos=sys.maxsize)",
      doc =
          "Scan through string looking for a match, and return a corresponding match object"
              + " instance.\n\nReturn None if no position in the string matches.")
  PyObject search(PyObject string, long pos, long endpos) {
    return find(string, pos, endpos, Way.SEARCH);
  }

  @PyMethod(
      sig = "(string, pos=0, endpos=sys.maxsize)",
      doc = "Return a list of all non-overlapping matches of pattern in string.")
  PyObject findall(PyObject string, long pos, long endpos) {
    SreSubject s = subject(string);
    List<PyObject> found = new ArrayList<>();
    int end = clip(endpos, s.length);
    int start = clip(pos, s.length);
    if (start > end) {
      return Py.list();
    }
    SreMatcher m = s.matcher(code, start, end);
    while (run(m, Way.SEARCH)) {
      int n = code.groups();
      if (n == 0) {
        found.add(s.slice(m.start(), m.end()));
      } else if (n == 1) {
        found.add(groupOrEmpty(s, m, 1));
      } else {
        PyObject[] items = new PyObject[n];
        for (int g = 1; g <= n; g++) {
          items[g - 1] = groupOrEmpty(s, m, g);
        }
        found.add(Py.tuple(items));
      }
      m.advance();
    }
    return Py.list(found);
  }

  private static PyObject groupOrEmpty(SreSubject s, SreMatcher m, int g) {
    int from = m.start(g);
    return from < 0 ? s.slice(0, 0) : s.slice(from, m.end(g));
  }

  @PyMethod(
      sig = "(string, pos=0, endpos=sys.maxsize)",
      doc =
          "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\n"
              + "For each match, the iterator returns a match object.")
  PyObject finditer(PyObject string, long pos, long endpos) {
    PyObject search = PyObjects.getAttr(scanner(string, pos, endpos), "search");
    return new PyCallableIterator(search, Py.None);
  }

  @PyMethod(sig = "(string, pos=0, endpos=sys.maxsize)")
  PyObject scanner(PyObject string, long pos, long endpos) {
    SreSubject s = subject(string);
    return new ReScanner(this, s, clip(pos, s.length), clip(endpos, s.length));
  }

  @PyMethod(sig = "(string, maxsplit=0)", doc = "Split string by the occurrences of pattern.")
  PyObject split(PyObject string, long maxsplit) {
    SreSubject s = subject(string);
    List<PyObject> parts = new ArrayList<>();
    SreMatcher m = s.matcher(code, 0, s.length);
    int last = 0;
    for (long n = 0; (maxsplit == 0 || n < maxsplit) && run(m, Way.SEARCH); n++) {
      parts.add(s.slice(last, m.start()));
      for (int g = 1; g <= code.groups(); g++) {
        int from = m.start(g);
        parts.add(from < 0 ? Py.None : s.slice(from, m.end(g)));
      }
      last = m.end();
      m.advance();
    }
    parts.add(s.slice(last, s.length));
    return Py.list(parts);
  }

  // ---- substitution

  @PyMethod(
      sig = "(repl, string, count=0)",
      doc =
          "Return the string obtained by replacing the leftmost non-overlapping occurrences of"
              + " pattern in string by the replacement repl.")
  PyObject sub(PyObject repl, PyObject string, long count) {
    return substitute(repl, string, count, false);
  }

  @PyMethod(
      sig = "(repl, string, count=0)",
      doc =
          "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost"
              + " non-overlapping occurrences of pattern with the replacement repl.")
  PyObject subn(PyObject repl, PyObject string, long count) {
    return substitute(repl, string, count, true);
  }

  /** Whether a replacement is text without a backslash. */
  private static boolean isLiteral(PyObject repl) {
    if (repl instanceof PyStr s) {
      return s.toString().indexOf('\\') < 0;
    }
    if (!PyBuffers.isBuffer(repl)) {
      return false;
    }
    for (byte b : PyBuffers.toBytes(repl)) {
      if (b == '\\') {
        return false;
      }
    }
    return true;
  }

  /** {@code re._compile_template}. */
  PyObject compileTemplate(PyObject repl) {
    return PyObjects.getAttr(Imports.importModule("re"), "_compile_template").call2(this, repl);
  }

  private PyObject substitute(PyObject repl, PyObject string, long count, boolean withCount) {
    PyObject filter = repl;
    boolean callable = repl.type().special(Special.CALL) != null;
    ReTemplate template = null;
    if (!callable && !isLiteral(repl)) {
      filter = compileTemplate(repl);
      if (filter instanceof ReTemplate t) {
        if (t.isLiteral()) {
          filter = t.literal();
        } else {
          template = t;
        }
      } else {
        callable = filter.type().special(Special.CALL) != null;
      }
    }
    SreSubject s = subject(string);
    SreMatcher m = s.matcher(code, 0, s.length);
    List<PyObject> parts = new ArrayList<>();
    int last = 0;
    long n = 0;
    while ((count == 0 || n < count) && run(m, Way.SEARCH)) {
      int from = m.start();
      int to = m.end();
      if (last < from) {
        parts.add(s.slice(last, from));
      }
      PyObject item = filter;
      if (template != null) {
        item = template.expand(new ReMatch(this, s, m, 0, s.length));
      } else if (callable) {
        item = filter.call1(new ReMatch(this, s, m, 0, s.length));
      }
      if (item != Py.None) {
        parts.add(item);
      }
      last = to;
      n++;
      m.advance();
    }
    if (last < s.length) {
      parts.add(s.slice(last, s.length));
    }
    PyObject result = s.join(Py.list(parts));
    return withCount ? Py.tuple(result, Py.int_(n)) : result;
  }

  // ---- the rest

  private static final String[] FLAG_NAMES = {
    "re.IGNORECASE", "re.LOCALE", "re.MULTILINE", "re.DOTALL", "re.VERBOSE", "re.DEBUG", "re.ASCII"
  };

  private static final int[] FLAG_VALUES = {
    SrePattern.FLAG_IGNORECASE,
    SrePattern.FLAG_LOCALE,
    SrePattern.FLAG_MULTILINE,
    SrePattern.FLAG_DOTALL,
    SrePattern.FLAG_VERBOSE,
    SrePattern.FLAG_DEBUG,
    SrePattern.FLAG_ASCII
  };

  @PyMethod(name = "__repr__")
  PyObject repr() {
    int f = code.flags();
    int kind = SrePattern.FLAG_LOCALE | SrePattern.FLAG_UNICODE | SrePattern.FLAG_ASCII;
    List<String> names = new ArrayList<>();
    if (!Boolean.TRUE.equals(bytes) && (f & kind) == SrePattern.FLAG_UNICODE) {
      f &= ~SrePattern.FLAG_UNICODE;
    }
    for (int i = 0; i < FLAG_NAMES.length; i++) {
      if ((f & FLAG_VALUES[i]) != 0) {
        names.add(FLAG_NAMES[i]);
        f &= ~FLAG_VALUES[i];
      }
    }
    if ((f & SrePattern.FLAG_UNICODE) != 0) {
      names.add("re.UNICODE");
      f &= ~SrePattern.FLAG_UNICODE;
    }
    if (f != 0) {
      names.add("0x" + Integer.toHexString(f));
    }
    PyStr text = PyObjects.repr(pattern);
    PyStr head = Py.str("re.compile(").concat(text.substring(0, Math.min(200, text.length())));
    String tail = names.isEmpty() ? ")" : ", " + String.join("|", names) + ")";
    return head.concat(Py.str(tail));
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return Arrays.hashCode(code.code())
        ^ PyObjects.hash(pattern)
        ^ code.flags()
        ^ (long) code.groups() << 16;
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (op != CompareOp.EQ && op != CompareOp.NE || !(other instanceof RePattern p)) {
      return Py.NotImplemented;
    }
    boolean equal =
        this == p
            || code.flags() == p.code.flags()
                && code.groups() == p.code.groups()
                && java.util.Objects.equals(bytes, p.bytes)
                && Arrays.equals(code.code(), p.code.code())
                && PyObjects.equal(pattern, p.pattern);
    return Py.bool_(equal == (op == CompareOp.EQ));
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copy() {
    return this;
  }

  @PyMethod(name = "__deepcopy__", sig = "(memo, /)")
  PyObject deepcopy(PyObject memo) {
    return this;
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
