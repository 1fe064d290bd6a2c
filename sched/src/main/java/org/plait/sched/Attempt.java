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

  /**
   * Whether another attempt by somebody else might work now, after this one has.
   *
   * @return false if there is nothing more to take
   */
  default boolean mightWorkAgain() {
    return true;
  }
}
