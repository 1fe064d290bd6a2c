package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** {@code _sysconfig}. */
@PyModuleDef(name = "_sysconfig", doc = "A helper for the sysconfig module.")
public final class SysconfigModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SysconfigModuleTable(this);
  }

  @PyFunction(
      name = "config_vars",
      sig = "()",
      doc = "Returns a dictionary containing build variables intended to be exposed by sysconfig.")
  static PyObject configVars() {
    PyDict vars = Py.dict();
    vars.putStr("Py_GIL_DISABLED", Py.int_(1));
    vars.putStr("Py_DEBUG", Py.int_(0));
    return vars;
  }
}
