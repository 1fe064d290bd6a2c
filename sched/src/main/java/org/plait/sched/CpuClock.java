package org.plait.sched;

/**
 * The processor time of a thread that may run on one Java carrier now and on another one later:
 * {@link PermitScheduler} stops it where the thread parks and starts it where it goes on. Time
 * between a move that we don't see, inside the JDK, and the next stop is not counted.
 *
 * <p>Used by its thread alone. Times in nanoseconds, from the clock's making on.
 */
public final class CpuClock {
  /** The thread of the operating system that the caller is on. */
  public interface Carrier {
    /** Its processor time so far, in nanoseconds. */
    long time();

    /** Its identity in the operating system. */
    long id();
  }

  private final Carrier carrier;
  private long total;
  private long since;
  private long on;

  CpuClock(Carrier carrier) {
    this.carrier = carrier;
    start();
  }

  void start() {
    on = carrier.id();
    since = carrier.time();
  }

  void stop() {
    if (carrier.id() == on) {
      total += Math.max(0, carrier.time() - since);
    }
  }

  /** The time so far. */
  public long read() {
    stop();
    start();
    return total;
  }
}
