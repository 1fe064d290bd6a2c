package org.plait.modules.interpreters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyType;

/** All queues between the interpreters of a program. */
public final class CrossQueues {
  public static final PyType ERROR =
      Errors.newException(
          "concurrent.interpreters",
          "QueueError",
          Exceptions.RuntimeError,
          "Something that was asked of a queue has failed.");

  public static final PyType NOT_FOUND =
      Errors.newException("concurrent.interpreters", "QueueNotFoundError", ERROR, null);

  private final AtomicLong nextId = new AtomicLong(1);
  private final ConcurrentSkipListMap<Long, CrossQueue> queues = new ConcurrentSkipListMap<>();

  /** Those of the current program. */
  public static CrossQueues current() {
    return ThreadState.current().interpreter.runtime.state(CrossQueues.class, CrossQueues::new);
  }

  CrossQueue create(long maxSize, int unboundOp, boolean fallback) {
    CrossQueue q = new CrossQueue(nextId.getAndIncrement(), maxSize, unboundOp, fallback);
    queues.put(q.id, q);
    return q;
  }

  @Nullable CrossQueue findOrNull(long id) {
    return queues.get(id);
  }

  /**
   * @throws org.plait.runtime.exceptions.PyException QueueNotFoundError
   */
  CrossQueue find(long id) {
    CrossQueue q = queues.get(id);
    if (q == null) {
      throw notFound(id);
    }
    return q;
  }

  private static PyException notFound(long id) {
    return Errors.of(NOT_FOUND, "queue " + id + " not found");
  }

  void destroy(long id) {
    CrossQueue q = queues.remove(id);
    if (q == null) {
      throw notFound(id);
    }
    q.clear();
  }

  /** Gives a reference back; false if there was none. The queue ends with the last one. */
  boolean dereference(CrossQueue q) {
    long left = q.dereference();
    if (left == 0 && queues.remove(q.id, q)) {
      q.clear();
    }
    return left >= 0;
  }

  /** Newest first. */
  List<CrossQueue> all() {
    return new ArrayList<>(queues.descendingMap().values());
  }

  /** An interpreter is no more. */
  public void forget(PyInterpreter i) {
    queues.values().forEach(q -> q.clear(i));
  }
}
