package org.plait.modules.cmemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;

/**
 * {@code _cmemory.Block}: native memory, zeroed at first. It stays where it is as long as the
 * object, or a buffer of it, is reachable; memory found by its address belongs to somebody else.
 * Immutable but for the bytes, which are shared with whoever has the address.
 */
@PyTypeDef(
    name = "Block",
    module = "_cmemory",
    sig = "none",
    doc = "Native memory that doesn't move.")
public final class PyBlock extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyBlockTable.INSTANCE);

  private static final int ALIGNMENT = 16;

  private final MemorySegment memory;

  private PyBlock(MemorySegment memory) {
    this.memory = memory;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(size, /)")
  static PyObject new_(PyType cls, long size) {
    if (size < 0) {
      throw Errors.valueError("negative size");
    }
    try {
      return new PyBlock(Arena.ofAuto().allocate(size, ALIGNMENT));
    } catch (OutOfMemoryError | IllegalArgumentException tooMuch) {
      throw Errors.memoryError();
    }
  }

  /** The memory at an address, which the caller knows to be there. */
  public static PyBlock at(long address, long size) {
    if (address == 0 && size > 0) {
      throw Errors.valueError("NULL pointer access");
    }
    if (size < 0) {
      throw Errors.valueError("negative size");
    }
    return new PyBlock(MemorySegment.ofAddress(address).reinterpret(size));
  }

  @PyGetter("address")
  long address() {
    return memory.address();
  }

  @Override
  public Buffer getBuffer(int flags) {
    return Buffer.ofSegment(this, this, memory, false);
  }

  @Override
  public void releaseBuffer(Buffer buffer) {
    // memory lives as long as the buffer's object
  }

  @PyMethod(name = "__buffer__")
  PyObject buffer(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__release_buffer__")
  void release(PyObject buffer) {
    PyBuffers.specialRelease(this, buffer);
  }
}
