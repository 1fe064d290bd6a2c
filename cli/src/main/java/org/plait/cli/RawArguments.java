package org.plait.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plait.runtime.boot.FsPaths;

/**
 * The arguments as the process got them. The JVM decodes them by the locale and loses what doesn't
 * fit; where any of them isn't ASCII, the system's own record of them is read instead.
 */
final class RawArguments {
  private RawArguments() {}

  /** The arguments with bytes that are no UTF-8 escaped as PEP 383 says. */
  static String[] of(String[] decoded) {
    if (isAscii(decoded)) {
      return decoded;
    }
    byte[] all;
    try (FileInputStream in = new FileInputStream("/proc/self/cmdline")) {
      all = in.readAllBytes();
    } catch (IOException noProc) {
      return decoded;
    }
    List<String> raw = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == 0) {
        raw.add(FsPaths.decode(Arrays.copyOfRange(all, start, i)).toString());
        start = i + 1;
      }
    }
    // The JVM's own options stand in front.
    int skipped = raw.size() - decoded.length;
    return skipped < 0 ? decoded : raw.subList(skipped, raw.size()).toArray(String[]::new);
  }

  /** Without streams, which take milliseconds at a start. */
  private static boolean isAscii(String[] all) {
    for (String s : all) {
      for (int i = 0; i < s.length(); i++) {
        if (s.charAt(i) >= 0x80) {
          return false;
        }
      }
    }
    return true;
  }
}
