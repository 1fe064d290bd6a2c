package org.plait.embed.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** The reader and writers of the current script context as streams of UTF-8. */
final class ContextStreams {
  private ContextStreams() {}

  /** Python writes whole characters at once. */
  static OutputStream writingTo(Supplier<Writer> writer) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] b, int from, int n) throws IOException {
        writer.get().write(new String(b, from, n, StandardCharsets.UTF_8));
      }

      @Override
      public void flush() throws IOException {
        writer.get().flush();
      }
    };
  }

  /** One thread at a time. */
  static InputStream readingFrom(Supplier<Reader> reader) {
    return new InputStream() {
      private byte[] rest = {};

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] b, int from, int n) throws IOException {
        if (n == 0) {
          return 0;
        }
        if (rest.length == 0 && !fill()) {
          return -1;
        }
        int taken = Math.min(n, rest.length);
        System.arraycopy(rest, 0, b, from, taken);
        rest = Arrays.copyOfRange(rest, taken, rest.length);
        return taken;
      }

      private boolean fill() throws IOException {
        char[] chars = new char[1024];
        int n = reader.get().read(chars, 0, chars.length - 1);
        if (n < 0) {
          return false;
        }
        if (n > 0 && Character.isHighSurrogate(chars[n - 1])) {
          n += Math.max(reader.get().read(chars, n, 1), 0);
        }
        rest = new String(chars, 0, n).getBytes(StandardCharsets.UTF_8);
        return true;
      }
    };
  }
}
