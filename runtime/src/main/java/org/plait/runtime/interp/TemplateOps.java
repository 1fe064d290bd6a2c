package org.plait.runtime.interp;

import org.plait.compiler.code.Opcode;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyInterpolation;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTemplate;
import org.plait.runtime.types.PyTuple;

/** Template strings. */
final class TemplateOps {
  private static final String[] CONVERSIONS = {null, "s", "r", "a"};

  private TemplateOps() {}

  static void exec(ColdInstr i, PyObject[] r) {
    int b = i.b;
    if (i.op == Opcode.BUILD_TEMPLATE) {
      r[i.a] = new PyTemplate((PyTuple) r[b], (PyTuple) r[b + 1]);
    } else {
      r[i.a] = new PyInterpolation(r[b], (PyStr) r[b + 1], CONVERSIONS[i.c], (PyStr) r[b + 2]);
    }
  }
}
