package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.PercentFormat;

/** The right operand of {@code %} on str and on bytes. */
final class PercentArgs implements PercentFormat.Args<PyObject> {
  private final PyObject whole;
  private final boolean bytes;

  PercentArgs(PyObject whole, boolean bytes) {
    this.whole = whole;
    this.bytes = bytes;
  }

  @Override
  public int tupleLength() {
    return whole instanceof PyTuple t ? t.size() : -1;
  }

  @Override
  public PyObject item(int index) {
    return ((PyTuple) whole).get(index);
  }

  @Override
  public PyObject whole() {
    return whole;
  }

  @Override
  public boolean isMapping() {
    boolean text =
        bytes
            ? whole instanceof PyBytes || whole instanceof PyByteArray || whole instanceof PyStr
            : whole instanceof PyStr;
    return !text && !(whole instanceof PyTuple) && whole.type().special(Special.GETITEM) != null;
  }

  @Override
  public PyObject lookup(CodePointSource key) {
    PyObject k =
        bytes
            ? PyBytes.of(key.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
            : PyStr.of(key);
    return PyMappings.getItem(whole, k);
  }

  @Override
  public String typeName(PyObject value) {
    return value.type().name();
  }

  @Override
  public String fullTypeName(PyObject value) {
    String name = value.type().fullName();
    return name.startsWith("__main__.") ? name.substring(9) : name;
  }

  private static Number number(PyInt i) {
    if (i.isLong()) {
      return i.longValue();
    }
    return i.bigValue();
  }

  @Override
  public @Nullable Number asInt(PyObject value) {
    return value instanceof PyInt i ? number(i) : null;
  }

  @Override
  public @Nullable Number toInt(PyObject value) {
    if (value instanceof PyInt i) {
      return number(i);
    }
    PyType type = value.type();
    if (type.special(Special.INDEX) == null
        && type.special(Special.INT) == null
        && type.special(Special.FLOAT) == null) {
      return null;
    }
    try {
      return number(PyNumbers.toInt(value));
    } catch (PyException e) {
      if (e.matches(Exceptions.TypeError)) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public @Nullable Number index(PyObject value) {
    if (value instanceof PyInt i) {
      return number(i);
    }
    if (!PyNumbers.isIndex(value)) {
      return null;
    }
    try {
      return number(PyNumbers.index(value));
    } catch (PyException e) {
      if (e.matches(Exceptions.TypeError)) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public double toDouble(PyObject value) {
    if (bytes) {
      try {
        return PyNumbers.asDouble(value);
      } catch (PyException e) {
        if (e.matches(Exceptions.TypeError)) {
          throw Errors.typeError("float argument required, not " + value.type().name());
        }
        throw e;
      }
    }
    return PyNumbers.asDouble(value);
  }

  @Override
  public @Nullable CodePointSource text(PyObject value) {
    if (!bytes) {
      return value instanceof PyStr s ? s.source() : null;
    }
    if (value instanceof PyBytes || value instanceof PyByteArray) {
      return latin1(PyBuffers.toBytes(value));
    }
    return null;
  }

  private static CodePointSource latin1(byte[] b) {
    return CodePointSource.ofBmp(new String(b, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Override
  public @Nullable CodePointSource str(PyObject value) {
    if (!bytes) {
      return PyObjects.str(value).source();
    }
    if (value.getClass() == PyBytes.class || value.getClass() == PyByteArray.class) {
      return latin1(PyBuffers.toBytes(value));
    }
    PyBytes b = PyObjects.bytesBySpecial(value);
    if (b != null) {
      return latin1(b.data);
    }
    return PyBuffers.isBuffer(value) ? latin1(PyBuffers.toBytes(value)) : null;
  }

  @Override
  public CodePointSource repr(PyObject value) {
    return PyObjects.repr(value).source();
  }

  @Override
  public CodePointSource ascii(PyObject value) {
    return PyObjects.ascii(value).source();
  }

  static int maxDigits() {
    return PyInt.maxDigits();
  }
}
