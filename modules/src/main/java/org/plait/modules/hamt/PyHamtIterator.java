package org.plait.modules.hamt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PersistentMap;
import org.plait.runtime.types.PyIterator;

/** An iterator over keys, values or items of a {@link PyHamt}; its length is that of the map. */
@PyTypeDef(name = "hamt_iterator", module = "_hamt")
public final class PyHamtIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyHamtIteratorTable.INSTANCE);

  private final List<PyObject> items;
  private final AtomicInteger at = new AtomicInteger();

  PyHamtIterator(PersistentMap map, Function<PersistentMap.Entry, PyObject> item) {
    items = new ArrayList<>(map.size());
    map.forEach(entry -> items.add(item.apply(entry)));
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @PyMethod(name = "__len__")
  int len() {
    return items.size();
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    int i = at.getAndUpdate(n -> Math.min(n + 1, items.size()));
    return i < items.size() ? items.get(i) : null;
  }
}
