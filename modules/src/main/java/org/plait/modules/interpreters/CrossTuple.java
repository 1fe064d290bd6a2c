package org.plait.modules.interpreters;

import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyTuple;

/** A tuple: a new one of the items. */
final class CrossTuple extends CrossData {
  private final CrossData[] items;

  /**
   * @throws PyException if an item can't go over
   */
  CrossTuple(PyTuple tuple, boolean fallback) {
    items = new CrossData[tuple.size()];
    int done = 0;
    try {
      while (done < items.length) {
        items[done] = CrossObjects.data(tuple.get(done), fallback);
        done++;
      }
    } finally {
      if (done < items.length) {
        releaseFirst(done);
      }
    }
  }

  @Override
  PyObject rebuild() {
    PyObject[] made = new PyObject[items.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = items[i].rebuild();
    }
    return Py.tuple(made);
  }

  @Override
  void release() {
    releaseFirst(items.length);
  }

  private void releaseFirst(int n) {
    for (int i = 0; i < n; i++) {
      items[i].release();
    }
  }
}
