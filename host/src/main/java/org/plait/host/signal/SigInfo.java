package org.plait.host.signal;

/**
 * What is known of a signal that arrived, {@code siginfo_t}.
 *
 * @param code who sent it, SI_USER (0) for kill
 */
public record SigInfo(int signal, int code, int errno, int pid, int uid, int status, long band) {
  private static final int SI_KERNEL = 128;

  /** Whether the kernel sent it by itself, as when a timer goes off, and no process. */
  public boolean isFromKernel() {
    return code == SI_KERNEL;
  }

  static SigInfo sentByUs(int signal, int pid, int uid) {
    return new SigInfo(signal, 0, 0, pid, uid, 0, 0);
  }
}
