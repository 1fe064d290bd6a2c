package org.plait.modules.struct;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.StructLayout;
import org.plait.runtime.text.StructLayout.Field;
import org.plait.runtime.text.TextException;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code _struct.Struct}: a format, parsed. */
@PyTypeDef(
    name = "Struct",
    module = "_struct",
    subclassable = true,
    flags = TypeFlag.WEAKREF,
    sig = "(format)",
    doc = "Struct(fmt) --> compiled struct object")
public class PyStruct extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyStructTable.INSTANCE);

  /** {@code struct.error}. */
  public static final PyType ERROR =
      Errors.newException("struct", "error", Exceptions.Exception, null);

  private volatile @Nullable StructLayout layout;
  private volatile String format = "";

  protected PyStruct() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  static PyException error(String message) {
    return Errors.of(ERROR, message);
  }

  private static PyException error(TextException e) {
    return e.kind() == TextException.Kind.STRUCT ? error(e.text()) : Errors.of(e);
  }

  /** A struct of a format given as str or bytes. */
  public static PyStruct of(PyObject format) {
    PyStruct s = new PyStruct();
    s.init(format);
    return s;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyStruct() : new PyStructDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(format)")
  void init(PyObject newFormat) {
    String text = formatText(newFormat);
    try {
      layout = StructLayout.parse(text);
    } catch (TextException e) {
      throw error(e);
    }
    format = text;
  }

  static String formatText(PyObject format) {
    if (format instanceof PyStr s) {
      String text = s.toString();
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > 127) {
          throw Errors.of(
              Exceptions.UnicodeEncodeError,
              Py.str("ascii"),
              s,
              Py.int_(i),
              Py.int_(i + 1),
              Py.str("ordinal not in range(128)"));
        }
      }
      return text;
    }
    if (format instanceof PyBytes b) {
      return new String(b.array(), StandardCharsets.ISO_8859_1);
    }
    throw Errors.typeError(
        "Struct() argument 1 must be a str or bytes object, not " + format.type().name());
  }

  private StructLayout layout() {
    StructLayout l = layout;
    if (l == null) {
      throw Errors.runtimeError("Struct object is not initialized");
    }
    return l;
  }

  // ---- packing

  private static Number integer(PyObject v) {
    PyInt i;
    if (v instanceof PyInt x) {
      i = x;
    } else if (PyNumbers.isIndex(v)) {
      i = PyNumbers.index(v);
    } else {
      throw error("required argument is not an integer");
    }
    return i.isLong() ? (Number) i.longValue() : (BigInteger) i.bigValue();
  }

  private static double real(PyObject v) {
    try {
      return PyNumbers.asDouble(v);
    } catch (PyException e) {
      throw e.matches(Exceptions.TypeError) ? error("required argument is not a float") : e;
    }
  }

  private static byte[] string(char code, PyObject v) {
    if (v instanceof PyBytes b) {
      return b.array();
    }
    if (v instanceof PyByteArray a) {
      return a.toByteArray();
    }
    throw error("argument for '" + code + "' must be a bytes object");
  }

  private static void packValue(StructLayout l, Field f, byte[] dst, int at, PyObject v) {
    switch (f.code()) {
      case 'c' -> {
        if (!(v instanceof PyBytes b) || b.size() != 1) {
          throw error("char format requires a bytes object of length 1");
        }
        dst[at] = b.byteAt(0);
      }
      case 's', 'p' -> l.packBytes(f, dst, at, string(f.code(), v));
      case '?' -> dst[at] = (byte) (PyObjects.isTrue(v) ? 1 : 0);
      case 'e', 'f', 'd' -> l.packDouble(f.code(), dst, at, real(v));
      case 'F', 'D' -> {
        PyComplex z;
        try {
          z = PyComplex.of(v);
        } catch (PyException e) {
          throw e.matches(Exceptions.TypeError) ? error("required argument is not a complex") : e;
        }
        l.packComplex(f.code(), dst, at, z.real(), z.imag());
      }
      default -> l.packInt(f.code(), dst, at, integer(v));
    }
  }

  private static byte[] packed(StructLayout l, PyObject[] values, int from) {
    if (l.size() > Integer.MAX_VALUE - 64) {
      throw Errors.memoryError();
    }
    byte[] dst = new byte[(int) l.size()];
    int i = from;
    try {
      for (Field f : l.fields()) {
        for (long k = 0; k < f.count(); k++) {
          packValue(l, f, dst, (int) (f.offset() + k * f.size()), values[i++]);
        }
      }
    } catch (TextException e) {
      throw error(e);
    }
    return dst;
  }

  @PyMethod(
      name = "pack",
      raw = true,
      sig = "!(*values)",
      doc = "Bytes with the values packed by the format.")
  PyObject pack_(PyObject[] args, String @Nullable [] kwnames) {
    checkNoKeywords("pack", kwnames);
    return pack(args, 0);
  }

  static void checkNoKeywords(String function, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("Struct." + function + "() takes no keyword arguments");
    }
  }

  /** Packs the arguments from an index on. */
  public PyObject pack(PyObject[] args, int from) {
    StructLayout l = layout();
    if (args.length - from != l.valueCount()) {
      throw error(
          "pack expected "
              + l.valueCount()
              + " items for packing (got "
              + (args.length - from)
              + ")");
    }
    return Py.bytes(packed(l, args, from));
  }

  @PyMethod(
      name = "pack_into",
      raw = true,
      sig = "!(buffer, offset, *values)",
      doc = "Packs the values into a writable buffer from an offset on.")
  PyObject packInto_(PyObject[] args, String @Nullable [] kwnames) {
    checkNoKeywords("pack_into", kwnames);
    return packInto(args, 0);
  }

  // Compare CPython s_pack_into in _struct.c.
  /** Packs the arguments behind buffer and offset into the buffer. */
  public PyObject packInto(PyObject[] args, int from) {
    StructLayout l = layout();
    int n = args.length - from;
    if (n != l.valueCount() + 2) {
      if (n == 0) {
        throw error("pack_into expected buffer argument");
      }
      if (n == 1) {
        throw error("pack_into expected offset argument");
      }
      throw error(
          "pack_into expected " + l.valueCount() + " items for packing (got " + (n - 2) + ")");
    }
    try (Buffer b = PyBuffers.write(args[from], "argument")) {
      long offset = PyNumbers.asLong(args[from + 1], Exceptions.IndexError);
      long at = offset;
      if (at < 0) {
        if (at + l.size() > 0) {
          throw error("no space to pack " + l.size() + " bytes at offset " + offset);
        }
        at += b.length;
        if (at < 0) {
          throw outOfRange(offset, b);
        }
      }
      if (b.length - at < l.size()) {
        throw tooSmall("pack_into", "packing", l, at, b);
      }
      byte[] data = packed(l, args, from + 2);
      b.set(at, data, 0, data.length);
    }
    return Py.None;
  }

  private static PyException outOfRange(long offset, Buffer b) {
    return error("offset " + offset + " out of range for " + b.length + "-byte buffer");
  }

  private static PyException tooSmall(
      String function, String doing, StructLayout l, long at, Buffer b) {
    return error(
        function
            + " requires a buffer of at least "
            + Long.toUnsignedString(at + l.size())
            + " bytes for "
            + doing
            + " "
            + l.size()
            + " bytes at offset "
            + at
            + " (actual buffer size is "
            + b.length
            + ")");
  }

  // ---- unpacking

  private static PyObject value(Object v) {
    return switch (v) {
      case Long i -> Py.int_(i);
      case BigInteger i -> Py.int_(i);
      case Double d -> Py.float_(d);
      case Boolean b -> Py.bool_(b);
      case byte[] b -> Py.bytes(b);
      case double[] z -> new PyComplex(z[0], z[1]);
      default -> throw new IllegalStateException(v.getClass().getName());
    };
  }

  static PyObject unpacked(StructLayout l, byte[] src) {
    PyObject[] values = new PyObject[(int) l.valueCount()];
    int i = 0;
    for (Field f : l.fields()) {
      for (long k = 0; k < f.count(); k++) {
        values[i++] = value(l.unpack(f, src, (int) (f.offset() + k * f.size())));
      }
    }
    return Py.tuple(values);
  }

  @PyMethod(
      sig = "(buffer, /)",
      doc = "Tuple of the values in a buffer of exactly the format's size.")
  public PyObject unpack(PyObject buffer) {
    StructLayout l = layout();
    byte[] b = PyBuffers.toBytes(buffer);
    if (b.length != l.size()) {
      throw error("unpack requires a buffer of " + l.size() + " bytes");
    }
    return unpacked(l, b);
  }

  // Compare CPython Struct_unpack_from_impl in _struct.c.
  @PyMethod(
      name = "unpack_from",
      sig = "(buffer, offset=0)",
      doc = "Tuple of the values in a buffer from an offset on.")
  public PyObject unpackFrom(PyObject buffer, long offset) {
    StructLayout l = layout();
    try (Buffer b = PyBuffers.read(buffer)) {
      long at = offset;
      if (at < 0) {
        if (at + l.size() > 0) {
          throw error("not enough data to unpack " + l.size() + " bytes at offset " + offset);
        }
        at += b.length;
        if (at < 0) {
          throw outOfRange(offset, b);
        }
      }
      if (b.length - at < l.size()) {
        throw tooSmall("unpack_from", "unpacking", l, at, b);
      }
      byte[] data = new byte[(int) l.size()];
      b.get(at, data, 0, data.length);
      return unpacked(l, data);
    }
  }

  @PyMethod(
      name = "iter_unpack",
      sig = "(buffer, /)",
      doc = "Iterator over the tuples of values in a buffer of whole structs.")
  public PyObject iterUnpack(PyObject buffer) {
    StructLayout l = layout();
    if (l.size() == 0) {
      throw error("cannot iteratively unpack with a struct of length 0");
    }
    Buffer b = PyBuffers.read(buffer);
    if (b.length % l.size() != 0) {
      b.close();
      throw error("iterative unpacking requires a buffer of a multiple of " + l.size() + " bytes");
    }
    return new PyUnpackIterator(l, b);
  }

  // ---- attributes

  @PyGetter(value = "format", doc = "struct format string")
  public PyObject format() {
    layout();
    return Py.str(format);
  }

  @PyGetter(value = "size", doc = "struct size in bytes")
  public PyObject size() {
    StructLayout l = layout;
    return Py.int_(l == null ? -1 : l.size());
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeof() {
    return 56 + 40L * (layout().fields().size() + 1);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    layout();
    return "Struct(" + PyObjects.repr(Py.str(format)) + ")";
  }
}
