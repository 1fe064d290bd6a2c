package org.plait.modules.interpreters;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyMemoryView;

/**
 * {@code _interpreters.CrossInterpreterBufferView}: exports memory that belongs to an object of
 * another interpreter. The memory is shared; the object itself is not reachable from here.
 */
@PyTypeDef(name = "CrossInterpreterBufferView", module = "_interpreters")
public final class PyCrossBuffer extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyCrossBufferTable.INSTANCE);

  private final Buffer memory;

  private PyCrossBuffer(Buffer memory) {
    this.memory = memory;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  public Buffer getBuffer(int flags) {
    if ((flags & PyBuffers.WRITABLE) != 0 && memory.readonly) {
      throw org.plait.runtime.exceptions.Errors.bufferError("Object is not writable.");
    }
    return new Buffer(
        this,
        this,
        memory.array,
        memory.segment,
        memory.offset,
        memory.readonly,
        memory.format,
        memory.itemsize,
        memory.shape,
        memory.strides);
  }

  @Override
  public void releaseBuffer(Buffer buffer) {
    // The memory is given back with the data it came by.
  }

  /** The data of an object's memory; becomes a memoryview. */
  static final class Data extends CrossData {
    private final Buffer memory;

    Data(PyObject o) {
      memory = PyBuffers.get(o, PyBuffers.FULL_RO);
    }

    @Override
    PyObject rebuild() {
      return PyMemoryView.from(new PyCrossBuffer(memory));
    }
  }
}
