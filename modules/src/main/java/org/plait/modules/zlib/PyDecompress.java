package org.plait.modules.zlib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;

/** {@code zlib.Decompress}. Guarded by its monitor; no Python code runs under it. */
@PyTypeDef(
    name = "Decompress",
    module = "zlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyDecompress extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyDecompressTable.INSTANCE);

  private final InflateStream stream;
  private PyBytes unusedData = PyBytes.EMPTY;
  private PyBytes unconsumedTail = PyBytes.EMPTY;
  private boolean eof;
  private boolean ended;

  public PyDecompress(InflateStream stream) {
    this.stream = stream;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** As much as fits into the memory. */
  private static final int NO_LIMIT = Integer.MAX_VALUE - 16;

  private static int limit(PyObject o) {
    return (int) Math.min(PyNumbers.asIndex(o), NO_LIMIT);
  }

  private synchronized byte[] run(byte[] data, int max) throws ZlibException {
    int used = 0;
    try {
      if (!stream.isFinished()) {
        byte[] out = stream.inflate(data, 0, max);
        used = stream.position();
        return out;
      }
      return new byte[0];
    } catch (ZlibException e) {
      used = stream.position();
      throw e;
    } finally {
      eof = stream.isFinished();
      PyBytes rest = PyBytes.copyOf(data, used, data.length);
      if (eof) {
        byte[] all = Arrays.copyOf(unusedData.array(), unusedData.size() + rest.size());
        System.arraycopy(rest.array(), 0, all, unusedData.size(), rest.size());
        unusedData = PyBytes.of(all);
        unconsumedTail = PyBytes.EMPTY;
      } else {
        unconsumedTail = rest;
      }
    }
  }

  @PyMethod(
      sig = "(data, /, max_length=0)",
      doc = "Decompress data; at most max_length bytes unless that is 0.")
  PyObject decompress(PyObject data, @Nullable PyObject maxLength) {
    int max = maxLength == null ? 0 : limit(maxLength);
    if (max < 0) {
      throw Errors.valueError("max_length must be non-negative");
    }
    try {
      return Py.bytes(run(PyBuffers.toBytes(data), max == 0 ? NO_LIMIT : max));
    } catch (ZlibException e) {
      throw e.error("while decompressing data");
    }
  }

  @PyMethod(sig = "(length=16384, /)", doc = "Decompress what is left of the input.")
  PyObject flush(@Nullable PyObject length) {
    if (length != null && limit(length) <= 0) {
      throw Errors.valueError("length must be greater than zero");
    }
    try {
      synchronized (this) {
        byte[] out = eof ? new byte[0] : run(unconsumedTail.array(), NO_LIMIT);
        ended = eof;
        return Py.bytes(out);
      }
    } catch (ZlibException e) {
      throw e.error("while decompressing data");
    }
  }

  @PyMethod(sig = "()", doc = "Give a copy of the decompressor in its present state.")
  synchronized PyObject copy() {
    if (ended) {
      throw Errors.valueError("Inconsistent stream state");
    }
    InflateStream copied = stream.copy();
    if (copied == null) {
      throw Errors.notImplemented("too much data has been decompressed to copy the decompressor");
    }
    PyDecompress copy = new PyDecompress(copied);
    copy.unusedData = unusedData;
    copy.unconsumedTail = unconsumedTail;
    copy.eof = eof;
    return copy;
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copyForModule() {
    return copy();
  }

  @PyMethod(name = "__deepcopy__", sig = "(memo, /)")
  PyObject deepCopy(PyObject memo) {
    return copy();
  }

  @PyGetter("unused_data")
  synchronized PyObject getUnusedData() {
    return unusedData;
  }

  @PyGetter("unconsumed_tail")
  synchronized PyObject getUnconsumedTail() {
    return unconsumedTail;
  }

  @PyGetter("eof")
  synchronized boolean getEof() {
    return eof;
  }
}
