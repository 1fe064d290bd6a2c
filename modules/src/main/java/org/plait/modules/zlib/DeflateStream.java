package org.plait.modules.zlib;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A deflate stream, raw or wrapped as zlib or gzip. The JDK's deflater always has a window of 32
 * KiB; a smaller one is had by forgetting everything each time a window is full.
 *
 * <p>Invariant: everything below is guarded by the monitor. No Python code runs under it.
 */
public final class DeflateStream {
  public static final int SYNC_FLUSH = 2;
  public static final int FULL_FLUSH = 3;
  public static final int FINISH = 4;

  private static final int CHUNK = 1 << 16;
  private static final int MAX_WINDOW = 15;

  private enum Wrapping {
    RAW,
    ZLIB,
    GZIP
  }

  private final int level;
  private final int wbits;
  private final int strategy;
  private final byte @Nullable [] dictionary;
  private final Wrapping wrapping;
  private final Deflater deflater;
  private final @Nullable Checksum checksum;
  private final History history = new History();
  private final long window;
  private long inWindow;
  private long length;
  private boolean started;
  private boolean finished;

  /** Whether {@code wbits} names a kind of stream that can be written. */
  public static boolean valid(int wbits) {
    return wbits <= -9 && wbits >= -15 || wbits >= 8 && wbits <= 15 || wbits >= 25 && wbits <= 31;
  }

  /**
   * @param level -1 to 9
   * @param wbits as {@link #valid} says
   * @param strategy 0 to 4
   */
  public DeflateStream(int level, int wbits, int strategy, byte @Nullable [] dictionary) {
    this.level = level;
    this.wbits = wbits;
    this.strategy = strategy;
    this.dictionary = dictionary;
    this.wrapping = wbits < 0 ? Wrapping.RAW : wbits > 15 ? Wrapping.GZIP : Wrapping.ZLIB;
    this.checksum =
        switch (wrapping) {
          case RAW -> null;
          case ZLIB -> new Adler32();
          case GZIP -> new CRC32();
        };
    this.window = windowBits() == MAX_WINDOW ? Long.MAX_VALUE : 1L << windowBits();
    deflater = new Deflater(level, true);
    // what the JDK doesn't offer only affects how well it compresses
    deflater.setStrategy(strategy <= 2 ? strategy : Deflater.DEFAULT_STRATEGY);
    if (dictionary != null && dictionary.length > 0) {
      int most = (int) Math.min(dictionary.length, window / 2);
      deflater.setDictionary(dictionary, dictionary.length - most, most);
      inWindow = most;
    }
  }

  private int windowBits() {
    return Math.max(9, (wbits < 0 ? -wbits : wbits) & 15);
  }

  /**
   * Compresses.
   *
   * @param mode 0 no flush, {@link #SYNC_FLUSH}, {@link #FULL_FLUSH} or {@link #FINISH}
   * @return what has come out
   */
  public synchronized byte[] deflate(byte[] in, int mode) {
    history.add(in, 0, in.length, mode);
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(CHUNK, in.length / 2 + 64));
    if (!started) {
      started = true;
      header(out);
    }
    if (checksum != null) {
      checksum.update(in, 0, in.length);
    }
    length += in.length;
    byte[] buffer = new byte[Math.min(CHUNK, in.length / 2 + 512)];
    int at = 0;
    while (in.length - at > window - inWindow) {
      int n = (int) (window - inWindow);
      deflater.setInput(in, at, n);
      drain(buffer, out, Deflater.FULL_FLUSH);
      at += n;
      inWindow = 0;
    }
    deflater.setInput(in, at, in.length - at);
    inWindow += in.length - at;
    if (mode == FINISH) {
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      trailer(out);
      finished = true;
      deflater.end();
    } else {
      drain(buffer, out, mode);
    }
    return out.toByteArray();
  }

  private void drain(byte[] buffer, ByteArrayOutputStream out, int mode) {
    int n;
    do {
      n = deflater.deflate(buffer, 0, buffer.length, mode);
      out.write(buffer, 0, n);
    } while (n == buffer.length || !deflater.needsInput());
  }

  public synchronized boolean isFinished() {
    return finished;
  }

  // Compare deflate in zlib's deflate.c.
  private void header(ByteArrayOutputStream out) {
    boolean fastest = strategy >= 2 || level >= 0 && level < 2;
    if (wrapping == Wrapping.ZLIB) {
      int effort = fastest ? 0 : level >= 0 && level < 6 ? 1 : level <= 6 ? 2 : 3;
      int header = ((8 + ((windowBits() - 8) << 4)) << 8) | (effort << 6);
      boolean preset = dictionary != null && dictionary.length > 0;
      if (preset) {
        header |= 0x20;
      }
      big(out, header + 31 - header % 31, 2);
      if (preset) {
        Adler32 id = new Adler32();
        id.update(dictionary);
        big(out, id.getValue(), 4);
      }
    } else if (wrapping == Wrapping.GZIP) {
      out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
      out.write(level == 9 ? 2 : fastest ? 4 : 0);
      out.write(3);
    }
  }

  private void trailer(ByteArrayOutputStream out) {
    if (checksum == null) {
      return;
    }
    if (wrapping == Wrapping.ZLIB) {
      big(out, checksum.getValue(), 4);
    } else {
      big(out, Integer.reverseBytes((int) checksum.getValue()), 4);
      big(out, Integer.reverseBytes((int) length), 4);
    }
  }

  private static void big(ByteArrayOutputStream out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >> shift));
    }
  }

  /** A stream in the same state, or null when too much has gone through this one. */
  public @Nullable DeflateStream copy() {
    List<History.Piece> all;
    synchronized (this) {
      all = history.pieces();
    }
    if (all == null) {
      return null;
    }
    DeflateStream copy = new DeflateStream(level, wbits, strategy, dictionary);
    for (History.Piece p : all) {
      copy.deflate(p.data(), p.mode());
    }
    return copy;
  }
}
