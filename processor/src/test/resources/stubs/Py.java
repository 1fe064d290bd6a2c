package org.plait.runtime.object;

import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyTuple;

public final class Py {
  public static final PyObject None = new Value("None");
  public static final PyObject True = new Value("True");
  public static final PyObject False = new Value("False");
  public static final PyObject Ellipsis = new Value("Ellipsis");
  public static final PyObject EmptyStr = new Value("''");
  public static final PyTuple EmptyTuple = new PyTuple();

  public static PyObject int_(long v) {
    return new Value(v);
  }

  public static PyObject float_(double v) {
    return new Value(v);
  }

  public static PyObject bool_(boolean v) {
    return v ? True : False;
  }

  public static PyObject str(String s) {
    return new Value(s);
  }

  public static PyObject strOrNone(String s) {
    return s == null ? None : str(s);
  }

  public static PyObject orNone(PyObject o) {
    return o == null ? None : o;
  }

  public static PyObject bytes(byte[] b) {
    return new Value(new String(b));
  }

  public static PyTuple tuple(PyObject... items) {
    return new PyTuple(items);
  }

  public static PyDict dict() {
    return new PyDict();
  }
}
