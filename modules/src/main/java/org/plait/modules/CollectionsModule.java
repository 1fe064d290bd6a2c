package org.plait.modules;

import org.plait.modules.collections.PyDefaultDict;
import org.plait.modules.collections.PyDeque;
import org.plait.modules.collections.PyDequeIterator;
import org.plait.modules.collections.PyDequeReverseIterator;
import org.plait.modules.collections.PyOrderedDict;
import org.plait.modules.collections.PyTupleGetter;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;

/** {@code _collections}. */
@PyModuleDef(
    name = "_collections",
    doc = "deque, defaultdict and OrderedDict, for the module collections.\n")
public final class CollectionsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CollectionsModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("deque", PyDeque.TYPE);
    module.add("defaultdict", PyDefaultDict.TYPE);
    module.add("OrderedDict", PyOrderedDict.TYPE);
    module.add("_deque_iterator", PyDequeIterator.TYPE);
    module.add("_deque_reverse_iterator", PyDequeReverseIterator.TYPE);
    module.add("_tuplegetter", PyTupleGetter.TYPE);
  }

  // Compare CPython _collections__count_elements_impl in _collectionsmodule.c.
  @PyFunction(
      name = "_count_elements",
      sig = "(mapping, iterable, /)",
      doc = "Adds to a mapping how often each item occurs")
  static PyObject countElements(PyObject mapping, PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    boolean plain =
        mapping instanceof PyDict
            && mapping.type().lookup("get") == PyDict.TYPE.lookup("get")
            && mapping.type().lookup("__setitem__") == PyDict.TYPE.lookup("__setitem__");
    PyObject get = plain ? null : PyObjects.getAttr(mapping, "get");
    for (PyObject key = PyIters.next(it); key != null; key = PyIters.next(it)) {
      if (plain) {
        PyDict d = (PyDict) mapping;
        long hash = PyDict.hashKey(key);
        PyObject old = d.get(key, hash);
        d.put(key, hash, old == null ? PyInt.ONE : PyNumbers.add(old, PyInt.ONE), false);
      } else {
        PyObject old = get.call2(key, PyInt.ZERO);
        PyMappings.setItem(mapping, key, PyNumbers.add(old, PyInt.ONE));
      }
    }
    return Py.None;
  }
}
