package org.plait.sched;

/** What the deterministic scheduler knows of a thread; guarded by its lock, except as said. */
final class DeterministicThread {
  /** What the thread is doing. */
  enum State {
    /** It has the baton. */
    RUNNING,
    /** It could have the baton. */
    RUNNABLE,
    /** It waits for an unpark or a deadline. */
    PARKED,
    /** It is in a blocking operation of the host's. */
    OUTSIDE
  }

  State state = State.RUNNABLE;

  /** While PARKED. */
  long deadline;

  boolean timedOut;

  /** An unpark came before the park. */
  boolean token;

  /** Set by whoever gives it the baton, taken by the thread, which may then run. */
  volatile boolean turn;

  /** It is to throw when it has its turn. */
  boolean deadlocked;
}
