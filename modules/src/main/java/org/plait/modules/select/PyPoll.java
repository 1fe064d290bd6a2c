package org.plait.modules.select;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.plait.host.file.Fd;
import org.plait.host.wait.Readiness;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.boot.PosixDescriptors;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.sched.SafePoint;
import org.plait.sched.SpinLock;

/** {@code select.poll}. The registrations are under {@link #lock}. */
@PyTypeDef(name = "poll", module = "select", hostErrors = true)
public final class PyPoll extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyPollTable.INSTANCE);

  private static final long MILLI = 1_000_000;

  private final SpinLock lock = new SpinLock();
  private final Map<Integer, Short> registered = new LinkedHashMap<>();
  private final AtomicBoolean polling = new AtomicBoolean();

  @Override
  public PyType type() {
    return TYPE;
  }

  private static short events(PyObject mask) {
    PyInt n = PyNumbers.index(mask);
    if (n.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (!n.isLong() || n.longValue() > 0xffff) {
      throw Errors.overflowError("Python int too large for C unsigned short");
    }
    return (short) n.longValue();
  }

  @PyMethod(
      sig = "(fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)",
      raw = true,
      doc = "Register a file descriptor with the polling object.")
  public PyObject register(PyObject[] args, String[] kwnames) {
    arguments("register", args, kwnames, 1);
    int fd = PosixDescriptors.fileno(args[0]);
    short mask = args.length > 1 ? events(args[1]) : (short) (Fd.POLLIN | Fd.POLLPRI | Fd.POLLOUT);
    lock.lock();
    registered.put(fd, mask);
    lock.unlock();
    return Py.None;
  }

  private static void arguments(String name, PyObject[] args, String[] kwnames, int least) {
    if (kwnames != null && kwnames.length > 0) {
      throw Errors.typeError("poll." + name + "() takes no keyword arguments");
    }
    if (args.length < least) {
      throw Errors.typeError(
          name + " expected at least " + least + " argument, got " + args.length);
    }
    if (args.length > 2) {
      throw Errors.typeError(name + " expected at most 2 arguments, got " + args.length);
    }
  }

  @PyMethod(sig = "(fd, eventmask, /)", doc = "Modify an already registered file descriptor.")
  public void modify(PyObject fd, PyObject eventmask) {
    int n = PosixDescriptors.fileno(fd);
    short mask = events(eventmask);
    lock.lock();
    boolean known = registered.replace(n, mask) != null;
    lock.unlock();
    if (!known) {
      throw org.plait.runtime.exceptions.OsErrors.of(org.plait.host.Errno.ENOENT);
    }
  }

  @PyMethod(sig = "(fd, /)", doc = "Remove a file descriptor being tracked by the polling object.")
  public void unregister(PyObject fd) {
    int n = PosixDescriptors.fileno(fd);
    lock.lock();
    boolean known = registered.remove(n) != null;
    lock.unlock();
    if (!known) {
      throw Errors.of(Exceptions.KeyError, Py.int_(n));
    }
  }

  @PyMethod(sig = "(timeout=None, /)", doc = "Polls the set of registered file descriptors.")
  public PyObject poll(PyObject timeout) {
    long deadline = Timeouts.deadline(timeout, MILLI);
    if (!polling.compareAndSet(false, true)) {
      throw Errors.runtimeError("concurrent poll() invocation");
    }
    try {
      lock.lock();
      int[] fds = new int[registered.size()];
      short[] events = new short[fds.length];
      int i = 0;
      for (Map.Entry<Integer, Short> e : registered.entrySet()) {
        fds[i] = e.getKey();
        events[i++] = e.getValue();
      }
      lock.unlock();
      Readiness r = Readiness.any(fds, events);
      Waits.await(r, deadline);
      // A signal may be what made it ready: its handler runs before the caller sees that.
      SafePoint.poll();
      short[] found = r.foundAll();
      PyList result = new PyList();
      for (i = 0; i < fds.length; i++) {
        if (found[i] != 0) {
          result.append(Py.tuple(Py.int_(fds[i]), Py.int_(found[i] & 0xffff)));
        }
      }
      return result;
    } finally {
      polling.set(false);
    }
  }
}
