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
      doc = "Converts a Unicode character into its equivalent decimal value.")
  PyObject decimal(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.decimal(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "Converts a Unicode character into its equivalent digit value.")
  PyObject digit(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.digit(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "Converts a Unicode character into its equivalent numeric value.")
  PyObject numeric(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.numeric(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, default=NULL, /)",
      doc = "Returns the name assigned to the character chr as a string.")
  PyObject name(PyObject chr, @Nullable PyObject otherwise) {
    return QUERIES.name(chr, otherwise);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "Returns the general category assigned to the character chr as string.")
  String category(PyObject chr) {
    return QUERIES.category(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "Returns the bidirectional class assigned to the character chr as string.")
  String bidirectional(PyObject chr) {
    return QUERIES.bidirectional(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "Returns the canonical combining class assigned to the character chr as integer.")
  int combining(PyObject chr) {
    return QUERIES.combining(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "Returns the mirrored property assigned to the character chr as integer.")
  int mirrored(PyObject chr) {
    return QUERIES.mirrored(chr);
  }

  @PyMethod(
      name = "east_asian_width",
      sig = "(chr, /)",
      doc = "Returns the east asian width assigned to the character chr as string.")
  String eastAsianWidth(PyObject chr) {
    return QUERIES.eastAsianWidth(chr);
  }

  @PyMethod(
      sig = "(chr, /)",
      doc = "Returns the character decomposition mapping assigned to the character chr as string.")
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
      doc = "Return whether the Unicode string unistr is in the normal form form.")
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
