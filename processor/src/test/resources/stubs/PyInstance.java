package org.plait.runtime.object;

public class PyInstance extends PyObject {
  private final PyType type;

  public PyInstance(PyType type) {
    this.type = type;
  }

  public PyInstance(PyType type, PyObject owner) {
    this(type);
  }

  public PyType type() {
    return type;
  }

  public PyInstance attrs() {
    return this;
  }
}
