package org.plait.runtime.boot;

import org.plait.compiler.diag.CompileError;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.source.WarningSink;

/** SyntaxWarnings of tokenizer, parser and compiler; an "error" filter makes them SyntaxErrors. */
final class SyntaxWarnings {
  private SyntaxWarnings() {}

  static void warn(String message, String filename, int line, WarningSink.Site site) {
    if (!issue(message, filename, line)) {
      throw site.asError();
    }
  }

  static void warn(String message, String filename, SourceRange range) {
    if (!issue(message, filename, range.lineno())) {
      throw CompileError.syntax(message, filename, range);
    }
  }

  /** False when a filter turned the warning into an error. */
  private static boolean issue(String message, String filename, int line) {
    PyObject warnings = Imports.importModule("_warnings");
    try {
      PyObjects.getAttr(warnings, "warn_explicit")
          .call(
              new PyObject[] {
                Py.str(message), Exceptions.SyntaxWarning, Py.str(filename), Py.int_(line)
              },
              null);
      return true;
    } catch (PyException e) {
      if (e.matches(Exceptions.SyntaxWarning)) {
        return false;
      }
      throw e;
    }
  }
}
