package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _contextvars}. */
@PyModuleDef(name = "_contextvars")
public final class ContextvarsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new ContextvarsModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("Context", PyContext.TYPE);
    m.add("ContextVar", PyContextVar.TYPE);
    m.add("Token", PyContextToken.TYPE);
  }

  @PyFunction(name = "copy_context", sig = "()")
  static PyObject copyContext() {
    return PyContext.current().copy();
  }
}
