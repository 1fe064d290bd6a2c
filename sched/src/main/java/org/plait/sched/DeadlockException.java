package org.plait.sched;

/**
 * Nothing can run any more: thrown by the deterministic scheduler out of what the main thread waits
 * for. The message says who waits for what.
 */
public final class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadlockException(String report) {
    super(report);
  }
}
