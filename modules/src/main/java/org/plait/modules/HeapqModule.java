package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.ListHeap;
import org.plait.runtime.types.PyList;

/**
 * {@code _heapq}. On items that are compared without user code each function is one atomic step,
 * see {@link ListHeap}. On others it is a series of steps on the list, with comparisons between
 * them; a change of the list's size in between is an error, as in CPython.
 */
@PyModuleDef(name = "_heapq", doc = "Heap queue algorithm (a.k.a. priority queue).")
public final class HeapqModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new HeapqModuleTable(this);
  }

  /** Whether {@code a} belongs above {@code b}. */
  private static boolean above(PyObject a, PyObject b, boolean max) {
    return max
        ? PyObjects.compareBool(b, a, CompareOp.LT)
        : PyObjects.compareBool(a, b, CompareOp.LT);
  }

  private static PyObject item(PyList heap, int i) {
    PyObject v = heap.get(i);
    if (v == null) {
      throw Errors.indexError("index out of range");
    }
    return v;
  }

  private static void checkSize(PyList heap, int size) {
    if (heap.size() != size) {
      throw Errors.runtimeError("list changed size during iteration");
    }
  }

  private static void swap(PyList heap, int i, int j) {
    PyObject a = item(heap, i);
    PyObject b = item(heap, j);
    heap.setItem(i, b);
    heap.setItem(j, a);
  }

  // Compare CPython siftdown and siftup in _heapqmodule.c.
  private static void siftDown(PyList heap, int start, int at, boolean max) {
    int size = heap.size();
    if (at >= size) {
      throw Errors.indexError("index out of range");
    }
    while (at > start) {
      int parent = at - 1 >> 1;
      boolean up = above(item(heap, at), item(heap, parent), max);
      checkSize(heap, size);
      if (!up) {
        return;
      }
      swap(heap, at, parent);
      at = parent;
    }
  }

  private static void siftUp(PyList heap, int at, boolean max) {
    int size = heap.size();
    int start = at;
    if (at >= size) {
      throw Errors.indexError("index out of range");
    }
    int limit = size >> 1;
    while (at < limit) {
      int child = 2 * at + 1;
      if (child + 1 < size) {
        boolean left = above(item(heap, child), item(heap, child + 1), max);
        checkSize(heap, size);
        if (!left) {
          child++;
        }
      }
      swap(heap, at, child);
      at = child;
    }
    siftDown(heap, start, at, max);
  }

  private static void push(PyList heap, PyObject item, boolean max) {
    if (ListHeap.push(heap, item, max)) {
      return;
    }
    heap.append(item);
    siftDown(heap, 0, heap.size() - 1, max);
  }

  private static PyObject pop(PyList heap, boolean max) {
    PyObject taken = ListHeap.pop(heap, max);
    if (taken != null) {
      return taken;
    }
    int n = heap.size();
    if (n == 0) {
      throw Errors.indexError("index out of range");
    }
    PyObject last = heap.pop(-1);
    if (n == 1) {
      return last;
    }
    PyObject top = item(heap, 0);
    heap.setItem(0, last);
    siftUp(heap, 0, max);
    return top;
  }

  private static PyObject replace(PyList heap, PyObject item, boolean max) {
    PyObject taken = ListHeap.replace(heap, item, max);
    if (taken != null) {
      return taken;
    }
    PyObject top = item(heap, 0);
    heap.setItem(0, item);
    siftUp(heap, 0, max);
    return top;
  }

  private static PyObject pushPop(PyList heap, PyObject item, boolean max) {
    PyObject taken = ListHeap.pushPop(heap, item, max);
    if (taken != null) {
      return taken;
    }
    if (heap.size() == 0) {
      return item;
    }
    PyObject top = item(heap, 0);
    if (!above(top, item, max)) {
      return item;
    }
    top = item(heap, 0);
    heap.setItem(0, item);
    siftUp(heap, 0, max);
    return top;
  }

  private static void build(PyList heap, boolean max) {
    if (ListHeap.build(heap, max)) {
      return;
    }
    for (int i = (heap.size() >> 1) - 1; i >= 0; i--) {
      siftUp(heap, i, max);
    }
  }

  // ---- Python

  @PyFunction(sig = "(heap, item, /)", doc = "Puts an item into the heap.")
  static void heappush(PyList heap, PyObject item) {
    push(heap, item, false);
  }

  @PyFunction(sig = "(heap, /)", doc = "Takes the smallest item out of the heap.")
  static PyObject heappop(PyList heap) {
    return pop(heap, false);
  }

  @PyFunction(
      sig = "(heap, item, /)",
      doc = "Takes the smallest item out of the heap and puts another in, in one step.")
  static PyObject heapreplace(PyList heap, PyObject item) {
    return replace(heap, item, false);
  }

  @PyFunction(
      sig = "(heap, item, /)",
      doc = "Puts an item into the heap and takes the smallest out, in one step.")
  static PyObject heappushpop(PyList heap, PyObject item) {
    return pushPop(heap, item, false);
  }

  @PyFunction(sig = "(heap, /)", doc = "Makes a heap of a list, in linear time.")
  static void heapify(PyList heap) {
    build(heap, false);
  }

  @PyFunction(
      name = "heappush_max",
      sig = "(heap, item, /)",
      doc = "Puts an item into the max heap.")
  static void heappushMax(PyList heap, PyObject item) {
    push(heap, item, true);
  }

  @PyFunction(name = "heappop_max", sig = "(heap, /)", doc = "Maxheap variant of heappop.")
  static PyObject heappopMax(PyList heap) {
    return pop(heap, true);
  }

  @PyFunction(
      name = "heapreplace_max",
      sig = "(heap, item, /)",
      doc = "Maxheap variant of heapreplace.")
  static PyObject heapreplaceMax(PyList heap, PyObject item) {
    return replace(heap, item, true);
  }

  @PyFunction(
      name = "heappushpop_max",
      sig = "(heap, item, /)",
      doc = "Maxheap variant of heappushpop.")
  static PyObject heappushpopMax(PyList heap, PyObject item) {
    return pushPop(heap, item, true);
  }

  @PyFunction(name = "heapify_max", sig = "(heap, /)", doc = "Maxheap variant of heapify.")
  static void heapifyMax(PyList heap) {
    build(heap, true);
  }
}
