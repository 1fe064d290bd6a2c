package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MicroLock} that a thread may keep: whoever has taken it {@value #TIMES} times in a row
 * owns it, and from then on takes it by a plain comparison. Most containers of a program with
 * threads are used by one of them, and the compare-and-set was two thirds of what storing an
 * element cost.
 *
 * <p>The first other thread that wants it takes it away. It marks the word, and then waits until
 * the owner has reached a safe point, where no such lock is held, or does not run at all: as the
 * owner sees the mark from then on, it is a lock like any other. So the owner's sections need
 * neither a fence nor a store, and a loop may look at the word once for many turns, as long as it
 * does not answer a request in between.
 *
 * <p>Nobody is going to own it then, unless it is <em>contended</em>: one thread waits, and another
 * one takes it every few nanoseconds meanwhile. Threads that contend own it in turn, each for some
 * {@value #TURN_NANOS} ns, since an owner gets several times as much done, and the lines of memory
 * stay with it. The others leave him alone until his turn is over. Who is left alone with a lock
 * that nobody owns gets it likewise.
 *
 * <p>The rules are those of {@link MicroLock}. Nobody parks or waits for a monitor while he holds
 * one of these, so an owner whose Java thread does holds none.
 *
 * <p>The word: 0, or the thread that took it last with how often in a row, then {@link #HELD}; or
 * the owner with {@link #BIASED}; these with {@link #TURN} or not; or {@link #NEVER} and a number
 * that grows each time it is freed, with or without {@code HELD}. So those who only read may do
 * without the lock and look at the word before and behind it ({@link #stamp}): threads that read
 * the same container do not wait for each other.
 */
public final class BiasedLock {
  private static final int HELD = 1;
  private static final int BIASED = 1 << 1;

  /** Nobody is going to own it, unless it is contended. */
  private static final int NEVER = 1 << 2;

  /** Whoever wants it for the first time waits for its owner. */
  private static final int REVOKING = HELD | BIASED;

  private static final int ONE = 1 << 3;
  private static final int TIMES = 16;

  /** So many times in a row suffice if it is contended. */
  private static final int TURN_TIMES = 4;

  private static final int COUNT = (TIMES - 1) * ONE;
  private static final int THREAD_SHIFT = 7;
  private static final int THREAD = -1 >>> 1 & -1 << THREAD_SHIFT;

  /**
   * It is contended: with a thread, which has it for its turn, or with {@link #NEVER}, so that
   * whoever takes it next begins one.
   */
  static final int TURN = 1 << 31;

  /** With {@link #NEVER}: what grows when it is freed. */
  private static final int FREED = -1 >>> 1 & -ONE;

  /** One in so many numbers of a lock that nobody owns is a sample of who takes it. */
  private static final int EACH = 64;

  private static final int SAMPLE = (EACH - 1) * ONE;

  /** Who has taken so many samples, one after another, is alone with it. */
  private static final int SAMPLES = 16;

  /** A lock is contended if it is taken more often than this while somebody waits for it. */
  private static final long DENSE_NANOS = 64;

  /** How long the owner of a contended lock has it before another one may ask for it. */
  private static final long TURN_NANOS = 20_000;

  /**
   * So many locks may be taken from their owners before it must have paid for itself: handing one
   * over costs as much as about a hundred compare-and-sets.
   */
  private static final int FREE_REVOCATIONS = 1000;

  private static final int GRANTS_PER_REVOCATION = 16;

  /** The threads that own locks, by the Java thread's number. */
  private static final ConcurrentHashMap<Integer, PlaitThread> OWNERS = new ConcurrentHashMap<>();

  /** How many locks got owners, and how many lost them; races lose counts, which does no harm. */
  private static int grants;

  private static int revocations;

  /** Held by the thread that waits for an owner: so a request that is seen has one sender. */
  @SuppressWarnings("unused")
  private static volatile int revoking;

  private static final VarHandle REVOKER;

  static {
    try {
      REVOKER = MethodHandles.lookup().findStaticVarHandle(BiasedLock.class, "revoking", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private BiasedLock() {}

  /**
   * Whether {@link #lock} would do nothing: the current thread is the only one, or owns the lock.
   * True for what happens between two polls or blocking operations. Others may read meanwhile what
   * they read without the lock.
   *
   * @param seen what the int field has, read in the ordinary way
   * @return true if there is nothing to take
   */
  public static boolean isMine(int seen) {
    return MicroLock.isAlone() || isOwn(seen);
  }

  /**
   * Takes the lock. The field is read by the caller, since a read by the VarHandle would cost
   * HotSpot more than all the rest when the lock is {@linkplain #isMine mine}.
   *
   * @param seen what the int field has, read in the ordinary way
   * @param word the int field
   * @param holder the object with the field
   */
  public static void lock(int seen, VarHandle word, Object holder) {
    if (!isMine(seen)) {
      take(word, holder);
    }
  }

  private static void take(VarHandle word, Object holder) {
    int w = (int) word.get(holder);
    if ((w & REVOKING) != 0 || isTurnOfAnother(w) || !word.compareAndSet(holder, w, taken(w))) {
      await(word, holder);
    }
    if (MicroLock.CHECK && !isKept((int) word.get(holder))) {
      MicroLock.count(1);
    }
  }

  /**
   * Frees the lock, if it isn't the holder's own. Only he may.
   *
   * @param seen what the int field has, read in the ordinary way
   * @param word the int field
   * @param holder the object with the field
   */
  public static void unlock(int seen, VarHandle word, Object holder) {
    if (!isKept(seen)) {
      free(word, holder);
    }
  }

  /** Whether the holder has nothing to free: it was his without taking it, or has become his. */
  private static boolean isKept(int seen) {
    return MicroLock.isAlone() || (seen & BIASED) != 0;
  }

  private static void free(VarHandle word, Object holder) {
    if (MicroLock.CHECK) {
      MicroLock.count(-1);
    }
    word.setRelease(holder, freed((int) word.get(holder)));
  }

  private static int freed(int w) {
    return (w & NEVER) == 0 ? w & ~HELD : w & TURN | (w & ~HELD) + ONE & Integer.MAX_VALUE;
  }

  /**
   * Begins to read without the lock, which is not {@link #isMine mine}. What is read may be half
   * changed, until {@link #isUnchanged} has told otherwise; changes are made with release.
   *
   * @param word the int field
   * @param holder the object with the field
   * @return what to give to isUnchanged; negative if the lock must be taken for it
   */
  public static int stamp(VarHandle word, Object holder) {
    int w = (int) word.getAcquire(holder);
    if (w == 0 || (w & (NEVER | HELD)) == NEVER) {
      return w;
    }
    if ((w & REVOKING) != 0 || (w & THREAD) == me()) {
      return -1;
    }
    // Nobody is going to own what a second thread uses as well.
    int never = never();
    return word.compareAndSet(holder, w, never) ? never : -1;
  }

  /**
   * Whether nobody has had the lock since.
   *
   * @param word the int field
   * @param holder the object with the field
   * @param stamp of {@link #stamp}
   * @return true if what was read in between is of one moment
   */
  public static boolean isUnchanged(VarHandle word, Object holder, int stamp) {
    VarHandle.acquireFence();
    return (int) word.getOpaque(holder) == stamp;
  }

  /**
   * Waits until nobody else holds the lock or owns it, without taking it: what its last holder did
   * is visible then. For that it is taken from its owner.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void awaitFree(VarHandle word, Object holder) {
    int w = (int) word.getAcquire(holder);
    if ((w & REVOKING) != 0 && !isOwn(w)) {
      awaitOther(word, holder, w);
    }
  }

  private static void awaitOther(VarHandle word, Object holder, int w) {
    if ((w & REVOKING) == BIASED) {
      await(word, holder);
      word.setRelease(holder, freed((int) word.get(holder)));
      return;
    }
    for (int i = 0; ((int) word.getAcquire(holder) & HELD) != 0; i++) {
      MicroLock.pause(i);
      answer();
    }
  }

  /** Whether the word is that of a lock that the current thread owns. */
  private static boolean isOwn(int w) {
    // A long: no word equals it if the number is too large for one.
    return (w & ~TURN) == (me() | BIASED);
  }

  private static long me() {
    return Thread.currentThread().threadId() << THREAD_SHIFT;
  }

  /** What becomes of the word of a free lock when the current thread takes it. */
  private static int taken(int w) {
    if ((w & NEVER) != 0) {
      return ((w & TURN) != 0 || isLeftAlone(w) ? mine(TURN) : w) | HELD;
    }
    if ((w & THREAD) != me()) {
      return mine(0) | HELD;
    }
    if ((w & COUNT) != COUNT) {
      return w + ONE | HELD;
    }
    return mayOwn(w) ? w & (TURN | THREAD) | BIASED : never() | HELD;
  }

  /** Whether another thread has got a contended lock, but has not used it enough to own it. */
  private static boolean isTurnOfAnother(int w) {
    return (w & (NEVER | TURN)) == TURN && (w & THREAD) != me();
  }

  /**
   * Whether the current thread seems to be alone with a lock that nobody owns: whoever else used it
   * does so no more, or rarely.
   */
  private static boolean isLeftAlone(int w) {
    PlaitThread t = (w & SAMPLE) == 0 ? PlaitThread.currentOrNull() : null;
    if (t == null) {
      return false;
    }
    boolean next = (w - t.lockSample & FREED) == EACH * ONE;
    t.lockSample = w;
    t.lockSamples = next ? t.lockSamples + 1 : 0;
    return t.lockSamples > SAMPLES;
  }

  /** The word when the current thread has taken it once, or nearly often enough for its turn. */
  private static int mine(int turn) {
    long me = me();
    if (me > THREAD) {
      return never();
    }
    return turn == 0 ? (int) me : (int) me | turn | COUNT - TURN_TIMES * ONE;
  }

  /**
   * The word from which on nobody owns it. The number in it follows from the time, and grows once
   * in 4 ns, faster than by being freed: none comes again that was there before it had an owner.
   */
  private static int never() {
    return NEVER | (int) (System.nanoTime() << 1) & FREED;
  }

  /**
   * Whether the current thread gets a lock of its own. Java threads that were attached never do:
   * they may come and go under the same number.
   */
  private static boolean mayOwn(int w) {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t == null || !t.ownsJava()) {
      return false;
    }
    if ((w & TURN) != 0) {
      t.turnSince = System.nanoTime();
    } else if (revocations > FREE_REVOCATIONS + grants / GRANTS_PER_REVOCATION) {
      return false;
    } else {
      grants++;
    }
    if (!t.ownsLocks) {
      t.ownsLocks = true;
      OWNERS.put((int) Thread.currentThread().threadId(), t);
    }
    return true;
  }

  /** As if no lock had been taken from its owner yet; for tests. */
  static void forgetCounts() {
    grants = 0;
    revocations = 0;
  }

  /** The current thread ends, and takes no lock any more. */
  static void disown() {
    OWNERS.remove((int) Thread.currentThread().threadId());
  }

  /** Waits for a lock that is taken or has an owner. */
  private static void await(VarHandle word, Object holder) {
    int before = 0;
    long since = 0;
    for (int tries = 0; ; tries++) {
      long now = System.nanoTime();
      int w = (int) word.getOpaque(holder);
      if ((w & REVOKING) == BIASED) {
        PlaitThread owner = OWNERS.get((w & THREAD) >> THREAD_SHIFT);
        int turn = owner == null ? 0 : w & TURN;
        boolean over = owner == null || turn == 0 || now - owner.turnSince > TURN_NANOS;
        if (over && word.compareAndSet(holder, w, REVOKING)) {
          takeAway(owner, turn);
          word.setOpaque(holder, (owner == null || turn != 0 ? mine(turn) : never()) | HELD);
          return;
        }
      } else {
        int next = (w & HELD) == 0 ? awaited(w, tries) : w;
        if (next != w && word.compareAndSet(holder, w, next)) {
          return;
        }
        if (isContended(before, w, now - since)) {
          // The one who has it next loses this if he frees it just now.
          word.getAndBitwiseOr(holder, TURN);
        }
      }
      before = w;
      since = now;
      MicroLock.leaveAlone(tries, BiasedLock::answer);
    }
  }

  /** What becomes of the word of a free lock when who waited takes it; the same if he leaves it. */
  private static int awaited(int w, int tries) {
    if ((w & NEVER) != 0) {
      return taken(w);
    }
    // Who has got it for a turn may be about to own it; if not, nobody contends any more.
    return isTurnOfAnother(w) && tries == 0 ? w : never() | HELD;
  }

  /** Whether a lock that nobody owns was freed so often in some nanoseconds. */
  private static boolean isContended(int before, int w, long nanos) {
    return (before & w & NEVER) != 0
        && (((w & FREED) - (before & FREED) & FREED) / ONE) * DENSE_NANOS > nanos;
  }

  /**
   * Waits until a thread has seen what was written before.
   *
   * @param owner null if it has ended
   * @param turn not 0 if it has owned the lock for its turn only
   */
  private static void takeAway(@Nullable PlaitThread owner, int turn) {
    if (owner == null) {
      return;
    }
    if (turn == 0) {
      revocations++;
    }
    for (int i = 0; !REVOKER.compareAndSet(0, 1); i++) {
      MicroLock.pause(i);
      answer();
    }
    if (owner.scheduler.isRunning(owner)) {
      owner.request(SafePoint.LOCK_WANTED);
      for (int i = 0; owner.isRequested(SafePoint.LOCK_WANTED) && mayHold(owner, i); i++) {
        MicroLock.pause(i);
      }
      owner.cancelRequest(SafePoint.LOCK_WANTED);
    }
    REVOKER.setRelease(0);
  }

  /**
   * Whether a thread that was asked may still hold a lock that it owned.
   *
   * @param round how often it was looked at before
   */
  private static boolean mayHold(PlaitThread owner, int round) {
    if (!owner.scheduler.isRunning(owner)) {
      return false;
    }
    // It keeps its permit while it waits for a monitor, or for the world to stop, but holds none of
    // these locks. When its state is looked at, the mark has been there for so long that what it
    // did just before is visible, too.
    return round < MicroLock.NAPPING || owner.javaThread().getState() == Thread.State.RUNNABLE;
  }

  /** Who waits here holds none of these locks; so that two don't wait for each other. */
  private static void answer() {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t != null && t.isRequested(SafePoint.LOCK_WANTED)) {
      t.cancelRequest(SafePoint.LOCK_WANTED);
    }
  }
}
