package org.plait.runtime.types;

import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

public class PyDict extends PyObject {
  public PyType type() {
    return null;
  }

  public String toString() {
    return "{}";
  }
}
