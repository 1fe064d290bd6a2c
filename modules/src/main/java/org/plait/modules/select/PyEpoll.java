package org.plait.modules.select;

import java.util.concurrent.atomic.AtomicInteger;
import org.plait.host.file.Fd;
import org.plait.host.wait.Epoll;
import org.plait.host.wait.Readiness;
import org.plait.host.wait.Wait;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.boot.PosixDescriptors;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyList;
import org.plait.sched.SafePoint;

/** {@code select.epoll}: an epoll instance of the program. */
@PyTypeDef(
    name = "epoll",
    module = "select",
    subclassable = true,
    hostErrors = true,
    doc = "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object.")
public class PyEpoll extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyEpollTable.INSTANCE);

  private static final int CLOEXEC = 0x80000;
  private static final int DEFAULT_EVENTS = 7;
  private static final long SECOND = 1_000_000_000;

  /** The descriptor, -1 once closed. */
  private final AtomicInteger descriptor;

  PyEpoll(int fd) {
    descriptor = new AtomicInteger(fd);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private static PyEpoll of(PyType cls, int fd) {
    return cls == TYPE ? new PyEpoll(fd) : new PyEpollDerived(cls, fd);
  }

  @PyNew(sig = "(sizehint=-1, flags=0)")
  static PyObject new_(PyType cls, int sizehint, int flags) {
    if (sizehint != -1 && sizehint <= 0) {
      throw Errors.valueError("negative sizehint");
    }
    if (flags != 0 && flags != CLOEXEC) {
      throw Errors.of(org.plait.runtime.exceptions.Exceptions.OSError, Py.str("invalid flags"));
    }
    return of(cls, Epoll.create(CLOEXEC));
  }

  @PyClassMethod(sig = "(fd, /)", doc = "An epoll object for an existing epoll descriptor.")
  static PyObject fromfd(PyType cls, int fd) {
    return of(cls, fd);
  }

  private int open() {
    int fd = descriptor.get();
    if (fd < 0) {
      throw Errors.valueError("I/O operation on closed epoll object");
    }
    return fd;
  }

  @PyMethod(sig = "()", doc = "Close the epoll control file descriptor.")
  public void close() {
    int fd = descriptor.getAndSet(-1);
    if (fd >= 0) {
      Fd.close(fd);
    }
  }

  @PyGetter("closed")
  boolean isClosed() {
    return descriptor.get() < 0;
  }

  @PyMethod(sig = "()", doc = "Return the epoll control file descriptor.")
  public int fileno() {
    return open();
  }

  // Compare CPython pyepoll_internal_ctl in selectmodule.c.
  private void control(int operation, int fd, int events) {
    Epoll.control(open(), operation, fd, events);
  }

  private static int mask(PyObject events) {
    return (int) org.plait.runtime.protocol.PyNumbers.index(events).longValue();
  }

  @PyMethod(
      sig = "(fd, eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)",
      raw = true,
      doc = "Adds a descriptor; OSError if it is there already.")
  public PyObject register(PyObject[] args, String[] kwnames) {
    PyObject[] given = new PyObject[2];
    int positional = args.length - (kwnames == null ? 0 : kwnames.length);
    for (int i = 0; i < args.length; i++) {
      int at = i;
      if (i >= positional) {
        String name = kwnames[i - positional];
        at = name.equals("fd") ? 0 : name.equals("eventmask") ? 1 : -1;
        if (at < 0) {
          throw Errors.typeError("register() got an unexpected keyword argument '" + name + "'");
        }
      }
      if (at > 1) {
        throw Errors.typeError("register() takes at most 2 arguments (" + args.length + " given)");
      }
      given[at] = args[i];
    }
    if (given[0] == null) {
      throw Errors.typeError("register() missing required argument 'fd' (pos 1)");
    }
    int events = given[1] == null ? DEFAULT_EVENTS : mask(given[1]);
    open();
    control(Epoll.CTL_ADD, PosixDescriptors.fileno(given[0]), events);
    return Py.None;
  }

  @PyMethod(sig = "(fd, eventmask)", doc = "Changes which events of a descriptor are waited for.")
  public void modify(PyObject fd, PyObject eventmask) {
    int events = mask(eventmask);
    open();
    control(Epoll.CTL_MOD, PosixDescriptors.fileno(fd), events);
  }

  @PyMethod(sig = "(fd)", doc = "Takes a descriptor away.")
  public void unregister(PyObject fd) {
    open();
    control(Epoll.CTL_DEL, PosixDescriptors.fileno(fd), 0);
  }

  /** Waits for the instance to have events, and fetches them. */
  private static final class Events implements Wait {
    private final int epoll;
    private final int max;
    private final Readiness ready;
    int[] found = {};

    Events(int epoll, int max) {
      this.epoll = epoll;
      this.max = max;
      ready = Readiness.of(epoll, Fd.POLLIN);
    }

    @Override
    public boolean tryNow() {
      found = Epoll.poll(epoll, max);
      if (found.length > 0) {
        return true;
      }
      // Readiness arms itself again when it looks in vain; if it doesn't, look once more.
      while (ready.tryNow()) {
        found = Epoll.poll(epoll, max);
        if (found.length > 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void arm(Runnable wake) {
      ready.arm(wake);
    }

    @Override
    public void disarm() {
      ready.disarm();
    }
  }

  @PyMethod(
      sig = "(timeout=None, maxevents=-1)",
      doc = "Waits for events; returns pairs of descriptor and events.")
  public PyObject poll(PyObject timeout, int maxevents) {
    int fd = open();
    long deadline = Timeouts.deadline(timeout, SECOND);
    if (maxevents == -1) {
      maxevents = 1023;
    } else if (maxevents < 1) {
      throw Errors.valueError("maxevents must be greater than 0, got " + maxevents);
    }
    Events events = new Events(fd, maxevents);
    Waits.await(events, deadline);
    // A signal may be what made it ready: its handler runs before the caller sees that.
    SafePoint.poll();
    PyList result = new PyList();
    for (int i = 0; i < events.found.length; i += 2) {
      result.append(
          Py.tuple(Py.int_(events.found[i]), Py.int_(Integer.toUnsignedLong(events.found[i + 1]))));
    }
    return result;
  }

  @PyMethod(name = "__enter__", sig = "()")
  public PyObject enter() {
    open();
    return this;
  }

  @PyMethod(name = "__exit__", sig = "(exc_type=None, exc_value=None, exc_tb=None, /)")
  public PyObject exit(PyObject type, PyObject value, PyObject traceback) {
    return org.plait.runtime.protocol.PyCalls.callMethod(this, "close");
  }
}
