package org.plait.modules.csv;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code _csv.Dialect}: checked parameters of a format. Immutable. */
@PyTypeDef(
    name = "Dialect",
    module = "_csv",
    subclassable = true,
    sig = "none",
    doc = "CSV dialect\n")
public class CsvDialect extends PyObject {
  public static final PyType TYPE = PyType.builtin(CsvDialectTable.INSTANCE);

  static final int QUOTE_MINIMAL = 0;
  static final int QUOTE_ALL = 1;
  static final int QUOTE_NONNUMERIC = 2;
  static final int QUOTE_NONE = 3;
  static final int QUOTE_STRINGS = 4;
  static final int QUOTE_NOTNULL = 5;

  /** No such character. */
  static final int UNSET = -1;

  private static final String[] NAMES = {
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict"
  };

  @PyMember("skipinitialspace")
  final PyObject skipInitialSpace;

  @PyMember("doublequote")
  final PyObject doubleQuote;

  @PyMember("strict")
  final PyObject strict;

  final int delimiter;
  final int escape;
  final int quote;
  final int quoting;
  final PyStr terminator;

  /** The values in the order of NAMES, null for those left at their defaults. */
  CsvDialect(@Nullable PyObject[] v) {
    Integer delim = character(v[0], NAMES[0], false);
    delimiter = delim == null ? ',' : delim;
    doubleQuote = Py.bool_(v[1] == null || PyObjects.isTrue(v[1]));
    Integer esc = character(v[2], NAMES[2], true);
    escape = esc == null ? UNSET : esc;
    terminator = terminator(v[3]);
    Integer q = character(v[4], NAMES[4], true);
    quote = v[4] == null ? '"' : q == null ? UNSET : q;
    int style = quoting(v[5]);
    if (style < QUOTE_MINIMAL || style > QUOTE_NOTNULL) {
      throw Errors.typeError("bad \"quoting\" value");
    }
    if (v[4] == Py.None && v[5] == null) {
      style = QUOTE_NONE;
    }
    quoting = style;
    skipInitialSpace = Py.bool_(v[6] != null && PyObjects.isTrue(v[6]));
    strict = Py.bool_(v[7] != null && PyObjects.isTrue(v[7]));
    if (quoting != QUOTE_NONE && quote == UNSET) {
      throw Errors.typeError("quotechar must be set if quoting enabled");
    }
    boolean skips = skipInitialSpace == Py.True;
    check("delimiter", delimiter, true);
    check("escapechar", escape, !skips);
    check("quotechar", quote, !skips);
    differ("delimiter", delimiter, "escapechar", escape);
    differ("delimiter", delimiter, "quotechar", quote);
    differ("escapechar", escape, "quotechar", quote);
    inTerminator("delimiter", delimiter);
    inTerminator("escapechar", escape);
    inTerminator("quotechar", quote);
  }

  private static @Nullable Integer character(@Nullable PyObject o, String name, boolean none) {
    if (o == null || none && o == Py.None) {
      return null;
    }
    String wanted = "\"" + name + "\" must be a unicode character" + (none ? " or None" : "");
    if (!(o instanceof PyStr s)) {
      throw Errors.typeError(wanted + ", not " + o.type().name());
    }
    if (s.length() != 1) {
      throw Errors.typeError(wanted + ", not a string of length " + s.length());
    }
    return s.codePointAt(0);
  }

