package org.plait.modules.bz2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;

/** {@code _bz2.BZ2Compressor}. Guarded by its monitor; no Python code runs under it. */
@PyTypeDef(
    name = "BZ2Compressor",
    module = "_bz2",
    doc = "Compresses to a bzip2 stream piece by piece.")
public final class PyBz2Compressor extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyBz2CompressorTable.INSTANCE);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final BZip2CompressorOutputStream stream;
  private boolean flushed;

  private PyBz2Compressor(int level) {
    try {
      stream = new BZip2CompressorOutputStream(out, level);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(compresslevel=9, /)")
  static PyObject new_(PyType cls, int level) {
    if (level < 1 || level > 9) {
      throw Errors.valueError("compresslevel must be between 1 and 9");
    }
    return new PyBz2Compressor(level);
  }

  private PyObject taken() {
    byte[] b = out.toByteArray();
    out.reset();
    return Py.bytes(b);
  }

  @PyMethod(sig = "(data, /)", doc = "Compress data and give what is ready of the result.")
  PyObject compress(PyObject data) {
    byte[] b = PyBuffers.toBytes(data);
    synchronized (this) {
      if (!flushed) {
        try {
          stream.write(b, 0, b.length);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return taken();
      }
    }
    throw Errors.valueError("Compressor has been flushed");
  }

  @PyMethod(sig = "()", doc = "Give the rest of the compressed data.")
  PyObject flush() {
    synchronized (this) {
      if (!flushed) {
        flushed = true;
        try {
          stream.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return taken();
      }
    }
    throw Errors.valueError("Repeated call to flush()");
  }
}
