package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;

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

  /** Of so many waits that would rather be made with frames one is tried without, in any case. */
  private static final int SAMPLE = 16;

  private static final int MOST_IN_VAIN = 32;
  private static final int TOO_MANY_IN_VAIN = 16;

  /** By how much a wait that ended in time counts more than one that did not. */
  private static final int WORTH = 8;

  /**
   * As {@link PlaitThread#waitsInVain}, of the first waits of all threads: a million threads may be
   * started that wait once, by one whose waits are short.
   */
  private static int firstInVain;

  private static int skipped;

  private QuietMethods() {}

  /** One way to wait until a deadline. */
  public interface Wait {
    Outcome until(long deadline);
  }

  /**
   * Waits without frames, if that has a prospect of ending soon. Where such waits took too long
   * lately, a thread that tried would only wait twice, with a timer and a copy of its stack each
   * time.
   *
   * @return whether what was waited for has happened
   */
  public static boolean wait(Wait what) {
    PlaitThread t = PlaitThread.current();
    boolean first = t.waitsInVain < 0;
    int inVain = first ? firstInVain : t.waitsInVain;
    if (inVain >= TOO_MANY_IN_VAIN && ++skipped % SAMPLE != 0) {
      t.waitsInVain = first ? 0 : t.waitsInVain;
      return false;
    }
    boolean done = what.until(Clock.deadline(PATIENCE)) == Outcome.DONE;
    inVain = done ? Math.max(0, inVain - WORTH) : Math.min(MOST_IN_VAIN, inVain + 1);
    if (first) {
      firstInVain = inVain;
    }
    t.waitsInVain = first ? 0 : (byte) inVain;
    return done;
  }

  /** A lock, or what opens like one. */
  public interface Lock {
    /**
     * Takes the lock.
     *
     * @param wait whether to wait for it, by {@link QuietMethods#wait}
     * @return whether it has been taken
     */
    boolean enterQuietly(boolean wait);
  }

  /** A queue. */
  public interface Source {
    /**
     * Takes an item.
     *
     * @param wait whether to wait for one, by {@link QuietMethods#wait}
     * @return null when there was none
     */
    @Nullable PyObject takeQuietly(boolean wait);
  }

  /** What bytes come from: a socket. */
  public interface Receiver {
    /**
     * The result of {@code recv(n)} if that need not wait; else null, and nothing received.
     *
     * @throws RuntimeException the Python exception where receiving failed
     */
    @Nullable PyObject receiveQuietly(PyObject n);
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

  /** A file that takes text. */
  public interface Sink {
    /** The result of {@code write(s)}; null, and nothing written, where it would block or fail. */
    @Nullable PyObject writeQuietly(PyObject s);
  }

  /** What is true of a thread while a function runs: a context. */
  public interface Scope {
    /** The current thread enters; false if that is not possible now. */
    boolean enter();

    /** The current thread, which has entered, leaves. */
    void leave();
  }

  /** An iterator. */
  public interface Iterator {
    /** The next item; null at the end, or where Python code may have a say. */
    @Nullable PyObject nextQuietly();
  }
}
