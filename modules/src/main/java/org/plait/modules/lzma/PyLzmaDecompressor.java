package org.plait.modules.lzma;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.SingleXZInputStream;

/**
 * {@code _lzma.LZMADecompressor}. The library decodes from where it can read on, not what comes in
 * pieces: so a stream is kept until its end is there, and decoded then. Guarded by its monitor; no
 * Python code runs under it.
 */
@PyTypeDef(
    name = "LZMADecompressor",
    module = "_lzma",
    sig = "(format=0, memlimit=None, filters=None)",
    doc = "Decompresses one xz, lzma or raw stream piece by piece.")
public final class PyLzmaDecompressor extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyLzmaDecompressorTable.INSTANCE);

  private static final int NO_LIMIT = Integer.MAX_VALUE - 16;
  private static final int AUTO = 0;
  private static final int CHECK_UNKNOWN = 16;
  private static final int ALONE_HEADER = 13;

  private int format;
  private final int memory;
  private final List<Filter> filters;
  private byte[] input = new byte[0];
  private int looked;
  private @Nullable InputStream decoder;
  private int end;
  private int check;
  private boolean eof;
  private @Nullable String failure;
  private PyBytes unusedData = PyBytes.EMPTY;

  private PyLzmaDecompressor(int format, int memory, List<Filter> filters) {
    this.format = format;
    this.memory = memory;
    this.filters = filters;
    this.check = format == PyLzmaCompressor.RAW ? 0 : CHECK_UNKNOWN;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(format=0, memlimit=None, filters=None)")
  static PyObject new_(PyType cls, int format, PyObject memlimit, PyObject filters) {
    boolean raw = format == PyLzmaCompressor.RAW;
    int memory = -1;
    if (memlimit != Py.None) {
      if (raw) {
        throw Errors.valueError("Cannot specify memory limit with FORMAT_RAW");
      }
      if (PyNumbers.index(memlimit).signum() < 0) {
        throw Errors.valueError("Cannot convert negative int");
      }
      memory = (int) Math.min(PyNumbers.asLong(memlimit, null) / 1024, Integer.MAX_VALUE);
    }
    if (raw && filters == Py.None) {
      throw Errors.valueError("Must specify filters for FORMAT_RAW");
    }
    if (!raw && filters != Py.None) {
      throw Errors.valueError("Cannot specify filters except with FORMAT_RAW");
    }
    if (format < AUTO || format > PyLzmaCompressor.RAW) {
      throw Errors.valueError("Invalid container format: " + format);
    }
    List<Filter> chain = raw ? Filter.chain(filters) : List.of();
    if (raw && (chain.isEmpty() || !chain.get(chain.size() - 1).isLzma())) {
      throw LzmaErrors.of(LzmaErrors.OPTIONS);
    }
    return new PyLzmaDecompressor(format, memory, chain);
  }

  @PyMethod(
      sig = "(data, max_length=-1)",
      doc = "Decompress data; at most max_length bytes unless that is negative.")
  PyObject decompress(PyObject data, long maxLength) {
    byte[] more = PyBuffers.toBytes(data);
    int max = maxLength < 0 ? NO_LIMIT : (int) Math.min(maxLength, NO_LIMIT);
    PyException error;
    synchronized (this) {
      if (eof) {
        throw Errors.eofError("Already at end of stream");
      }
      if (failure != null) {
        throw LzmaErrors.of(failure);
      }
      int old = input.length;
      input = Arrays.copyOf(input, old + more.length);
      System.arraycopy(more, 0, input, old, more.length);
      try {
        if (decoder == null) {
          start();
        }
        return Py.bytes(decoder == null ? new byte[0] : read(max));
      } catch (IOException e) {
        error = LzmaErrors.of(e);
      } catch (PyException e) {
        error = e;
      }
      failure = "Internal error";
    }
    throw error;
  }

  private byte[] read(int max) throws IOException {
    byte[] out = new byte[Math.min(max, 1 << 16)];
    int n = 0;
    while (n < max) {
      if (n == out.length) {
        out = Arrays.copyOf(out, (int) Math.min(max, n * 2L));
      }
      int got = decoder.read(out, n, out.length - n);
      if (got < 0) {
        eof = true;
        unusedData = PyBytes.copyOf(input, end, input.length);
        decoder = null;
        input = new byte[0];
        break;
      }
      n += got;
    }
    return Arrays.copyOf(out, n);
  }

  /** Makes the decoder if the whole stream is there. */
  private void start() throws IOException {
    if (format == AUTO && input.length > 0) {
      format = input[0] == (byte) 0xfd ? PyLzmaCompressor.XZ : PyLzmaCompressor.ALONE;
    }
    switch (format) {
      case AUTO -> {}
      case PyLzmaCompressor.XZ -> startXz();
      case PyLzmaCompressor.ALONE -> startAlone();
      default -> startRaw();
    }
  }

  private void startXz() throws IOException {
    if (!Completeness.mayBeXz(input)) {
      throw LzmaErrors.of(LzmaErrors.FORMAT);
    }
    if (input.length < 12) {
      return;
    }
    check = input[7] & 15;
    int found = Completeness.xzEnd(input, looked);
    looked = Math.max(0, input.length - 12);
    if (found != Completeness.NOT_YET) {
      end = found;
      decoder = new SingleXZInputStream(new ByteArrayInputStream(input, 0, end), memory);
    }
  }

  private void startAlone() throws IOException {
    int n = input.length == 0 ? 0 : input[0] & 0xff;
    if (n >= 225 || n % 9 + n / 9 % 5 > 4) {
      throw LzmaErrors.of(LzmaErrors.FORMAT);
    }
    if (input.length < ALONE_HEADER) {
      return;
    }
    check = 0;
    ByteArrayInputStream in = new ByteArrayInputStream(input);
    finish(in, new LZMAInputStream(in, memory));
  }

  private void startRaw() throws IOException {
    Filter last = filters.get(filters.size() - 1);
    if (last.id() == Filter.LZMA2) {
      end = Completeness.lzma2End(input);
      if (end != Completeness.NOT_YET) {
        InputStream s = new ByteArrayInputStream(input, 0, end);
        decoder = filtered(last.options().getInputStream(s));
      }
      return;
    }
    LZMA2Options o = (LZMA2Options) last.options();
    byte properties = (byte) ((o.getPb() * 5 + o.getLp()) * 9 + o.getLc());
    ByteArrayInputStream in = new ByteArrayInputStream(input);
    try {
      finish(in, filtered(new LZMAInputStream(in, -1, properties, o.getDictSize())));
    } catch (EOFException notYet) {
      // it starts by reading some bytes
    }
  }

  private InputStream filtered(InputStream stream) throws IOException {
    InputStream s = stream;
    for (int i = filters.size() - 2; i >= 0; i--) {
      s = filters.get(i).options().getInputStream(s);
    }
    return s;
  }

  /** Decodes to the end if it is there: nothing else tells where such a stream ends. */
  private void finish(ByteArrayInputStream in, InputStream stream) throws IOException {
    try {
      byte[] all = stream.readAllBytes();
      end = input.length - in.available();
      decoder = new ByteArrayInputStream(all);
    } catch (EOFException notYet) {
      // more will come
    }
  }

  @PyGetter("check")
  synchronized int getCheck() {
    return check;
  }

  @PyGetter("eof")
  synchronized boolean getEof() {
    return eof;
  }

  @PyGetter("needs_input")
  synchronized boolean getNeedsInput() {
    return !eof && decoder == null;
  }

  @PyGetter("unused_data")
  synchronized PyObject getUnusedData() {
    return unusedData;
  }
}
