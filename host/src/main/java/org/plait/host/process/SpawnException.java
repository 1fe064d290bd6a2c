package org.plait.host.process;

import org.plait.host.Errno;

/** A child could not be started: what failed, and at which step. */
public final class SpawnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The step that failed in the child. */
  public enum Step {
    /** Executing the program, as the reports of CPython's fork_exec say with an empty text. */
    EXEC,
    /** Changing the directory, "noexec:chdir" there. */
    CHDIR,
    /** Whatever comes before, "noexec" there. */
    PREPARE
  }

  private final int errno;
  private final Step step;

  SpawnException(int errno, Step step) {
    super(step + ": " + Errno.text(errno), null, false, false);
    this.errno = errno;
    this.step = step;
  }

  public int errno() {
    return errno;
  }

  public Step step() {
    return step;
  }
}
