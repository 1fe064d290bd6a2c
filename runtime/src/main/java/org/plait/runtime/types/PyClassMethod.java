package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code classmethod}. */
@PyTypeDef(
    name = "classmethod",
    subclassable = true,
    flags = TypeFlag.DICT,
    sig = "(function, /)",
    doc =
        "Makes a method of the class out of a function.\n\n"
            + "Used as a decorator in a class body; however the method is reached, by "
            + "C.f() or\n"
            + "by C().f(), its first argument is the class, and for a subclass the "
            + "subclass.\n"
            + "For functions that want neither class nor instance there is staticmethod.")
public final class PyClassMethod extends FunctionWrapper {
  public static final PyType TYPE = PyType.builtin(PyClassMethodTable.INSTANCE);

  public PyClassMethod(PyObject callable) {
    super(TYPE, callable);
  }

  private PyClassMethod(PyType type, @Nullable PyObject callable) {
    super(type, callable);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyClassMethod(cls, null);
  }

  @PyMethod(name = "__init__", sig = "(function, /)")
  void init(PyObject function) {
    wrap(function);
  }

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return new org.plait.runtime.interp.PyMethod(function(), owner);
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return new org.plait.runtime.interp.PyMethod(
        function(), owner == Py.None && instance != Py.None ? instance.type() : owner);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyObject f = callable;
    return "<classmethod(" + (f == null ? "<NULL>" : PyObjects.repr(f)) + ")>";
  }

  @org.plait.processor.annotation.PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
