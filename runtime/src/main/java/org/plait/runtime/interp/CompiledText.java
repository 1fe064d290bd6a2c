package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/**
 * For compiled code: strs and the parts of f-strings. The first three treat numbers and strs, for
 * which no Python code is run, and return null for other objects.
 */
final class CompiledText {
  private CompiledText() {}

  /** {@code format(o)}. */
  static @Nullable PyObject format(PyObject o) {
    return CompiledSupport.isPlain(o) ? PyObjects.format(o, null) : null;
  }

  /** {@code format(o, spec)}. */
  static @Nullable PyObject format(PyObject o, PyObject spec) {
    return CompiledSupport.isPlain(o) && spec.getClass() == PyStr.class
        ? PyObjects.format(o, spec)
        : null;
  }

  /** {@code str}, {@code repr} or {@code ascii}, as CONVERT_VALUE numbers them. */
  static @Nullable PyObject convert(PyObject o, int how) {
    return CompiledSupport.isPlain(o) ? ColdOps.convert(o, how) : null;
  }

  /** The strs, one behind the other. */
  static PyObject join(PyObject[] parts) {
    return ColdOps.buildString(parts, 0, parts.length);
  }

  // ---- of exact strs

  static boolean same(PyObject s, PyObject t) {
    return ((PyStr) s).sameAs((PyStr) t);
  }

  /** {@code s[i]}; raises IndexError. */
  static PyObject item(PyObject s, long i) {
    return ((PyStr) s).charAt(i);
  }

  /** {@code s[start:stop]}; bounds below zero count from the end. */
  static PyObject slice(PyObject s, long start, long stop) {
    PyStr text = (PyStr) s;
    int n = text.length();
    int from = (int) Math.min(start < 0 ? Math.max(start + n, 0) : start, n);
    int to = (int) Math.min(stop < 0 ? Math.max(stop + n, 0) : stop, n);
    return to <= from
        ? PyStr.EMPTY
        : to - from == 1 ? PyStr.ofCodePoint(text.codePointAt(from)) : text.substring(from, to);
  }

  static PyObject replace(PyObject s, PyObject old, PyObject fresh) {
    return ((PyStr) s).replace((PyStr) old, (PyStr) fresh, -1);
  }

  static boolean isalpha(PyObject s) {
    return ((PyStr) s).isalpha();
  }

  static boolean isalnum(PyObject s) {
    return ((PyStr) s).isalnum();
  }

  static boolean isdigit(PyObject s) {
    return ((PyStr) s).isdigit();
  }

  static boolean isspace(PyObject s) {
    return ((PyStr) s).isspace();
  }
}
