package org.plait.modules.interpreters;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.LockTimeout;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PyStructSequence;
import org.plait.sched.Clock;

/** What {@code _interpchannels} does; its functions pass their arguments on. */
public final class ChannelFunctions {
  private static final PyStructSequence.Kind INFO =
      new PyStructSequence.Kind(
          "_interpchannels",
          "ChannelInfo",
          true,
          8,
          "open",
          "closing",
          "closed",
          "count",
          "num_interp_send",
          "num_interp_send_released",
          "num_interp_recv",
          "num_interp_recv_released",
          "num_interp_both",
          "num_interp_both_recv_released",
          "num_interp_both_send_released",
          "num_interp_both_released",
          "send_associated",
          "send_released",
          "recv_associated",
          "recv_released");

  /** The kinds of interpreters in {@link CrossChannel.Info} that have counts above, in order. */
  private static final int[] KINDS = {4, 8, 1, 2, 5, 6, 9, 10};

  private ChannelFunctions() {}

  /** {@code _interpchannels.ChannelInfo}. */
  public static PyType infoType() {
    return INFO.type();
  }

  // Compare CPython channel_id_converter in _interpchannelsmodule.c.
  private static long id(PyObject o) {
    if (o instanceof PyChannelId c) {
      return c.id;
    }
    if (!o.type().isSubtypeOf(PyInt.TYPE) && o.type().lookup("__index__") == null) {
      throw Errors.typeError("channel ID must be an int, got " + o.type().name());
    }
    PyInt n = PyNumbers.index(o);
    if (n.signum() < 0) {
      throw Errors.valueError("channel ID must be a non-negative int, got " + PyObjects.repr(o));
    }
    if (!n.isLong()) {
      throw Errors.overflowError("int too big to convert");
    }
    return n.longValue();
  }

  private static CrossChannel find(PyObject id) {
    return CrossChannels.current().find(id(id));
  }

  private static long currentInterpreter() {
    return ThreadState.current().interpreter.id;
  }

  public static PyObject create(int unboundOp, int fallback) {
    int op = Unbound.of(unboundOp, Unbound.REPLACE);
    CrossChannel c = CrossChannels.current().create(op, QueueFunctions.fallback(fallback, true));
    return PyChannelId.of(c.id, CrossChannel.BOTH, false);
  }

  public static void destroy(PyObject id) {
    CrossChannels.current().destroy(id(id));
  }

  /** The channels that somebody refers to: those that nobody does are collected first. */
  public static PyObject listAll() {
    if (!CrossChannels.current().open().isEmpty()) {
      Finalization.collect();
    }
    PyList all = new PyList();
    for (CrossChannel c : CrossChannels.current().open()) {
      all.append(
          Py.tuple(
              PyChannelId.of(c.id, CrossChannel.BOTH, true),
              Py.int_(c.unboundOp),
              Py.int_(c.fallback ? 1 : 0)));
    }
    return all;
  }

  public static PyObject listInterpreters(PyObject id, boolean send) {
    PyList all = new PyList();
    find(id).users(send).forEach(i -> all.append(Py.int_(i)));
    return all;
  }

  // ---- sending and receiving

  public static void send(
      PyObject id, PyObject obj, int unboundOp, int fallback, boolean blocking, PyObject timeout) {
    CrossChannel c = find(id);
    int op = Unbound.of(unboundOp, c.unboundOp);
    boolean pickled = QueueFunctions.fallback(fallback, c.fallback);
    long deadline = deadline(blocking, timeout);
    send(c, CrossObjects.data(obj, pickled), op, deadline);
  }

  public static void sendBuffer(
      PyObject id, PyObject obj, int unboundOp, int fallback, boolean blocking, PyObject timeout) {
    CrossChannel c = find(id);
    int op = Unbound.of(unboundOp, c.unboundOp);
    QueueFunctions.fallback(fallback, c.fallback);
    long deadline = deadline(blocking, timeout);
    PyObject view = PyMemoryView.from(obj);
    send(c, CrossObjects.data(view, false), op, deadline);
  }

  /** 0 means not to wait. */
  private static long deadline(boolean blocking, PyObject timeout) {
    if (timeout == Py.None) {
      return blocking ? Clock.FOREVER : 0;
    }
    if (!(timeout instanceof PyFloat) && timeout.type().lookup("__index__") == null) {
      throw Errors.typeError(
          "'" + timeout.type().name() + "' object cannot be interpreted as an integer or float");
    }
    if (PyNumbers.asDouble(timeout) == -1 && blocking) {
      throw Errors.valueError("timeout value must be a non-negative number");
    }
    return LockTimeout.deadline(blocking, timeout);
  }

