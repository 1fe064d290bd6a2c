package org.plait.runtime.object;

/** Stands for all immutable values: compares and prints as the Java value in it. */
public class Value extends PyObject {
  public final Object value;

  public Value(Object value) {
    this.value = value;
  }

  public PyType type() {
    return null;
  }

  public String toString() {
    return String.valueOf(value);
  }
}
