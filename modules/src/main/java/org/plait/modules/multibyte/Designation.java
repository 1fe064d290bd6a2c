package org.plait.modules.multibyte;

import java.util.function.Supplier;

/**
 * A character set that ISO 2022 can switch to.
 *
 * @param mark the final byte of the escape sequence, with 0x80 for two bytes a character
 * @param plane G0, G1 or G2
 * @param table where its characters are
 * @param base what is added to its codes, of seven bits, to have those of the table
 */
record Designation(int mark, int plane, Supplier<CharTable> table, int base) {
  /** Marks with this stand for sets of two bytes a character. */
  static final int DOUBLE = 0x80;

  static final int ASCII = 'B';

  static final Designation ISO_8859_1 = new Designation('A', 2, () -> Latin.ISO_8859_1_TABLE, 0x80);
  static final Designation ISO_8859_7 = new Designation('F', 2, () -> Latin.ISO_8859_7_TABLE, 0x80);
  static final Designation KSX1001_G0 =
      new Designation('C' | DOUBLE, 0, () -> Tables.EucKr.TABLE, 0x8080);
  static final Designation KSX1001_G1 =
      new Designation('C' | DOUBLE, 1, () -> Tables.EucKr.TABLE, 0x8080);
  static final Designation GB2312 =
      new Designation('A' | DOUBLE, 0, () -> Tables.Gb2312.TABLE, 0x8080);
  static final Designation JISX0201_R = new Designation('J', 0, () -> Roman.TABLE, 0);
  static final Designation JISX0201_K = new Designation('I', 0, () -> Tables.ShiftJis.TABLE, 0x80);
  static final Designation JISX0208 =
      new Designation('B' | DOUBLE, 0, () -> Tables.EucJp.TABLE, 0x8080);
  static final Designation JISX0208_OLD =
      new Designation('@' | DOUBLE, 0, () -> Tables.EucJp.TABLE, 0x8080);
  static final Designation JISX0212 =
      new Designation('D' | DOUBLE, 0, () -> Tables.EucJp.TABLE, 0x8f8080);
  static final Designation JISX0213_2000_1 =
      new Designation('O' | DOUBLE, 0, () -> Tables.Jisx0213.TABLE_2000, 0x8080);
  static final Designation JISX0213_2000_2 =
      new Designation('P' | DOUBLE, 0, () -> Tables.Jisx0213.TABLE_2000, 0x8f8080);
  static final Designation JISX0213_2004_1 =
      new Designation('Q' | DOUBLE, 0, () -> Tables.Jisx0213.TABLE, 0x8080);
  static final Designation JISX0213_2004_2 =
      new Designation('P' | DOUBLE, 0, () -> Tables.Jisx0213.TABLE, 0x8f8080);

  private static final class Latin {
    static final CharTable ISO_8859_1_TABLE = table("ISO-8859-1");
    static final CharTable ISO_8859_7_TABLE = table("ISO-8859-7");

    private static CharTable table(String charset) {
      return new CharTable().addAll(charset, false, code -> code >= 0xa0 ? code : CharTable.NONE);
    }
  }

  private static final class Roman {
    static final CharTable TABLE = make();

    private static CharTable make() {
      CharTable t = new CharTable();
      for (int c = 0; c < 0x80; c++) {
        t.add(c, c == 0x5c ? 0xa5 : c == 0x7e ? 0x203e : c);
      }
      return t;
    }
  }

  int width() {
    return mark >= DOUBLE ? 2 : 1;
  }

  /** The code in the table of a code of seven bits. */
  int full(int code) {
    return code | base;
  }

  /** The code of seven bits of one in the table, or NONE if that isn't of this set. */
  int bare(int code) {
    if (code == CharTable.NONE) {
      return code;
    }
    int bits = width() == 2 ? 0x7f7f : 0x7f;
    int bare = code & bits;
    boolean ours = (bare | base) == code && (bare & 0x7f) >= 0x20;
    return ours && (width() == 1 || bare >= 0x2100) ? bare : CharTable.NONE;
  }
}
