package org.plait.runtime.object;

public class PyType extends PyObject {
  public static final int BASETYPE = 1;
  public static final int SEQUENCE = 2;
  public static final int HAS_WEAKREF = 4;
  public final NativeTable table;

  public PyType(NativeTable table) {
    this.table = table;
  }

  public static PyType builtin(NativeTable table) {
    return new PyType(table);
  }

  public PyType type() {
    return null;
  }
}
