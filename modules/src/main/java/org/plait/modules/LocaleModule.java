package org.plait.modules;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.CLocale;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.FormatSpec.NumberLocale;
import org.plait.runtime.types.NumberLocales;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _locale}: the C library's locale. */
@PyModuleDef(name = "_locale", hostErrors = true, doc = "Locales of the C library.")
public final class LocaleModule implements NativeModule {
  private static final int CHAR_MAX = 127;

  private static final String CONSTANTS =
      "ABDAY_1=131072 ABDAY_2=131073 ABDAY_3=131074 ABDAY_4=131075 ABDAY_5=131076 "
          + "ABDAY_6=131077 ABDAY_7=131078 ABMON_1=131086 ABMON_10=131095 ABMON_11=131096 "
          + "ABMON_12=131097 ABMON_2=131087 ABMON_3=131088 ABMON_4=131089 ABMON_5=131090 "
          + "ABMON_6=131091 ABMON_7=131092 ABMON_8=131093 ABMON_9=131094 ALT_DIGITS=131119 "
          + "AM_STR=131110 CHAR_MAX=127 CODESET=14 CRNCYSTR=262159 DAY_1=131079 "
          + "DAY_2=131080 DAY_3=131081 DAY_4=131082 DAY_5=131083 DAY_6=131084 DAY_7=131085 "
          + "D_FMT=131113 D_T_FMT=131112 ERA=131116 ERA_D_FMT=131118 ERA_D_T_FMT=131120 "
          + "ERA_T_FMT=131121 LC_ALL=6 LC_COLLATE=3 LC_CTYPE=0 LC_MESSAGES=5 LC_MONETARY=4 "
          + "LC_NUMERIC=1 LC_TIME=2 MON_1=131098 MON_10=131107 MON_11=131108 MON_12=131109 "
          + "MON_2=131099 MON_3=131100 MON_4=131101 MON_5=131102 MON_6=131103 MON_7=131104 "
          + "MON_8=131105 MON_9=131106 NOEXPR=327681 PM_STR=131111 RADIXCHAR=65536 "
          + "THOUSEP=65537 T_FMT=131114 T_FMT_AMPM=131115 YESEXPR=327680 _DATE_FMT=131180 ";

  private static final PyType ERROR =
      Errors.newException("locale", "Error", Exceptions.Exception, null);

  /** The items that may be asked for. */
  private static final Set<Integer> ITEMS = items();

  private static Set<Integer> items() {
    Set<Integer> all = new HashSet<>();
    for (String c : CONSTANTS.trim().split(" ")) {
      if (!c.startsWith("LC_") && !c.startsWith("CHAR_MAX")) {
        all.add(Integer.parseInt(c.substring(c.indexOf('=') + 1)));
      }
    }
    return all;
  }

  @Override
  public NativeTable table() {
    return new LocaleModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("Error", ERROR);
    Constants.add(m, CONSTANTS);
  }

  private static PyException error(String message) {
    return Errors.of(ERROR, message);
  }

  // ---- texts

  private static @Nullable Charset charset() {
    try {
      return Charset.forName(CLocale.encoding());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return null;
    }
  }

  private static boolean isUtf8(@Nullable Charset c) {
    return c == null || c.equals(StandardCharsets.UTF_8) || c.equals(StandardCharsets.US_ASCII);
  }

  private static PyObject decode(byte[] text) {
    Charset c = charset();
    return isUtf8(c) ? FsPaths.decode(text) : Py.str(new String(text, c));
  }

