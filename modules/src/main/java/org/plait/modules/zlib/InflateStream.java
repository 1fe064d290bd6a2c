package org.plait.modules.zlib;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a deflate stream, raw or wrapped as zlib or gzip.
 *
 * <p>Invariant: guarded by the monitor, under which no Python code runs. {@code head} holds what
 * has been read of a header or trailer that isn't complete.
 */
public final class InflateStream {
  private static final int FIRST = 16 * 1024;

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  private enum State {
    HEADER,
    DICTIONARY,
    BODY,
    TRAILER,
    END
  }

  private final int wbits;
  private final byte @Nullable [] dictionary;
  private final boolean keep;
  private final Inflater inflater = new Inflater(true);
  private final @Nullable History history;
  private State state;
  private boolean gzip;
  private @Nullable Checksum checksum;
  private byte[] head = new byte[0];
  private long length;

  /** Input that a copy has taken over before it was looked at. */
  private byte[] pending = new byte[0];

  /** Where the last call stopped in its input. */
  private int position;

  /** Whether {@code wbits} names a kind of stream that can be read. */
  public static boolean valid(int wbits) {
    if (wbits < 0) {
      return wbits >= -15 && wbits <= -8;
    }
    return wbits < 48 && ((wbits & 15) == 0 || (wbits & 15) >= 8);
  }

  /**
   * @param wbits as {@link #valid} says
   * @param copyable whether {@link #copy} will be wanted, which costs memory
   */
  public InflateStream(int wbits, byte @Nullable [] dictionary, boolean copyable) {
    this.wbits = wbits;
    this.dictionary = dictionary;
    this.keep = copyable;
    this.history = copyable ? new History() : null;
    this.state = wbits < 0 ? State.BODY : State.HEADER;
    if (wbits < 0 && dictionary != null && dictionary.length > 0) {
      inflater.setDictionary(dictionary);
    }
  }

  /** Whether the stream's end has been read. */
  public synchronized boolean isFinished() {
    return state == State.END;
  }

  /** Where the last call of {@link #inflate} stopped in its input. */
  public synchronized int position() {
    return position;
  }

  /**
   * Decompresses from {@code in[start]} on.
   *
   * @param max bytes that may come out, more than 0
   */
  public synchronized byte[] inflate(byte[] in, int start, int max) throws ZlibException {
    byte[] data = in;
    int skipped = pending.length;
    if (skipped > 0) {
      data = Arrays.copyOf(pending, skipped + in.length - start);
      System.arraycopy(in, start, data, skipped, in.length - start);
      pending = new byte[0];
    }
    int first = skipped > 0 ? 0 : start;
    position = first;
    try {
      return run(data, max);
    } finally {
      if (history != null && position > first) {
        history.add(data, first, position - first, 0);
      }
      if (position < skipped) {
        pending = Arrays.copyOfRange(data, position, skipped);
      }
      if (skipped > 0) {
        position = start + Math.max(0, position - skipped);
      }
    }
  }

  private byte[] run(byte[] in, int max) throws ZlibException {
    if (state == State.HEADER) {
      header(in);
    }
    if (state == State.DICTIONARY) {
      useDictionary();
    }
    byte[] out = new byte[0];
    if (state == State.BODY) {
      out = body(in, max);
    }
    if (state == State.TRAILER) {
      trailer(in);
    }
    return out;
  }

