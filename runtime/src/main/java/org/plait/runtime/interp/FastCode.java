package org.plait.runtime.interp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.sched.Clock;

/**
 * A function's code as a JVM method without a frame: the arguments are the method's, and a {@link
 * PyFrame} is made only when the interpreter has to go on ({@link Frameless}). A subclass has the
 * method for its number of parameters; the others are never called. Instances are shared by all
 * threads.
 *
 * <p>Each method returns what the function returns, or null when the activation has been left: then
 * the frames of it and of what it called are waiting in {@link ThreadState#left}.
 *
 * <p>That of a generator function is the first step of a generator that {@code yield from} makes
 * and nobody else knows: it returns what the generator returns. Where it would yield it is left,
 * and the generator made.
 */
public abstract class FastCode {
  /** As many parameters as such a method may have. */
  public static final int MAX_ARGUMENTS = 12;

  // How an activation was left: PyFrame.exit of its frame until that goes on.

  /** The interpreter is to do the instruction. */
  public static final int AT = 0;

  /** As AT, a guess having been wrong. */
  public static final int GUESS = 1;

  /** As AT, the instruction having never been done before. */
  public static final int COLD = 2;

  /** As AT, for signals and the like: says nothing about the code. */
  public static final int POLL = 3;

  /** The function hasn't begun: there are too many calls in each other. */
  public static final int TOO_DEEP = 4;

  /** An exception was raised at the instruction. */
  public static final int THROWN = 5;

  /** The call at the instruction was left, too: its result is to come. */
  public static final int CALLED = 6;

  /** As CALLED, of the {@code __init__} of an instance, which the callee's register holds. */
  public static final int CONSTRUCTED = 7;

  /** At a SEND, the generator to which it delegates having been left in its first step. */
  public static final int STARTED = 8;

  private static final int HOW_BITS = 4;

  /** An instruction and how code was left there, in one number for {@link Frameless}. */
  public static int where(int pc, int how) {
    return pc << HOW_BITS | how;
  }

  static int pcOf(int where) {
    return where >> HOW_BITS;
  }

  static int howOf(int where) {
    return where & (1 << HOW_BITS) - 1;
  }

  /**
   * What a method that returns a long returns when it has been left; or, when nothing is in {@link
   * ThreadState#left}, an int like any other. Those that return a double use NaN.
   */
  public static final long LEFT = Long.MIN_VALUE + 0x5AFE;

  /** The code it was made of; set before anybody runs it. */
  CodeTier tier;

  /** How many arguments it takes, with those for {@code *args} and {@code **kwargs}. */
  int parameters;

  /** What runs as the {@code __init__} of an instance just made, which nobody else knows. */
  FastCode fresh = this;

  /** How often its constants did not hold for an attribute; counted racily. */
  int missed;

  /** How often it was left at each instruction; a racy count. */
  short[] leftAt;

  /** When that was counted from, of {@link Clock}; racy. */
  private long leftSince = Clock.nanoTime();

  /**
   * The kinds of the parameters and of the result of a further method, {@code runUnboxed}, which
   * takes and returns numbers without boxes: for each parameter and, behind a {@code _}, the result
   * a J for long, D for double or L for an object. Null if there is none.
   */
  public @Nullable String kinds() {
    return null;
  }

  /** Whether it took longer than some nanoseconds to be left so often; then counts from 0 again. */
  final boolean isLeftSeldom(long nanos) {
    long now = Clock.nanoTime();
    boolean seldom = now - leftSince > nanos;
    if (seldom) {
      leftSince = now;
      Arrays.fill(leftAt, (short) 0);
    }
    return seldom;
  }

  private static IllegalStateException wrongCount() {
    return new IllegalStateException("number of arguments");
  }

  /** Runs a function without arguments. */
  public @Nullable PyObject run0(ThreadState ts, PyFunction fn) {
    throw wrongCount();
  }

  public @Nullable PyObject run1(ThreadState ts, PyFunction fn, PyObject a) {
    throw wrongCount();
  }

  public @Nullable PyObject run2(ThreadState ts, PyFunction fn, PyObject a, PyObject b) {
    throw wrongCount();
  }

  public @Nullable PyObject run3(
      ThreadState ts, PyFunction fn, PyObject a, PyObject b, PyObject c) {
    throw wrongCount();
  }

  public @Nullable PyObject run4(
      ThreadState ts, PyFunction fn, PyObject a, PyObject b, PyObject c, PyObject d) {
    throw wrongCount();
  }

  public @Nullable PyObject run5(
      ThreadState ts, PyFunction fn, PyObject a, PyObject b, PyObject c, PyObject d, PyObject e) {
    throw wrongCount();
  }

  public @Nullable PyObject run6(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f) {
    throw wrongCount();
  }

  public @Nullable PyObject run7(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g) {
    throw wrongCount();
  }

  public @Nullable PyObject run8(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g,
      PyObject h) {
    throw wrongCount();
  }

  public @Nullable PyObject run9(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g,
      PyObject h,
      PyObject i) {
    throw wrongCount();
  }

  public @Nullable PyObject run10(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g,
      PyObject h,
      PyObject i,
      PyObject j) {
    throw wrongCount();
  }

  public @Nullable PyObject run11(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g,
      PyObject h,
      PyObject i,
      PyObject j,
      PyObject k) {
    throw wrongCount();
  }

  public @Nullable PyObject run12(
      ThreadState ts,
      PyFunction fn,
      PyObject a,
      PyObject b,
      PyObject c,
      PyObject d,
      PyObject e,
      PyObject f,
      PyObject g,
      PyObject h,
      PyObject i,
      PyObject j,
      PyObject k,
      PyObject l) {
    throw wrongCount();
  }

  /** Runs a function with as many arguments as it has parameters. */
  final @Nullable PyObject run(ThreadState ts, PyFunction fn, PyObject[] a) {
    return switch (parameters) {
      case 0 -> run0(ts, fn);
      case 1 -> run1(ts, fn, a[0]);
      case 2 -> run2(ts, fn, a[0], a[1]);
      case 3 -> run3(ts, fn, a[0], a[1], a[2]);
      case 4 -> run4(ts, fn, a[0], a[1], a[2], a[3]);
      case 5 -> run5(ts, fn, a[0], a[1], a[2], a[3], a[4]);
      case 6 -> run6(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5]);
      case 7 -> run7(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
      case 8 -> run8(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
      case 9 -> run9(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
      case 10 -> run10(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
      case 11 -> run11(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10]);
      default ->
          run12(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]);
    };
  }
}