  private static byte[] encode(PyStr text) {
    if (text.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    Charset c = charset();
    if (!isUtf8(c)) {
      return text.toString().getBytes(c);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int p : text.toCodePoints()) {
      if (p >= 0xd800 && p <= 0xdfff) { // kept apart, for the sake of the order
        out.write(0xe0 | p >> 12);
        out.write(0x80 | p >> 6 & 0x3f);
        out.write(0x80 | p & 0x3f);
      } else {
        out.writeBytes(new String(Character.toChars(p)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static byte @Nullable [] path(PyObject o) {
    return o == Py.None ? null : FsPaths.encode(FsPaths.toStr(o));
  }

  private static byte[] name(PyStr s) {
    if (s.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    return FsPaths.encode(s);
  }

  private static byte @Nullable [] nameOrNull(@Nullable PyStr s) {
    return s == null ? null : name(s);
  }

  // ---- locales

  @PyFunction(sig = "(category, locale=None, /)", doc = "Set or ask for the locale.")
  static PyObject setlocale(int category, @Nullable PyStr locale) {
    CLocale.ensure();
    byte[] r = CLocale.setlocale(category, nameOrNull(locale));
    if (r == null) {
      throw error(locale == null ? "locale query failed" : "unsupported locale setting");
    }
    if (locale != null && (category == CLocale.LC_NUMERIC || category == CLocale.LC_ALL)) {
      CLocale.Conventions c = CLocale.localeconv();
      NumberLocales.set(
          new NumberLocale(
              decode(c.decimalPoint()).toString(),
              decode(c.thousandsSep()).toString(),
              c.grouping()));
    }
    return decode(r);
  }

  private static PyObject grouping(byte[] g) {
    PyList l = new PyList();
    for (byte b : g) {
      l.append(Py.int_(b));
      if (b == CHAR_MAX) {
        return l;
      }
    }
    if (g.length > 0) {
      l.append(Py.int_(0));
    }
    return l;
  }

  @PyFunction(sig = "()", doc = "The conventions for numbers and money.")
  static PyObject localeconv() {
    CLocale.ensure();
    CLocale.Conventions c = CLocale.localeconv();
    PyDict d = Py.dict();
    d.putStr("int_curr_symbol", decode(c.intCurrSymbol()));
    d.putStr("currency_symbol", decode(c.currencySymbol()));
    d.putStr("mon_decimal_point", decode(c.monDecimalPoint()));
    d.putStr("mon_thousands_sep", decode(c.monThousandsSep()));
    d.putStr("mon_grouping", grouping(c.monGrouping()));
    d.putStr("positive_sign", decode(c.positiveSign()));
    d.putStr("negative_sign", decode(c.negativeSign()));
    d.putStr("int_frac_digits", Py.int_(c.intFracDigits()));
    d.putStr("frac_digits", Py.int_(c.fracDigits()));
    d.putStr("p_cs_precedes", Py.int_(c.pCsPrecedes()));
    d.putStr("p_sep_by_space", Py.int_(c.pSepBySpace()));
    d.putStr("n_cs_precedes", Py.int_(c.nCsPrecedes()));
    d.putStr("n_sep_by_space", Py.int_(c.nSepBySpace()));
    d.putStr("p_sign_posn", Py.int_(c.pSignPosn()));
    d.putStr("n_sign_posn", Py.int_(c.nSignPosn()));
    d.putStr("decimal_point", decode(c.decimalPoint()));
    d.putStr("thousands_sep", decode(c.thousandsSep()));
    d.putStr("grouping", grouping(c.grouping()));
    return d;
  }

  @PyFunction(name = "nl_langinfo", sig = "(key, /)", doc = "One item of the locale.")
  static PyObject langinfo(int key) {
    if (!ITEMS.contains(key)) {
      throw Errors.valueError("unsupported langinfo constant");
    }
    CLocale.ensure();
    return decode(CLocale.langinfo(key));
  }

  @PyFunction(sig = "()", doc = "The encoding of the locale.")
  static String getencoding() {
    CLocale.ensure();
    String name = CLocale.encoding();
    return name.isEmpty() ? "utf-8" : name;
  }

  /** Whether texts are in the order of their code points. */
  private static boolean plainOrder() {
    CLocale.ensure();
    byte[] name = CLocale.setlocale(CLocale.LC_COLLATE, null);
    String s = name == null ? "C" : new String(name, StandardCharsets.ISO_8859_1);
    return s.equals("C") || s.equals("POSIX") || s.startsWith("C.");
  }

  @PyFunction(sig = "(os1, os2, /)", doc = "Compare texts by the locale's order.")
  static int strcoll(PyStr a, PyStr b) {
    byte[] x = encode(a);
    byte[] y = encode(b);
    return plainOrder()
        ? Integer.signum(Arrays.compareUnsigned(x, y))
        : Integer.signum(CLocale.strcoll(x, y));
  }

  @PyFunction(sig = "(string, /)", doc = "A text whose plain order is the locale's.")
  static PyObject strxfrm(PyStr string) {
    byte[] b = encode(string);
    if (plainOrder()) {
      return string;
    }
    CodePointBuilder out = new CodePointBuilder();
    for (byte c : CLocale.strxfrm(b)) {
      out.append(c & 0xff);
    }
    return PyStr.of(out.toSource());
  }

  // ---- messages

  @PyFunction(sig = "(msg, /)", doc = "The translation of a message.")
  static PyObject gettext(PyStr msg) {
    CLocale.ensure();
    return decode(CLocale.gettext(null, encode(msg), CLocale.LC_MESSAGES));
  }

  @PyFunction(sig = "(domain, msg, /)", doc = "The translation of a message in a domain.")
  static PyObject dgettext(PyObject domain, PyStr msg) {
    return dcgettext(domain, msg, CLocale.LC_MESSAGES);
  }

  @PyFunction(
      sig = "(domain, msg, category, /)",
      doc = "The translation of a message in a domain and category.")
  static PyObject dcgettext(PyObject domain, PyStr msg, int category) {
    CLocale.ensure();
    return decode(CLocale.gettext(path(domain), encode(msg), category));
  }

  @PyFunction(sig = "(domain, /)", doc = "Set or ask for the domain of messages.")
  static PyObject textdomain(PyObject domain) {
    return decode(CLocale.textdomain(path(domain)));
  }

  @PyFunction(sig = "(domain, dir, /)", doc = "Set or ask for the folder of a domain.")
  static PyObject bindtextdomain(PyStr domain, PyObject dir) {
    if (domain.isEmpty()) {
      throw error("domain must be a non-empty string");
    }
    return decode(CLocale.bindtextdomain(name(domain), path(dir)));
  }

  @PyFunction(
      name = "bind_textdomain_codeset",
      sig = "(domain, codeset, /)",
      doc = "Set or ask for the encoding of a domain.")
  static PyObject bindCodeset(PyStr domain, @Nullable PyStr codeset) {
    byte[] r = CLocale.bindCodeset(name(domain), nameOrNull(codeset));
    return r == null ? Py.None : decode(r);
  }
}
