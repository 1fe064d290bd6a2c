package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code dict_items}. */
@PyTypeDef(
    name = "dict_items",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public class PyDictItems extends PyDictView.SetLike {
  public static final PyType TYPE = PyType.builtin(PyDictItemsTable.INSTANCE);

  public PyDictItems(PyDict dict) {
    super(dict);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public PyObject[] toArray() {
    PyObject[] items = dict.snapshotItems();
    PyObject[] pairs = new PyObject[items.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = PyTuple.of(items[2 * i], items[2 * i + 1]);
    }
    return pairs;
  }

  @Override
  @PyMethod(name = "__contains__")
  boolean containsItem(PyObject item) {
    if (!(item instanceof PyTuple t) || t.size() != 2) {
      return false;
    }
    PyObject found = dict.get(t.get(0));
    return found != null && PyObjects.equal(found, t.get(1));
  }

  @PyMethod(name = "__iter__")
  protected PyObject iter() {
    return new PyDictIterator.Items(dict);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "Return a reverse iterator over the dict items.")
  protected PyObject reversed() {
    return new PyDictIterator.ReverseItems(dict);
  }
}
