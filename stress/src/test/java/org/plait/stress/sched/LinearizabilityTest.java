package org.plait.stress.sched;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.plait.sched.Mutex;
import org.plait.sched.SpinLock;

/** What does not block is linearizable: trying and releasing a lock. */
class LinearizabilityTest {
  /** A lock that is only tried. */
  public static class TriedMutex {
    private final Mutex lock = new Mutex();

    @Operation
    public boolean tryAcquire() {
      return lock.tryAcquire();
    }

    @Operation
    public boolean release() {
      try {
        lock.release();
        return true;
      } catch (IllegalMonitorStateException e) {
        return false;
      }
    }

    @Operation
    public boolean isLocked() {
      return lock.isLocked();
    }
  }

  /** A counter under a spin lock. */
  public static class SpinLocked {
    private final SpinLock lock = new SpinLock();
    private int x;

    @Operation
    public int add() {
      lock.lock();
      int now = ++x;
      lock.unlock();
      return now;
    }

    @Operation
    public int get() {
      lock.lock();
      int now = x;
      lock.unlock();
      return now;
    }
  }

  private static final int ITERATIONS = Integer.getInteger("plait.lincheck.iterations", 10);

  @Test
  void aTriedMutexIsLinearizable() {
    new ModelCheckingOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(300)
        .check(TriedMutex.class);
  }

  @Test
  void aSpinLockedCounterIsLinearizable() {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(2_000)
        .check(SpinLocked.class);
  }
}
