package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;

/** What both kinds of proxies do: every operation is the referent's. */
public abstract class WeakProxy extends PyWeakReference {
  WeakProxy(PyObject o, @Nullable PyObject callback) {
    super(o, callback);
  }

  /** The referent; ReferenceError when it is gone. */
  final PyObject referent() {
    PyObject o = get();
    if (o == null) {
      throw Errors.referenceError("weakly-referenced object no longer exists");
    }
    return o;
  }

  private static PyObject unwrap(PyObject o) {
    return o instanceof WeakProxy p ? p.referent() : o;
  }

  @Override
  public PyObject getAttribute(String name) {
    return PyObjects.getAttr(referent(), name);
  }

  @Override
  public void setAttribute(String name, @Nullable PyObject value) {
    if (value == null) {
      PyObjects.delAttr(referent(), name);
    } else {
      PyObjects.setAttr(referent(), name, value);
    }
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    return getAttribute(PyObjects.attributeName(name));
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  void setattr(PyObject name, PyObject value) {
    setAttribute(PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    setAttribute(PyObjects.attributeName(name), null);
  }

  @Override
  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return PyObjects.richCompare(referent(), unwrap(other), op);
  }

  @Override
  @PyMethod(name = "__repr__")
  String repr() {
    return describe("weakproxy");
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return PyObjects.str(referent());
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return PyObjects.isTrue(referent());
  }

  @PyMethod(name = "__bytes__", sig = "()")
  PyObject bytes() {
    return PyCalls.callMethod(referent(), "__bytes__");
  }

  @PyMethod(name = "__reversed__", sig = "()")
  PyObject reversed() {
    return PyCalls.callMethod(referent(), "__reversed__");
  }

  // ---- containers

  @PyMethod(name = "__len__")
  PyObject len() {
    return Py.int_(PySequences.length(referent()));
  }

  @PyMethod(name = "__getitem__")
  PyObject getitem(PyObject key) {
    return PyMappings.getItem(referent(), unwrap(key));
  }

  @PyMethod(name = "__setitem__")
  void setitem(PyObject key, PyObject value) {
    PyMappings.setItem(referent(), unwrap(key), value);
  }

  @PyMethod(name = "__delitem__")
  void delitem(PyObject key) {
    PyMappings.delItem(referent(), unwrap(key));
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject item) {
    return PySequences.contains(referent(), unwrap(item));
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return PyIters.getIter(referent());
  }

  @PyMethod(name = "__next__")
  @Nullable PyObject next() {
    PyObject o = referent();
    if (o.type().special(Special.NEXT) == null) {
      throw Errors.typeError(
          "Weakref proxy referenced a non-iterator '" + o.type().name() + "' object");
    }
    return PyIters.next(o);
  }

  // ---- numbers

  @PyBinary("add")
  static PyObject add_(PyObject left, PyObject right) {
    return PyNumbers.add(unwrap(left), unwrap(right));
  }

  @PyBinary("sub")
  static PyObject sub_(PyObject left, PyObject right) {
    return PyNumbers.sub(unwrap(left), unwrap(right));
  }

  @PyBinary("mul")
  static PyObject mul_(PyObject left, PyObject right) {
    return PyNumbers.mul(unwrap(left), unwrap(right));
  }

  @PyBinary("matmul")
  static PyObject matmul_(PyObject left, PyObject right) {
    return PyNumbers.matmul(unwrap(left), unwrap(right));
  }

  @PyBinary("truediv")
  static PyObject truediv_(PyObject left, PyObject right) {
    return PyNumbers.truediv(unwrap(left), unwrap(right));
  }

  @PyBinary("floordiv")
  static PyObject floordiv_(PyObject left, PyObject right) {
    return PyNumbers.floordiv(unwrap(left), unwrap(right));
  }

  @PyBinary("mod")
  static PyObject mod_(PyObject left, PyObject right) {
    return PyNumbers.mod(unwrap(left), unwrap(right));
  }

  @PyBinary("lshift")
  static PyObject lshift_(PyObject left, PyObject right) {
    return PyNumbers.lshift(unwrap(left), unwrap(right));
  }

  @PyBinary("rshift")
  static PyObject rshift_(PyObject left, PyObject right) {
    return PyNumbers.rshift(unwrap(left), unwrap(right));
  }

  @PyBinary("and")
  static PyObject and_(PyObject left, PyObject right) {
    return PyNumbers.and(unwrap(left), unwrap(right));
  }

  @PyBinary("or")
  static PyObject or_(PyObject left, PyObject right) {
    return PyNumbers.or(unwrap(left), unwrap(right));
  }

  @PyBinary("xor")
  static PyObject xor_(PyObject left, PyObject right) {
    return PyNumbers.xor(unwrap(left), unwrap(right));
  }

  @PyBinary("divmod")
  static PyObject divmod_(PyObject left, PyObject right) {
    return PyNumbers.divmod(unwrap(left), unwrap(right));
  }

  @PyBinary("pow")
  static PyObject pow_(PyObject left, PyObject right, PyObject modulus) {
    return PyNumbers.pow(unwrap(left), unwrap(right), unwrap(modulus));
  }

  @PyBinary(value = "add", inplace = true)
  static PyObject iadd_(PyObject left, PyObject right) {
    return PyNumbers.iadd(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "sub", inplace = true)
  static PyObject isub_(PyObject left, PyObject right) {
    return PyNumbers.isub(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "mul", inplace = true)
  static PyObject imul_(PyObject left, PyObject right) {
    return PyNumbers.imul(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "matmul", inplace = true)
  static PyObject imatmul_(PyObject left, PyObject right) {
    return PyNumbers.imatmul(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "truediv", inplace = true)
  static PyObject itruediv_(PyObject left, PyObject right) {
    return PyNumbers.itruediv(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "floordiv", inplace = true)
  static PyObject ifloordiv_(PyObject left, PyObject right) {
    return PyNumbers.ifloordiv(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "mod", inplace = true)
  static PyObject imod_(PyObject left, PyObject right) {
    return PyNumbers.imod(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "lshift", inplace = true)
  static PyObject ilshift_(PyObject left, PyObject right) {
    return PyNumbers.ilshift(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "rshift", inplace = true)
  static PyObject irshift_(PyObject left, PyObject right) {
    return PyNumbers.irshift(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "and", inplace = true)
  static PyObject iand_(PyObject left, PyObject right) {
    return PyNumbers.iand(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "or", inplace = true)
  static PyObject ior_(PyObject left, PyObject right) {
    return PyNumbers.ior(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "xor", inplace = true)
  static PyObject ixor_(PyObject left, PyObject right) {
    return PyNumbers.ixor(unwrap(left), unwrap(right));
  }

  @PyBinary(value = "pow", inplace = true)
  static PyObject ipow_(PyObject left, PyObject right) {
    return PyNumbers.ipow(unwrap(left), unwrap(right), Py.None);
  }

  @PyMethod(name = "__neg__")
  PyObject neg_() {
    return PyNumbers.negative(referent());
  }

  @PyMethod(name = "__pos__")
  PyObject pos_() {
    return PyNumbers.positive(referent());
  }

  @PyMethod(name = "__abs__")
  PyObject abs_() {
    return PyNumbers.absolute(referent());
  }

  @PyMethod(name = "__invert__")
  PyObject invert_() {
    return PyNumbers.invert(referent());
  }

  @PyMethod(name = "__int__")
  PyObject int_() {
    return PyNumbers.toInt(referent());
  }

  @PyMethod(name = "__float__")
  PyObject float_() {
    return PyNumbers.toFloat(referent());
  }

  @PyMethod(name = "__index__")
  PyObject index_() {
    return PyNumbers.index(referent());
  }
}
