package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.sched.Clock;

/**
 * What native objects of other packages and modules offer to code without frames, which may neither
 * block for long nor run Python code: each method does what it says if that is possible, or nothing
 * at all.
 */
public final class QuietMethods {
  /**
   * So long a thread may wait without frames, in nanoseconds: who looks at threads that hang sees
   * them waiting in the frames that they have, and threads that wake each other all the time need
   * none.
   */
  private static final long PATIENCE = 10_000_000;

  private QuietMethods() {}

  /** Until when a thread that starts to wait now may do so without frames. */
  public static long deadline() {
    return Clock.deadline(PATIENCE);
  }

  /** A lock, or what opens like one. */
  public interface Lock {
    /**
     * Takes the lock.
     *
     * @param wait whether to wait for it, but until {@link #deadline} at most
     * @return whether it has been taken
     */
    boolean enterQuietly(boolean wait);
  }

  /** A queue. */
  public interface Source {
    /** Takes an item, waiting for one until {@link #deadline}; null when there was none. */
    @Nullable PyObject takeQuietly();
  }

  /** A sequence. */
  public interface Sequence {
    /** The length, or -1 where a class written in Python may have a say. */
    int lengthQuietly();

    /** The item at a position from the start; null where there is none, or as above. */
    @Nullable PyObject itemQuietly(long i);

    /** Removes an object if it is the first item; whether it was. */
    boolean removeFirstQuietly(PyObject o);
  }

  /** An iterator. */
  public interface Iterator {
    /** The next item; null at the end, or where Python code may have a say. */
    @Nullable PyObject nextQuietly();
  }
}
