package org.plait.modules.zlib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyBytes;

/**
 * {@code zlib._ZlibDecompressor}: keeps the input it has no use for yet. Guarded by its monitor; no
 * Python code runs under it.
 */
@PyTypeDef(
    name = "_ZlibDecompressor",
    module = "zlib",
    sig = "(wbits=15, zdict=b'')",
    doc = "Decompresses a zlib stream piece by piece.")
public final class PyZlibDecompressor extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyZlibDecompressorTable.INSTANCE);

  private static final int NO_LIMIT = Integer.MAX_VALUE - 16;

  private final InflateStream stream;
  private byte[] input = new byte[0];
  private PyBytes unusedData = PyBytes.EMPTY;
  private boolean needsInput = true;

  private PyZlibDecompressor(InflateStream stream) {
    this.stream = stream;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(wbits=15, zdict=NULL)")
  static PyObject new_(PyType cls, int wbits, @Nullable PyObject zdict) {
    byte[] dictionary = zdict == null ? null : PyBuffers.toBytes(zdict);
    if (!InflateStream.valid(wbits)) {
      throw Errors.valueError("Invalid initialization option");
    }
    return new PyZlibDecompressor(
        new InflateStream(wbits, dictionary == null ? null : dictionary.clone(), false));
  }

  @PyMethod(
      sig = "(data, max_length=-1)",
      doc = "Decompress data; at most max_length bytes unless that is negative.")
  PyObject decompress(PyObject data, long maxLength) {
    byte[] more = PyBuffers.toBytes(data);
    int max = maxLength < 0 ? NO_LIMIT : (int) Math.min(maxLength, NO_LIMIT);
    synchronized (this) {
      if (!stream.isFinished()) {
        return run(more, max);
      }
    }
    throw Errors.eofError("End of stream already reached");
  }

  private PyObject run(byte[] more, int max) {
    byte[] in = more;
    if (input.length > 0) {
      in = Arrays.copyOf(input, input.length + more.length);
      System.arraycopy(more, 0, in, input.length, more.length);
    }
    if (max == 0) {
      input = in.clone();
      needsInput = in.length == 0;
      return PyBytes.EMPTY;
    }
    try {
      byte[] out = stream.inflate(in, 0, max);
      byte[] rest = Arrays.copyOfRange(in, stream.position(), in.length);
      if (stream.isFinished()) {
        unusedData = PyBytes.of(rest);
        input = new byte[0];
        needsInput = false;
      } else {
        input = rest;
        needsInput = rest.length == 0;
      }
      return Py.bytes(out);
    } catch (ZlibException e) {
      throw e.error("while decompressing data");
    }
  }

  @PyGetter("eof")
  boolean getEof() {
    return stream.isFinished();
  }

  @PyGetter("unused_data")
  synchronized PyObject getUnusedData() {
    return unusedData;
  }

  @PyGetter("needs_input")
  synchronized boolean getNeedsInput() {
    return needsInput;
  }
}
