package org.plait.modules.csv;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.types.PyStr;

/** {@code _csv.writer}. Rows are built apart and written with one call, so threads may share it. */
@PyTypeDef(
    name = "writer",
    module = "_csv",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "Writes rows as CSV text.\n")
public final class CsvWriter extends PyObject {
  public static final PyType TYPE = PyType.builtin(CsvWriterTable.INSTANCE);

  @PyMember("dialect")
  final CsvDialect dialect;

  private final PyObject write;

  public CsvWriter(PyObject file, CsvDialect dialect) {
    PyObject w = PyObjects.getOptionalAttr(file, "write");
    if (w == null || w.type().special(Special.CALL) == null) {
      throw Errors.typeError("argument 1 must have a \"write\" method");
    }
    this.write = w;
    this.dialect = dialect;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(sig = "(row, /)", doc = "Writes one row; fields that are no str are turned into one.")
  PyObject writerow(PyObject row) {
    PyObject it;
    try {
      it = PyIters.getIter(row);
    } catch (PyException e) {
      if (e.matches(Exceptions.TypeError)) {
        throw CsvState.error("iterable expected, not " + row.type().name());
      }
      throw e;
    }
    CodePointBuilder out = new CodePointBuilder(64);
    int n = 0;
    boolean nullField = false;
    for (PyObject f = PyIters.next(it); f != null; f = PyIters.next(it)) {
      boolean quoted =
          switch (dialect.quoting) {
            case CsvDialect.QUOTE_NONNUMERIC -> !isNumber(f);
            case CsvDialect.QUOTE_ALL -> true;
            case CsvDialect.QUOTE_STRINGS -> f instanceof PyStr;
            case CsvDialect.QUOTE_NOTNULL -> f != Py.None;
            default -> false;
          };
      nullField = f == Py.None;
      PyStr text = f instanceof PyStr s ? s : nullField ? null : PyObjects.str(f);
      append(out, text, quoted, n++);
    }
    if (n > 0 && out.length() == 0) {
      if (dialect.quoting == CsvDialect.QUOTE_NONE || nullField && quotesText()) {
        throw CsvState.error("single empty field record must be quoted");
      }
      append(out, null, true, 0);
    }
    out.append(dialect.terminator.source());
    return write.call1(PyStr.of(out.toSource()));
  }

  /** Whether the style leaves None unquoted, so that it differs from an empty text. */
  private boolean quotesText() {
    return dialect.quoting == CsvDialect.QUOTE_STRINGS
        || dialect.quoting == CsvDialect.QUOTE_NOTNULL;
  }

  private static boolean isNumber(PyObject o) {
    PyType t = o.type();
    return t.special(Special.INDEX) != null
        || t.special(Special.INT) != null
        || t.special(Special.FLOAT) != null
        || o instanceof org.plait.runtime.types.PyComplex;
  }

  // Compare CPython join_append_data in _csv.c.
  private void append(CodePointBuilder out, @Nullable PyStr text, boolean asked, int index) {
    CsvDialect d = dialect;
    boolean quoted = asked;
    int length = text == null ? 0 : text.length();
    if (length == 0 && d.delimiter == ' ' && d.skipInitialSpace == Py.True) {
      if (d.quoting == CsvDialect.QUOTE_NONE || text == null && quotesText()) {
        throw CsvState.error(
            "empty field must be quoted if delimiter is a space and skipinitialspace is true");
      }
      quoted = true;
    }
    if (index > 0) {
      out.append(d.delimiter);
    }
    CodePointBuilder b = new CodePointBuilder(length + 8);
    for (int i = 0; i < length; i++) {
      int c = text.codePointAt(i);
      if (isSpecial(c)) {
        boolean escape = d.quoting == CsvDialect.QUOTE_NONE;
        if (!escape) {
          if (c == d.quote && d.doubleQuote == Py.True) {
            b.append(d.quote);
          } else {
            escape = c == d.quote || c == d.escape;
          }
          quoted |= !escape;
        }
        if (escape) {
          if (d.escape == CsvDialect.UNSET) {
            throw CsvState.error("need to escape, but no escapechar set");
          }
          b.append(d.escape);
        }
      }
      b.append(c);
    }
    if (quoted) {
      out.append(d.quote);
    }
    out.append(b.toSource());
    if (quoted) {
      out.append(d.quote);
    }
  }

  private boolean isSpecial(int c) {
    CsvDialect d = dialect;
    if (c == d.delimiter || c == d.escape || c == d.quote || c == '\n' || c == '\r') {
      return true;
    }
    for (int i = 0; i < d.terminator.length(); i++) {
      if (d.terminator.codePointAt(i) == c) {
        return true;
      }
    }
    return false;
  }

  @PyMethod(sig = "(rows, /)", doc = "Writes rows; fields that are no str are turned into one.")
  void writerows(PyObject rows) {
    PyObject it = PyIters.getIter(rows);
    for (PyObject row = PyIters.next(it); row != null; row = PyIters.next(it)) {
      writerow(row);
    }
  }
}
