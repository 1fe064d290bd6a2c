package org.plait.modules.multibyte;

/**
 * The tables, each built at its first use from a charset of the JDK. The changes are what CPython's
 * tables have otherwise.
 */
final class Tables {
  private Tables() {}

  /** Half-width katakana in EUC stand behind this byte. */
  private static final int SINGLE_SHIFT_2 = 0x8e;

  private static boolean isPrivate(int c) {
    return c >= 0xe000 && c <= 0xf8ff;
  }

  private static CharTable all(String charset) {
    return new CharTable().addAll(charset, false, code -> code);
  }

  static final class Gb2312 {
    static final CharTable TABLE = all("GB2312");
  }

  static final class Gbk {
    static final CharTable TABLE = all("x-mswin-936").without(Tables::isPrivate).decoding("80=");
  }

  static final class Gb18030 {
    static final CharTable TABLE =
        all("GB18030")
            .decoding(
                "a6d9=e78d a6da=e78e a6db=e78f a6dc=e790 a6dd=e791 a6de=e792 a6df=e793 a6ec=e794"
                    + " a6ed=e795 a6f3=e796 a8bc=e7c7 fe59=e81e fe61=e826 fe66=e82b fe67=e82c"
                    + " fe6d=e832 fe7e=e843 fe90=e854 fea0=e864");
  }

  static final class Big5 {
    static final CharTable TABLE =
        all("Big5")
            .decoding("a15a=2574 a1c3=ffe3 a1c5=2cd a1fe=ff0f a240=ff3c")
            .encoding("2571=a2ac 2572=a2ad 5341=a451 5345=a4ca ff3f=a1c4");
  }

  static final class Cp950 {
    static final CharTable TABLE = make();

    private static CharTable make() {
      CharTable t = all("x-windows-950").without(Tables::isPrivate);
      for (int code = 0xc6a1; code < 0xc900; code++) {
        int c = Big5.TABLE.character(code);
        if (c != CharTable.NONE) {
          t.add(code, c);
        }
      }
      return t.encoding(
          "a2=a246 a3=a247 a5=a244 2022=a145 203e=a1c2 223c=a1e3 2609=a1f3 2641=a1f2 5341=a451"
              + " 5345=a4ca ff64=a14e");
    }
  }

  static final class Big5Hkscs {
    static final CharTable TABLE =
        all("Big5-HKSCS")
            .decoding(
                "8862=ca+304 8864=ca+30c 88a3=ea+304 88a5=ea+30c a15a=2574 a1c3=ffe3 a1c5=2cd"
                    + " a1fe=ff0f a240=ff3c")
            .decoding(
                "877a= 877b= 877c= 877d= 877e= 87a1= 87a2= 87a3= 87a4= 87a5= "
                    + "87a6= 87a7= 87a8= 87a9= 87aa= 87ab= 87ac= 87ad= 87ae= 87af= "
                    + "87b0= 87b1= 87b2= 87b3= 87b4= 87b5= 87b6= 87b7= 87b8= 87b9= "
                    + "87ba= 87bb= 87bc= 87bd= 87be= 87bf= 87c0= 87c1= 87c2= 87c3= "
                    + "87c4= 87c5= 87c6= 87c7= 87c8= 87c9= 87ca= 87cb= 87cc= 87cd= "
                    + "87ce= 87cf= 87d0= 87d1= 87d2= 87d3= 87d4= 87d5= 87d6= 87d7= "
                    + "87d8= 87d9= 87da= 87db= 87dc= 87dd= 87de= 87df= c6cf= c6d3= "
                    + "c6d5= c6d7= c6de= c6df=")
            .encoding(
                "2550=f9f9 255e=f9e9 2561=f9eb 256a=f9ea 256d=f9fa 256e=f9fb "
                    + "256f=f9fd 2570=f9fc 2571=a2ac 2572=a2ad 306b=c752 306f=c756 "
                    + "3071=c758 3073=c75a 307a=c761 307b=c762 5341=a451 5345=a4ca "
                    + "ff3f=a1c4");
  }

  static final class EucKr {
    static final CharTable TABLE = all("EUC-KR").decoding("a2e8= a4d4=").encoding("3164=a4d4");
  }

  static final class Cp949 {
    static final CharTable TABLE = all("x-windows-949").without(Tables::isPrivate);
  }

