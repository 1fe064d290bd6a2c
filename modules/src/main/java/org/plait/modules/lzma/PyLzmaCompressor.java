package org.plait.modules.lzma;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.FinishableOutputStream;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZOutputStream;

/** {@code _lzma.LZMACompressor}. Guarded by its monitor; no Python code runs under it. */
@PyTypeDef(
    name = "LZMACompressor",
    module = "_lzma",
    sig = "none",
    doc = "Compresses to an xz, lzma or raw stream piece by piece.")
public final class PyLzmaCompressor extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyLzmaCompressorTable.INSTANCE);

  public static final int XZ = 1;
  public static final int ALONE = 2;
  public static final int RAW = 3;

  private static final int CHECK_CRC64 = 4;

  private final ByteArrayOutputStream out;
  private final OutputStream stream;
  private boolean flushed;

  private PyLzmaCompressor(ByteArrayOutputStream out, OutputStream stream) {
    this.out = out;
    this.stream = stream;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(format=1, check=-1, preset=None, filters=None)")
  static PyObject new_(PyType cls, int format, int check, PyObject preset, PyObject filters) {
    if (preset != Py.None && filters != Py.None) {
      throw Errors.valueError("Cannot specify both preset and filter chain");
    }
    long level = preset == Py.None ? 6 : Filter.unsigned(preset);
    if (format < XZ || format > RAW) {
      throw Errors.valueError("Invalid container format: " + format);
    }
    if (format != XZ && check != -1 && check != 0) {
      throw Errors.valueError("Integrity checks are only supported by FORMAT_XZ");
    }
    if (format == RAW && filters == Py.None) {
      throw Errors.valueError("Must specify filters for FORMAT_RAW");
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      OutputStream stream =
          switch (format) {
            case XZ -> xz(out, check == -1 ? CHECK_CRC64 : check, level, filters);
            case ALONE -> new LZMAOutputStream(out, alone(level, filters), -1);
            default -> raw(out, Filter.chain(filters));
          };
      return new PyLzmaCompressor(out, stream);
    } catch (UnsupportedOptionsException e) {
      throw LzmaErrors.of(LzmaErrors.OPTIONS);
    } catch (IOException e) {
      throw LzmaErrors.of(e);
    }
  }

  private static OutputStream xz(OutputStream out, int check, long preset, PyObject filters)
      throws IOException {
    if (check != 0 && check != 1 && check != CHECK_CRC64 && check != 10) {
      throw LzmaErrors.of(check < 16 ? "Unsupported integrity check" : "Internal error");
    }
    if (filters == Py.None) {
      return new XZOutputStream(out, Filter.preset(preset), check);
    }
    List<Filter> chain = Filter.chain(filters);
    if (chain.isEmpty()) {
      throw LzmaErrors.of("Internal error");
    }
    FilterOptions[] options = new FilterOptions[chain.size()];
    for (int i = 0; i < options.length; i++) {
      if ((chain.get(i).id() == Filter.LZMA2) != (i == options.length - 1)
          || chain.get(i).id() == Filter.LZMA1) {
        throw LzmaErrors.of(LzmaErrors.OPTIONS);
      }
      options[i] = chain.get(i).options();
    }
    return new XZOutputStream(out, options, check);
  }

  private static LZMA2Options alone(long preset, PyObject filters)
      throws UnsupportedOptionsException {
    if (filters == Py.None) {
      return Filter.preset(preset);
    }
    List<Filter> chain = Filter.chain(filters);
    if (chain.size() != 1 || chain.get(0).id() != Filter.LZMA1) {
      throw Errors.valueError(
          "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
    }
    return (LZMA2Options) chain.get(0).options();
  }

  private static OutputStream raw(OutputStream out, List<Filter> chain) throws IOException {
    if (chain.isEmpty() || !chain.get(chain.size() - 1).isLzma()) {
      throw LzmaErrors.of(LzmaErrors.OPTIONS);
    }
    FinishableOutputStream stream = new FinishableWrapperOutputStream(out);
    for (int i = chain.size() - 1; i >= 0; i--) {
      Filter f = chain.get(i);
      stream =
          f.id() == Filter.LZMA1
              ? new LZMAOutputStream(stream, (LZMA2Options) f.options(), true)
              : f.options().getOutputStream(stream);
    }
    return stream;
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
          throw LzmaErrors.of(e);
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
          throw LzmaErrors.of(e);
        }
        return taken();
      }
    }
    throw Errors.valueError("Repeated call to flush()");
  }
}
