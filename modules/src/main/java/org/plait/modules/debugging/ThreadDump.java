package org.plait.modules.debugging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.runtime.boot.ThreadModule;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.ThreadState;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/**
 * The frames of threads as text, written straight to a descriptor. Reads the other threads' frames
 * while they run: what it shows may be a moment old, never wrong in kind.
 */
public final class ThreadDump {
  private static final int MAX_FRAMES = 100;
  private static final int MAX_TEXT = 500;

  private ThreadDump() {}

  /**
   * All threads, the newest first.
   *
   * @param current the one that is marked as current, or null
   */
  public static String all(Scheduler scheduler, @Nullable PlaitThread current) {
    List<PlaitThread> threads = new ArrayList<>(scheduler.threads());
    threads.sort(Comparator.comparingLong(PlaitThread::ident).reversed());
    StringBuilder out = new StringBuilder();
    for (PlaitThread t : threads) {
      if (!(t.attachment instanceof ThreadState state)
          || state.interpreter.finalizing
          || Finalization.isServer(t)) {
        continue;
      }
      if (out.length() > 0) {
        out.append('\n');
      }
      out.append(t == current ? "Current thread 0x" : "Thread 0x").append(hex(t.ident(), 16));
      String name = t.name() == null ? null : ThreadModule.systemName(t.name());
      if (name != null && !name.isEmpty()) {
        out.append(" [").append(name).append(']');
      }
      out.append(" (most recent call first):\n");
      frames(state, out);
    }
    return out.toString();
  }

  /** One thread. */
  public static String one(ThreadState state) {
    StringBuilder out = new StringBuilder("Stack (most recent call first):\n");
    frames(state, out);
    return out.toString();
  }

  private static void frames(ThreadState state, StringBuilder out) {
    PyFrame f = state.frame;
    if (f == null) {
      out.append("  <no Python frame>\n");
      return;
    }
    for (int n = 0; f != null; f = f.back, n++) {
      if (n == MAX_FRAMES) {
        out.append("  ...\n");
        return;
      }
      int line = f.line();
      out.append("  File \"");
      text(f.code.filename.toString(), out);
      out.append("\", line ").append(line < 0 ? "???" : Integer.toString(line)).append(" in ");
      text(f.code.name.toString(), out);
      out.append('\n');
    }
  }

  private static void text(String s, StringBuilder out) {
    int n = 0;
    for (int i = 0; i < s.length() && n < MAX_TEXT; n++) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      if (c >= ' ' && c < 127) {
        out.append((char) c);
      } else if (c < 256) {
        out.append("\\x").append(hex(c, 2));
      } else if (c < 0x10000) {
        out.append("\\u").append(hex(c, 4));
      } else {
        out.append("\\U").append(hex(c, 8));
      }
    }
    if (n == MAX_TEXT) {
      out.append("...");
    }
  }

  private static String hex(long n, int digits) {
    String s = Long.toHexString(n);
    return "0".repeat(Math.max(0, digits - s.length())) + s;
  }

  /** Writes all of a text; gives up silently when the descriptor can't take it. */
  public static void write(int fd, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try {
      for (int at = 0; at < bytes.length; ) {
        at += Fd.write(fd, bytes, at, bytes.length - at);
      }
    } catch (HostException e) {
      // A dump of last resort has nobody to tell.
    }
  }
}
