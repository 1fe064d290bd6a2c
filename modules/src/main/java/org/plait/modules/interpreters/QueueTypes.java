package org.plait.modules.interpreters;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;

/** The classes of {@code concurrent.interpreters._queues} in one interpreter. */
public final class QueueTypes {
  private record Known(PyType queue, PyType empty, PyType full) {}

  private volatile @Nullable Known known;

  /** Those of the current interpreter. */
  public static QueueTypes current() {
    return ThreadState.current().interpreter.state(QueueTypes.class, QueueTypes::new);
  }

  /** {@code _register_heap_types}. */
  public void register(PyType queue, PyType empty, PyType full) {
    Known before = known;
    if (before != null && before.queue != queue) {
      CrossTypes.current().unregister(before.queue);
    }
    known = new Known(queue, empty, full);
    CrossQueues all = CrossQueues.current();
    CrossTypes.current()
        .register(queue, o -> new CrossQueue.Data(all, idOf(PyObjects.getAttr(o, "_id"))));
  }

  private static long idOf(PyObject id) {
    return PyNumbers.index(id).longValue();
  }

  private Known known() {
    if (known == null) {
      Imports.importModule("concurrent.interpreters._queues");
    }
    Known k = known;
    if (k == null) {
      throw Errors.runtimeError("could not import the queues of concurrent.interpreters");
    }
    return k;
  }

  PyObject make(long id) {
    return known().queue.call1(Py.int_(id));
  }

  PyException empty(long id) {
    return Errors.of(known().empty, "queue " + id + " is empty");
  }

  PyException full(long id) {
    return Errors.of(known().full, "queue " + id + " is full");
  }
}
