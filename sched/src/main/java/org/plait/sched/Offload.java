package org.plait.sched;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operation on a platform thread while the virtual thread that wants it is parked. Idle
 * platform threads are kept for a while.
 */
final class Offload<T extends @Nullable Object, E extends Exception> implements BlockingOp<T, E> {
  private static final long KEEP_NANOS = 10_000_000_000L;

  private static final SpinLock LOCK = new SpinLock();

  /** Guarded by {@link #LOCK}; the last to become idle is the first to work. */
  private static final ArrayDeque<Worker> IDLE = new ArrayDeque<>();

  private final BlockingOp<T, E> op;
  private final Thread caller = Thread.currentThread();
  private @Nullable T result;
  private @Nullable Throwable failure;
  private volatile boolean finished;

  Offload(BlockingOp<T, E> op) {
    this.op = op;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public T run() throws E {
    submit(this);
    boolean interrupted = false;
    while (!finished) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      Offload.<RuntimeException>rethrow(failure);
    }
    return result;
  }

  /** What the operation threw, which is an E or unchecked. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void rethrow(Throwable failure) throws X {
    throw (X) failure;
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private void execute() {
    try {
      result = op.run();
    } catch (Throwable e) {
      failure = e;
    }
    finished = true;
    LockSupport.unpark(caller);
  }

  private static void submit(Offload<?, ?> task) {
    LOCK.lock();
    Worker worker = IDLE.pollLast();
    LOCK.unlock();
    if (worker == null) {
      worker = new Worker();
      worker.task = task;
      worker.thread.start();
    } else {
      worker.task = task;
      LockSupport.unpark(worker.thread);
    }
  }

  /** One platform thread. Whoever takes it off the idle stack owes it a task. */
  private static final class Worker implements Runnable {
    private final Thread thread = new Thread(null, this, "plait-blocking", 0, false);
    private volatile @Nullable Offload<?, ?> task;

    private Worker() {
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      do {
        Offload<?, ?> now = task;
        if (now != null) {
          task = null;
          now.execute();
        }
      } while (awaitTask());
    }

    private boolean awaitTask() {
      LOCK.lock();
      IDLE.addLast(this);
      LOCK.unlock();
      long until = System.nanoTime() + KEEP_NANOS;
      while (task == null) {
        long left = until - System.nanoTime();
        if (left > 0) {
          LockSupport.parkNanos(this, left);
        } else if (leave()) {
          return false;
        } else {
          LockSupport.park(this);
        }
      }
      return true;
    }

    private boolean leave() {
      LOCK.lock();
      boolean wasIdle = IDLE.remove(this);
      LOCK.unlock();
      return wasIdle;
    }
  }
}
