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
    flags = TypeFlag.DICT,
    sig = "(function, /)",
    doc =
        "Makes a plain function of a class out of a function.\n\n"
            + "Used as a decorator in a class body; C.f() and C().f() then pass just the\n"
            + "arguments given, without an instance or a class before them. For functions "
            + "that\n"
            + "want the class there is classmethod.")
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
