package org.plait.runtime.importing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.PositionTable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * The marshal format, version 5, as CPython's but for code objects, which hold our instructions:
 * ints as zigzag base-128 numbers, positions as differences. Not thread-safe: one reader or writer
 * a call.
 */
public final class Marshal {
  /** The version that is written by default. */
  public static final int VERSION = 5;

  private static final int MAX_DEPTH = 2000;
  private static final int FLAG_REF = 0x80;

  private Marshal() {}

  /** Serialises; ValueError "unmarshallable object" for anything else. */
  public static byte[] dumps(PyObject o, int version, boolean allowCode) {
    Writer w = new Writer(version, allowCode);
    w.write(o, 0);
    return w.out.toByteArray();
  }

  /** Reads one object. */
  public static PyObject loads(byte[] bytes, int from, boolean allowCode) {
    return new Reader(bytes, from, null, allowCode).readTop();
  }

  /** Reads one object by {@code file.readinto()}, and not a byte behind it. */
  public static PyObject load(PyObject file, boolean allowCode) {
    return new Reader(new byte[64], 0, file, allowCode).readTop();
  }

  // ---- writing

  private static final class Writer {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int version;
    private final boolean allowCode;
    private final Map<PyObject, Integer> refs = new IdentityHashMap<>();

    /** Strings inside code objects, by value. */
    private final Map<String, Integer> names = new HashMap<>();

    Writer(int version, boolean allowCode) {
      this.version = version;
      this.allowCode = allowCode;
    }

    private void int32(int v) {
      out.write(v);
      out.write(v >> 8);
      out.write(v >> 16);
      out.write(v >> 24);
    }

    private void bytes(byte[] b) {
      out.write(b, 0, b.length);
    }

    /** Writes a type code with the reference flag, or a back reference. */
    private boolean known(PyObject o) {
      if (version < 3) {
        return false;
      }
      Integer at = refs.get(o);
      if (at == null) {
        return false;
      }
      out.write('r');
      int32(at);
      return true;
    }

    private void code(char type, PyObject o) {
      if (version >= 3) {
        refs.put(o, refs.size());
        out.write(type | FLAG_REF);
      } else {
        out.write(type);
      }
    }

    void write(PyObject o, int depth) {
      if (depth >= MAX_DEPTH) {
        throw Errors.valueError("object too deeply nested to marshal");
      }
      if (o == Py.None) {
        out.write('N');
      } else if (o == Py.Ellipsis) {
        out.write('.');
      } else if (o == Py.True) {
        out.write('T');
      } else if (o == Py.False) {
        out.write('F');
      } else if (o == Exceptions.StopIteration) {
        out.write('S');
      } else if (!known(o)) {
        writeObject(o, depth);
      }
    }

    private void writeObject(PyObject o, int depth) {
      Class<?> c = o.getClass();
      if (c == PyInt.class) {
        writeInt((PyInt) o);
      } else if (c == PyFloat.class) {
        code(version > 1 ? 'g' : 'f', o);
        float64(((PyFloat) o).value());
      } else if (c == PyComplex.class) {
        code(version > 1 ? 'y' : 'x', o);
        float64(((PyComplex) o).real());
        float64(((PyComplex) o).imag());
      } else if (c == PyStr.class) {
        writeStr((PyStr) o);
      } else if (c == PyBytes.class) {
        code('s', o);
        byte[] b = ((PyBytes) o).toByteArray();
        int32(b.length);
        bytes(b);
      } else if (c == PyTuple.class) {
        PyTuple t = (PyTuple) o;
        if (version >= 4 && t.size() < 256) {
          code(')', o);
          out.write(t.size());
        } else {
          code('(', o);
          int32(t.size());
        }
        items(t.array(), depth);
      } else if (c == PyList.class) {
        code('[', o);
        PyObject[] all = ((PyList) o).toArray();
        int32(all.length);
        items(all, depth);
      } else if (PyDict.isExact(o)) {
        code('{', o);
        items(((PyDict) o).snapshotItems(), depth);
        out.write('0');
      } else if (c == PySet.class || c == PyFrozenSet.class) {
        code(c == PySet.class ? '<' : '>', o);
        List<PyObject> all = new ArrayList<>();
        PyObject it = PyIters.getIter(o);
        for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
          all.add(v);
        }
        int32(all.size());
        items(all.toArray(PyObject.NO_ARGS), depth);
      } else if (c == PySlice.class && version >= 5) {
        PySlice s = (PySlice) o;
        code(':', o);
        write(s.start(), depth + 1);
        write(s.stop(), depth + 1);
        write(s.step(), depth + 1);
      } else if (o instanceof PyCode code) {
        if (!allowCode) {
          throw Errors.valueError("marshalling code objects is disallowed");
        }
        code('c', o);
        writeCode(code, depth);
      } else if (PyBuffers.isBuffer(o)) {
        code('s', o);
        byte[] b = PyBuffers.toBytes(o);
        int32(b.length);
        bytes(b);
      } else {
        throw Errors.valueError("unmarshallable object");
      }
    }

