package org.plait.modules.ssl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object identifiers that OpenSSL knows, with its numbers and names. */
final class OpensslObjects {
  private OpensslObjects() {}

  /** One of them; {@code oid} is empty for those that have none. */
  record Entry(int nid, String shortName, String longName, String oid) {}

  private static final Map<Integer, Entry> BY_NID = new HashMap<>();
  private static final Map<String, Entry> BY_OID = new HashMap<>();
  private static final Map<String, Entry> BY_NAME = new HashMap<>();

  static {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                OpensslObjects.class.getResourceAsStream("objects.txt"), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] f = line.split("\\|", -1);
        Entry e = new Entry(Integer.parseInt(f[0]), f[1], f[2], f[3]);
        BY_NID.put(e.nid, e);
        if (!e.oid.isEmpty()) {
          BY_OID.put(e.oid, e);
        }
        BY_NAME.putIfAbsent(e.longName, e);
        BY_NAME.putIfAbsent(e.shortName, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static @Nullable Entry byNid(int nid) {
    return BY_NID.get(nid);
  }

  static @Nullable Entry byOid(String oid) {
    return BY_OID.get(oid);
  }

  static @Nullable Entry byName(String name) {
    return BY_NAME.get(name);
  }

  /** The long name of an identifier, itself in figures where it has no name. */
  static String longName(String oid) {
    Entry e = BY_OID.get(oid);
    return e == null ? oid : e.longName;
  }

  static String shortName(String oid) {
    Entry e = BY_OID.get(oid);
    return e == null ? oid : e.shortName;
  }
}
