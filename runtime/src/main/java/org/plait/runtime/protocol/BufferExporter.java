package org.plait.runtime.protocol;

import org.plait.runtime.object.PyObject;

/**
 * A Java class whose instances export memory ({@code bf_getbuffer}). Such a type also exposes
 * {@code __buffer__} through {@link PyBuffers#specialBuffer}.
 */
public interface BufferExporter {
  /**
   * Exports the memory. The exporter must keep it in place until {@link #releaseBuffer}.
   *
   * @param flags what the consumer can cope with, see {@link PyBuffers}
   * @throws org.plait.runtime.exceptions.PyException BufferError when it can't serve the flags
   */
  Buffer getBuffer(int flags);

  /** Called once per export, when its consumer is done. */
  default void releaseBuffer(Buffer buffer) {}

  /** The exporter as a Python object. */
  default PyObject self() {
    return (PyObject) this;
  }
}
