package org.plait.modules.multibyte;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;

/** The encodings by name, and the module that has each. */
public final class Encodings {
  private static final Map<String, Supplier<MultibyteEncoding>> MAKERS =
      Map.ofEntries(
          Map.entry("cn:gb2312", () -> new TableEncoding("gb2312", Tables.Gb2312.TABLE)),
          Map.entry("cn:gbk", () -> new TableEncoding("gbk", Tables.Gbk.TABLE)),
          Map.entry("cn:gb18030", () -> new TableEncoding.Gb18030("gb18030", Tables.Gb18030.TABLE)),
          Map.entry("cn:hz", HzEncoding::new),
          Map.entry("hk:big5hkscs", () -> new TableEncoding("big5hkscs", Tables.Big5Hkscs.TABLE)),
          Map.entry("tw:big5", () -> new TableEncoding("big5", Tables.Big5.TABLE)),
          Map.entry("tw:cp950", () -> new TableEncoding("cp950", Tables.Cp950.TABLE)),
          Map.entry("kr:euc_kr", () -> new TableEncoding.EucKr("euc_kr", Tables.EucKr.TABLE)),
          Map.entry("kr:cp949", () -> new TableEncoding("cp949", Tables.Cp949.TABLE)),
          Map.entry("kr:johab", () -> new TableEncoding("johab", Tables.Johab.TABLE)),
          Map.entry(
              "jp:shift_jis",
              () -> new TableEncoding.ShiftJis("shift_jis", Tables.ShiftJis.TABLE, 0xea)),
          Map.entry("jp:cp932", () -> new TableEncoding("cp932", Tables.Cp932.TABLE)),
          Map.entry("jp:euc_jp", () -> new TableEncoding.Euc("euc_jp", Tables.EucJp.TABLE)),
          Map.entry(
              "jp:shift_jis_2004",
              () -> new TableEncoding.ShiftJis("shift_jis_2004", Tables.ShiftJis2004.TABLE, 0xfc)),
          Map.entry(
              "jp:shift_jisx0213",
              () -> new TableEncoding.ShiftJis("shift_jisx0213", Tables.ShiftJis0213.TABLE, 0xfc)),
          Map.entry(
              "jp:euc_jis_2004", () -> new TableEncoding.Euc("euc_jis_2004", Tables.Euc2004.TABLE)),
          Map.entry(
              "jp:euc_jisx0213",
              () -> new TableEncoding.Euc("euc_jisx0213", Tables.Euc2004.TABLE_2000)),
          Map.entry(
              "iso2022:iso2022_kr",
              () -> new Iso2022Encoding("iso2022_kr", 0, Designation.KSX1001_G1)),
          Map.entry(
              "iso2022:iso2022_jp",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp",
                      Iso2022Encoding.NO_SHIFT,
                      Designation.JISX0208,
                      Designation.JISX0201_R,
                      Designation.JISX0208_OLD)),
          Map.entry(
              "iso2022:iso2022_jp_1",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp_1",
                      Iso2022Encoding.NO_SHIFT,
                      Designation.JISX0208,
                      Designation.JISX0212,
                      Designation.JISX0201_R,
                      Designation.JISX0208_OLD)),
          Map.entry(
              "iso2022:iso2022_jp_2",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp_2",
                      Iso2022Encoding.NO_SHIFT | Iso2022Encoding.USE_G2,
                      Designation.JISX0208,
                      Designation.JISX0212,
                      Designation.KSX1001_G0,
                      Designation.GB2312,
                      Designation.JISX0201_R,
                      Designation.JISX0208_OLD,
                      Designation.ISO_8859_1,
                      Designation.ISO_8859_7)),
          Map.entry(
              "iso2022:iso2022_jp_2004",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp_2004",
                      Iso2022Encoding.NO_SHIFT,
                      Designation.JISX0208,
                      Designation.JISX0213_2004_1,
                      Designation.JISX0213_2004_2)),
          Map.entry(
              "iso2022:iso2022_jp_3",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp_3",
                      Iso2022Encoding.NO_SHIFT,
                      Designation.JISX0208,
                      Designation.JISX0213_2000_1,
                      Designation.JISX0213_2000_2)),
          Map.entry(
              "iso2022:iso2022_jp_ext",
              () ->
                  new Iso2022Encoding(
                      "iso2022_jp_ext",
                      Iso2022Encoding.NO_SHIFT | Iso2022Encoding.USE_EXTENSION,
                      Designation.JISX0208,
                      Designation.JISX0212,
                      Designation.JISX0201_R,
                      Designation.JISX0201_K,
                      Designation.JISX0208_OLD)));

  private static final ConcurrentHashMap<String, PyMultibyteCodec> MADE = new ConcurrentHashMap<>();

  private Encodings() {}

  /**
   * {@code getcodec} of a module.
   *
   * @param group the module's part of {@link #MAKERS}
   */
  public static PyObject codec(String group, PyObject name) {
    if (!(name instanceof PyStr s)) {
      throw Errors.typeError("encoding name must be a string.");
    }
    String key = group + ":" + s;
    PyMultibyteCodec known = MADE.get(key);
    if (known != null) {
      return known;
    }
    Supplier<MultibyteEncoding> maker = MAKERS.get(key);
    if (maker == null) {
      throw Errors.of(Exceptions.LookupError, "no such codec is supported.");
    }
    PyMultibyteCodec made = new PyMultibyteCodec(maker.get());
    PyMultibyteCodec first = MADE.putIfAbsent(key, made);
    return first == null ? made : first;
  }
}
