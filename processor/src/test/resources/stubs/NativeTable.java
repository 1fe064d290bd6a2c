package org.plait.runtime.object;

public abstract class NativeTable {
  protected abstract NativeDef[] createDefs();

  public final NativeDef[] defs() {
    return createDefs();
  }

  public abstract String typeName();

  public abstract String moduleName();

  public String doc() {
    return null;
  }

  public String signature() {
    return null;
  }

  public PyType base() {
    return PyBaseObject.TYPE;
  }

  public int flags() {
    return 0;
  }

  public boolean accepts(PyObject o) {
    return true;
  }

  private static PyObject none(int n) {
    throw new IllegalArgumentException("arity " + n);
  }

  public PyObject call0(int id, PyObject self) {
    return none(0);
  }

  public PyObject call1(int id, PyObject self, PyObject a) {
    return none(1);
  }

  public PyObject call2(int id, PyObject self, PyObject a, PyObject b) {
    return none(2);
  }

  public PyObject call3(int id, PyObject self, PyObject a, PyObject b, PyObject c) {
    return none(3);
  }

  public PyObject callN(int id, PyObject self, PyObject[] args) {
    return none(-1);
  }

  public PyObject callRaw(int id, PyObject self, PyObject[] args, String[] kwnames) {
    return none(-2);
  }

  public PyObject get(int id, PyObject self) {
    return none(-3);
  }

  public void set(int id, PyObject self, PyObject value) {
    none(-4);
  }

  protected final RuntimeException wrongSelf(int id, PyObject self) {
    return new ClassCastException("wrong self " + self);
  }
}
