package org.plait.host.wait;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.plait.host.Fn;
import org.plait.host.Scratch;

/**
 * Platform threads for the calls that can only block: no descriptor tells when they would not. At
 * most {@link #MAX_THREADS} run at a time, further ones wait for their turn; a thread without work
 * ends after {@link #IDLE_SECONDS}.
 *
 * <p>Invariants: {@code QUEUE}, {@code threads} and {@code idle} are only touched under {@code
 * LOCK}; no task and no wake runs under it. {@code idle} counts the workers in {@code
 * AVAILABLE.awaitNanos}, and each task in the queue has a worker on its way to it, or {@code
 * threads == MAX_THREADS}.
 */
public final class BlockingPool {
  /** Threads at most. */
  public static final int MAX_THREADS = 256;

  private static final int IDLE_SECONDS = 10;

  /** Bytes of stack of each thread. */
  private static final long STACK = 512 * 1024;

  private static final Fn GETTID = new Fn("gettid");

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition AVAILABLE = LOCK.newCondition();
  private static final ArrayDeque<PoolCall<?>> QUEUE = new ArrayDeque<>();
  private static int threads;
  private static int idle;

  private BlockingPool() {}

  /** Starts a call; the result is its own wait. */
  public static <T extends @Nullable Object> PoolCall<T> submit(Callable<T> call) {
    PoolCall<T> task = new PoolCall<>(call);
    boolean startThread = false;
    LOCK.lock();
    try {
      QUEUE.add(task);
      if (idle >= QUEUE.size()) {
        AVAILABLE.signal();
      } else if (threads < MAX_THREADS) {
        threads++;
        startThread = true;
      }
    } finally {
      LOCK.unlock();
    }
    if (startThread) {
      Thread.ofPlatform()
          .daemon()
          .name("plait-blocking")
          .stackSize(STACK)
          .unstarted(BlockingPool::work)
          .start();
    }
    return task;
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
