package org.plait.syntax.source;

import java.util.Locale;
import java.util.Map;

/**
 * Unicode names from the Java platform. Java names unnamed characters after their block and a hex
 * number; those are no names of the standard and are refused, while Hangul syllables and unified
 * ideographs, which the standard names by rule, are added.
 */
final class PlatformCharacterNames {
  private static final String[] LEAD = {
    "G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P",
    "H"
  };
  private static final String[] VOWEL = {
    "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE",
    "WI", "YU", "EU", "YI", "I"
  };
  private static final String[] TAIL = {
    "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M",
    "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"
  };

  /** Aliases of controls and the abbreviations that programs use. */
  private static final Map<String, Integer> ALIASES =
      Map.ofEntries(
          Map.entry("NULL", 0),
          Map.entry("NUL", 0),
          Map.entry("BELL", 0x1F514),
          Map.entry("ALERT", 7),
          Map.entry("BEL", 7),
          Map.entry("BACKSPACE", 8),
          Map.entry("CHARACTER TABULATION", 9),
          Map.entry("HORIZONTAL TABULATION", 9),
          Map.entry("TAB", 9),
          Map.entry("LINE FEED", 10),
          Map.entry("NEW LINE", 10),
          Map.entry("LF", 10),
          Map.entry("LINE TABULATION", 11),
          Map.entry("FORM FEED", 12),
          Map.entry("CARRIAGE RETURN", 13),
          Map.entry("CR", 13),
          Map.entry("ESCAPE", 27),
          Map.entry("ESC", 27),
          Map.entry("DELETE", 127),
          Map.entry("DEL", 127),
          Map.entry("NEXT LINE", 0x85),
          Map.entry("NEL", 0x85),
          Map.entry("NBSP", 0xA0),
          Map.entry("SHY", 0xAD),
          Map.entry("ZWSP", 0x200B),
          Map.entry("ZWNJ", 0x200C),
          Map.entry("ZWJ", 0x200D),
          Map.entry("BYTE ORDER MARK", 0xFEFF),
          Map.entry("BOM", 0xFEFF),
          Map.entry("LATIN CAPITAL LETTER GHA", 0x1A2),
          Map.entry("LATIN SMALL LETTER GHA", 0x1A3));

  private PlatformCharacterNames() {}

  static int lookup(String rawName) {
    String name = rawName.toUpperCase(Locale.ROOT);
    Integer alias = ALIASES.get(name);
    if (alias != null) {
      return alias;
    }
    if (name.startsWith("HANGUL SYLLABLE ")) {
      return hangul(name.substring("HANGUL SYLLABLE ".length()));
    }
    if (name.startsWith("CJK UNIFIED IDEOGRAPH-")) {
      return ideograph(name.substring("CJK UNIFIED IDEOGRAPH-".length()));
    }
    if (!name.equals(name.strip())) {
      return -1;
    }
    int cp;
    try {
      cp = Character.codePointOf(name);
    } catch (IllegalArgumentException e) {
      return -1;
    }
    Character.UnicodeBlock block = Character.UnicodeBlock.of(cp);
    String madeUp =
        block == null
            ? Integer.toHexString(cp)
            : block.toString().replace('_', ' ') + " " + Integer.toHexString(cp);
    return name.equals(madeUp.toUpperCase(Locale.ROOT))
            || Character.getType(cp) == Character.CONTROL
        ? -1
        : cp;
  }

  private static int hangul(String rest) {
    int lead = longest(LEAD, rest, 0);
    if (lead < 0) {
      return -1;
    }
    int at = LEAD[lead].length();
    int vowel = longest(VOWEL, rest, at);
    if (vowel < 0) {
      return -1;
    }
    at += VOWEL[vowel].length();
    for (int tail = 0; tail < TAIL.length; tail++) {
      if (rest.substring(at).equals(TAIL[tail])) {
        return 0xAC00 + (lead * VOWEL.length + vowel) * TAIL.length + tail;
      }
    }
    return -1;
  }

  private static int longest(String[] parts, String s, int at) {
    int best = -1;
    for (int i = 0; i < parts.length; i++) {
      if (s.startsWith(parts[i], at) && (best < 0 || parts[i].length() > parts[best].length())) {
        best = i;
      }
    }
    return best;
  }

  private static int ideograph(String hex) {
    if (hex.length() < 4 || hex.length() > 5) {
      return -1;
    }
    try {
      int cp = Integer.parseInt(hex, 16);
      String canonical = Integer.toHexString(cp).toUpperCase(Locale.ROOT);
      Character.UnicodeBlock block = Character.UnicodeBlock.of(cp);
      return canonical.equals(hex)
              && Character.getType(cp) == Character.OTHER_LETTER
              && block != null
              && block.toString().startsWith("CJK_UNIFIED_IDEOGRAPHS")
          ? cp
          : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
