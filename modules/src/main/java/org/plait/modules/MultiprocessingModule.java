package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.wait.NamedSemaphore;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.Clock;
import org.plait.sched.PlaitThread;

/** {@code _multiprocessing}: semaphores that processes share. */
@PyModuleDef(name = "_multiprocessing", hostErrors = true)
public final class MultiprocessingModule implements NativeModule {
  private static final int SEM_VALUE_MAX = Integer.MAX_VALUE;
  private static final int O_CREAT_EXCL = 0x40 | 0x80;

  @Override
  public NativeTable table() {
    return new MultiprocessingModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    SemLock.TYPE.setOwn("SEM_VALUE_MAX", Py.int_(SEM_VALUE_MAX));
    m.add("SemLock", SemLock.TYPE);
    PyDict flags = new PyDict();
    flags.putStr("HAVE_SEM_OPEN", Py.int_(1));
    flags.putStr("HAVE_SEM_TIMEDWAIT", Py.int_(1));
    m.add("flags", flags);
  }

  @PyFunction(name = "sem_unlink", sig = "(name, /)")
  static void semUnlink(PyStr name) {
    NamedSemaphore.unlink(FsPaths.encode(name));
  }

  /**
   * {@code SemLock}: a named semaphore. {@link #count} and {@link #owner} say how often a thread of
   * this process holds it; they change under the object's monitor, never while waiting.
   */
  @PyTypeDef(name = "SemLock", module = "_multiprocessing", subclassable = true)
  static class SemLock extends PyObject {
    static final PyType TYPE = PyType.builtin(MultiprocessingModuleSemLockTable.INSTANCE);

    private static final int RECURSIVE_MUTEX = 0;

    private final NamedSemaphore semaphore;
    private final int kind;
    private final int maxvalue;
    private final @Nullable PyStr name;
    private long owner;
    private int count;

    SemLock(NamedSemaphore semaphore, int kind, int maxvalue, @Nullable PyStr name) {
      this.semaphore = semaphore;
      this.kind = kind;
      this.maxvalue = maxvalue;
      this.name = name;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    private static PyObject make(
        PyType cls, NamedSemaphore s, int kind, int maxvalue, @Nullable PyStr name) {
      return cls == TYPE
          ? new SemLock(s, kind, maxvalue, name)
          : new MultiprocessingModuleSemLockDerived(cls, s, kind, maxvalue, name);
    }

    @PyNew(sig = "(kind, value, maxvalue, name, unlink)")
    static PyObject new_(
        PyType cls, int kind, int value, int maxvalue, PyStr name, boolean unlink) {
      if (kind != RECURSIVE_MUTEX && kind != 1) {
        throw Errors.valueError("unrecognized kind");
      }
      byte[] path = FsPaths.encode(name);
      try {
        NamedSemaphore s = NamedSemaphore.open(path, O_CREAT_EXCL, 0600, value);
        if (unlink) {
          NamedSemaphore.unlink(path);
        }
        return make(cls, s, kind, maxvalue, unlink ? null : name);
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
    }

    @PyClassMethod(name = "_rebuild", sig = "(handle, kind, maxvalue, name, /)")
    static PyObject rebuild(PyType cls, PyObject handle, int kind, int maxvalue, PyObject name) {
      if (!(name instanceof PyStr s)) {
        throw Errors.notImplemented("a semaphore without a name can't be rebuilt");
      }
      try {
        return make(cls, NamedSemaphore.open(FsPaths.encode(s), 0, 0, 0), kind, maxvalue, s);
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
    }

    private synchronized boolean mine() {
      return count > 0 && owner == PlaitThread.current().ident();
    }

    // Compare CPython _multiprocessing_SemLock_acquire_impl in semaphore.c.
    @PyMethod(sig = "(block=True, timeout=None)")
    boolean acquire(boolean block, PyObject timeout) {
      synchronized (this) {
        if (kind == RECURSIVE_MUTEX && mine()) {
          count++;
          return true;
        }
      }
      long deadline = Clock.FOREVER;
      if (timeout != Py.None) {
        double seconds = Math.max(0, PyNumbers.asDouble(timeout));
        deadline = Clock.deadline((long) Math.min(seconds * 1e9, Long.MAX_VALUE / 2.0));
      }
      try {
        boolean got = semaphore.tryAcquire();
        if (!got && block) {
          try (NamedSemaphore.Acquire wait = semaphore.acquire()) {
            got = Waits.await(wait, deadline);
          }
        }
        if (got) {
          synchronized (this) {
            count++;
            owner = PlaitThread.current().ident();
          }
        }
        return got;
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
    }

    @PyMethod(sig = "()")
    void release() {
      try {
        synchronized (this) {
          if (kind == RECURSIVE_MUTEX) {
            if (!mine()) {
              throw Errors.of(
                  Exceptions.AssertionError,
                  "attempt to release recursive lock not owned by thread");
            }
            if (count > 1) {
              count--;
              return;
            }
          } else if (semaphore.value() >= maxvalue) {
            throw Errors.valueError("semaphore or lock released too many times");
          }
          count--;
        }
        semaphore.release();
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
    }

    @PyMethod(name = "__enter__", sig = "()")
    boolean enter() {
      return acquire(true, Py.None);
    }

    @PyMethod(name = "__exit__", sig = "(exc_type=None, exc_value=None, exc_tb=None, /)")
    void exit(PyObject type, PyObject value, PyObject traceback) {
      release();
    }

    @PyMethod(name = "_count", sig = "()")
    synchronized int count() {
      return count;
    }

    @PyMethod(name = "_is_mine", sig = "()")
    boolean isMine() {
      return mine();
    }

    @PyMethod(name = "_get_value", sig = "()")
    int getValue() {
      return semaphore.value();
    }

    @PyMethod(name = "_is_zero", sig = "()")
    boolean isZero() {
      return semaphore.value() == 0;
    }

    @PyMethod(name = "_after_fork", sig = "()")
    synchronized void afterFork() {
      count = 0;
    }

    @PyGetter("handle")
    PyObject getHandle() {
      return Py.int_(semaphore.handle());
    }

    @PyGetter("kind")
    int getKind() {
      return kind;
    }

    @PyGetter("maxvalue")
    int getMaxvalue() {
      return maxvalue;
    }

    @PyGetter("name")
    PyObject getName() {
      return Py.orNone(name);
    }
  }
}
