package org.plait.modules.ssl;

import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSession;
import org.plait.host.process.SysInfo;
import org.plait.sched.Clock;

/**
 * A session that can be taken up again. The JDK keeps sessions itself and finds them by the name of
 * the other end: each has a name of its own here, and who wants to take it up gives its engine that
 * name.
 */
final class SessionKey {
  private static final AtomicLong NAMES = new AtomicLong();

  private final String name = "plait-" + NAMES.incrementAndGet();
  private volatile byte[] id = new byte[0];
  private volatile long time;
  private volatile boolean tls13;

  /** What the engine calls the other end; no name that could stand in a certificate. */
  String name() {
    return name;
  }

  byte[] id() {
    return id;
  }

  /** When it began, in seconds since 1970. */
  long time() {
    return time;
  }

  boolean isTls13() {
    return tls13;
  }

  /** The handshake is done; counts the first time. */
  synchronized void begin(SSLSession s) {
    if (time == 0) {
      byte[] given = s.getId();
      id = given.length > 0 ? given : SysInfo.random(32);
      tls13 = s.getProtocol().equals("TLSv1.3");
      time = Clock.epochNanos() / 1_000_000_000;
    }
  }
}
