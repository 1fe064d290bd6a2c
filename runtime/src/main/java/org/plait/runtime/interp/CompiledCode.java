package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * A code object from one instruction on, as a JVM method. It works on the frame that the
 * interpreter made and may leave it at any instruction, with all registers in their places, for the
 * interpreter to go on. Instances are immutable and shared by all threads.
 */
public abstract class CompiledCode {
  /** The code it was made of; set before anybody runs it. */
  CodeTier tier;

  /** The instruction where it is entered. */
  int entry;

  /** Of which it is the code, when it is a generator with a consumer. */
  @Nullable DrainedCode drained;

  /** How often its constants did not hold for an attribute; counted racily. */
  int missed;

  /** How often it has been left because a guess was wrong; counted racily. */
  int deopts;

  /** Where it was left because of a wrong guess, and how often at each; a racy count. */
  short[] deoptsAt;

  /**
   * Runs a frame that stands at the entry.
   *
   * @return what the function returns; or null, and then {@link PyFrame#exit} is what {@link
   *     Instr#exec} would return
   */
  public abstract @Nullable PyObject run(PyFrame f, PyObject[] r);
}
