package org.plait.modules.interpreters;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;

/** What {@code _interpqueues} does; its functions pass their arguments on. */
public final class QueueFunctions {
  private static final int ONLY_OWN_DATA = 0;
  private static final int FULL_FALLBACK = 1;

  private QueueFunctions() {}

  // Compare CPython qidarg_converter in _interpqueuesmodule.c.
  private static long id(PyObject o) {
    if (!o.type().isSubtypeOf(PyInt.TYPE) && o.type().lookup("__index__") == null) {
      throw Errors.typeError("queue ID must be an int, got " + o.type().name());
    }
    PyInt n = PyNumbers.index(o);
    if (n.signum() < 0) {
      throw Errors.valueError("queue ID must be a non-negative int, got " + PyObjects.repr(o));
    }
    if (!n.isLong()) {
      throw Errors.overflowError(
          "max queue ID is " + Long.MAX_VALUE + ", got " + PyObjects.repr(o));
    }
    return n.longValue();
  }

  private static CrossQueue find(PyObject id) {
    return CrossQueues.current().find(id(id));
  }

  static boolean fallback(int given, boolean otherwise) {
    if (given < 0) {
      return otherwise;
    }
    if (given > FULL_FALLBACK) {
      throw Errors.valueError("unsupported fallback " + given);
    }
    return given == FULL_FALLBACK;
  }

  public static long create(long maxSize, int unboundOp, int fallback) {
    int op = Unbound.of(unboundOp, Unbound.REPLACE);
    return CrossQueues.current().create(maxSize, op, fallback(fallback, true)).id;
  }

  public static void destroy(PyObject id) {
    CrossQueues.current().destroy(id(id));
  }

  public static PyObject listAll() {
    PyList all = new PyList();
    for (CrossQueue q : CrossQueues.current().all()) {
      all.append(Py.tuple(Py.int_(q.id), Py.int_(q.unboundOp), Py.int_(number(q))));
    }
    return all;
  }

  private static int number(CrossQueue q) {
    return q.fallback ? FULL_FALLBACK : ONLY_OWN_DATA;
  }

  public static PyObject defaults(PyObject id) {
    CrossQueue q = find(id);
    return Py.tuple(Py.int_(q.unboundOp), Py.int_(number(q)));
  }

  public static void put(PyObject id, PyObject obj, int unboundOp, int fallback) {
    CrossQueue q = find(id);
    int op = Unbound.of(unboundOp, q.unboundOp);
    CrossData data = CrossObjects.data(obj, fallback(fallback, q.fallback));
    if (!q.put(data, op)) {
      data.release();
      throw QueueTypes.current().full(q.id);
    }
    if (CrossQueues.current().findOrNull(q.id) != q) {
      // Destroyed meanwhile: nobody will ask for the item.
      q.clear();
    }
  }

  /** The next item and None, or None and what its interpreter's end makes of it. */
  public static PyObject get(PyObject id) {
    CrossQueue q = find(id);
    CrossQueue.Taken taken = q.take();
    if (taken == null) {
      throw QueueTypes.current().empty(q.id);
    }
    CrossData data = taken.data();
    if (data == null) {
      return Py.tuple(Py.None, Py.int_(taken.unboundOp()));
    }
    try {
      return Py.tuple(data.rebuild(), Py.None);
    } finally {
      data.release();
    }
  }

  public static void bind(PyObject id) {
    find(id).reference();
  }

  public static void release(PyObject id) {
    CrossQueue q = find(id);
    if (!CrossQueues.current().dereference(q)) {
      throw Errors.of(CrossQueues.ERROR, "queue " + q.id + " never bound");
    }
  }

  public static long maxSize(PyObject id) {
    return find(id).maxSize;
  }

  public static boolean isFull(PyObject id) {
    CrossQueue q = find(id);
    return q.maxSize > 0 && q.size() >= q.maxSize;
  }

  public static int count(PyObject id) {
    return find(id).size();
  }
}
