package org.plait.modules.unicodedata;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.text.UnicodeData32;
import org.plait.runtime.types.PyStr;

/** {@code unicodedata.UCD}: the database of Unicode 3.2. Immutable. */
@PyTypeDef(
    name = "UCD",
    module = "unicodedata",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class Ucd extends PyObject {
  public static final PyType TYPE = PyType.builtin(UcdTable.INSTANCE);

  private static final Queries QUERIES = new Queries(true);

  @PyMember("unidata_version")
  final PyObject version = Py.str(UnicodeData32.VERSION);

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "The value of a decimal digit; the default or ValueError for others.")
  PyObject decimal(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.decimal(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "The value of a digit; the default or ValueError for others.")
  PyObject digit(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.digit(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "The numeric value of a character as float; the default or ValueError if " + "none.")
  PyObject numeric(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.numeric(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "The name of a character; the default or ValueError if it has none.")
  PyObject name(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.name(chr, otherwise);
  }

  @PyMethod(sig = "(chr, /)", doc = "The general category of a character.")
  String category(PyObject chr) {
    return QUERIES.category(chr);
  }

  @PyMethod(sig = "(chr, /)", doc = "The bidirectional class of a character, or an empty str.")
  String bidirectional(PyObject chr) {
    return QUERIES.bidirectional(chr);
  }

  @PyMethod(sig = "(chr, /)", doc = "The canonical combining class of a character, or 0.")
  int combining(PyObject chr) {
    return QUERIES.combining(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "1 if a character is mirrored in text from right to left, else 0.")
  int mirrored(PyObject chr) {
    return QUERIES.mirrored(chr);
  }

  @PyMethod(
      name = "east_asian_width",
      sig = "(chr, /)",
      doc = "The East Asian width of a character.")
  String eastAsianWidth(PyObject chr) {
    return QUERIES.eastAsianWidth(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "How a character decomposes, as code points in hexadecimal; or an empty str.")
  String decomposition(PyObject chr) {
    return QUERIES.decomposition(chr);
  }

  @PyMethod(sig = "(name, /)", doc = "Look up character by name.")
  PyObject lookup(PyObject name) {
    return QUERIES.lookup(name);
  }

  @PyMethod(
      name = "is_normalized",
      sig = "(form, unistr, /)",
      doc = "Whether a str is in a normal form.")
  boolean isNormalized(String form, PyStr unistr) {
    return QUERIES.isNormalized(form, unistr);
  }

  @PyMethod(
      sig = "(form, unistr, /)",
      doc = "Return the normal form form for the Unicode string unistr.")
  PyObject normalize(String form, PyStr unistr) {
    return QUERIES.normalize(form, unistr);
  }
}
