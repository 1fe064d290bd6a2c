package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.PyBuffers;

/**
 * {@code bytearray}: a mutable array of bytes that any number of threads may share.
 *
 * <p>Invariants: reads take no lock; they read {@link #state} with acquire and then its size. All
 * writes happen under {@link #lock}. A {@link State} is replaced by every change but an append within
 * its capacity and the overwriting of bytes.
 */
@PyTypeDef(
    name = "bytearray",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.MATCH_SELF})
public class PyByteArray extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyByteArrayTable.INSTANCE);

  private static final VarHandle STATE;
  private static final VarHandle LOCK;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      STATE = l.findVarHandle(PyByteArray.class, "state", State.class);
      LOCK = l.findVarHandle(PyByteArray.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Where the bytes are. */
  static final class State {
    final byte[] data;
    final int start;
    volatile int size;

    State(byte[] data, int start, int size) {
      this.data = data;
      this.start = start;
      this.size = size;
    }
  }

  private State state;
  private int lock;

  protected PyByteArray() {
    this.state = new State(new byte[0], 0, 0);
  }

  protected PyByteArray(byte[] data) {
    this.state = new State(data, 0, data.length);
  }

  /** Takes over the array. */
  public static PyByteArray of(byte[] data) {
    return new PyByteArray(data);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  final State state() {
    return (State) STATE.getAcquire(this);
  }

  public final int size() {
    return state().size;
  }

  /** A copy. */
  public final byte[] toByteArray() {
    State s = state();
    return Arrays.copyOfRange(s.data, s.start, s.start + s.size);
  }

  @Override
  public Buffer getBuffer(int flags) {
    State s = state();
    return Buffer.ofBytes(this, this, s.data, s.start, s.size, false);
  }

  @PyMethod(name = "__buffer__")
  public PyObject __buffer__(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__len__")
  public int __len__() {
    return size();
  }
}
