package org.plait.modules.pickle;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _pickle.UnpicklerMemoProxy}: the memo of a unpickler. */
@PyTypeDef(
    name = "UnpicklerMemoProxy",
    module = "_pickle",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyUnpicklerMemoProxy extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyUnpicklerMemoProxyTable.INSTANCE);

  final PyUnpickler unpickler;

  PyUnpicklerMemoProxy(PyUnpickler owner) {
    unpickler = owner;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(sig = "()", doc = "Remove all items from memo.")
  void clear() {
    unpickler.clearMemo();
  }

  @PyMethod(sig = "()", doc = "Copy the memo to a new object.")
  PyObject copy() {
    return unpickler.copyMemo();
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Implement pickle support.")
  PyObject reduce() {
    return Py.tuple(org.plait.runtime.types.PyDict.TYPE, Py.tuple(copy()));
  }
}
