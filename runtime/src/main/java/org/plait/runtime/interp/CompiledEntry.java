package org.plait.runtime.interp;

import org.plait.runtime.object.PyObject;

/** Stands in the place of an instruction from which there is compiled code. */
final class CompiledEntry extends Instr {
  final CompiledCode compiled;
  private final Instr plain;

  CompiledEntry(CompiledCode compiled, Instr plain) {
    this.compiled = compiled;
    this.plain = plain;
  }

  @Override
  int exec(PyFrame f, PyObject[] r) {
    if (Tracer.armed() && (Tracer.inTracedLoop(f) || Tracer.wanted(f))) {
      return plain.exec(f, r);
    }
    f.poked = false;
    PyObject v = compiled.run(f, r);
    if (v != null) {
      f.result = v;
      return RETURN;
    }
    return f.exit;
  }

  @Override
  void forget() {
    plain.forget();
  }
}
