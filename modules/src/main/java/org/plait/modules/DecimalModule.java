package org.plait.modules;

import org.plait.modules.decimal.DecimalConstants;
import org.plait.modules.decimal.LocalContexts;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/** {@code _decimal}. */
@PyModuleDef(name = "_decimal", doc = "Decimal arithmetic, as libmpdec has it.")
public final class DecimalModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new DecimalModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    DecimalConstants.add(m);
  }

  @PyFunction(sig = "()", doc = "The current context.")
  static PyObject getcontext() {
    return LocalContexts.current();
  }

  @PyFunction(sig = "(context, /)", doc = "Makes a context the current one.")
  static void setcontext(PyObject context) {
    LocalContexts.set(context);
  }

  @PyFunction(
      sig = "(ctx=None, **kwargs)",
      doc =
          "A context manager that makes a copy of ctx, or of the current context, the current one,"
              + " and puts back the one before in the end. Keywords change the copy.")
  static PyObject localcontext(PyObject ctx, PyDict kwargs) {
    return LocalContexts.manager(ctx, kwargs);
  }

  @PyFunction(
      name = "IEEEContext",
      sig = "(bits, /)",
      doc = "A context for the IEEE interchange format of so many bits, a multiple of 32.")
  static PyObject ieeeContext(PyObject bits) {
    return LocalContexts.ieee(bits);
  }
}
