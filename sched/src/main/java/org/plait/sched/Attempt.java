package org.plait.sched;

/** One atomic try at something that may have to be waited for: take an item, see a flag. */
@FunctionalInterface
public interface Attempt {
  /**
   * Tries, without blocking, and keeps the result.
   *
   * @return true if it worked
   */
  boolean tryNow();
}
