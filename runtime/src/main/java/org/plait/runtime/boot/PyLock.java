package org.plait.runtime.boot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.sched.Mutex;

/** {@code _thread.lock}. */
@PyTypeDef(
    name = "lock",
    module = "_thread",
    flags = {TypeFlag.WEAKREF})
public final class PyLock extends PyObject implements QuietMethods.Lock {
  public static final PyType TYPE = PyType.builtin(PyLockTable.INSTANCE);

  private static final VarHandle MUTEX;

  static {
    try {
      MUTEX = MethodHandles.lookup().findVarHandle(PyLock.class, "mutex", Mutex.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Mutex mutex;

  PyLock() {
    // Plain: the lock reaches other threads by a later release.
    MUTEX.set(this, new Mutex());
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyLock();
  }

  @PyMethod(sig = "(blocking=True, timeout=-1)")
  boolean acquire(boolean blocking, PyObject timeout) {
    Mutex m = mutex;
    long deadline = LockTimeout.deadline(blocking, timeout);
    return m.tryAcquire() || deadline != 0 && LockTimeout.acquire(m, deadline);
  }

  @PyMethod(name = "acquire_lock", sig = "(blocking=True, timeout=-1)")
  boolean acquireLock(boolean blocking, PyObject timeout) {
    return acquire(blocking, timeout);
  }

  @Override
  public boolean enterQuietly(boolean wait) {
    Mutex m = mutex;
    return m.tryAcquire() || wait && QuietMethods.wait(m::acquire);
  }

  @PyMethod(sig = "()")
  void release() {
    Mutex m = mutex;
    try {
      m.release();
    } catch (IllegalMonitorStateException e) {
      throw Errors.runtimeError("release unlocked lock");
    }
  }

  @PyMethod(name = "release_lock", sig = "()")
  void releaseLock() {
    release();
  }

  @PyMethod(sig = "()")
  boolean locked() {
    return mutex.isLocked();
  }

  @PyMethod(name = "locked_lock", sig = "()")
  boolean lockedLock() {
    return locked();
  }

  @PyMethod(name = "_at_fork_reinit", sig = "()")
  void atForkReinit() {
    mutex = new Mutex();
  }

  @PyMethod(name = "__enter__", sig = "()")
  boolean enter() {
    Mutex m = mutex;
    return m.tryAcquire() || LockTimeout.acquire(m, org.plait.sched.Clock.FOREVER);
  }

  @PyMethod(name = "__exit__", sig = "(exc_type, exc_value, exc_tb, /)")
  void exit(PyObject type, PyObject value, PyObject traceback) {
    release();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<"
        + (mutex.isLocked() ? "locked" : "unlocked")
        + " _thread.lock object at "
        + PyIdentity.address(this)
        + ">";
  }
}
