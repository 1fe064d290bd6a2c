package org.plait.runtime.object;

public abstract class PyObject {
  public static final PyObject[] NO_ARGS = {};

  public abstract PyType type();

  public PyInstance attrs() {
    return null;
  }
}
