package org.plait.modules.ssl;

import java.util.Arrays;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;

/** {@code ssl.MemoryBIO}: bytes on their way, under the object's monitor. */
@PyTypeDef(
    name = "MemoryBIO",
    module = "_ssl",
    doc = "A queue of bytes between a TLS object and whatever carries them.")
public final class PyMemoryBio extends PyObject implements Wire {
  public static final PyType TYPE = PyType.builtin(PyMemoryBioTable.INSTANCE);

  private byte[] data = new byte[0];

  /** What is in the queue: data[start] to data[end - 1]. */
  private int start;

  private int end;
  private boolean ended;

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyMemoryBio();
  }

  @Override
  public synchronized int receive(byte[] to, int at, int count) {
    int n = Math.min(count, end - start);
    if (n == 0) {
      return ended ? END : WOULD_BLOCK;
    }
    System.arraycopy(data, start, to, at, n);
    start += n;
    if (start == end) {
      start = 0;
      end = 0;
      data = new byte[0];
    }
    return n;
  }

  @Override
  public synchronized int send(byte[] from, int at, int count) {
    if (end + count > data.length) {
      int size = end - start;
      byte[] room = new byte[Math.max(size + count, size * 2)];
      System.arraycopy(data, start, room, 0, size);
      data = room;
      start = 0;
      end = size;
    }
    System.arraycopy(from, at, data, end, count);
    end += count;
    return count;
  }

  @PyMethod(sig = "(size=-1, /)", doc = "Takes up to that many bytes out, or all.")
  synchronized PyObject read(int size) {
    byte[] b = new byte[size < 0 ? end - start : Math.min(size, end - start)];
    int n = b.length == 0 ? 0 : receive(b, 0, b.length);
    return Py.bytes(n == b.length ? b : Arrays.copyOf(b, n));
  }

  @PyMethod(sig = "(b, /)", doc = "Puts bytes in.")
  int write(PyObject b) {
    byte[] bytes = PyBuffers.plainBytes(b);
    synchronized (this) {
      if (!ended) {
        return send(bytes, 0, bytes.length);
      }
    }
    throw Errors.of(SslErrors.ERROR, "cannot write() after write_eof()");
  }

  @PyMethod(name = "write_eof", sig = "()", doc = "Nothing will be put in any more.")
  synchronized void writeEof() {
    ended = true;
  }

  @PyGetter(value = "pending", doc = "How many bytes are in.")
  synchronized int pending() {
    return end - start;
  }

  @PyGetter(value = "eof", doc = "Whether all has been taken out and nothing will follow.")
  synchronized boolean eof() {
    return ended && start == end;
  }
}
