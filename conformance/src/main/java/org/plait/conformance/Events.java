package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows the file that {@code driver.py} appends to; its head comment gives the format. */
final class Events {
  private final Path file;
  private long read;

  Events(Path file) {
    this.file = file;
  }

  /** The events that were completely written since the last call. */
  List<List<String>> poll() {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(read);
      ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - read));
      boolean more = true;
      while (more && buffer.hasRemaining()) {
        more = channel.read(buffer) >= 0;
      }
      bytes = java.util.Arrays.copyOf(buffer.array(), buffer.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<List<String>> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        events.add(split(new String(bytes, start, i - start, StandardCharsets.UTF_8)));
        start = i + 1;
      }
    }
    read += start;
    return events;
  }

  /** The fields of a line, unescaped. */
  static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        char escaped = line.charAt(++i);
        field.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            });
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