  private static void send(CrossChannel c, CrossData data, int op, long deadline) {
    CrossChannel.Item item = new CrossChannel.Item(data, op, deadline != 0);
    try {
      c.send(item);
    } catch (PyException e) {
      data.release();
      throw e;
    }
    if (item.done == null) {
      return;
    }
    boolean done = false;
    try {
      done = LockTimeout.wait(item.done::await, deadline);
    } finally {
      if (!done && c.takeBack(item)) {
        data.release();
      }
    }
    if (!done) {
      throw Errors.of(Exceptions.TimeoutError, "timed out");
    }
    if (!item.taken) {
      throw ChannelErrors.closed(c.id);
    }
  }

  /** The next object and None, or None and what its interpreter's end makes of it. */
  public static PyObject recv(PyObject id, @Nullable PyObject otherwise) {
    CrossChannel c = find(id);
    CrossChannel.Item item = c.receive(currentInterpreter());
    if (item == null) {
      if (otherwise == null) {
        throw ChannelErrors.empty(c.id);
      }
      return Py.tuple(otherwise, Py.None);
    }
    CrossData data = item.data;
    if (data == null) {
      CrossChannel.received(item);
      return Py.tuple(Py.None, Py.int_(item.unboundOp));
    }
    try {
      return Py.tuple(data.rebuild(), Py.None);
    } finally {
      CrossChannel.received(item);
      data.release();
    }
  }

  // ---- ends

  private static int ends(boolean send, boolean recv) {
    return send == recv ? CrossChannel.BOTH : send ? CrossChannel.SEND : CrossChannel.RECV;
  }

  public static void close(PyObject id, boolean send, boolean recv, boolean force) {
    find(id).close(ends(send, recv), force);
  }

  public static void release(PyObject id, boolean send, boolean recv) {
    find(id).release(currentInterpreter(), ends(send, recv));
  }

  // ---- facts

  /** An interpreter that nobody refers to ends first, and takes along what it has sent. */
  public static int count(PyObject id) {
    CrossChannel c = find(id);
    if (c.holdsFromOthers(ThreadState.current().interpreter)) {
      Finalization.collect();
    }
    return c.count();
  }

  public static PyObject defaults(PyObject id) {
    CrossChannel c = find(id);
    if (c.isClosed()) {
      throw ChannelErrors.closed(c.id);
    }
    return Py.tuple(Py.int_(c.unboundOp), Py.int_(c.fallback ? 1 : 0));
  }

  public static PyObject info(PyObject id) {
    CrossChannel.Info info = find(id).info(currentInterpreter());
    PyObject[] values = new PyObject[16];
    values[0] = Py.bool_(info.open());
    values[1] = Py.bool_(info.closing());
    values[2] = Py.bool_(info.closed());
    values[3] = Py.int_(info.count());
    Map<Integer, Integer> kinds = info.kinds();
    for (int i = 0; i < KINDS.length; i++) {
      values[4 + i] = Py.int_(kinds.getOrDefault(KINDS[i], 0));
    }
    int own = info.own();
    values[12] = Py.bool_((own & 4) != 0);
    values[13] = Py.bool_((own & 8) != 0);
    values[14] = Py.bool_((own & 1) != 0);
    values[15] = Py.bool_((own & 2) != 0);
    return INFO.make(values);
  }

  /** {@code _channel_id}: -1 for an end that isn't mentioned. */
  public static PyObject channelId(PyObject id, int send, int recv, boolean force) {
    if (send == 0 && recv == 0) {
      throw Errors.valueError("'send' and 'recv' cannot both be False");
    }
    int ends =
        send == 1 && recv != 1
            ? CrossChannel.SEND
            : recv == 1 && send != 1 ? CrossChannel.RECV : CrossChannel.BOTH;
    return PyChannelId.of(id(id), ends, force);
  }

  /** What a new copy of the module needs in its interpreter. */
  public static void registerId() {
    CrossTypes.current()
        .register(PyChannelId.TYPE, o -> new PyChannelId.Data((PyChannelId) o, false));
  }
}
