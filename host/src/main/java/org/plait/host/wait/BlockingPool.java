package org.plait.host.wait;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.plait.host.Fn;
import org.plait.host.Scratch;

/**
 * Platform threads for the calls that can only block: no descriptor tells when they would not. As
 * long as calls end, at most {@link #USUAL_THREADS} run at a time, and further ones wait for their
 * turn. While none ends (hundreds of threads wait for a file lock, say) a further thread adds
 * others, up to {@link #MAX_THREADS}: a call that would end must not wait for those that may never
 * do. A thread without work ends after {@link #IDLE_SECONDS}.
 *
 * <p>Invariants: {@code QUEUE}, {@code threads} and {@code idle} are only touched under {@code
 * LOCK}; no task and no wake runs under it. {@code idle} counts the workers in {@code
 * AVAILABLE.awaitNanos}, and each task in the queue has a worker on its way to it, or {@code
 * growing}.
 */
public final class BlockingPool {
  /** Threads at most, as long as calls end. */
  static final int USUAL_THREADS = 256;

  /** Threads at most. */
  static final int MAX_THREADS = 16_384;

  /** Threads added at a time. */
  private static final int GROWTH = 512;

  /** How long no call has ended when threads are added. */
  private static final long STUCK_MILLIS = 10;

  private static final int IDLE_SECONDS = 10;

  /** Bytes of stack of each thread. */
  private static final long STACK = 256 * 1024;

  private static final Fn GETTID = new Fn("gettid");

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition AVAILABLE = LOCK.newCondition();
  private static final ArrayDeque<PoolCall<?>> QUEUE = new ArrayDeque<>();
  private static int threads;
  private static int idle;

  /** Calls that have ended; under {@code LOCK}, as the next. */
  private static long ended;

  /** Whether there is a thread that runs {@link #grow}. */
  private static boolean growing;

  private BlockingPool() {}

  /** Starts a call; the result is its own wait. */
  public static <T extends @Nullable Object> PoolCall<T> submit(Callable<T> call) {
    PoolCall<T> task = new PoolCall<>(call);
    Runnable start = null;
    LOCK.lock();
    try {
      QUEUE.add(task);
      if (idle >= QUEUE.size()) {
        AVAILABLE.signal();
      } else if (threads < USUAL_THREADS) {
        threads++;
        start = BlockingPool::work;
      } else if (!growing) {
        growing = true;
        start = BlockingPool::grow;
      }
    } finally {
      LOCK.unlock();
    }
    if (start != null) {
      startThread(start);
    }
    return task;
  }

  private static void startThread(Runnable body) {
    Thread.ofPlatform().daemon().name("plait-blocking").stackSize(STACK).unstarted(body).start();
  }

  /** Adds threads while calls wait for their turn and none ends. */
  private static void grow() {
    long seen = -1;
    while (true) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS));
      int more = 0;
      LOCK.lock();
      try {
        if (QUEUE.isEmpty()) {
          growing = false;
          return;
        }
        if (ended == seen) {
          more = Math.min(Math.min(QUEUE.size(), GROWTH), MAX_THREADS - threads);
          threads += more;
        }
        seen = ended;
      } finally {
        LOCK.unlock();
      }
      startWorkers(more);
    }
  }

  private static void startWorkers(int count) {
    for (int i = 0; i < count; i++) {
      try {
        startThread(BlockingPool::work);
      } catch (OutOfMemoryError noMoreThreads) {
        LOCK.lock();
        threads -= count - i;
        LOCK.unlock();
        return;
      }
    }
  }

  /** Takes a call back that nobody has begun. */
  static boolean withdraw(PoolCall<?> task) {
    LOCK.lock();
    try {
      return QUEUE.remove(task);
    } finally {
      LOCK.unlock();
    }
  }

  private static void work() {
    int tid;
    try (Scratch s = Scratch.take()) {
      tid = (int) GETTID.call(s);
    }
    for (PoolCall<?> task = next(); task != null; task = next()) {
      task.run(tid);
      LOCK.lock();
      ended++;
      LOCK.unlock();
    }
  }

  private static @Nullable PoolCall<?> next() {
    LOCK.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
      while (QUEUE.isEmpty()) {
        if (left <= 0) {
          threads--;
          return null;
        }
        idle++;
        try {
          left = AVAILABLE.awaitNanos(left);
        } catch (InterruptedException nobodyMeansThis) {
          // the queue tells whether there is work
        } finally {
          idle--;
        }
      }
      return QUEUE.poll();
    } finally {
      LOCK.unlock();
    }
  }
}
