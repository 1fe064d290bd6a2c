package org.plait.modules.decimal;

import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;

/** {@code DecimalTuple}, a named tuple; one class for each interpreter. */
final class DecimalTuples {
  private final PyObject type;

  private DecimalTuples() {
    PyObject namedtuple = PyObjects.getAttr(Imports.importModule("collections"), "namedtuple");
    type = namedtuple.call2(Py.str("DecimalTuple"), Py.str("sign digits exponent"));
    PyObjects.setAttr(type, "__module__", Py.str("decimal"));
  }

  static PyObject type() {
    return ThreadState.current().interpreter.state(DecimalTuples.class, DecimalTuples::new).type;
  }

  static PyObject of(PyDecimal x) {
    PyObject exp =
        switch (x.kind) {
          case DecimalValue.INFINITE -> Py.str("F");
          case DecimalValue.QUIET_NAN -> Py.str("n");
          case DecimalValue.SIGNALING_NAN -> Py.str("N");
          default -> Py.int_(x.exp);
        };
    PyObject[] digits = PyObject.NO_ARGS;
    if (!x.isNan() || !x.hasZeroCoefficient()) {
      String s = x.digitText();
      digits = new PyObject[s.length()];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = Py.int_(s.charAt(i) - '0');
      }
    }
    return type().call3(Py.int_(x.neg ? 1 : 0), Py.tuple(digits), exp);
  }
}
