package org.plait.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plait.host.Errno;
import org.plait.host.file.Fd;
import org.plait.host.wait.Readiness;
import org.plait.modules.select.PyEpoll;
import org.plait.modules.select.PyPoll;
import org.plait.modules.select.Timeouts;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.PosixDescriptors;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.sched.Clock;
import org.plait.sched.SafePoint;

/** {@code select}. */
@PyModuleDef(
    name = "select",
    hostErrors = true,
    doc = "Waiting until one of several descriptors is ready.")
public final class SelectModule implements NativeModule {
  /** Descriptors from here on don't fit into the sets of {@code select(2)}. */
  private static final int FD_SETSIZE = 1024;

  private static final int READABLE = 0x40 | 0x80 | Fd.POLLIN | Fd.POLLHUP | Fd.POLLERR;
  private static final int WRITABLE = 0x100 | 0x200 | Fd.POLLOUT | Fd.POLLERR;

  @Override
  public NativeTable table() {
    return new SelectModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", Exceptions.OSError);
    m.add("PIPE_BUF", Py.int_(4096));
    m.add("epoll", PyEpoll.TYPE);
    String[] names = {
      "IN", "PRI", "OUT", "ERR", "HUP", "NVAL", "RDNORM", "RDBAND", "WRNORM", "WRBAND", "MSG"
    };
    for (int i = 0; i < names.length; i++) {
      m.add("POLL" + names[i], Py.int_(1 << i));
      if (i != 5) {
        m.add("EPOLL" + names[i], Py.int_(1 << i));
      }
    }
    m.add("POLLRDHUP", Py.int_(0x2000));
    m.add("EPOLLRDHUP", Py.int_(0x2000));
    m.add("EPOLLET", Py.int_(1L << 31));
    m.add("EPOLLONESHOT", Py.int_(1 << 30));
    m.add("EPOLLEXCLUSIVE", Py.int_(1 << 28));
    m.add("EPOLLWAKEUP", Py.int_(1 << 29));
    m.add("EPOLL_CLOEXEC", Py.int_(0x80000));
  }

  @PyFunction(sig = "()", doc = "Returns a polling object.")
  static PyObject poll() {
    return new PyPoll();
  }

  @PyFunction(
      sig = "(rlist, wlist, xlist, timeout=None, /)",
      doc =
          "Waits until some of the descriptors can be read, written or have something "
              + "special.")
  static PyObject select(PyObject rlist, PyObject wlist, PyObject xlist, PyObject timeout) {
    long deadline = Clock.FOREVER;
    if (timeout != Py.None) {
      long nanos = Timeouts.nanos(timeout, 1_000_000_000, "timeout must be a float or None");
      if (nanos < 0) {
        throw Errors.valueError("timeout must be non-negative");
      }
      deadline = Clock.deadline(nanos);
    }
    Map<Integer, Integer> wanted = new LinkedHashMap<>();
    PyObject[][] objects = new PyObject[3][];
    int[][] fds = new int[3][];
    PyObject[] lists = {rlist, wlist, xlist};
    int[] events = {Fd.POLLIN, Fd.POLLOUT, Fd.POLLPRI};
    for (int i = 0; i < 3; i++) {
      List<PyObject> taken = new ArrayList<>();
      // A fileno() may change the list; what it takes off isn't asked any more.
      PyList list =
          lists[i] instanceof PyList l
              ? l
              : Py.list(PySequences.fast(lists[i], "arguments 1-3 must be sequences").clone());
      List<Integer> numbers = new ArrayList<>();
      for (int j = 0; ; j++) {
        PyObject o = list.get(j);
        if (o == null) {
          break;
        }
        int fd = PosixDescriptors.fileno(o);
        if (fd >= FD_SETSIZE) {
          throw Errors.valueError("filedescriptor out of range in select()");
        }
        taken.add(o);
        numbers.add(fd);
        wanted.merge(fd, events[i], (x, y) -> x | y);
      }
      objects[i] = taken.toArray(PyObject.NO_ARGS);
      fds[i] = numbers.stream().mapToInt(Integer::intValue).toArray();
    }
    Map<Integer, Integer> found = await(wanted, deadline);
    int[] masks = {READABLE, WRITABLE, Fd.POLLPRI};
    PyObject[] results = new PyObject[3];
    for (int i = 0; i < 3; i++) {
      PyList ready = new PyList();
      for (int j = 0; j < fds[i].length; j++) {
        if ((found.get(fds[i][j]) & masks[i]) != 0) {
          ready.append(objects[i][j]);
        }
      }
      results[i] = ready;
    }
    return Py.tuple(results);
  }

  private static Map<Integer, Integer> await(Map<Integer, Integer> wanted, long deadline) {
    int n = wanted.size();
    int[] all = new int[n];
    short[] events = new short[n];
    int i = 0;
    for (Map.Entry<Integer, Integer> e : wanted.entrySet()) {
      all[i] = e.getKey();
      events[i++] = (short) (int) e.getValue();
    }
    Readiness r = Readiness.any(all, events);
    Waits.await(r, deadline);
    // A signal may be what made it ready: its handler runs before the caller sees that.
    SafePoint.poll();
    short[] seen = r.foundAll();
    Map<Integer, Integer> found = new LinkedHashMap<>();
    for (i = 0; i < n; i++) {
      if ((seen[i] & Fd.POLLNVAL) != 0) {
        throw OsErrors.of(Errno.EBADF);
      }
      found.put(all[i], seen[i] & 0xffff);
    }
    return found;
  }
}
