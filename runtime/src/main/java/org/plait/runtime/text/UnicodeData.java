package org.plait.runtime.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The properties that only {@code unicodedata} and a few rare methods ask for: numeric values, East
 * Asian width, combining class, decompositions, normal forms. First use of some loads ICU's data.
 */
public final class UnicodeData {
  /** The version of the Unicode character database. */
  public static final String VERSION = "16.0.0";

  // Indexed by Character.getType; 17 is unused.
  private static final String[] CATEGORY = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  // Indexed by Character.getDirectionality.
  private static final String[] BIDI = {
    "L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRE", "LRO",
    "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"
  };

  private static final String[] WIDTH = {"N", "A", "H", "F", "Na", "W"};

  // Indexed by UCharacter.DecompositionType.
  private static final String[] DECOMPOSITION = {
    "",
    "",
    "<compat> ",
    "<circle> ",
    "<final> ",
    "<font> ",
    "<fraction> ",
    "<initial> ",
    "<isolated> ",
    "<medial> ",
    "<narrow> ",
    "<noBreak> ",
    "<small> ",
    "<square> ",
    "<sub> ",
    "<super> ",
    "<vertical> ",
    "<wide> "
  };

  private UnicodeData() {}

  /** {@code unicodedata.category}. */
  public static String category(int c) {
    return CATEGORY[Character.getType(c)];
  }

  /** {@code unicodedata.bidirectional}; empty where there is none. */
  public static String bidirectional(int c) {
    if (Character.getType(c) == Character.UNASSIGNED) {
      return "";
    }
    byte d = Character.getDirectionality(c);
    return d < 0 ? "" : BIDI[d];
  }

  /** {@code unicodedata.combining}: the canonical combining class. */
  public static int combining(int c) {
    return c < 0x300 ? 0 : UCharacter.getCombiningClass(c);
  }

  /** {@code unicodedata.mirrored}. */
  public static boolean isMirrored(int c) {
    return Character.isMirrored(c);
  }

  /** {@code unicodedata.east_asian_width}. */
  public static String eastAsianWidth(int c) {
    return WIDTH[UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH)];
  }

  static boolean hasNumericValue(int c) {
    return !Double.isNaN(numeric(c));
  }

  /** {@code unicodedata.numeric}, or NaN where there is no value. */
  public static double numeric(int c) {
    int d = UnicodeInfo.digit(c);
    if (d >= 0) {
      return d;
    }
    if (c < 0xbc) {
      return Double.NaN;
    }
    double v = UCharacter.getUnicodeNumericValue(c);
    return v == UCharacter.NO_NUMERIC_VALUE ? Double.NaN : v;
  }

  /** {@code unicodedata.decomposition}. */
  public static String decomposition(int c) {
    if (c < 0xa0 || (c >= 0xac00 && c <= 0xd7a3)) {
      return "";
    }
    int type = UCharacter.getIntPropertyValue(c, UProperty.DECOMPOSITION_TYPE);
    Normalizer2 n = type <= 1 ? Normalizer2.getNFCInstance() : Normalizer2.getNFKCInstance();
    String raw = n.getRawDecomposition(c);
    if (raw == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(DECOMPOSITION[type]);
    for (int i = 0; i < raw.length(); ) {
      int p = raw.codePointAt(i);
      if (i > 0) {
        out.append(' ');
      }
      i += Character.charCount(p);
      String hex = Integer.toHexString(p).toUpperCase(Locale.ROOT);
      out.append("0".repeat(Math.max(0, 4 - hex.length()))).append(hex);
    }
    return out.toString();
  }

  /** The form of a name (NFC, NFD, NFKC, NFKD), or null. */
  public static Normalizer.@Nullable Form form(String name) {
    return switch (name) {
      case "NFC" -> Normalizer.Form.NFC;
      case "NFD" -> Normalizer.Form.NFD;
      case "NFKC" -> Normalizer.Form.NFKC;
      case "NFKD" -> Normalizer.Form.NFKD;
      default -> null;
    };
  }

  /** {@code unicodedata.normalize}. */
  public static CodePointSource normalize(Normalizer.Form form, CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null && unchanged(bmp, form)) {
      return s;
    }
    String text = s.toString();
    String n = Normalizer.normalize(text, form);
    return n.equals(text) ? s : CodePointSource.of(n);
  }

  /** {@code unicodedata.is_normalized}. */
  public static boolean isNormalized(Normalizer.Form form, CodePointSource s) {
    String bmp = s.bmp();
    return (bmp != null && unchanged(bmp, form)) || Normalizer.isNormalized(s.toString(), form);
  }

  /** ASCII is always normal, Latin-1 in NFC. */
  private static boolean unchanged(String s, Normalizer.Form form) {
    int limit = form == Normalizer.Form.NFC ? 0x100 : 0x80;
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) >= limit) {
        return false;
      }
    }
    return true;
  }
}
