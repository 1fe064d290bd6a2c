package org.plait.sched;

/**
 * An operation that may block. It runs without a permit, so it must not touch Python objects.
 *
 * @param <T> what it returns
 * @param <E> what it throws
 */
@FunctionalInterface
public interface BlockingOp<
    T extends @org.jspecify.annotations.Nullable Object, E extends Exception> {
  /**
   * Does it. When the {@link Unblocker} published with it is called, it returns soon.
   *
   * @return its result
   * @throws E if it fails
   */
  T run() throws E;
}
