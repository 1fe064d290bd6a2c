package org.plait.modules.collections;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDictItems;
import org.plait.runtime.types.PyDictKeys;
import org.plait.runtime.types.PyDictValues;

/** The views of an OrderedDict: those of dict, with its own iterators. */
final class PyOrderedDictViews {
  private PyOrderedDictViews() {}

  /** {@code odict_keys}. */
  @PyTypeDef(
      name = "odict_keys",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Keys extends PyDictKeys {
    static final PyType TYPE = PyType.builtin(PyOrderedDictViewsKeysTable.INSTANCE);

    Keys(PyOrderedDict dict) {
      super(dict);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    @PyMethod(name = "__iter__")
    protected PyObject iter() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.KEYS, false);
    }

    @Override
    @PyMethod(name = "__reversed__", kind = SlotKind.METHOD, sig = "()")
    protected PyObject reversed() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.KEYS, true);
    }
  }

  /** {@code odict_values}. */
  @PyTypeDef(
      name = "odict_values",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Values extends PyDictValues {
    static final PyType TYPE = PyType.builtin(PyOrderedDictViewsValuesTable.INSTANCE);

    Values(PyOrderedDict dict) {
      super(dict);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    @PyMethod(name = "__iter__")
    protected PyObject iter() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.VALUES, false);
    }

    @Override
    @PyMethod(name = "__reversed__", kind = SlotKind.METHOD, sig = "()")
    protected PyObject reversed() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.VALUES, true);
    }
  }

  /** {@code odict_items}. */
  @PyTypeDef(
      name = "odict_items",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Items extends PyDictItems {
    static final PyType TYPE = PyType.builtin(PyOrderedDictViewsItemsTable.INSTANCE);

    Items(PyOrderedDict dict) {
      super(dict);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    @PyMethod(name = "__iter__")
    protected PyObject iter() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.ITEMS, false);
    }

    @Override
    @PyMethod(name = "__reversed__", kind = SlotKind.METHOD, sig = "()")
    protected PyObject reversed() {
      return new PyOrderedDictIterator(dict, PyOrderedDictIterator.ITEMS, true);
    }
  }
}
