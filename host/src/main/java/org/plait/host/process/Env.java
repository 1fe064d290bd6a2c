package org.plait.host.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;

/**
 * The environment, exact to the byte: a copy of our own, taken from the kernel at first use. The C
 * library's own copy is left alone (changing it isn't safe beside other threads), so it is this one
 * that children get and that {@code TZ} is taken from.
 *
 * <p>Invariant: {@code VARIABLES} is only touched under its own monitor, which is held for no call
 * out of this class. Keys and values are bytes spelled as ISO 8859-1 text.
 */
public final class Env {
  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    byte[] block = initial();
    int start = 0;
    for (int i = 0; i < block.length; i++) {
      if (block[i] == 0) {
        String entry = new String(block, start, i - start, StandardCharsets.ISO_8859_1);
        int equals = entry.indexOf('=', 1);
        if (equals > 0) {
          VARIABLES.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
        }
        start = i + 1;
      }
    }
  }

  private Env() {}

  private static byte[] initial() {
    try (FileInputStream in = new FileInputStream("/proc/self/environ")) {
      return in.readAllBytes();
    } catch (IOException noProc) {
      StringBuilder all = new StringBuilder();
      System.getenv().forEach((k, v) -> all.append(k).append('=').append(v).append('\0'));
      return all.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("embedded null byte");
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The value of a variable with an ASCII name, or null; non-ASCII bytes appear as Latin-1. */
  public static @Nullable String get(String name) {
    synchronized (VARIABLES) {
      return VARIABLES.get(name);
    }
  }

  public static byte @Nullable [] get(byte[] name) {
    String value = get(text(name));
    return value == null ? null : bytes(value);
  }

  /**
   * Sets a variable for our children.
   *
   * @throws HostException EINVAL for an empty name or one with {@code =}
   */
  public static void set(byte[] name, byte[] value) {
    String key = name(name, "setenv");
    String text = text(value);
    synchronized (VARIABLES) {
      VARIABLES.put(key, text);
    }
  }

  /** Removes a variable, which need not exist. */
  public static void unset(byte[] name) {
    String key = name(name, "unsetenv");
    synchronized (VARIABLES) {
      VARIABLES.remove(key);
    }
  }

  private static String name(byte[] name, String syscall) {
    String key = text(name);
    if (key.isEmpty() || key.indexOf('=') >= 0) {
      throw new HostException(Errno.EINVAL, syscall);
    }
    return key;
  }

  public static void clear() {
    synchronized (VARIABLES) {
      VARIABLES.clear();
    }
  }

  /** All variables as {@code name=value}, in their order. */
  public static byte[][] entries() {
    synchronized (VARIABLES) {
      List<byte[]> all = new ArrayList<>(VARIABLES.size());
      for (Map.Entry<String, String> e : VARIABLES.entrySet()) {
        all.add(bytes(e.getKey().concat("=").concat(e.getValue())));
      }
      return all.toArray(new byte[0][]);
    }
  }
}