  static final class Johab {
    static final CharTable TABLE =
        all("x-Johab")
            .decoding(
                "8441=3000 8442=3131 8443=3132 8445=3134 8448=3137 8449=3139 8451=3141 8453=3142"
                    + " 8455=3145 8456=3146 8457=3147 8458=3148 8459=314a 845a=314b 845b=314c"
                    + " 845c=314d 845d=314e");
  }

  static final class ShiftJis {
    static final CharTable TABLE = all("Shift_JIS").decoding("815c=2015").encoding("a5=5c 203e=7e");
  }

  static final class Cp932 {
    static final CharTable TABLE =
        all("windows-31j")
            .decoding("80=80 a0=f8f0 fd=f8f1 fe=f8f2 ff=f8f3")
            .encoding("a2=8191 a3=8192 ac=81ca 2016=8161 2212=817c 301c=8160");
  }

  static final class EucJp {
    static final CharTable TABLE =
        new CharTable()
            .addAll("EUC-JP", true, code -> code)
            .decoding("a1bd=2015 8fa2b7=7e")
            .encoding("a5=5c 203e=7e");
  }

  // ---- JIS X 0213

  private static final String SJIS_2004 =
      "5c=a5 7e=203e 815c=2015 815f=5c 81b0=7e 81d4=2985 81d5=2986";

  private static final int[] PLANE_2_ROWS = {1, 8, 3, 4, 5, 12, 13, 14, 15, 78};

  /** The EUC code of a code of Shift_JIS. */
  private static int euc(int code) {
    if (code < 0x80) {
      return code;
    }
    if (code < 0x100) {
      return code >= 0xa1 && code <= 0xdf ? SINGLE_SHIFT_2 << 8 | code : CharTable.NONE;
    }
    int lead = code >> 8;
    int trail = code & 0xff;
    boolean second = trail >= 0x9f;
    int cell = second ? trail - 0x9e : trail - (trail > 0x7f ? 0x40 : 0x3f);
    if (lead < 0xf0) {
      int row = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 + (second ? 2 : 1);
      return (row + 0xa0) << 8 | cell + 0xa0;
    }
    int index = (lead - 0xf0) * 2 + (second ? 1 : 0);
    int row = index < PLANE_2_ROWS.length ? PLANE_2_ROWS[index] : 79 + index - PLANE_2_ROWS.length;
    return 0x8f0000 | (row + 0xa0) << 8 | cell + 0xa0;
  }

  static final class ShiftJis2004 {
    static final CharTable TABLE = all("x-SJIS_0213").decoding(SJIS_2004);
  }

  /** Without what was added in 2004. */
  static final class ShiftJis0213 {
    static final CharTable TABLE =
        all("x-SJIS_0213")
            .decoding(SJIS_2004)
            .decoding("879f= 889e= 9873= 989e= eaa5= eff8= eff9= effa= effb= effc= fc5a=9b1d")
            .encoding("9b1c=");
  }

  /** JIS X 0213 alone, in EUC. */
  static final class Jisx0213 {
    static final CharTable TABLE = make(ShiftJis2004.TABLE);
    static final CharTable TABLE_2000 = make(ShiftJis0213.TABLE);

    private static CharTable make(CharTable sjis) {
      CharTable t = new CharTable();
      for (int code = 0; code < 0x10000; code++) {
        int euc = euc(code);
        int[] pair = sjis.pair(code);
        if (pair != null) {
          t.addPair(euc, pair[0], pair[1]);
        } else if (euc != CharTable.NONE && sjis.character(code) != CharTable.NONE) {
          t.add(euc, code < 0x80 ? code : sjis.character(code));
        }
      }
      return t.decoding("a1c0=ff3c a2b2=ff5e");
    }
  }

  static final class Euc2004 {
    static final CharTable TABLE = withSupplement(Jisx0213.make(ShiftJis2004.TABLE));
    static final CharTable TABLE_2000 =
        withSupplement(Jisx0213.make(ShiftJis0213.TABLE)).encoding("7626= 7e6b= 9b1c=");

    /** Adds JIS X 0212 where JIS X 0213 has nothing. */
    private static CharTable withSupplement(CharTable t) {
      for (int code = 0x8fa1a1; code <= 0x8ffefe; code++) {
        int c = EucJp.TABLE.character(code);
        if (c != CharTable.NONE && t.character(code) == CharTable.NONE && t.pair(code) == null) {
          t.add(code, c);
        }
      }
      return t;
    }
  }
}
