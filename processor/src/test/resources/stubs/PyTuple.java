package org.plait.runtime.types;

import java.util.Arrays;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

@PyTypeDef(name = "tuple")
public class PyTuple extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTupleTable.INSTANCE);
  public final PyObject[] items;

  public PyTuple(PyObject... items) {
    this.items = items;
  }

  public PyType type() {
    return TYPE;
  }

  public String toString() {
    return Arrays.toString(items);
  }
}
