package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * A function's code as a JVM method without a frame: the arguments are the method's, and a {@link
 * PyFrame} is made only when the interpreter has to go on ({@link Frameless}). A subclass has the
 * method for its number of parameters; the others are never called. Instances are shared by all
 * threads.
 *
 * <p>Each method returns what the function returns, or null when the activation has been left: then
 * the frames of it and of what it called are waiting in {@link ThreadState#left}.
 */
public abstract class FastCode {
  /** As many parameters as such a method may have. */
  public static final int MAX_ARGUMENTS = 6;

  /** The code it was made of; set before anybody runs it. */
  CodeTier tier;

  /** How many arguments it takes, with those for {@code *args} and {@code **kwargs}. */
  int parameters;

  /** How often it was left at each instruction; a racy count. */
  short[] leftAt;

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

  /** Runs a function with as many arguments as it has parameters. */
  final @Nullable PyObject run(ThreadState ts, PyFunction fn, PyObject[] a) {
    return switch (parameters) {
      case 0 -> run0(ts, fn);
      case 1 -> run1(ts, fn, a[0]);
      case 2 -> run2(ts, fn, a[0], a[1]);
      case 3 -> run3(ts, fn, a[0], a[1], a[2]);
      case 4 -> run4(ts, fn, a[0], a[1], a[2], a[3]);
      case 5 -> run5(ts, fn, a[0], a[1], a[2], a[3], a[4]);
      default -> run6(ts, fn, a[0], a[1], a[2], a[3], a[4], a[5]);
    };
  }
}
