package org.plait.modules.ssl;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a ClientHello or ServerHello.
 *
 * @param sessionId perhaps empty
 * @param suites of a client those offered, of a server the one chosen
 * @param serverName that the client asks for
 * @param preShared whether a session is offered or taken by way of TLS 1.3
 * @param tls13 whether the version is chosen by extension
 */
record Hello(
    byte[] sessionId,
    List<Integer> suites,
    @Nullable String serverName,
    boolean preShared,
    boolean tls13) {
  static final int CLIENT = 1;
  static final int SERVER = 2;

  private static final int SERVER_NAME = 0;
  private static final int PRE_SHARED_KEY = 41;
  private static final int SUPPORTED_VERSIONS = 43;

  private static byte[] bytes(ByteBuffer from, int n) {
    byte[] b = new byte[n];
    from.get(b);
    return b;
  }

  /**
   * Reads one.
   *
   * @param message the handshake message, with its head of four bytes
   * @return null if it is broken
   */
  static @Nullable Hello read(byte[] message) {
    try {
      ByteBuffer b = ByteBuffer.wrap(message);
      int type = b.get();
      b.position(4 + 2 + 32);
      byte[] sessionId = bytes(b, b.get() & 0xff);
      List<Integer> suites = new ArrayList<>();
      if (type == CLIENT) {
        for (int n = (b.getShort() & 0xffff) / 2; n > 0; n--) {
          suites.add(b.getShort() & 0xffff);
        }
        bytes(b, b.get() & 0xff);
      } else {
        suites.add(b.getShort() & 0xffff);
        b.get();
      }
      String name = null;
      boolean preShared = false;
      boolean tls13 = false;
      if (b.remaining() >= 2) {
        b.getShort();
        while (b.remaining() >= 4) {
          int extension = b.getShort() & 0xffff;
          byte[] body = bytes(b, b.getShort() & 0xffff);
          if (extension == SERVER_NAME && type == CLIENT && body.length > 5) {
            int n = (body[3] & 0xff) << 8 | body[4] & 0xff;
            if (body[2] == 0 && n <= body.length - 5) {
              name = new String(body, 5, n, StandardCharsets.ISO_8859_1);
            }
          }
          preShared |= extension == PRE_SHARED_KEY;
          tls13 |= extension == SUPPORTED_VERSIONS;
        }
      }
      return new Hello(sessionId, suites, name, preShared, tls13);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }
}
