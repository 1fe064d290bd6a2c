package org.plait.runtime.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unicode 3.2, which {@code unicodedata.ucd_3_2_0} serves to IDNA and stringprep: today's data,
 * less what has come since, with the differences in the resource {@code unicode-3.2.txt}.
 */
public final class UnicodeData32 {
  /** The version of the Unicode character database. */
  public static final String VERSION = "3.2.0";

  private static final VersionInfo AGE = VersionInfo.getInstance(3, 2, 0, 0);
  private static final UnicodeSet ASSIGNED = new UnicodeSet("[:age=3.2:]").freeze();

  /** What composition may touch: none of the later characters that would be replaced. */
  private static final UnicodeSet COMPOSED =
      new UnicodeSet("[[:age=3.2:][:NFC_QC=Y:][:NFC_QC=M:]]").freeze();

  private static final Map<String, List<Range>> CHANGES = load();

  private record Range(int first, int last, String value) {}

  private UnicodeData32() {}

  private static Map<String, List<Range>> load() {
    Map<String, List<Range>> map = new HashMap<>();
    try (InputStream in = UnicodeData32.class.getResourceAsStream("unicode-3.2.txt");
        BufferedReader r =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = r.readLine(); line != null; line = r.readLine()) {
        String[] f = line.split(";", -1);
        map.computeIfAbsent(f[0], k -> new ArrayList<>())
            .add(new Range(Integer.parseInt(f[1], 16), Integer.parseInt(f[2], 16), f[3]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return map;
  }

  private static @Nullable String changed(String property, int c) {
    List<Range> ranges = CHANGES.getOrDefault(property, List.of());
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int mid = (low + high) >>> 1;
      Range r = ranges.get(mid);
      if (c < r.first) {
        high = mid - 1;
      } else if (c > r.last) {
        low = mid + 1;
      } else {
        return r.value;
      }
    }
    return null;
  }

  /** Whether the character had been assigned. */
  public static boolean isAssigned(int c) {
    VersionInfo age = UCharacter.getAge(c);
    return age.getMajor() > 0 && age.compareTo(AGE) <= 0 && Character.getType(c) != 0;
  }

  public static String category(int c) {
    if (!isAssigned(c)) {
      return "Cn";
    }
    String v = changed("category", c);
    return v == null ? UnicodeData.category(c) : v;
  }

  public static String bidirectional(int c) {
    if (!isAssigned(c)) {
      return "";
    }
    String v = changed("bidi", c);
    return v == null ? UnicodeData.bidirectional(c) : v;
  }

  public static int combining(int c) {
    return isAssigned(c) ? UnicodeData.combining(c) : 0;
  }

  public static boolean isMirrored(int c) {
    String v = changed("mirrored", c);
    return v == null ? isAssigned(c) && UnicodeData.isMirrored(c) : v.equals("1");
  }

  public static String eastAsianWidth(int c) {
    String v = changed("width", c);
    if (v != null) {
      return v;
    }
    // What is unassigned to this day has the width of its range.
    boolean later = !isAssigned(c) && Character.isDefined(c);
    return later ? "N" : UnicodeData.eastAsianWidth(c);
  }

  /** The value of a decimal digit, or -1. */
  public static int decimal(int c) {
    String v = changed("decimal", c);
    return v == null ? (isAssigned(c) ? UnicodeInfo.decimal(c) : -1) : Integer.parseInt(v);
  }

  /** The numeric value, or NaN. */
  public static double numeric(int c) {
    return isAssigned(c) ? UnicodeData.numeric(c) : Double.NaN;
  }

  public static String decomposition(int c) {
    return isAssigned(c) ? UnicodeData.decomposition(c) : "";
  }

  /** The name, or null. */
  public static @Nullable String name(int c) {
    return isAssigned(c) ? UnicodeNames.name(c) : null;
  }

  /** The normal form of a string. */
  public static CodePointSource normalize(Normalizer.Form form, CodePointSource s) {
    CodePointBuilder fixed = new CodePointBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      String v = c >= 0x2f868 ? changed("decomposition", c) : null;
      fixed.append(v == null ? c : Integer.parseInt(v, 16));
    }
    Normalizer2 apart =
        switch (form) {
          case NFC, NFD -> Normalizer2.getNFDInstance();
          case NFKC, NFKD -> Normalizer2.getNFKDInstance();
        };
    String text = new FilteredNormalizer2(apart, ASSIGNED).normalize(fixed.toString());
    if (form == Normalizer.Form.NFC || form == Normalizer.Form.NFKC) {
      // CPython puts together by today's table.
      text = new FilteredNormalizer2(Normalizer2.getNFCInstance(), COMPOSED).normalize(text);
    }
    return CodePointSource.of(text);
  }
}