  private byte[] body(byte[] in, int max) throws ZlibException {
    int begin = position;
    inflater.setInput(in, begin, in.length - begin);
    byte[] out = new byte[(int) Math.min(max, Math.max(FIRST, 4L * (in.length - begin)))];
    int n = 0;
    try {
      while (true) {
        int got = inflater.inflate(out, n, out.length - n);
        n += got;
        if (inflater.finished() || n == max || got == 0 && n < out.length) {
          break;
        }
        if (n == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(max, Math.min(n * 2L, Integer.MAX_VALUE - 8)));
          if (n == out.length) {
            throw new OutOfMemoryError("decompressed data");
          }
        }
      }
    } catch (DataFormatException e) {
      throw ZlibException.data(e.getMessage() == null ? "invalid input data" : e.getMessage());
    } finally {
      position = in.length - inflater.getRemaining();
    }
    if (checksum != null) {
      checksum.update(out, 0, n);
    }
    length += n;
    if (inflater.finished()) {
      inflater.end();
      state = checksum == null ? State.END : State.TRAILER;
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  // ---- header and trailer

  /** Reads until {@code head} has so many bytes; false when the input ends before. */
  private boolean fill(byte[] in, int wanted) {
    int n = Math.min(wanted - head.length, in.length - position);
    if (n > 0) {
      head = Arrays.copyOf(head, head.length + n);
      System.arraycopy(in, position, head, head.length - n, n);
      position += n;
    }
    return head.length >= wanted;
  }

  private int at(int i) {
    return head[i] & 0xff;
  }

  // Compare the state HEAD of inflate in zlib's inflate.c.
  private void header(byte[] in) throws ZlibException {
    if (!fill(in, 2)) {
      return;
    }
    int kinds = (wbits >> 4) + 1;
    if ((kinds & 2) != 0 && at(0) == 0x1f && at(1) == 0x8b) {
      gzipHeader(in);
      return;
    }
    if ((kinds & 1) == 0 || ((at(0) << 8) + at(1)) % 31 != 0) {
      throw ZlibException.data("incorrect header check");
    }
    if ((at(0) & 15) != 8) {
      throw ZlibException.data("unknown compression method");
    }
    int bits = (at(0) >> 4) + 8;
    if (bits > 15 || (wbits & 15) != 0 && bits > (wbits & 15)) {
      throw ZlibException.data("invalid window size");
    }
    boolean preset = (at(1) & 0x20) != 0;
    if (preset && !fill(in, 6)) {
      return;
    }
    checksum = new Adler32();
    if (preset) {
      state = State.DICTIONARY;
    } else {
      startBody();
    }
  }

  private void startBody() {
    head = new byte[0];
    state = State.BODY;
  }

  private void useDictionary() throws ZlibException {
    if (dictionary == null) {
      throw ZlibException.needDictionary();
    }
    Adler32 id = new Adler32();
    id.update(dictionary);
    if ((int) id.getValue() != (at(2) << 24 | at(3) << 16 | at(4) << 8 | at(5))) {
      throw ZlibException.wrongDictionary();
    }
    inflater.setDictionary(dictionary);
    startBody();
  }

  private void gzipHeader(byte[] in) throws ZlibException {
    if (!fill(in, 4)) {
      return;
    }
    if (at(2) != 8) {
      throw ZlibException.data("unknown compression method");
    }
    int flags = at(3);
    if ((flags & 0xe0) != 0) {
      throw ZlibException.data("unknown header flags set");
    }
    if (!fill(in, 10)) {
      return;
    }
    int end = 10;
    if ((flags & FEXTRA) != 0) {
      if (!fill(in, 12)) {
        return;
      }
      end = 12 + at(10) + (at(11) << 8);
      if (!fill(in, end)) {
        return;
      }
    }
    for (int flag = FNAME; flag <= FCOMMENT; flag <<= 1) {
      if ((flags & flag) != 0) {
        do {
          if (!fill(in, end + 1)) {
            return;
          }
        } while (at(end++) != 0);
      }
    }
    if ((flags & FHCRC) != 0) {
      if (!fill(in, end + 2)) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(head, 0, end);
      if ((crc.getValue() & 0xffff) != (at(end) | at(end + 1) << 8)) {
        throw ZlibException.data("header crc mismatch");
      }
    }
    gzip = true;
    checksum = new CRC32();
    startBody();
  }

  private void trailer(byte[] in) throws ZlibException {
    int sum = (int) checksum.getValue();
    if (!fill(in, 4)) {
      return;
    }
    int found = at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
    if ((gzip ? Integer.reverseBytes(found) : found) != sum) {
      throw ZlibException.data("incorrect data check");
    }
    if (gzip) {
      if (!fill(in, 8)) {
        return;
      }
      if ((at(4) | at(5) << 8 | at(6) << 16 | at(7) << 24) != (int) length) {
        throw ZlibException.data("incorrect length check");
      }
    }
    state = State.END;
  }

  /** A stream in the same state, or null when too much has gone through this one. */
  public @Nullable InflateStream copy() {
    List<History.Piece> all;
    long total;
    boolean bodyDone;
    synchronized (this) {
      all = history == null ? null : history.pieces();
      total = length;
      bodyDone = state == State.TRAILER || state == State.END;
    }
    if (all == null) {
      return null;
    }
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    for (History.Piece p : all) {
      in.write(p.data(), p.offset(), p.length());
    }
    InflateStream copy = new InflateStream(wbits, dictionary, keep);
    copy.replay(in.toByteArray(), total, bodyDone);
    return copy;
  }

  private synchronized void replay(byte[] in, long total, boolean bodyDone) {
    try {
      int at = 0;
      while (at < in.length && (length < total || bodyDone)) {
        inflate(in, at, (int) Math.clamp(total - length, 1, 1 << 20));
        if (position == at && length == total) {
          break;
        }
        at = position;
      }
      pending = Arrays.copyOfRange(in, at, in.length);
    } catch (ZlibException e) {
      // the original stopped there too
    }
  }
}
