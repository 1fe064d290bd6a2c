package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.NativeDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code staticmethod}. */
@PyTypeDef(
    name = "staticmethod",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(function, /)",
    doc =
        "Convert a function to be a static method.\n\n"
            + "A static method does not receive an implicit first argument.\n"
            + "To declare a static method, use this idiom:\n\n"
            + "     class C:\n"
            + "         @staticmethod\n"
            + "         def f(arg1, arg2, argN):\n"
            + "             ...\n\n"
            + "It can be called either on the class (e.g. C.f()) or on an instance\n"
            + "(e.g. C().f()). Both the class and the instance are ignored, and\n"
            + "neither is passed implicitly as the first argument to the method.\n\n"
            + "Static methods in Python are similar to those found in Java or C++.\n"
            + "For a more advanced concept, see the classmethod builtin.")
public final class PyStaticMethod extends FunctionWrapper {
  public static final PyType TYPE = PyType.builtin(PyStaticMethodTable.INSTANCE);

  public PyStaticMethod(PyObject callable) {
    super(TYPE, callable);
  }

  private PyStaticMethod(PyType type, @Nullable PyObject callable) {
    super(type, callable);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyStaticMethod(cls, null);
  }

  @PyMethod(name = "__init__", sig = "(function, /)")
  void init(PyObject function) {
    wrap(function);
  }

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return function();
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return NativeDescriptor.getSlot(this, instance, owner);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return type() == TYPE ? function().call(args, kwnames) : super.call(args, kwnames);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject call_(PyObject[] args, String @Nullable [] kwnames) {
    return function().call(args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyObject f = callable;
    return "<staticmethod(" + (f == null ? "<NULL>" : PyObjects.repr(f)) + ")>";
  }

  @org.plait.processor.annotation.PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