    private void items(PyObject[] all, int depth) {
      for (PyObject v : all) {
        write(v, depth + 1);
      }
    }

    /** As text in versions 0 and 1. */
    private void float64(double d) {
      if (version <= 1) {
        byte[] text =
            FloatText.format(d, 'g', 17, false, false, false, false)
                .getBytes(StandardCharsets.ISO_8859_1);
        out.write(text.length);
        bytes(text);
        return;
      }
      long bits = Double.doubleToRawLongBits(d);
      int32((int) bits);
      int32((int) (bits >>> 32));
    }

    private void writeInt(PyInt i) {
      if (i.isInt()) {
        code('i', i);
        int32((int) i.longValue());
        return;
      }
      code('l', i);
      BigInteger v = i.bigValue().abs();
      int digits = (v.bitLength() + 14) / 15;
      int32(i.signum() < 0 ? -digits : digits);
      BigInteger mask = BigInteger.valueOf(0x7fff);
      for (int k = 0; k < digits; k++) {
        int d = v.shiftRight(15 * k).and(mask).intValue();
        out.write(d);
        out.write(d >> 8);
      }
    }

    private void writeStr(PyStr s) {
      boolean ascii = s.isSimple() && s.toString().chars().allMatch(ch -> ch < 128);
      if (ascii && version >= 4) {
        byte[] b = s.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (b.length < 256) {
          code('z', s);
          out.write(b.length);
        } else {
          code('a', s);
          int32(b.length);
        }
        bytes(b);
      } else {
        byte[] b = Utf8.encodeSurrogatePass(s);
        code('u', s);
        int32(b.length);
        bytes(b);
      }
    }

    // ---- code

    private void varint(int v) {
      int z = v << 1 ^ v >> 31;
      while ((z & ~0x7f) != 0) {
        out.write(z & 0x7f | 0x80);
        z >>>= 7;
      }
      out.write(z);
    }

    private void name(String s) {
      Integer at = names.get(s);
      if (at != null) {
        varint(at + 1);
        return;
      }
      varint(0);
      names.put(s, names.size());
      byte[] b = Utf8.encodeSurrogatePass(PyStr.of(s));
      varint(b.length);
      bytes(b);
    }

    private void names(String[] all) {
      varint(all.length);
      for (String s : all) {
        name(s);
      }
    }

    private void ints(int[] all) {
      varint(all.length);
      for (int v : all) {
        varint(v);
      }
    }

