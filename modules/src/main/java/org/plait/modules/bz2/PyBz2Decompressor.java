package org.plait.modules.bz2;

import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyBytes;

/** {@code _bz2.BZ2Decompressor}. Guarded by its monitor; no Python code runs under it. */
@PyTypeDef(
    name = "BZ2Decompressor",
    module = "_bz2",
    doc = "Decompresses one bzip2 stream piece by piece.")
public final class PyBz2Decompressor extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyBz2DecompressorTable.INSTANCE);

  private static final int NO_LIMIT = Integer.MAX_VALUE - 16;

  private final Bz2Decoder decoder = new Bz2Decoder();
  private PyBytes unusedData = PyBytes.EMPTY;
  private boolean failed;

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyBz2Decompressor();
  }

  @PyMethod(
      sig = "(data, max_length=-1)",
      doc = "Decompress data; at most max_length bytes unless that is negative.")
  PyObject decompress(PyObject data, long maxLength) {
    byte[] more = PyBuffers.toBytes(data);
    int max = maxLength < 0 ? NO_LIMIT : (int) Math.min(maxLength, NO_LIMIT);
    synchronized (this) {
      if (decoder.isFinished()) {
        throw Errors.eofError("End of stream already reached");
      }
      if (!failed) {
        decoder.in.add(more);
        try {
          byte[] out = decoder.decode(max);
          if (decoder.isFinished()) {
            unusedData = PyBytes.of(decoder.in.rest());
          }
          return Py.bytes(out);
        } catch (Bz2Decoder.Invalid e) {
          failed = true;
        }
      }
    }
    throw Errors.of(Exceptions.OSError, "Invalid data stream");
  }

  @PyGetter("eof")
  synchronized boolean getEof() {
    return decoder.isFinished();
  }

  @PyGetter("unused_data")
  synchronized PyObject getUnusedData() {
    return unusedData;
  }

  @PyGetter("needs_input")
  synchronized boolean getNeedsInput() {
    return !decoder.isFinished() && !decoder.hasOutput();
  }
}