  private static PyStr terminator(@Nullable PyObject o) {
    if (o == null) {
      return Py.str("\r\n");
    }
    if (o instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError("\"lineterminator\" must be a string, not " + o.type().name());
  }

  private static int quoting(@Nullable PyObject o) {
    if (o == null) {
      return QUOTE_MINIMAL;
    }
    if (o.getClass() != PyInt.class) {
      throw Errors.typeError("\"quoting\" must be an integer, not " + o.type().name());
    }
    return org.plait.runtime.object.ArgumentConverters.toInt(o);
  }

  private static void check(String name, int c, boolean spaceAllowed) {
    if (c == '\r' || c == '\n' || c == ' ' && !spaceAllowed) {
      throw Errors.valueError("bad " + name + " value");
    }
  }

  private static void differ(String name1, int a, String name2, int b) {
    if (a == b && a != UNSET) {
      throw Errors.valueError("bad " + name1 + " or " + name2 + " value");
    }
  }

  private void inTerminator(String name, int c) {
    for (int i = 0; i < terminator.length(); i++) {
      if (terminator.codePointAt(i) == c) {
        throw Errors.valueError("bad " + name + " or lineterminator value");
      }
    }
  }

  @PyNew(
      sig =
          "!(dialect=NULL, delimiter=NULL, doublequote=NULL, escapechar=NULL, lineterminator=NULL,"
              + " quotechar=NULL, quoting=NULL, skipinitialspace=NULL, strict=NULL)",
      raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    int given = PyCalls.positional(args, kwnames);
    if (given > 9) {
      throw Errors.typeError("function takes at most 9 arguments (" + args.length + " given)");
    }
    PyObject dialect = given > 0 ? args[0] : null;
    PyObject[] v = new PyObject[8];
    for (int i = 1; i < given; i++) {
      v[i - 1] = args[i];
    }
    for (int k = 0; kwnames != null && k < kwnames.length; k++) {
      if (kwnames[k].equals("dialect")) {
        dialect = args[given + k];
        continue;
      }
      int i = java.util.Arrays.asList(NAMES).indexOf(kwnames[k]);
      if (i < 0) {
        throw Errors.typeError(
            "this function got an unexpected keyword argument '" + kwnames[k] + "'");
      }
      v[i] = args[given + k];
    }
    return make(cls, dialect, v);
  }

  private static PyObject make(PyType cls, @Nullable PyObject dialect, PyObject[] v) {
    if (dialect != null) {
      PyObject d = dialect instanceof PyStr ? CsvState.dialect(dialect) : dialect;
      boolean changed = false;
      for (PyObject x : v) {
        changed |= x != null;
      }
      if (d instanceof CsvDialect && !changed) {
        return d;
      }
      for (int i = 0; i < v.length; i++) {
        if (v[i] == null) {
          v[i] = PyObjects.getOptionalAttr(d, NAMES[i]);
        }
      }
    }
    return cls == TYPE ? new CsvDialect(v) : new CsvDialectDerived(cls, v);
  }

  /** The dialect of a reader or writer: a base and parameters that override its own. */
  public static CsvDialect of(PyObject base, PyObject[] values, String[] names) {
    PyObject[] args = new PyObject[values.length + 1];
    args[0] = base;
    System.arraycopy(values, 0, args, 1, values.length);
    return (CsvDialect) new_(TYPE, args, names.length == 0 ? null : names);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private static PyObject charOrNone(int c) {
    return c == UNSET ? Py.None : PyStr.ofCodePoint(c);
  }

  @PyGetter("delimiter")
  PyObject getDelimiter() {
    return charOrNone(delimiter);
  }

  @PyGetter("escapechar")
  PyObject getEscapechar() {
    return charOrNone(escape);
  }

  @PyGetter("lineterminator")
  PyObject getLineterminator() {
    return terminator;
  }

  @PyGetter("quotechar")
  PyObject getQuotechar() {
    return charOrNone(quote);
  }

  @PyGetter("quoting")
  int getQuoting() {
    return quoting;
  }

  private PyException noPickle() {
    return Errors.typeError("cannot pickle '" + type().qualname() + "' instances");
  }

  @PyMethod(name = "__reduce__", sig = "!(*args)", raw = true)
  PyObject reduce(PyObject[] args, String @Nullable [] kwnames) {
    throw noPickle();
  }

  @PyMethod(name = "__reduce_ex__", sig = "!(*args)", raw = true)
  PyObject reduceEx(PyObject[] args, String @Nullable [] kwnames) {
    throw noPickle();
  }
}
