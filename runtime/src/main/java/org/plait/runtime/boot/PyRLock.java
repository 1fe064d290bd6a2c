package org.plait.runtime.boot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Clock;
import org.plait.sched.PlaitThread;
import org.plait.sched.RecursiveMutex;

/** {@code _thread.RLock}. */
@PyTypeDef(
    name = "RLock",
    sig = "none",
    module = "_thread",
    subclassable = true,
    flags = {TypeFlag.WEAKREF})
public class PyRLock extends PyObject implements QuietMethods.Lock {
  public static final PyType TYPE = PyType.builtin(PyRLockTable.INSTANCE);

  private static final VarHandle MUTEX;

  static {
    try {
      MUTEX = MethodHandles.lookup().findVarHandle(PyRLock.class, "mutex", RecursiveMutex.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile RecursiveMutex mutex;

  PyRLock() {
    // Plain: the lock reaches other threads by a later release.
    MUTEX.set(this, new RecursiveMutex());
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String[] kwnames) {
    return cls == TYPE ? new PyRLock() : new PyRLockDerived(cls);
  }

  @PyMethod(sig = "(blocking=True, timeout=-1)")
  boolean acquire(boolean blocking, PyObject timeout) {
    RecursiveMutex m = mutex;
    long deadline = LockTimeout.deadline(blocking, timeout);
    return taken(m) || deadline != 0 && LockTimeout.wait(m::acquire, deadline);
  }

  @Override
  public final boolean enterQuietly(boolean wait) {
    RecursiveMutex m = mutex;
    return taken(m) || wait && QuietMethods.wait(m::acquire);
  }

  private static boolean taken(RecursiveMutex m) {
    try {
      return m.tryAcquire();
    } catch (ArithmeticException e) {
      throw overflow();
    }
  }

  private static PyException overflow() {
    return Errors.overflowError("Internal lock count overflowed");
  }

  @PyMethod(sig = "()")
  void release() {
    RecursiveMutex m = mutex;
    if (!m.isOwned()) {
      throw Errors.runtimeError("cannot release un-acquired lock");
    }
    m.release();
  }

  @PyMethod(sig = "()")
  boolean locked() {
    return mutex.owner() != null;
  }

  @PyMethod(name = "__enter__", sig = "()")
  boolean enter() {
    RecursiveMutex m = mutex;
    return taken(m) || LockTimeout.wait(m::acquire, Clock.FOREVER);
  }

  @PyMethod(name = "__exit__", sig = "(exc_type, exc_value, exc_tb, /)")
  void exit(PyObject type, PyObject value, PyObject traceback) {
    release();
  }

  @PyMethod(name = "_is_owned", sig = "()")
  boolean isOwned() {
    return mutex.isOwned();
  }

  @PyMethod(name = "_recursion_count", sig = "()")
  long recursionCount() {
    return mutex.isOwned() ? mutex.count() : 0;
  }

  @PyMethod(name = "_release_save", sig = "()")
  PyObject releaseSave() {
    RecursiveMutex m = mutex;
    if (!m.isOwned()) {
      throw Errors.runtimeError("cannot release un-acquired lock");
    }
    return Py.tuple(Py.int_(m.releaseAll()), Py.int_(PlaitThread.current().ident()));
  }

  @PyMethod(name = "_acquire_restore", sig = "(state, /)")
  void acquireRestore(PyTuple state) {
    long times = PyNumbers.asLong(state.get(0), Exceptions.OverflowError);
    if (times != (int) times) {
      throw overflow();
    }
    mutex.restore((int) times);
  }

  @PyMethod(name = "_at_fork_reinit", sig = "()")
  void atForkReinit() {
    mutex = new RecursiveMutex();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    RecursiveMutex m = mutex;
    PlaitThread owner = m.owner();
    return "<"
        + (owner != null ? "locked" : "unlocked")
        + " "
        + type().fullName()
        + " object owner="
        + (owner == null ? 0 : owner.ident())
        + " count="
        + m.count()
        + " at "
        + PyIdentity.address(this)
        + ">";
  }
}
