package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/**
 * For compiled code: the parts of f-strings. The first three treat numbers and strs, for which no
 * Python code is run, and return null for other objects.
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
}
