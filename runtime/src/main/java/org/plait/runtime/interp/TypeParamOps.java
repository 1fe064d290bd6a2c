package org.plait.runtime.interp;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyTuple;

/** Type parameters and {@code type} statements (PEP 695, 696). */
final class TypeParamOps {
  private TypeParamOps() {}

  static void exec(ColdInstr i, PyFrame f, PyObject[] r) {
    switch (i.op) {
      case SET_FUNCTION_TYPE_PARAMS -> ((PyFunction) r[i.a]).typeParams = (PyTuple) r[i.b];
      default -> throw Errors.notImplemented(i.op + ": the _typing module is not there yet");
    }
  }
}
