package org.plait.sched;

/** What the runtime does when a thread has been asked for something. */
@FunctionalInterface
public interface SafePointActions {
  /**
   * Runs on the polled thread, which holds its permit and no internal lock. What it throws comes
   * out of {@link SafePoint#poll()}.
   *
   * @param thread the current thread
   * @param requests the bits of {@link SafePoint} that were requested since the last call; each
   *     request is delivered once
   */
  void run(PlaitThread thread, int requests);
}
