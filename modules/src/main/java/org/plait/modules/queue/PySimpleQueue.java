package org.plait.modules.queue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.sched.Attempt;
import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.SafePoint;
import org.plait.sched.SpinLock;
import org.plait.sched.WaitQueue;

/** {@code _queue.SimpleQueue}: an unbounded queue whose {@code put} never blocks. */
@PyTypeDef(
    name = "SimpleQueue",
    module = "_queue",
    subclassable = true,
    flags = {TypeFlag.WEAKREF},
    sig = "()",
    doc = "Simple, unbounded, reentrant FIFO queue.")
public class PySimpleQueue extends PyObject implements QuietMethods.Source {
  public static final PyType TYPE = PyType.builtin(PySimpleQueueTable.INSTANCE);

  /** Guards {@link #items}. */
  private final SpinLock lock = new SpinLock();

  private final ArrayDeque<PyObject> items = new ArrayDeque<>();
  private final WaitQueue takers = new WaitQueue(this);

  /**
   * {@code _queue.Empty}, made at first need; one for all copies of the module, as this type is.
   */
  private static final class EmptyHolder {
    static final PyType EMPTY = make();

    private static PyType make() {
      PyDict namespace = Py.dict();
      namespace.putStr("__module__", Py.str("_queue"));
      namespace.putStr("__doc__", Py.str("Exception raised by Queue.get(block=0)/get_nowait()."));
      PyObject base = Py.tuple(Exceptions.Exception);
      return ((PyType) PyType.TYPE.call3(Py.str("Empty"), base, namespace)).shared();
    }
  }

  public PySimpleQueue() {}

  /** {@code _queue.Empty}. */
  public static PyType emptyType() {
    return EmptyHolder.EMPTY;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return cls == TYPE ? new PySimpleQueue() : new PySimpleQueueDerived(cls);
  }

  private @Nullable PyObject poll() {
    lock.lock();
    PyObject item = items.pollFirst();
    lock.unlock();
    return item;
  }

  @Override
  public final @Nullable PyObject takeQuietly(boolean wait) {
    PyObject item = poll();
    if (item != null || !wait) {
      return item;
    }
    Take take = new Take();
    return QuietMethods.wait(deadline -> takers.await(take, deadline)) ? take.taken : null;
  }

  @PyMethod(
      sig = "(item, block=True, timeout=None)",
      doc =
          "Puts an item in, which never waits; block and timeout are those of Queue "
              + "and without\n"
              + "meaning here.")
  void put(PyObject item, boolean block, PyObject timeout) {
    lock.lock();
    try {
      items.addLast(item);
    } finally {
      lock.unlock();
    }
    takers.wakeOne();
  }

  @PyMethod(name = "put_nowait", sig = "(item)", doc = "Puts an item in, as put(item).")
  void putNowait(PyObject item) {
    put(item, true, Py.None);
  }

  /** Takes an item and keeps it for the thread that waits. */
  private final class Take implements Attempt {
    private @Nullable PyObject taken;

    @Override
    public boolean tryNow() {
      taken = poll();
      return taken != null;
    }

    @Override
    public boolean mightWorkAgain() {
      return !empty();
    }
  }

  @PyMethod(
      sig = "(block=True, timeout=None)",
      doc =
          "Takes the oldest item out.\n\n"
              + "Waits for one if block is true, at most timeout seconds if that is not "
              + "None; raises\n"
              + "Empty if there is none.")
  PyObject get(boolean block, PyObject timeout) {
    long nanos = Long.MAX_VALUE;
    if (block && timeout != Py.None) {
      nanos = nanos(timeout);
      if (nanos < 0) {
        throw Errors.valueError("'timeout' must be a non-negative number");
      }
    }
    PyObject item = poll();
    if (item != null) {
      return item;
    }
    if (block && nanos > 0) {
      Take take = new Take();
      long deadline = nanos == Long.MAX_VALUE ? Clock.FOREVER : Clock.deadline(nanos);
      Outcome outcome = takers.await(take, deadline);
      while (outcome == Outcome.INTERRUPTED) {
        SafePoint.poll();
        outcome = takers.await(take, deadline);
      }
      if (take.taken != null) {
        return take.taken;
      }
    }
    throw Errors.of(EmptyHolder.EMPTY);
  }

  // Compare CPython _PyTime_FromSecondsObject in pytime.c.
  private static long nanos(PyObject seconds) {
    BigDecimal s;
    if (seconds instanceof PyFloat f) {
      if (Double.isNaN(f.value())) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      if (Double.isInfinite(f.value())) {
        throw Errors.overflowError("timestamp too large to convert to C PyTime_t");
      }
      s = new BigDecimal(f.value());
    } else {
      s = new BigDecimal(PyNumbers.index(seconds).bigValue());
    }
    BigInteger n = s.movePointRight(9).setScale(0, RoundingMode.CEILING).toBigInteger();
    if (n.bitLength() > 63) {
      throw Errors.overflowError("timestamp too large to convert to C PyTime_t");
    }
    return n.signum() == 0 && s.signum() < 0 ? -1 : n.longValue();
  }

  @PyMethod(
      name = "get_nowait",
      sig = "()",
      doc = "Takes the oldest item out; raises Empty if there is none.")
  PyObject getNowait() {
    return get(false, Py.None);
  }

  @PyMethod(sig = "()", doc = "Whether the queue was empty just now.")
  boolean empty() {
    return qsize() == 0;
  }

  @PyMethod(sig = "()", doc = "How many items were in the queue just now.")
  int qsize() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
