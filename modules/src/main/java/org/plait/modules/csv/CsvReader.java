package org.plait.modules.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyStr;

/**
 * {@code _csv.reader}. Each row is parsed in a {@link Row} of its own, so threads that share a
 * reader get whole rows made of the lines each of them took.
 */
@PyTypeDef(
    name = "reader",
    module = "_csv",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "An iterator over the rows of a CSV text, lists of str.\n")
public final class CsvReader extends PyIterator {
  public static final PyType TYPE = PyType.builtin(CsvReaderTable.INSTANCE);

  @PyMember("dialect")
  final CsvDialect dialect;

  private final PyObject lines;
  private volatile long lineNumber;

  public CsvReader(PyObject iterable, CsvDialect dialect) {
    this.lines = PyIters.getIter(iterable);
    this.dialect = dialect;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyGetter("line_num")
  long getLineNum() {
    return lineNumber;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    Row row = new Row(dialect);
    do {
      PyObject line = PyIters.next(lines);
      if (line == null) {
        if (!row.unfinished()) {
          return null;
        }
        if (dialect.strict == Py.True) {
          throw CsvState.error("unexpected end of data");
        }
        row.save();
        break;
      }
      if (!(line instanceof PyStr s)) {
        throw CsvState.error(
            "iterator should return strings, not "
                + line.type().name()
                + " (the file should be opened in text mode)");
      }
      lineNumber++;
      int n = s.length();
      for (int i = 0; i < n; i++) {
        row.add(s.codePointAt(i));
      }
      row.add(Row.END);
    } while (row.state != State.START_RECORD);
    return Py.list(row.fields);
  }

  private enum State {
    START_RECORD,
    START_FIELD,
    ESCAPED_CHAR,
    IN_FIELD,
    IN_QUOTED_FIELD,
    ESCAPE_IN_QUOTED_FIELD,
    QUOTE_IN_QUOTED_FIELD,
    EAT_LINE_END,
    AFTER_ESCAPED_LINE_END
  }

  // Compare CPython parse_process_char in _csv.c.
  /** A row being parsed. */
  private static final class Row {
    /** Stands for the end of a line that the iterator gave. */
    static final int END = -2;

    private final CsvDialect d;
    private final boolean quotes;
    final List<PyObject> fields = new ArrayList<>();
    private CodePointBuilder field = new CodePointBuilder();
    private boolean unquoted = true;
    private State state = State.START_RECORD;

    Row(CsvDialect d) {
      this.d = d;
      this.quotes = d.quoting != CsvDialect.QUOTE_NONE;
    }

    boolean unfinished() {
      return field.length() > 0 || state == State.IN_QUOTED_FIELD;
    }

    private static boolean lineEnd(int c) {
      return c == '\n' || c == '\r' || c == END;
    }

    private void endOfLine(int c) {
      state = c == END ? State.START_RECORD : State.EAT_LINE_END;
    }

    void save() {
      boolean empty = field.length() == 0;
      PyObject v;
      if (unquoted
          && empty
          && (d.quoting == CsvDialect.QUOTE_NOTNULL || d.quoting == CsvDialect.QUOTE_STRINGS)) {
        v = Py.None;
      } else {
        v = PyStr.of(field.toSource());
        if (unquoted
            && !empty
            && (d.quoting == CsvDialect.QUOTE_NONNUMERIC
                || d.quoting == CsvDialect.QUOTE_STRINGS)) {
          v = PyNumbers.toFloat(v);
        }
      }
      fields.add(v);
      field = new CodePointBuilder();
      unquoted = true;
    }

    private void put(int c) {
      if (field.length() >= CsvState.fieldLimit) {
        throw CsvState.error("field larger than field limit (" + CsvState.fieldLimit + ")");
      }
      field.append(c);
    }

    void add(int c) {
      switch (state) {
        case START_RECORD -> {
          if (c == END) {
            return;
          }
          if (c == '\n' || c == '\r') {
            state = State.EAT_LINE_END;
            return;
          }
          startField(c);
        }
        case START_FIELD -> startField(c);
        case ESCAPED_CHAR -> {
          if (c == '\n' || c == '\r') {
            put(c);
            state = State.AFTER_ESCAPED_LINE_END;
            return;
          }
          put(c == END ? '\n' : c);
          state = State.IN_FIELD;
        }
        case AFTER_ESCAPED_LINE_END -> {
          if (c != END) {
            inField(c);
          }
        }
        case IN_FIELD -> inField(c);
        case IN_QUOTED_FIELD -> {
          if (c == END) {
            return;
          }
          if (c == d.escape) {
            state = State.ESCAPE_IN_QUOTED_FIELD;
          } else if (c == d.quote && quotes) {
            state = d.doubleQuote == Py.True ? State.QUOTE_IN_QUOTED_FIELD : State.IN_FIELD;
          } else {
            put(c);
          }
        }
        case ESCAPE_IN_QUOTED_FIELD -> {
          put(c == END ? '\n' : c);
          state = State.IN_QUOTED_FIELD;
        }
        case QUOTE_IN_QUOTED_FIELD -> afterQuote(c);
        case EAT_LINE_END -> {
          if (c == END) {
            state = State.START_RECORD;
          } else if (c != '\n' && c != '\r') {
            throw CsvState.error(
                "new-line character seen in unquoted field - do you need to open the file with"
                    + " newline=''?");
          }
        }
      }
    }

    private void startField(int c) {
      if (lineEnd(c)) {
        save();
        endOfLine(c);
      } else if (c == d.quote && quotes) {
        unquoted = false;
        state = State.IN_QUOTED_FIELD;
      } else if (c == d.escape) {
        state = State.ESCAPED_CHAR;
      } else if (c == ' ' && d.skipInitialSpace == Py.True) {
        state = State.START_FIELD;
      } else if (c == d.delimiter) {
        save();
        state = State.START_FIELD;
      } else {
        put(c);
        state = State.IN_FIELD;
      }
    }

    private void inField(int c) {
      if (lineEnd(c)) {
        save();
        endOfLine(c);
      } else if (c == d.escape) {
        state = State.ESCAPED_CHAR;
      } else if (c == d.delimiter) {
        save();
        state = State.START_FIELD;
      } else {
        put(c);
        state = State.IN_FIELD;
      }
    }

    private void afterQuote(int c) {
      if (quotes && c == d.quote) {
        put(c);
        state = State.IN_QUOTED_FIELD;
      } else if (c == d.delimiter) {
        save();
        state = State.START_FIELD;
      } else if (lineEnd(c)) {
        save();
        endOfLine(c);
      } else if (d.strict != Py.True) {
        put(c);
        state = State.IN_FIELD;
      } else {
        throw CsvState.error(
            "'"
                + Character.toString(d.delimiter)
                + "' expected after '"
                + Character.toString(d.quote)
                + "'");
      }
    }
  }
}
