package org.plait.host;

import org.jspecify.annotations.Nullable;

/**
 * A call to the operating system failed. Carries no stack trace: a missing file is an everyday
 * answer, and the caller turns this into an error of its own that knows where it happened.
 */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;
  private final String syscall;

  /**
   * @param errno error number, one of {@link Errno}
   * @param syscall name of the call that failed
   */
  public HostException(int errno, String syscall) {
    this(errno, syscall, null);
  }

  public HostException(int errno, String syscall, @Nullable Throwable cause) {
    super(syscall, cause, false, false);
    this.errno = errno;
    this.syscall = syscall;
  }

  /** The error number, one of {@link Errno}. */
  public int errno() {
    return errno;
  }

  /** The name of the C function that failed. */
  public String syscall() {
    return syscall;
  }

  /** The text of the error as {@code strerror} gives it. */
  public String text() {
    return Errno.text(errno);
  }

  @Override
  public String getMessage() {
    String name = Errno.name(errno);
    return syscall + ": " + (name == null ? "" : name + ": ") + text();
  }
}
