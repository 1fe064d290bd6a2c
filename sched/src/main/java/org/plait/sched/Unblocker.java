package org.plait.sched;

/**
 * How to get a thread out of the blocking operation it is in. Published by the thread before it
 * blocks and called, at most once per operation, by whoever wants its attention; on any thread,
 * without a permit, never after the operation has left {@link Blocking#call}. It must not block.
 */
public interface Unblocker {
  /** For operations that end soon by themselves: a request for attention waits until then. */
  Unblocker NONE = new None();

  /** Interrupts the Java thread. The interrupt status is cleared when the operation has ended. */
  Unblocker INTERRUPT = new Interrupt();

  /**
   * Makes the operation return early.
   *
   * @param blocked the thread to get out
   */
  void unblock(PlaitThread blocked);

  /** See {@link #NONE}. */
  final class None implements Unblocker {
    private None() {}

    @Override
    public void unblock(PlaitThread blocked) {}
  }

  /** See {@link #INTERRUPT}. */
  final class Interrupt implements Unblocker {
    private Interrupt() {}

    @Override
    public void unblock(PlaitThread blocked) {
      blocked.javaThread().interrupt();
    }
  }
}
