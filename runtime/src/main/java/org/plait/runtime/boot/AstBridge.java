package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.parser.PythonParser;

/** Between the syntax tree and the objects of Python's {@code ast} module. */
final class AstBridge {
  private AstBridge() {}

  static boolean isAst(PyObject o) {
    return false;
  }

  static Mod toMod(PyObject o, PythonParser.Mode mode) {
    throw Errors.notImplemented("compiling ast objects: the _ast module is not there yet");
  }

  static PyObject fromMod(Mod tree) {
    throw Errors.notImplemented("ast objects: the _ast module is not there yet");
  }
}
