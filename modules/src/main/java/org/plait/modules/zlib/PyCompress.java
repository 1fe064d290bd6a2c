package org.plait.modules.zlib;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;

/** {@code zlib.Compress}. Guarded by its monitor; no Python code runs under it. */
@PyTypeDef(
    name = "Compress",
    module = "zlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyCompress extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyCompressTable.INSTANCE);

  private final DeflateStream stream;

  public PyCompress(DeflateStream stream) {
    this.stream = stream;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private PyObject run(byte[] data, int mode, String doing) {
    synchronized (this) {
      if (!stream.isFinished()) {
        return Py.bytes(stream.deflate(data, mode));
      }
    }
    throw ZlibException.error(ZlibException.STREAM_ERROR, doing, "inconsistent stream state");
  }

  @PyMethod(sig = "(data, /)", doc = "Compress data and give what is ready of the result.")
  PyObject compress(PyObject data) {
    return run(PyBuffers.toBytes(data), 0, "while compressing data");
  }

  @PyMethod(sig = "(mode=4, /)", doc = "Give the rest of the compressed data.")
  PyObject flush(int mode) {
    if (mode == 0) {
      return Py.bytes(new byte[0]);
    }
    if (mode < 0 || mode > 5) {
      throw ZlibException.error(
          ZlibException.STREAM_ERROR, "while flushing", "inconsistent stream state");
    }
    // the JDK can't flush less than this
    int does = mode == 1 || mode == 5 ? DeflateStream.SYNC_FLUSH : mode;
    return run(new byte[0], does, "while flushing");
  }

  @PyMethod(sig = "()", doc = "Give a copy of the compressor in its present state.")
  PyObject copy() {
    if (stream.isFinished()) {
      throw Errors.valueError("Inconsistent stream state");
    }
    DeflateStream copy = stream.copy();
    if (copy == null) {
      throw Errors.notImplemented("too much data has been compressed to copy the compressor");
    }
    return new PyCompress(copy);
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copyForModule() {
    return copy();
  }

  @PyMethod(name = "__deepcopy__", sig = "(memo, /)")
  PyObject deepCopy(PyObject memo) {
    return copy();
  }
}
