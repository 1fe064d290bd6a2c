package org.plait.runtime.interp;

import org.plait.runtime.object.PyObject;

/** Awaiting from native code. */
public final class Awaiting {
  private Awaiting() {}

  /** The iterator that {@code await o} drives; TypeError when the object can't be awaited. */
  public static PyObject iterator(PyObject o) {
    return GeneratorInstrs.awaitable(o, 0);
  }
}
