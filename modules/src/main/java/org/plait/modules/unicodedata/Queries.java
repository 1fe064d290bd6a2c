package org.plait.modules.unicodedata;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.text.UnicodeData;
import org.plait.runtime.text.UnicodeData32;
import org.plait.runtime.text.UnicodeInfo;
import org.plait.runtime.text.UnicodeNames;
import org.plait.runtime.types.PyStr;

/** The questions of {@code unicodedata} to today's database or to that of Unicode 3.2. */
public record Queries(boolean old) {
  private static final int MAX_NAME = 256;

  private static int character(PyObject o, String function, boolean alone) {
    String which = alone ? " argument" : " argument 1";
    if (!(o instanceof PyStr s)) {
      throw ArgumentConverters.badArgument(function + "()" + which, "a unicode character", o);
    }
    if (s.length() != 1) {
      throw Errors.typeError(
          function
              + "():"
              + which
              + " must be a unicode character, not a string of length "
              + s.length());
    }
    return s.codePointAt(0);
  }

  private static PyObject orElse(@Nullable PyObject otherwise, String message) {
    if (otherwise == null) {
      throw Errors.valueError(message);
    }
    return otherwise;
  }

  public PyObject decimal(PyObject chr, @Nullable PyObject otherwise) {
    int c = character(chr, "decimal", false);
    int v = old ? UnicodeData32.decimal(c) : UnicodeInfo.decimal(c);
    return v < 0 ? orElse(otherwise, "not a decimal") : Py.int_(v);
  }

  public PyObject digit(PyObject chr, @Nullable PyObject otherwise) {
    int v = UnicodeInfo.digit(character(chr, "digit", false));
    return v < 0 ? orElse(otherwise, "not a digit") : Py.int_(v);
  }

  public PyObject numeric(PyObject chr, @Nullable PyObject otherwise) {
    int c = character(chr, "numeric", false);
    double v = old ? UnicodeData32.numeric(c) : UnicodeData.numeric(c);
    return Double.isNaN(v) ? orElse(otherwise, "not a numeric character") : Py.float_(v);
  }

  public PyObject name(PyObject chr, @Nullable PyObject otherwise) {
    int c = character(chr, "name", false);
    String n = old ? UnicodeData32.name(c) : UnicodeNames.name(c);
    return n == null ? orElse(otherwise, "no such name") : Py.str(n);
  }

  public String category(PyObject chr) {
    int c = character(chr, "category", true);
    return old ? UnicodeData32.category(c) : UnicodeData.category(c);
  }

  public String bidirectional(PyObject chr) {
    int c = character(chr, "bidirectional", true);
    return old ? UnicodeData32.bidirectional(c) : UnicodeData.bidirectional(c);
  }

  public int combining(PyObject chr) {
    int c = character(chr, "combining", true);
    return old ? UnicodeData32.combining(c) : UnicodeData.combining(c);
  }

  public int mirrored(PyObject chr) {
    int c = character(chr, "mirrored", true);
    return (old ? UnicodeData32.isMirrored(c) : UnicodeData.isMirrored(c)) ? 1 : 0;
  }

  public String eastAsianWidth(PyObject chr) {
    int c = character(chr, "east_asian_width", true);
    return old ? UnicodeData32.eastAsianWidth(c) : UnicodeData.eastAsianWidth(c);
  }

  public String decomposition(PyObject chr) {
    int c = character(chr, "decomposition", true);
    return old ? UnicodeData32.decomposition(c) : UnicodeData.decomposition(c);
  }

  public PyObject lookup(PyObject name) {
    String n =
        name instanceof PyStr s
            ? s.toString()
            : new String(PyBuffers.toBytes(name), java.nio.charset.StandardCharsets.UTF_8);
    if (n.length() > MAX_NAME) {
      throw Errors.of(Exceptions.KeyError, "name too long");
    }
    int[] found = UnicodeNames.lookupSequence(n);
    if (found == null || old && (found.length > 1 || isAlias(n, found[0]))) {
      throw Errors.of(Exceptions.KeyError, "undefined character name '" + n + "'");
    }
    return PyStr.ofCodePoints(found, 0, found.length);
  }

  private static boolean isAlias(String name, int c) {
    return !name.equalsIgnoreCase(UnicodeNames.name(c));
  }

  private static Normalizer.Form form(String form) {
    Normalizer.Form f = UnicodeData.form(form);
    if (f == null) {
      throw Errors.valueError("invalid normalization form");
    }
    return f;
  }

  public boolean isNormalized(String form, PyStr s) {
    if (!old) {
      return UnicodeData.isNormalized(form(form), s.source());
    }
    return normalize(form, s) instanceof PyStr n && n.equalTo(s);
  }

  public PyObject normalize(String form, PyStr s) {
    if (s.isEmpty()) {
      return PyStr.EMPTY;
    }
    Normalizer.Form f = form(form);
    return PyStr.of(
        old ? UnicodeData32.normalize(f, s.source()) : UnicodeData.normalize(f, s.source()));
  }
}
