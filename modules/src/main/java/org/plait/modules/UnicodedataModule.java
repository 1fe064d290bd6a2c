package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.unicodedata.Queries;
import org.plait.modules.unicodedata.Ucd;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.text.UnicodeData;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code unicodedata}. */
@PyModuleDef(
    name = "unicodedata",
    doc = "The Unicode Character Database, version " + UnicodeData.VERSION + ".")
public final class UnicodedataModule implements NativeModule {
  private static final Queries QUERIES = new Queries(false);

  @Override
  public NativeTable table() {
    return new UnicodedataModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("unidata_version", Py.str(UnicodeData.VERSION));
    module.add("UCD", Ucd.TYPE);
    module.add("ucd_3_2_0", new Ucd());
  }

  @PyFunction(
      sig = "(chr, default=NULL, /)",
      doc = "The value of a decimal digit; the default or ValueError for others.")
  static PyObject decimal(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.decimal(chr, otherwise);
  }

  @PyFunction(
      sig = "(chr, default=NULL, /)",
      doc = "The value of a digit; the default or ValueError for others.")
  static PyObject digit(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.digit(chr, otherwise);
  }

  @PyFunction(
      sig = "(chr, default=NULL, /)",
      doc = "The numeric value of a character as float; the default or ValueError if " + "none.")
  static PyObject numeric(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.numeric(chr, otherwise);
  }

  @PyFunction(
      sig = "(chr, default=NULL, /)",
      doc = "The name of a character; the default or ValueError if it has none.")
  static PyObject name(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.name(chr, otherwise);
  }

  @PyFunction(sig = "(chr, /)", doc = "The general category of a character.")
  static String category(PyObject chr) {
    return QUERIES.category(chr);
  }

  @PyFunction(sig = "(chr, /)", doc = "The bidirectional class of a character, or an empty str.")
  static String bidirectional(PyObject chr) {
    return QUERIES.bidirectional(chr);
  }

  @PyFunction(sig = "(chr, /)", doc = "The canonical combining class of a character, or 0.")
  static int combining(PyObject chr) {
    return QUERIES.combining(chr);
  }

  @PyFunction(
      sig = "(chr, /)",
      doc = "1 if a character is mirrored in text from right to left, else 0.")
  static int mirrored(PyObject chr) {
    return QUERIES.mirrored(chr);
  }

  @PyFunction(
      name = "east_asian_width",
      sig = "(chr, /)",
      doc = "The East Asian width of a character.")
  static String eastAsianWidth(PyObject chr) {
    return QUERIES.eastAsianWidth(chr);
  }

  @PyFunction(
      sig = "(chr, /)",
      doc = "How a character decomposes, as code points in hexadecimal; or an empty str.")
  static String decomposition(PyObject chr) {
    return QUERIES.decomposition(chr);
  }

  @PyFunction(sig = "(name, /)", doc = "Look up character by name.")
  static PyObject lookup(PyObject name) {
    return QUERIES.lookup(name);
  }

  @PyFunction(
      name = "is_normalized",
      sig = "(form, unistr, /)",
      doc = "Whether a str is in a normal form.")
  static boolean isNormalized(String form, PyStr unistr) {
    return QUERIES.isNormalized(form, unistr);
  }

  @PyFunction(
      sig = "(form, unistr, /)",
      doc = "Return the normal form form for the Unicode string unistr.")
  static PyObject normalize(String form, PyStr unistr) {
    return QUERIES.normalize(form, unistr);
  }
}
