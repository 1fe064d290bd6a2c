package org.plait.host.signal;

/**
 * What is known of a signal that arrived, {@code siginfo_t}.
 *
 * @param code who sent it, SI_USER (0) for kill
 */
public record SigInfo(int signal, int code, int errno, int pid, int uid, int status, long band) {
  static SigInfo sentByUs(int signal, int pid, int uid) {
    return new SigInfo(signal, 0, 0, pid, uid, 0, 0);
  }
}
