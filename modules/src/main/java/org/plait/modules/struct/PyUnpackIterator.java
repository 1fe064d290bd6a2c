package org.plait.modules.struct;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.text.StructLayout;
import org.plait.runtime.types.PyIterator;

/** {@code _struct.unpack_iterator}. Threads that share one may see a tuple twice. */
@PyTypeDef(
    name = "unpack_iterator",
    module = "_struct",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyUnpackIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyUnpackIteratorTable.INSTANCE);

  private final StructLayout layout;
  private final Buffer buffer;
  private volatile long at;

  PyUnpackIterator(StructLayout layout, Buffer buffer) {
    this.layout = layout;
    this.buffer = buffer;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    long from = at;
    if (from >= buffer.length) {
      buffer.close();
      return null;
    }
    byte[] data = new byte[(int) layout.size()];
    buffer.get(from, data, 0, data.length);
    at = from + layout.size();
    return PyStruct.unpacked(layout, data);
  }

  @PyMethod(name = "__length_hint__", sig = "()")
  long lengthHint() {
    return Math.max(0, (buffer.length - at) / layout.size());
  }
}
