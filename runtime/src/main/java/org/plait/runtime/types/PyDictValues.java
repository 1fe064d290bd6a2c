package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code dict_values}. */
@PyTypeDef(
    name = "dict_values",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public class PyDictValues extends PyDictView {
  public static final PyType TYPE = PyType.builtin(PyDictValuesTable.INSTANCE);

  public PyDictValues(PyDict dict) {
    super(dict);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject[] toArray() {
    return dict.snapshotValues();
  }

  @PyMethod(name = "__iter__")
  protected PyObject iter() {
    return new PyDictIterator.Values(dict);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "Return a reverse iterator over the dict values.")
  protected PyObject reversed() {
    return new PyDictIterator.ReverseValues(dict);
  }
}
