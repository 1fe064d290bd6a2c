package org.plait.runtime.interp;

/**
 * What an interpreter is allowed to do, fixed when it is made. {@code useMainObmalloc}, {@code
 * checkMultiInterpExtensions} and {@code gil} are kept for those who ask: memory is the JVM's,
 * there are no extension modules, and all interpreters share the permits of one scheduler.
 *
 * @param gil {@code "default"}, {@code "shared"} or {@code "own"}
 */
public record InterpreterConfig(
    boolean useMainObmalloc,
    boolean allowFork,
    boolean allowExec,
    boolean allowThreads,
    boolean allowDaemonThreads,
    boolean checkMultiInterpExtensions,
    String gil) {
  /** Of the interpreter that a program starts with. */
  public static final InterpreterConfig MAIN =
      new InterpreterConfig(true, true, true, true, true, false, "own");

  /** Of the interpreters that {@code concurrent.interpreters} makes. */
  public static final InterpreterConfig ISOLATED =
      new InterpreterConfig(false, false, false, true, false, true, "own");

  /** Whether an interpreter can be made so: memory of its own needs modules that are up to it. */
  public boolean isPossible() {
    return useMainObmalloc || checkMultiInterpExtensions;
  }
}
