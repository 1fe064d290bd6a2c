package org.plait.runtime.interp;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** What an async generator yields to its driver, as against what it awaits. */
@PyTypeDef(
    name = "async_generator_wrapped_value",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
final class PyAsyncGenWrappedValue extends PyObject {
  static final PyType TYPE = PyType.builtin(PyAsyncGenWrappedValueTable.INSTANCE);

  final PyObject value;

  PyAsyncGenWrappedValue(PyObject value) {
    this.value = value;
  }

  @Override
  public PyType type() {
    return TYPE;
  }
}
