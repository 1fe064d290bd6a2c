package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.protocol.PyObjects;

/** {@code method-wrapper}: a slot wrapper bound to an object, such as {@code (1).__add__}. */
@PyTypeDef(name = "method-wrapper", flags = TypeFlag.DISALLOW_INSTANTIATION)
public final class PyMethodWrapper extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyMethodWrapperTable.INSTANCE);

  private final PyWrapperDescriptor descriptor;

  @PyMember("__self__")
  final PyObject self;

  PyMethodWrapper(PyWrapperDescriptor descriptor, PyObject self) {
    this.descriptor = descriptor;
    this.self = self;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The slot wrapper. */
  public PyWrapperDescriptor descriptor() {
    return descriptor;
  }

  /** The object it is bound to. */
  public PyObject self() {
    return self;
  }

  @Override
  public PyObject call0() {
    return descriptor.call1(self);
  }

  @Override
  public PyObject call1(PyObject a) {
    return descriptor.call2(self, a);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    return descriptor.call3(self, a, b);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return descriptor.callBound(self, args, kwnames);
  }

  @PyMethod(name = "__call__", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__objclass__")
  PyObject objclass() {
    return descriptor.owner;
  }

  @PyGetter("__name__")
  String name() {
    return descriptor.name;
  }

  @PyGetter("__qualname__")
  PyObject qualname() {
    return descriptor.qualname();
  }

  @PyGetter("__doc__")
  @Nullable String doc() {
    return descriptor.doc();
  }

  @PyGetter("__text_signature__")
  @Nullable String textSignature() {
    return descriptor.textSignature();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<method-wrapper '"
        + descriptor.name
        + "' of "
        + self.type().name()
        + " object at "
        + PyIdentity.address(self)
        + ">";
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.identityHash(self) ^ PyObjects.identityHash(descriptor);
  }

  @PyRichCompare
  PyObject compare(PyObject other, PyObjects.CompareOp op) {
    boolean wantsEqual = op == PyObjects.CompareOp.EQ;
    if (!(other instanceof PyMethodWrapper w) || !wantsEqual && op != PyObjects.CompareOp.NE) {
      return Py.NotImplemented;
    }
    return Py.bool_((descriptor == w.descriptor && self == w.self) == wantsEqual);
  }

  @PyMethod(name = "__reduce__")
  PyObject reduce() {
    return NativeDescriptor.reduceToGetattr(self, descriptor.name);
  }
}
