package org.plait.modules.ssl;

import org.plait.host.HostException;

/** Carries TLS records, without ever blocking. */
interface Wire {
  int WOULD_BLOCK = -2;

  /** Nothing will come any more. */
  int END = 0;

  /**
   * Takes what has arrived.
   *
   * @param count at most that many bytes, at least 1
   * @return how many, {@link #END} or {@link #WOULD_BLOCK}
   * @throws HostException of the socket
   */
  int receive(byte[] to, int at, int count);

  /**
   * Hands bytes on.
   *
   * @return how many it took, or {@link #WOULD_BLOCK}
   * @throws HostException of the socket
   */
  int send(byte[] from, int at, int count);
}
