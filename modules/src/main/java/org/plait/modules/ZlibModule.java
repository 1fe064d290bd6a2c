package org.plait.modules;

import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.plait.modules.zlib.DeflateStream;
import org.plait.modules.zlib.InflateStream;
import org.plait.modules.zlib.PyCompress;
import org.plait.modules.zlib.PyDecompress;
import org.plait.modules.zlib.PyZlibDecompressor;
import org.plait.modules.zlib.ZlibException;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyModule;

/** {@code zlib}, on the JDK's deflater and inflater. */
@PyModuleDef(name = "zlib", doc = "Compression and decompression in zlib's and gzip's formats.")
public final class ZlibModule implements NativeModule {
  private static final int ADLER_BASE = 65521;
  private static final int CRC_POLYNOMIAL = 0xedb88320;

  @Override
  public NativeTable table() {
    return new ZlibModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", ZlibException.ERROR);
    m.add("_ZlibDecompressor", PyZlibDecompressor.TYPE);
    m.add("DEFLATED", Py.int_(8));
    m.add("DEF_BUF_SIZE", Py.int_(16 * 1024));
    m.add("DEF_MEM_LEVEL", Py.int_(8));
    m.add("MAX_WBITS", Py.int_(15));
    m.add("Z_DEFAULT_COMPRESSION", Py.int_(-1));
    m.add("Z_NO_COMPRESSION", Py.int_(0));
    m.add("Z_BEST_SPEED", Py.int_(1));
    m.add("Z_BEST_COMPRESSION", Py.int_(9));
    String[] strategies = {"DEFAULT_STRATEGY", "FILTERED", "HUFFMAN_ONLY", "RLE", "FIXED"};
    for (int i = 0; i < strategies.length; i++) {
      m.add("Z_" + strategies[i], Py.int_(i));
    }
    String[] flushes = {
      "NO_FLUSH", "PARTIAL_FLUSH", "SYNC_FLUSH", "FULL_FLUSH", "FINISH", "BLOCK", "TREES"
    };
    for (int i = 0; i < flushes.length; i++) {
      m.add("Z_" + flushes[i], Py.int_(i));
    }
    m.add("__version__", Py.str("1.0"));
    m.add("ZLIB_VERSION", Py.str("1.2.13"));
    m.add("ZLIB_RUNTIME_VERSION", Py.str("1.2.13"));
  }

  // ---- whole texts

  @PyFunction(sig = "(data, /, level=-1, wbits=15)", doc = "Compress bytes.")
  static PyObject compress(PyObject data, int level, int wbits) {
    byte[] in = PyBuffers.toBytes(data);
    if (level < -1 || level > 9 || !DeflateStream.valid(wbits)) {
      throw Errors.of(ZlibException.ERROR, "Bad compression level");
    }
    return Py.bytes(new DeflateStream(level, wbits, 0, null).deflate(in, DeflateStream.FINISH));
  }

  @PyFunction(sig = "(data, /, wbits=15, bufsize=16384)", doc = "Decompress bytes.")
  static PyObject decompress(PyObject data, int wbits, long bufsize) {
    byte[] in = PyBuffers.toBytes(data);
    if (bufsize < 0) {
      throw Errors.valueError("bufsize must be non-negative");
    }
    if (!InflateStream.valid(wbits)) {
      throw ZlibException.error(
          -2, "while preparing to decompress data", "inconsistent stream state");
    }
    InflateStream stream = new InflateStream(wbits, null, false);
    byte[] out;
    try {
      out = stream.inflate(in, 0, Integer.MAX_VALUE - 16);
    } catch (ZlibException e) {
      throw e.error("while decompressing data");
    }
    if (!stream.isFinished()) {
      throw ZlibException.error(-5, "while decompressing data", "incomplete or truncated stream");
    }
    return Py.bytes(out);
  }

  // ---- streams

  private static byte @Nullable [] dictionary(@Nullable PyObject o) {
    if (o == null) {
      return null;
    }
    if (!PyBuffers.isBuffer(o)) {
      throw Errors.typeError("zdict argument must support the buffer protocol");
    }
    return PyBuffers.toBytes(o).clone();
  }

  @PyFunction(
      sig = "(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)",
      doc = "Give an object that compresses piece by piece.")
  static PyObject compressobj(
      int level, int method, int wbits, int memLevel, int strategy, PyObject zdict) {
    byte[] dictionary = zdict == Py.None ? null : PyBuffers.toBytes(zdict).clone();
    if (level < -1
        || level > 9
        || method != 8
        || !DeflateStream.valid(wbits)
        || memLevel < 1
        || memLevel > 9
        || strategy < 0
        || strategy > 4
        || dictionary != null && wbits > 15) {
      throw Errors.valueError("Invalid initialization option");
    }
    return new PyCompress(new DeflateStream(level, wbits, strategy, dictionary));
  }

  @PyFunction(
      sig = "(wbits=15, zdict=NULL)",
      doc = "Give an object that decompresses piece by piece.")
  static PyObject decompressobj(int wbits, @Nullable PyObject zdict) {
    byte[] dictionary = dictionary(zdict);
    if (!InflateStream.valid(wbits)) {
      throw Errors.valueError("Invalid initialization option");
    }
    return new PyDecompress(new InflateStream(wbits, dictionary, true));
  }

  // ---- checksums

  @PyFunction(sig = "(data, value=1, /)", doc = "Compute an Adler-32 checksum.")
  static long adler32(PyObject data, PyObject value) {
    byte[] b = PyBuffers.toBytes(data);
    long start = PyNumbers.asBig(value).longValue() & 0xffffffffL;
    Adler32 c = new Adler32();
    c.update(b, 0, b.length);
    long sum = c.getValue();
    if (start == 1) {
      return sum;
    }
    // the sums of the whole follow from those of the parts
    long n = b.length % ADLER_BASE;
    long a = start & 0xffff;
    long low = (a + (sum & 0xffff) + ADLER_BASE - 1) % ADLER_BASE;
    long high =
        ((start >>> 16) + (sum >>> 16) + n * ((a + ADLER_BASE - 1) % ADLER_BASE)) % ADLER_BASE;
    return high << 16 | low;
  }

  @PyFunction(sig = "(data, value=0, /)", doc = "Compute a CRC-32 checksum.")
  static long crc32(PyObject data, PyObject value) {
    byte[] b = PyBuffers.toBytes(data);
    int start = PyNumbers.asBig(value).intValue();
    CRC32 c = new CRC32();
    c.update(b, 0, b.length);
    int sum = (int) c.getValue();
    if (start != 0) {
      sum ^= shifted(start, b.length);
    }
    return sum & 0xffffffffL;
  }

  /** A remainder after so many zero bytes more, by squaring of x^8. */
  private static int shifted(int crc, long bytes) {
    int power = 1 << (31 - 8); // x^8
    int result = crc;
    for (long n = bytes; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = product(result, power);
      }
      power = product(power, power);
    }
    return result;
  }

  /** The product modulo the polynomial; the highest bit is the coefficient of x^0. */
  private static int product(int a, int b) {
    int result = 0;
    int shifted = b;
    for (int bit = 31; bit >= 0; bit--) {
      if ((a >>> bit & 1) != 0) {
        result ^= shifted;
      }
      shifted = (shifted >>> 1) ^ ((shifted & 1) != 0 ? CRC_POLYNOMIAL : 0);
    }
    return result;
  }
}
