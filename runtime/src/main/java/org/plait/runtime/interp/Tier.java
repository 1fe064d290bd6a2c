package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;

/**
 * A compiler of hot code: the one door between the interpreter and the module {@code jit}, which
 * provides an implementation to {@link java.util.ServiceLoader}. Looked for when the first code is
 * hot. Called by one thread at a time.
 */
public interface Tier {
  /**
   * Compiles a code object from one of its instructions on, to the ends of the function.
   *
   * @param code the code
   * @param entry number of the instruction where the frames will stand that enter
   * @param drain the kind of {@link Drain} that takes what the generator yields, or -1
   * @param feedback what the interpreter saw of it
   * @param linkage makes the class
   * @return null when the code stays in the interpreter; the log says why
   */
  @Nullable CompiledCode compile(
      PyCode code, int entry, int drain, Feedback feedback, Linkage linkage);

  /**
   * Compiles a function to a method that needs no frame.
   *
   * @param fresh it will be called with instances alone that have just been made and that nobody
   *     else knows
   * @return null when it can't be done, the log says why; or with {@code fresh} when that would
   *     make no difference
   */
  @Nullable FastCode compileWithoutFrame(
      PyCode code, boolean fresh, Feedback feedback, Linkage linkage);

  /** How a compiler reaches the runtime. */
  interface Linkage {
    /**
     * Defines a hidden class beside the interpreter's own, so that it may use what they may.
     *
     * @param classFile a subclass of {@link CompiledCode} or {@link FastCode} without fields of
     *     instances
     * @param constants what its static initialiser gets from {@link CompiledSupport#constants}
     * @return its only instance
     */
    Object define(byte[] classFile, Object[] constants);

    /**
     * Defines a subclass of {@link FastCode} with a further method, for all code that has such a
     * one, unless it has been defined.
     *
     * @param kinds what {@link FastCode#kinds} returns
     */
    void defineEntry(String kinds, byte[] classFile);

    /** The linked instruction, for what the compiler leaves to it. */
    Object instruction(int pc);

    /** Whether compiled code begins at an instruction, or is to. */
    boolean isEntry(int pc);

    /** A line for {@code -X jit_log}. */
    void log(String line);

    /** Whether the log is to show the code, too: {@code -X jit_log=code}. */
    boolean wantsListings();
  }
}
