package org.plait.modules;

import org.plait.modules.array.PyArray;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code array}. */
@PyModuleDef(
    name = "array",
    doc = "Arrays of numbers or characters of one C type, without an object for each.")
public final class ArrayModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new ArrayModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("array", PyArray.TYPE);
    module.add("ArrayType", PyArray.TYPE);
    module.add("typecodes", Py.str("bBuwhHiIlLqQfd"));
    PyObject abc = Imports.importModule("collections.abc");
    PyCalls.callMethod(PyObjects.getAttr(abc, "MutableSequence"), "register", PyArray.TYPE);
  }

  @PyFunction(
      name = "_array_reconstructor",
      sig = "(arraytype, typecode, mformat_code, items, /)",
      doc = "Internal. Used for pickling support.")
  static PyObject reconstruct(PyObject arraytype, PyStr typecode, int mformatCode, PyObject items) {
    return PyArray.reconstruct(arraytype, typecode, mformatCode, items);
  }
}
