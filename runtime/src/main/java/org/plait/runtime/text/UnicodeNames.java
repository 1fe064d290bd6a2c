package org.plait.runtime.text;

import com.ibm.icu.lang.UCharacter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Character names, aliases and named sequences of Unicode 16.0, found as {@code unicodedata} and
 * {@code \N{...}} find them.
 */
public final class UnicodeNames {
  /** Longer names are refused by {@code unicodedata.lookup}. */
  public static final int MAX_LENGTH = 256;

  private static final String CJK = "CJK UNIFIED IDEOGRAPH-";
  private static final String HANGUL = "HANGUL SYLLABLE ";
  private static final String TANGUT = "TANGUT IDEOGRAPH-";

  private UnicodeNames() {}

  /** Aliases and named sequences, loaded at the first name that is no character's. */
  private static final class Aliases {
    static final Map<String, int[]> BY_NAME = load();

    private static Map<String, int[]> load() {
      Map<String, int[]> map = new HashMap<>(2048);
      try (InputStream in = UnicodeNames.class.getResourceAsStream("unicode-aliases.txt");
          BufferedReader r =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
        for (String line = r.readLine(); line != null; line = r.readLine()) {
          int semicolon = line.indexOf(';');
          String[] hex = line.substring(0, semicolon).split(",");
          int[] cps = new int[hex.length];
          for (int i = 0; i < hex.length; i++) {
            cps[i] = Integer.parseInt(hex[i], 16);
          }
          map.put(line.substring(semicolon + 1), cps);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return map;
    }
  }

  /** {@code unicodedata.name}, or null where the character has no name. */
  public static @Nullable String name(int c) {
    String name = UCharacter.getName(c);
    return name == null || name.startsWith(TANGUT) ? null : name;
  }

  /**
   * The character of a name or alias, letter case ignored.
   *
   * @return the code point, or -1
   */
  public static int lookup(String name) {
    int[] found = lookupSequence(name);
    return found != null && found.length == 1 ? found[0] : -1;
  }

  /** The character or named sequence of a name or alias, or null. */
  public static int @Nullable [] lookupSequence(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return null;
    }
    if (name.startsWith(CJK)) {
      return ideograph(name);
    }
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.length() != name.length() || upper.startsWith(CJK) || upper.startsWith(TANGUT)) {
      return null;
    }
    if (upper.startsWith(HANGUL) && !name.startsWith(HANGUL)) {
      return null;
    }
    if (name.startsWith(HANGUL) && !upper.equals(name)) {
      return null;
    }
    int c = UCharacter.getCharFromName(upper);
    if (c >= 0 && upper.equals(UCharacter.getName(c))) {
      return new int[] {c};
    }
    return Aliases.BY_NAME.get(upper);
  }

  /** Four or five upper case hexadecimal digits of a unified ideograph must follow. */
  private static int @Nullable [] ideograph(String name) {
    int digits = name.length() - CJK.length();
    if (digits != 4 && digits != 5) {
      return null;
    }
    int c = 0;
    for (int i = CJK.length(); i < name.length(); i++) {
      int d = "0123456789ABCDEF".indexOf(name.charAt(i));
      if (d < 0) {
        return null;
      }
      c = c * 16 + d;
    }
    String actual = UCharacter.getName(c);
    return actual != null && actual.startsWith(CJK) ? new int[] {c} : null;
  }
}
