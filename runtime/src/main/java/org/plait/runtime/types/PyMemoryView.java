package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;

/** {@code memoryview}: a view of the memory another object exports. */
@PyTypeDef(
    name = "memoryview",
    flags = {TypeFlag.SEQUENCE, TypeFlag.WEAKREF})
public final class PyMemoryView extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyMemoryViewTable.INSTANCE);

  private final Buffer view;

  private PyMemoryView(Buffer view) {
    this.view = view;
  }

  /** A view of a buffer, which it closes when it is released. */
  public static PyMemoryView of(Buffer buffer) {
    return new PyMemoryView(buffer);
  }

  /** Equivalent of CPython's {@code PyMemoryView_FromObject}. */
  public static PyMemoryView from(PyObject o) {
    return of(PyBuffers.get(o, PyBuffers.FULL_RO));
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The object whose memory this is. */
  public @Nullable PyObject exporter() {
    return view.obj;
  }

  /** The buffer behind it; ValueError when released. */
  public Buffer buffer() {
    if (view.isClosed()) {
      throw Errors.valueError("operation forbidden on released memoryview object");
    }
    return view;
  }

  @Override
  public Buffer getBuffer(int flags) {
    Buffer b = buffer();
    return new Buffer(
        this, null, b.array, b.segment, b.offset, b.readonly, b.format, b.itemsize, b.shape,
        b.strides);
  }

  @PyMethod
  public void release() {
    view.close();
  }

  @PyMethod(name = "__buffer__")
  public PyObject __buffer__(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }
}
