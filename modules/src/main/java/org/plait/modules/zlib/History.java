package org.plait.modules.zlib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went into a stream so far. The JDK's streams can't be copied: a copy is a new stream that is
 * given the same again. Beyond {@link #LIMIT} bytes nothing is kept, and nothing can be copied.
 *
 * <p>Used under the lock of the stream it belongs to.
 */
final class History {
  /** Bytes. */
  private static final long LIMIT = 8 << 20;

  /** One piece of input; {@code mode} is the flush mode it went in with. */
  record Piece(byte[] data, int offset, int length, int mode) {}

  private @Nullable List<Piece> pieces = new ArrayList<>();
  private long size;

  void add(byte[] data, int offset, int length, int mode) {
    if (pieces == null) {
      return;
    }
    size += length + 16;
    if (size > LIMIT) {
      pieces = null;
    } else {
      pieces.add(new Piece(data, offset, length, mode));
    }
  }

  /** All pieces, or null when there were too many. */
  @Nullable List<Piece> pieces() {
    return pieces == null ? null : List.copyOf(pieces);
  }
}
