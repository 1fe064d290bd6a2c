package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.protocol.PyCalls;

/**
 * Root of every Python object.
 *
 * <p>{@link #type()} is virtual: built-in classes return a constant, {@link PyInstance} reads it
 * from its shape. The {@code call} family is the call protocol; the fixed arities exist so that
 * common calls build no argument array. A class overrides those it can serve faster and inherits
 * the rest.
 */
public abstract class PyObject {

  /** No arguments. */
  public static final PyObject[] NO_ARGS = {};

  /** The Python class of this object. */
  public abstract PyType type();

  /**
   * The attribute storage of this object, or null when it has none (no {@code __dict__}, no {@code
   * __slots__}).
   */
  public @Nullable PyInstance attrs() {
    return null;
  }

  /**
   * Calls this object. Equivalent of CPython's {@code PyObject_Vectorcall}.
   *
   * @param args positional arguments, followed by the values of the keyword arguments
   * @param kwnames names of the trailing keyword arguments, or null when there are none
   */
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return PyCalls.callSpecial(this, args, kwnames);
  }

  public PyObject call0() {
    return call(NO_ARGS, null);
  }

  public PyObject call1(PyObject a) {
    return call(new PyObject[] {a}, null);
  }

  public PyObject call2(PyObject a, PyObject b) {
    return call(new PyObject[] {a, b}, null);
  }

  public PyObject call3(PyObject a, PyObject b, PyObject c) {
    return call(new PyObject[] {a, b, c}, null);
  }

  /**
   * {@code tp_getattro}: attribute lookup without a Python-level {@code __getattribute__} override.
   * Returns null where Python raises AttributeError without a message of its own; callers raise the
   * standard one.
   */
  public @Nullable PyObject getAttribute(String name) {
    return GenericAttributes.get(this, name);
  }

  /**
   * {@code tp_setattro} without a Python-level override.
   *
   * @param value the new value, or null to delete
   */
  public void setAttribute(String name, @Nullable PyObject value) {
    GenericAttributes.set(this, name, value);
  }

  /** For Java debuggers and logs only; Python's repr and str never come through here. */
  @Override
  public String toString() {
    return "<" + type().name() + " object>";
  }
}
