package org.plait.runtime.protocol;

import org.plait.runtime.object.PyObject;

/** A number that as the third argument of {@code pow} decides over the result. */
public interface PowerModulus {
  /** {@code pow(base, exponent, this)}, where neither of the two could do it; or NotImplemented. */
  PyObject powerModulo(PyObject base, PyObject exponent);
}
