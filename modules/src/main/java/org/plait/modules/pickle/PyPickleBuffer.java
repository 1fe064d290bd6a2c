package org.plait.modules.pickle;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyMemoryView;

/** {@code pickle.PickleBuffer}: a buffer that may be pickled out of band. */
@PyTypeDef(
    name = "PickleBuffer",
    module = "pickle",
    flags = {TypeFlag.WEAKREF},
    sig = "none",
    doc = "Wrapper for potentially out-of-band buffers")
public final class PyPickleBuffer extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyPickleBufferTable.INSTANCE);

  /** The wrapped buffer, null when released. */
  private final AtomicReference<@Nullable Buffer> wrapped;

  private PyPickleBuffer(Buffer b) {
    wrapped = new AtomicReference<>(b);
  }

  @PyNew(sig = "!(object, /)")
  static PyObject new_(PyType cls, PyObject object) {
    return new PyPickleBuffer(PyBuffers.get(object, PyBuffers.FULL_RO));
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The wrapped buffer; ValueError when released. */
  Buffer buffer() {
    Buffer b = wrapped.get();
    if (b == null) {
      throw Errors.valueError("operation forbidden on released PickleBuffer object");
    }
    return b;
  }

  @Override
  public Buffer getBuffer(int flags) {
    return PyBuffers.get(buffer().obj, flags);
  }

  @Override
  public void releaseBuffer(Buffer buffer) {
    // What getBuffer gives belongs to the wrapped object.
  }

  @PyMethod(name = "__buffer__", sig = "(flags, /)")
  PyObject buffer_(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__release_buffer__", sig = "(buffer, /)")
  void releaseBuffer_(PyObject buffer) {
    PyBuffers.specialRelease(this, buffer);
  }

  @PyMethod(sig = "()", doc = "A flat view of the memory; BufferError if it isn't contiguous.")
  PyObject raw() {
    Buffer b = buffer();
    if (!b.isCContiguous() && !b.isFContiguous()) {
      throw Errors.bufferError("cannot extract raw buffer from non-contiguous buffer");
    }
    Buffer whole = PyBuffers.get(b.obj, PyBuffers.FULL_RO);
    return PyMemoryView.of(
        new Buffer(
            whole.obj,
            new BufferExporter() {
              @Override
              public Buffer getBuffer(int flags) {
                throw new IllegalStateException("not an exporter");
              }

              @Override
              public void releaseBuffer(Buffer buffer) {
                whole.close();
              }
            },
            whole.array,
            whole.segment,
            whole.offset,
            whole.readonly,
            "B",
            1,
            new long[] {whole.length},
            new long[] {1}));
  }

  @PyMethod(sig = "()", doc = "Release the underlying buffer held by the PickleBuffer object.")
  void release() {
    Buffer b = wrapped.getAndSet(null);
    if (b != null) {
      b.close();
    }
  }
}
