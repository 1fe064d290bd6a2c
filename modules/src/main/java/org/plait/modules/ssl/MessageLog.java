package org.plait.modules.ssl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code _msg_callback} is told, kept until no lock is held. Of encrypted records there is the
 * head alone. Used under the link's lock but for {@link #drain}, which takes what is there.
 */
final class MessageLog {
  /** One entry, as the callback has it. */
  record Entry(boolean outgoing, int version, int contentType, int messageType, byte[] data) {}

  private static final int HEADER = 0x100;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int CHANGE_CIPHER_SPEC_MESSAGE = 0x101;

  private volatile boolean on;
  private final List<Entry> entries = new ArrayList<>();

  /** Begins to keep. */
  void turnOn() {
    on = true;
  }

  void record(boolean outgoing, byte[] b, int n, boolean encrypted) {
    if (!on) {
      return;
    }
    int type = b[0] & 0xff;
    int version = (b[1] & 0xff) << 8 | b[2] & 0xff;
    add(new Entry(outgoing, version, HEADER, type, Arrays.copyOf(b, 5)));
    if (encrypted) {
      return;
    }
    if (type == CHANGE_CIPHER_SPEC) {
      add(
          new Entry(
              outgoing, version, type, CHANGE_CIPHER_SPEC_MESSAGE, Arrays.copyOfRange(b, 5, n)));
    } else if (type == ALERT && n == 7) {
      add(new Entry(outgoing, version, type, b[6] & 0xff, Arrays.copyOfRange(b, 5, n)));
    } else if (type == HANDSHAKE) {
      for (int at = 5; at + 4 <= n; ) {
        int length = (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
        int end = Math.min(n, at + 4 + length);
        add(new Entry(outgoing, version, type, b[at] & 0xff, Arrays.copyOfRange(b, at, end)));
        at = end;
      }
    }
  }

  private void add(Entry e) {
    synchronized (entries) {
      entries.add(e);
    }
  }

  /** Takes all entries out. */
  List<Entry> drain() {
    if (!on) {
      return List.of();
    }
    synchronized (entries) {
      List<Entry> all = List.copyOf(entries);
      entries.clear();
      return all;
    }
  }
}
