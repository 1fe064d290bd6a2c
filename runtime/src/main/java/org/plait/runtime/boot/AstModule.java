package org.plait.runtime.boot;

import org.plait.compiler.code.CodeFlags;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.types.PyModule;

/** {@code _ast}. */
@PyModuleDef(name = "_ast")
public final class AstModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new AstModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("AST", PyAst.TYPE);
    AstClasses.get().all().forEach(m::add);
    m.add("PyCF_ONLY_AST", Py.int_(CodeFlags.PYCF_ONLY_AST));
    m.add("PyCF_OPTIMIZED_AST", Py.int_(CodeFlags.PYCF_OPTIMIZED_AST));
    m.add("PyCF_TYPE_COMMENTS", Py.int_(CodeFlags.PYCF_TYPE_COMMENTS));
    m.add("PyCF_ALLOW_TOP_LEVEL_AWAIT", Py.int_(CodeFlags.PYCF_ALLOW_TOP_LEVEL_AWAIT));
  }
}
