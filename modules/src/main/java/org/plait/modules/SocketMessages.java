package org.plait.modules;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.plait.host.net.Sockets;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyTuple;

/** Arguments and results of {@code sendmsg}, {@code recvmsg} and {@code recvmsg_into}. */
final class SocketMessages {
  private static final String ITEM = "[sendmsg() ancillary data items]() argument must be ";

  private SocketMessages() {}

  /** The elements of an iterable; TypeError with this message for what is none. */
  private static List<PyObject> items(PyObject iterable, String message) {
    PyObject it;
    try {
      it = PyIters.getIter(iterable);
    } catch (PyException e) {
      throw e.matches(Exceptions.TypeError) ? Errors.typeError(message) : e;
    }
    List<PyObject> all = new ArrayList<>();
    for (PyObject o = PyIters.next(it); o != null; o = PyIters.next(it)) {
      all.add(o);
    }
    return all;
  }

  /** The bytes of several buffers, one behind the other. */
  static byte[] gather(PyObject buffers) {
    List<PyObject> all = items(buffers, "sendmsg() argument 1 must be an iterable");
    if (all.size() == 1) {
      return PyBuffers.toBytes(all.getFirst());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (PyObject o : all) {
      out.writeBytes(PyBuffers.toBytes(o));
    }
    return out.toByteArray();
  }

  // Compare CPython sock_sendmsg in socketmodule.c.
  static List<Sockets.Control> controls(PyObject ancdata) {
    List<Sockets.Control> all = new ArrayList<>();
    for (PyObject o : items(ancdata, "sendmsg() argument 2 must be an iterable")) {
      if (!(o instanceof PyTuple t)) {
        throw Errors.typeError(ITEM + "3-item tuple, not " + o.type().name());
      }
      if (t.size() != 3) {
        throw Errors.typeError(ITEM + "tuple of length 3, not " + t.size());
      }
      int level = ArgumentConverters.toInt(t.get(0));
      int type = ArgumentConverters.toInt(t.get(1));
      all.add(new Sockets.Control(level, type, PyBuffers.toBytes(t.get(2))));
    }
    return all;
  }

  /** The writable buffers to receive into; the caller closes them. */
  static List<Buffer> targets(PyObject buffers) {
    List<Buffer> all = new ArrayList<>();
    try {
      for (PyObject o : items(buffers, "recvmsg_into() argument 1 must be an iterable")) {
        try {
          all.add(PyBuffers.write(o, "recvmsg_into() argument 1"));
        } catch (PyException e) {
          throw e.matches(Exceptions.TypeError)
              ? Errors.typeError(
                  "recvmsg_into() argument 1 must be an iterable of single-segment read-write"
                      + " buffers")
              : e;
        }
      }
    } catch (PyException e) {
      all.forEach(Buffer::close);
      throw e;
    }
    return all;
  }

  /** Distributes what was received over the buffers. */
  static void scatter(byte[] data, int count, List<Buffer> parts) {
    int at = 0;
    for (Buffer part : parts) {
      int n = (int) Math.min(count - at, part.length);
      part.set(0, data, at, n);
      at += n;
    }
  }

  /** What {@code recvmsg} returns: the data or its length, ancillary data, flags, address. */
  static PyObject result(PyObject data, Sockets.Message m) {
    List<PyObject> controls = new ArrayList<>();
    for (Sockets.Control c : m.controls()) {
      controls.add(Py.tuple(Py.int_(c.level()), Py.int_(c.type()), Py.bytes(c.data())));
    }
    return Py.tuple(
        data, Py.list(controls), Py.int_(m.flags()), SocketAddresses.toPython(m.address()));
  }
}
