package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code dict_keys}. */
@PyTypeDef(
    name = "dict_keys",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public class PyDictKeys extends PyDictView.SetLike {
  public static final PyType TYPE = PyType.builtin(PyDictKeysTable.INSTANCE);

  public PyDictKeys(PyDict dict) {
    super(dict);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject[] toArray() {
    return dict.snapshotKeys();
  }

  @Override
  @PyMethod(name = "__contains__")
  boolean containsItem(PyObject key) {
    return dict.contains(key);
  }

  @PyMethod(name = "__iter__")
  protected PyObject iter() {
    return new PyDictIterator.Keys(dict);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "An iterator over the keys, last inserted first.")
  protected PyObject reversed() {
    return new PyDictIterator.ReverseKeys(dict);
  }
}
