package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.PlaitThread;

/**
 * {@code _thread._ThreadHandle}: a thread to be joined. {@link #done} opens when the Python
 * function has returned; the fields change under this object's monitor, which is held for a few
 * instructions.
 */
@PyTypeDef(
    name = "_ThreadHandle",
    module = "_thread",
    flags = {TypeFlag.WEAKREF})
public final class PyThreadHandle extends PyObject implements QuietMethods.Lock {
  public static final PyType TYPE = PyType.builtin(PyThreadHandleTable.INSTANCE);

  private enum State {
    NOT_STARTED,
    STARTING,
    RUNNING,
    DONE
  }

  private final Latch done = new Latch();
  private State state = State.NOT_STARTED;
  private volatile long ident;
  private volatile @Nullable PlaitThread thread;

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyThreadHandle();
  }

  /** For a running thread that was not started through a handle. */
  static PyThreadHandle of(PlaitThread t) {
    PyThreadHandle h = new PyThreadHandle();
    h.running(t);
    t.onExit(h::finished);
    return h;
  }

  /** For an identifier of no thread of ours: it is never done until somebody says so. */
  static PyThreadHandle foreign(long ident) {
    PyThreadHandle h = new PyThreadHandle();
    h.state = State.RUNNING;
    h.ident = ident;
    return h;
  }

  synchronized void prepare() {
    if (state != State.NOT_STARTED) {
      throw Errors.runtimeError("thread already started");
    }
    state = State.STARTING;
  }

  synchronized void failed() {
    state = State.NOT_STARTED;
  }

  synchronized void started(PlaitThread t, boolean daemon) {
    running(t);
  }

  synchronized void running(PlaitThread t) {
    if (state == State.DONE) {
      return;
    }
    thread = t;
    ident = t.ident();
    state = State.RUNNING;
  }

  void finished() {
    synchronized (this) {
      state = State.DONE;
    }
    done.open();
  }

  long ident() {
    return ident;
  }

  @PyGetter("ident")
  PyObject getIdent() {
    return Py.int_(ident);
  }

  @PyMethod(name = "is_done", sig = "()")
  boolean isDone() {
    return done.isOpen();
  }

  @PyMethod(name = "_set_done", sig = "()")
  void setDone() {
    synchronized (this) {
      if (state == State.NOT_STARTED || state == State.STARTING) {
        throw Errors.runtimeError("thread not started");
      }
    }
    finished();
  }

  @PyMethod(sig = "(timeout=None, /)")
  void join(PyObject timeout) {
    long deadline = Clock.FOREVER;
    if (timeout != Py.None) {
      double seconds = PyNumbers.asDouble(timeout);
      if (seconds >= 0) {
        deadline = LockTimeout.after(seconds);
      }
    }
    synchronized (this) {
      if (state == State.NOT_STARTED || state == State.STARTING) {
        throw Errors.runtimeError("thread not started");
      }
    }
    if (!done.isOpen() && thread == PlaitThread.current()) {
      throw Errors.runtimeError("Cannot join current thread");
    }
    if (!done.isOpen() && ThreadState.current().interpreter.finalizing) {
      throw Errors.of(
          Exceptions.PythonFinalizationError, "cannot join thread at interpreter shutdown");
    }
    LockTimeout.wait(done::await, deadline);
  }

  /** As {@link #join} without a time-out; whether the thread has ended. */
  @Override
  public boolean enterQuietly(boolean wait) {
    if (done.isOpen()) {
      return true;
    }
    synchronized (this) {
      if (state != State.RUNNING || thread == PlaitThread.current()) {
        return false;
      }
    }
    return wait && !ThreadState.current().interpreter.finalizing && QuietMethods.wait(done::await);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<_ThreadHandle object: ident=" + ident + " at " + PyIdentity.address(this) + ">";
  }
}
