package org.plait.modules.lzma;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.tukaani.xz.ARMOptions;
import org.tukaani.xz.ARMThumbOptions;
import org.tukaani.xz.DeltaOptions;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.IA64Options;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.PowerPCOptions;
import org.tukaani.xz.SPARCOptions;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.X86Options;

/**
 * One filter of a chain, as a Python dict describes it.
 *
 * @param offset start offset of a BCJ filter, or distance of a delta filter
 */
public record Filter(long id, FilterOptions options, int offset) {
  static final long LZMA1 = 0x4000000000000001L;
  static final long LZMA2 = 0x21;
  static final long DELTA = 3;

  private static final long EXTREME = 0x80000000L;
  private static final int MAX_FILTERS = 4;
  private static final int DEFAULT_PRESET = 6;

  private static final Set<String> LZMA_KEYS =
      Set.of("id", "preset", "dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth");

  boolean isLzma() {
    return id == LZMA1 || id == LZMA2;
  }

  // ---- from Python

  /** An argument that C has as a 32-bit unsigned number. */
  static long unsigned(PyObject o) {
    BigInteger v = PyNumbers.index(o).bigValue();
    if (v.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (v.bitLength() > 32) {
      throw Errors.overflowError("Python int too large for C uint32_t");
    }
    return v.longValue();
  }

  /** The options of a preset. */
  static LZMA2Options preset(long preset) throws UnsupportedOptionsException {
    LZMA2Options o = new LZMA2Options();
    long level = preset & ~EXTREME;
    if (level > 9) {
      throw new UnsupportedOptionsException();
    }
    o.setPreset((int) level);
    if (level != preset) {
      o.setMode(LZMA2Options.MODE_NORMAL);
      o.setMatchFinder(LZMA2Options.MF_BT4);
      o.setNiceLen(level == 3 || level == 5 ? 192 : 273);
      o.setDepthLimit(level == 3 || level == 5 ? 0 : 512);
    }
    return o;
  }

  /** A chain from a sequence of dicts. */
  static List<Filter> chain(PyObject specs) {
    if (specs instanceof PyDict) {
      throw Errors.typeError("dict is not a sequence");
    }
    if (PySequences.length(specs) > MAX_FILTERS) {
      throw Errors.valueError("Too many filters - liblzma supports a maximum of 4");
    }
    List<Filter> chain = new ArrayList<>();
    for (PyObject spec : PySequences.toArray(specs)) {
      chain.add(of(spec));
    }
    return chain;
  }

  /** A filter from a dict. */
  public static Filter of(PyObject spec) {
    if (!(spec instanceof PyDict d)) {
      throw Errors.typeError("Filter specifier must be a dict or dict-like object");
    }
    PyObject idObject = d.getStr("id");
    if (idObject == null) {
      throw Errors.valueError("Filter specifier must have an \"id\" entry");
    }
    PyInt number = PyNumbers.index(idObject);
    long id = number.isLong() ? number.longValue() : -1;
    try {
      if (id == LZMA1 || id == LZMA2) {
        checkKeys(d, LZMA_KEYS, "LZMA");
        return new Filter(id, lzma(d), 0);
      }
      if (id == DELTA) {
        checkKeys(d, Set.of("id", "dist"), "delta");
        long distance = value(d, "dist", 1);
        return new Filter(id, new DeltaOptions((int) Math.min(distance, 257)), (int) distance);
      }
      if (id >= 4 && id <= 9) {
        checkKeys(d, Set.of("id", "start_offset"), "BCJ");
        int offset = (int) value(d, "start_offset", 0);
        return new Filter(id, bcj(id, offset), offset);
      }
    } catch (UnsupportedOptionsException | IllegalArgumentException e) {
      throw LzmaErrors.of(LzmaErrors.OPTIONS);
    }
    throw Errors.valueError("Invalid filter ID: " + number.bigValue());
  }

  private static void checkKeys(PyDict d, Set<String> allowed, String kind) {
    for (PyObject k : PySequences.toArray(d)) {
      if (!allowed.contains(k.toString())) {
        throw Errors.valueError("Invalid filter specifier for " + kind + " filter");
      }
    }
  }

  private static long value(PyDict d, String key, long otherwise) {
    PyObject o = d.getStr(key);
    return o == null ? otherwise : unsigned(o);
  }

  private static LZMA2Options lzma(PyDict d) throws UnsupportedOptionsException {
    long preset = value(d, "preset", DEFAULT_PRESET);
    LZMA2Options o;
    try {
      o = preset(preset);
    } catch (UnsupportedOptionsException e) {
      throw LzmaErrors.of("Invalid compression preset: " + preset);
    }
    long size = value(d, "dict_size", o.getDictSize());
    o.setDictSize((int) Math.min(size, Integer.MAX_VALUE));
    o.setLcLp((int) value(d, "lc", o.getLc()), (int) value(d, "lp", o.getLp()));
    o.setPb((int) value(d, "pb", o.getPb()));
    o.setMode((int) value(d, "mode", o.getMode()));
    o.setNiceLen((int) value(d, "nice_len", o.getNiceLen()));
    long finder = value(d, "mf", o.getMatchFinder());
    if (finder != 3 && finder != 4 && (finder < 18 || finder > 20)) {
      throw new UnsupportedOptionsException();
    }
    // of the finders of liblzma there is one of each kind here
    o.setMatchFinder(finder < 5 ? LZMA2Options.MF_HC4 : LZMA2Options.MF_BT4);
    o.setDepthLimit((int) value(d, "depth", o.getDepthLimit()));
    return o;
  }

  private static FilterOptions bcj(long id, int offset) throws UnsupportedOptionsException {
    FilterOptions made;
    switch ((int) id) {
      case 4 -> {
        X86Options o = new X86Options();
        o.setStartOffset(offset);
        made = o;
      }
      case 5 -> {
        PowerPCOptions o = new PowerPCOptions();
        o.setStartOffset(offset);
        made = o;
      }
      case 6 -> {
        IA64Options o = new IA64Options();
        o.setStartOffset(offset);
        made = o;
      }
      case 7 -> {
        ARMOptions o = new ARMOptions();
        o.setStartOffset(offset);
        made = o;
      }
      case 8 -> {
        ARMThumbOptions o = new ARMThumbOptions();
        o.setStartOffset(offset);
        made = o;
      }
      default -> {
        SPARCOptions o = new SPARCOptions();
        o.setStartOffset(offset);
        made = o;
      }
    }
    return made;
  }

  // ---- properties

  /** How the filter's options stand in a header. */
  public byte[] properties() {
    if (id == LZMA2) {
      int code = 0;
      while (code < 40 && size(code) < ((LZMA2Options) options).getDictSize()) {
        code++;
      }
      return new byte[] {(byte) code};
    }
    if (id == LZMA1) {
      LZMA2Options o = (LZMA2Options) options;
      return ByteBuffer.allocate(5)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put((byte) ((o.getPb() * 5 + o.getLp()) * 9 + o.getLc()))
          .putInt(o.getDictSize())
          .array();
    }
    if (id == DELTA) {
      return new byte[] {(byte) (offset - 1)};
    }
    return offset == 0
        ? new byte[0]
        : ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(offset).array();
  }

  private static long size(int code) {
    return code == 40 ? 0xffffffffL : (2L | code & 1) << code / 2 + 11;
  }

  /** The dict that describes a filter whose properties are given. */
  public static PyDict ofProperties(PyObject idObject, byte[] p) {
    PyInt number = PyNumbers.index(idObject);
    long id = number.isLong() ? number.longValue() : -1;
    PyDict d = Py.dict();
    d.putStr("id", number);
    ByteBuffer b = ByteBuffer.wrap(p).order(ByteOrder.LITTLE_ENDIAN);
    if (id == LZMA2 && p.length == 1 && p[0] >= 0 && p[0] <= 40) {
      d.putStr("dict_size", Py.int_(size(p[0])));
      return d;
    }
    if (id == LZMA1 && p.length == 5 && (p[0] & 0xff) < 225) {
      int n = p[0] & 0xff;
      d.putStr("lc", Py.int_(n % 9));
      d.putStr("lp", Py.int_(n / 9 % 5));
      d.putStr("pb", Py.int_(n / 45));
      d.putStr("dict_size", Py.int_(b.getInt(1) & 0xffffffffL));
      if (n % 9 + n / 9 % 5 <= 4) {
        return d;
      }
    } else if (id == DELTA && p.length == 1) {
      d.putStr("dist", Py.int_((p[0] & 0xff) + 1));
      return d;
    } else if (id >= 4 && id <= 9 && (p.length == 0 || p.length == 4)) {
      if (p.length == 4 && b.getInt(0) != 0) {
        d.putStr("start_offset", Py.int_(b.getInt(0) & 0xffffffffL));
      }
      return d;
    }
    throw LzmaErrors.of(LzmaErrors.OPTIONS);
  }
}
