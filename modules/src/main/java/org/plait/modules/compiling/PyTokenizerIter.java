package org.plait.modules.compiling;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyStr;
import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.RecursiveMutex;
import org.plait.sched.SafePoint;
import org.plait.syntax.lexer.TokenStream;
import org.plait.syntax.source.PySyntaxError;

/**
 * {@code _tokenize.TokenizerIter}. The token stream belongs to one thread at a time: {@link
 * #reading} is held while a token is read, the program's readline included, and others wait for it
 * as for any lock of a program's. Who comes back from its own readline gets an error.
 */
@PyTypeDef(name = "TokenizerIter", module = "_tokenize", sig = "none")
public final class PyTokenizerIter extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyTokenizerIterTable.INSTANCE);

  private final PyObject readline;
  private final @Nullable String encoding;
  private final TokenStream stream;
  private final RecursiveMutex reading = new RecursiveMutex();
  private @Nullable PySyntaxError failure;

  private PyTokenizerIter(PyObject readline, boolean extraTokens, @Nullable String encoding) {
    this.readline = readline;
    this.encoding = encoding;
    stream = new TokenStream(this::readLine, extraTokens);
  }

  @PyNew(sig = "!(readline, /, *, extra_tokens, encoding=NULL)")
  static PyObject new_(
      PyType cls, PyObject readline, boolean extraTokens, @Nullable String encoding) {
    return new PyTokenizerIter(readline, extraTokens, encoding);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private int linesRead;

  private byte @Nullable [] readLine() {
    PyObject line;
    try {
      line = readline.call0();
    } catch (PyException e) {
      if (e.matches(Exceptions.StopIteration)) {
        return null;
      }
      throw e;
    }
    if (encoding != null) {
      if (!(line instanceof PyBytes b)) {
        throw Errors.typeError("readline() returned a non-bytes object");
      }
      line = PyCalls.callMethod(b, "decode", Py.str(encoding), Py.str("replace"));
    }
    if (!(line instanceof PyStr)) {
      throw Errors.typeError("readline() returned a non-string object");
    }
    byte[] utf8 =
        ((PyBytes) PyCalls.callMethod(line, "encode", Py.str("utf-8"), Py.str("strict")))
            .toByteArray();
    linesRead++;
    int zero = indexOfZero(utf8);
    if (zero >= 0) {
      String text = new String(utf8, 0, zero, StandardCharsets.UTF_8);
      throw new PySyntaxError(
          PySyntaxError.Kind.SYNTAX,
          "source code cannot contain null bytes",
          linesRead,
          0,
          text,
          PySyntaxError.NONE,
          PySyntaxError.NONE);
    }
    return utf8;
  }

  private static int indexOfZero(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    if (reading.isOwned()) {
      throw Errors.valueError("TokenizerIter is already executing");
    }
    while (reading.acquire(Clock.FOREVER) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
    try {
      PySyntaxError failed = failure;
      if (failed != null) {
        throw failed;
      }
      TokenStream.Token t = stream.next();
      return t == null
          ? null
          : Py.tuple(
              Py.int_(t.type()),
              Py.str(t.string()),
              Py.tuple(Py.int_(t.startLine()), Py.int_(t.startColumn())),
              Py.tuple(Py.int_(t.endLine()), Py.int_(t.endColumn())),
              Py.str(t.line()));
    } catch (PySyntaxError e) {
      failure = e;
      throw toPython(e);
    } finally {
      reading.release();
    }
  }

  private static PyException toPython(PySyntaxError e) {
    PyException made = Compiling.toPython(e, "<string>");
    String text = e.text();
    if (e.endLineno() != PySyntaxError.NONE || text == null) {
      return made;
    }
    // Errors of the tokenizer itself: the end is there, but None, and the line has no end.
    return Errors.of(
        made.value.type(),
        Py.str(e.message()),
        Py.tuple(
            Py.str("<string>"),
            Py.int_(e.lineno()),
            Py.int_(e.offset()),
            Py.str(text.stripTrailing()),
            Py.None,
            Py.None));
  }
}