    private void writeCode(PyCode code, int depth) {
      CodeUnit u = code.unit;
      name(u.name);
      name(u.qualname);
      name(code.filename.toString());
      varint(u.firstLine);
      varint(u.argCount);
      varint(u.posOnlyArgCount);
      varint(u.kwOnlyArgCount);
      varint(u.flags);
      varint(u.registerCount);
      ints(u.code);
      names(u.names);
      names(u.varNames);
      names(u.cellVars);
      names(u.freeVars);
      varint(u.hidden == null ? -1 : u.hidden.length);
      if (u.hidden != null) {
        for (boolean h : u.hidden) {
          varint(h ? 1 : 0);
        }
      }
      ints(u.exceptionTable);
      int[] p = u.positions();
      varint(p.length);
      for (int i = 0; i < p.length; i++) {
        varint(i < CodeUnit.POSITION_WORDS ? p[i] : p[i] - p[i - CodeUnit.POSITION_WORDS]);
      }
      varint(u.closures.length);
      for (int[] c : u.closures) {
        ints(c);
      }
      varint(u.callShapes.length);
      for (CallShape s : u.callShapes) {
        varint(s.argCount);
        names(s.keywords);
        varint(s.constant);
      }
      varint(code.consts.length);
      items(code.consts, depth);
    }
  }

  // ---- reading

  private static final class Reader {
    /** All that was read so far; what counts ends before {@link #end}. */
    private byte[] b;

    private int at;
    private int end;

    /** Where more comes from, or null. */
    private final @Nullable PyObject file;

    private final boolean allowCode;
    private final List<@Nullable PyObject> refs = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Reader(byte[] b, int from, @Nullable PyObject file, boolean allowCode) {
      this.b = b;
      this.at = from;
      this.end = file == null ? b.length : 0;
      this.file = file;
      this.allowCode = allowCode;
    }

    PyObject readTop() {
      try {
        PyObject o = read(0);
        if (o == null) {
          throw Errors.typeError("NULL object in marshal data for object");
        }
        return o;
      } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
        throw Errors.eofError("marshal data too short");
      } catch (ClassCastException e) {
        throw bad("invalid reference");
      }
    }

    private static PyException bad(String what) {
      return Errors.valueError("bad marshal data (" + what + ")");
    }

    /** Has the next {@code n} bytes in {@link #b}. */
    private void require(int n) {
      if (n > end - at) {
        if (file == null) {
          throw Errors.eofError("marshal data too short");
        }
        fill(file, n - (end - at));
      }
    }

    // Compare CPython r_string in marshal.c.
    private void fill(PyObject from, int n) {
      if (n > b.length - end) {
        if (n > Integer.MAX_VALUE - 8 - end) {
          throw Errors.memoryError();
        }
        b = java.util.Arrays.copyOf(b, Math.max(end + n, 2 * Math.min(end, 1 << 28)));
      }
      PyObject view = PyMemoryView.of(Buffer.ofBytes(Py.None, null, b, end, n, false));
      PyObject result = PyCalls.callMethod(from, "readinto", view);
      long got = PyNumbers.asLong(result, Exceptions.ValueError);
      if (got > n) {
        throw Errors.valueError(
            "read() returned too much data: " + n + " bytes requested, " + got + " returned");
      }
      if (got != n) {
        throw Errors.eofError("EOF read where not expected");
      }
      end += n;
    }

    private int u8() {
      if (at == end) {
        if (file == null) {
          throw Errors.eofError("EOF read where not expected");
        }
        fill(file, 1);
      }
      return b[at++] & 0xff;
    }

    private int int32() {
      require(4);
      int v = b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
      at += 4;
      return v;
    }

    private byte[] bytes(int n) {
      if (n < 0) {
        throw bad("bytes object size out of range");
      }
      require(n);
      byte[] part = java.util.Arrays.copyOfRange(b, at, at + n);
      at += n;
      return part;
    }

    private double float64() {
      require(8);
      long low = int32() & 0xffffffffL;
      return Double.longBitsToDouble(low | (long) int32() << 32);
    }

    private double floatText() {
      String text = new String(bytes(u8()), StandardCharsets.ISO_8859_1);
      Double d = FloatText.tryParse(text);
      if (d == null) {
        throw Errors.valueError(
            "could not convert string to float: " + PyObjects.repr(PyStr.of(text)));
      }
      return d;
    }

    private int size(String what) {
      int n = int32();
      if (n < 0) {
        throw bad(what + " size out of range");
      }
      return n;
    }

    private int firstByte() {
      try {
        return u8();
      } catch (PyException e) {
        if (e.matches(Exceptions.EOFError)) {
          throw Errors.eofError("EOF read where object expected");
        }
        throw e;
      }
    }

    /** Null for the end mark of dicts. */
    @Nullable PyObject read(int depth) {
      if (depth >= MAX_DEPTH) {
        throw Errors.valueError("recursion limit exceeded");
      }
      int code = firstByte();
      boolean ref = (code & FLAG_REF) != 0;
      int type = code & ~FLAG_REF;
      int slot = -1;
      if (ref) {
        slot = refs.size();
        refs.add(null);
      }
      PyObject o = value(type, slot, depth);
      if (ref) {
        refs.set(slot, o);
      }
      return o;
    }

    private PyObject item(int depth, String of) {
      PyObject o = read(depth + 1);
      if (o == null) {
        throw Errors.typeError("NULL object in marshal data for " + of);
      }
      return o;
    }

    private PyObject[] items(int n, int depth, String of) {
      // Each takes a byte at least, so that a number that lies makes no large array.
      PyObject[] all = new PyObject[Math.min(n, Math.max(end - at, 64))];
      for (int i = 0; i < n; i++) {
        if (i == all.length) {
          all = java.util.Arrays.copyOf(all, (int) Math.min(n, 2L * i));
        }
        all[i] = item(depth, of);
      }
      return all;
    }

    private @Nullable PyObject value(int type, int slot, int depth) {
      switch (type) {
        case '0':
          return null;
        case 'N':
          return Py.None;
        case '.':
          return Py.Ellipsis;
        case 'T':
          return Py.True;
        case 'F':
          return Py.False;
        case 'S':
          return Exceptions.StopIteration;
        case 'i':
          return Py.int_(int32());
        case 'I':
          require(8);
          return Py.int_((int32() & 0xffffffffL) | (long) int32() << 32);
        case 'l':
          return readLong();
        case 'g':
          return Py.float_(float64());
        case 'f':
          return Py.float_(floatText());
        case 'x':
          return new PyComplex(floatText(), floatText());
        case 'y':
          return new PyComplex(float64(), float64());
        case 's':
          return Py.bytes(bytes(int32()));
        case 'a', 'A':
          return ascii(int32(), type == 'A');
        case 'z', 'Z':
          return ascii(u8(), true);
        case 'u':
          return Utf8.decodeSurrogatePass(bytes(int32()));
        case 't':
          return PyStr.intern(Utf8.decodeSurrogatePass(bytes(int32())).toString());
        case ')':
          return PyTuple.of(items(u8(), depth, "tuple"));
        case '(':
          return PyTuple.of(items(size("tuple"), depth, "tuple"));
        case 'r':
          return reference(int32());
        case 'c':
          if (!allowCode) {
            throw Errors.valueError("unmarshalling code objects is disallowed");
          }
          return readCode(depth);
        default:
          return container(type, slot, depth);
      }
    }

    private PyObject reference(int i) {
      if (i < 0 || i >= refs.size() || refs.get(i) == null) {
        throw bad("invalid reference");
      }
      return refs.get(i);
    }

    private PyObject ascii(int n, boolean intern) {
      if (n < 0) {
        throw bad("string size out of range");
      }
      require(n);
      String s = new String(b, at, n, StandardCharsets.ISO_8859_1);
      at += n;
      return intern ? PyStr.intern(s) : PyStr.ofBmp(s);
    }

    private PyObject container(int type, int slot, int depth) {
      switch (type) {
        case '[':
          {
            PyList list = PyList.of();
            remember(slot, list);
            int n = size("list");
            for (int i = 0; i < n; i++) {
              list.append(item(depth, "list"));
            }
            return list;
          }
        case '{':
          {
            PyDict d = new PyDict();
            remember(slot, d);
            for (PyObject k = read(depth + 1); k != null; k = read(depth + 1)) {
              PyObject v = read(depth + 1);
              if (v == null) {
                break;
              }
              d.put(k, v);
            }
            return d;
          }
        case '<':
          {
            PySet s = new PySet();
            remember(slot, s);
            int n = size("set");
            for (int i = 0; i < n; i++) {
              s.add(item(depth, "set"));
            }
            return s;
          }
        case '>':
          return PyFrozenSet.of(items(size("set"), depth, "set"));
        case ':':
          return new PySlice(item(depth, "slice"), item(depth, "slice"), item(depth, "slice"));
        default:
          throw bad("unknown type code");
      }
    }

    private void remember(int slot, PyObject o) {
      if (slot >= 0) {
        refs.set(slot, o);
      }
    }

    private PyObject readLong() {
      int n = int32();
      int digits = Math.abs(n);
      if (file == null && digits > (end - at) / 2) {
        throw Errors.eofError("marshal data too short");
      }
      BigInteger v = BigInteger.ZERO;
      for (int i = 0; i < digits; i++) {
        require(2);
        int d = u8() | u8() << 8;
        if (d > 0x7fff) {
          throw bad("digit out of range in long");
        }
        v = v.or(BigInteger.valueOf(d).shiftLeft(15 * i));
        if (i == digits - 1 && d == 0) {
          throw bad("unnormalized long data");
        }
      }
      return Py.int_(n < 0 ? v.negate() : v);
    }

    // ---- code

    private int varint() {
      require(1);
      int part = b[at];
      if (part >= 0) {
        at++;
        return part >>> 1 ^ -(part & 1);
      }
      int z = 0;
      int shift = 0;
      do {
        require(1);
        part = b[at++];
        z |= (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
      return z >>> 1 ^ -(z & 1);
    }

    private String name() {
      int i = varint();
      if (i > 0) {
        return names.get(i - 1);
      }
      String s = PyStr.intern(Utf8.decodeSurrogatePass(bytes(varint())).toString()).toString();
      names.add(s);
      return s;
    }

    private String[] nameArray() {
      String[] all = new String[varint()];
      for (int i = 0; i < all.length; i++) {
        all[i] = name();
      }
      return all;
    }

    private int[] ints() {
      int[] all = new int[varint()];
      for (int i = 0; i < all.length; i++) {
        all[i] = varint();
      }
      return all;
    }

    private PositionTable positions() {
      int count = varint();
      int start = at;
      for (int left = count; left > 0; ) {
        require(1);
        if (b[at++] >= 0) {
          left--;
        }
      }
      return PositionTable.packed(java.util.Arrays.copyOfRange(b, start, at), count);
    }

    private PyCode readCode(int depth) {
      String name = name();
      String qualname = name();
      String filename = name();
      int firstLine = varint();
      int argCount = varint();
      int posOnly = varint();
      int kwOnly = varint();
      int flags = varint();
      int registers = varint();
      int[] code = ints();
      String[] nameTable = nameArray();
      String[] varNames = nameArray();
      String[] cellVars = nameArray();
      String[] freeVars = nameArray();
      int hiddenCount = varint();
      boolean[] hidden = hiddenCount < 0 ? null : new boolean[hiddenCount];
      for (int i = 0; i < hiddenCount; i++) {
        hidden[i] = varint() != 0;
      }
      int[] exceptionTable = ints();
      PositionTable positions = positions();
      int[][] closures = new int[varint()][];
      for (int i = 0; i < closures.length; i++) {
        closures[i] = ints();
      }
      CallShape[] shapes = new CallShape[varint()];
      for (int i = 0; i < shapes.length; i++) {
        int count = varint();
        String[] keywords = nameArray();
        shapes[i] = new CallShape(count, keywords, varint());
      }
      PyObject[] consts = items(varint(), depth, "code");
      CodeUnit unit =
          new CodeUnit(
              name,
              qualname,
              filename,
              firstLine,
              argCount,
              posOnly,
              kwOnly,
              flags,
              registers,
              code,
              NO_CONSTS,
              nameTable,
              varNames,
              cellVars,
              freeVars,
              hidden,
              exceptionTable,
              positions,
              closures,
              shapes);
      return new PyCode(unit, consts, PyStr.intern(filename));
    }
  }

  private static final Object[] NO_CONSTS = {};
}
