package org.plait.runtime.object;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;

/** {@code classmethod_descriptor}: a native class method in the dict of its class. */
@PyTypeDef(name = "classmethod_descriptor", flags = TypeFlag.DISALLOW_INSTANTIATION)
public final class PyClassMethodDescriptor extends NativeDescriptor {
  public static final PyType TYPE = PyType.builtin(PyClassMethodDescriptorTable.INSTANCE);

  final NativeDef def;

  PyClassMethodDescriptor(PyType owner, NativeDef def) {
    super(owner, def.name);
    this.def = def;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  @Nullable String doc() {
    return def.doc();
  }

  @PyGetter("__text_signature__")
  @Nullable String textSignature() {
    return def.textSignature();
  }

  private PyType checked(PyObject cls) {
    if (!(cls instanceof PyType t)) {
      throw Errors.typeError(
          "descriptor '"
              + name
              + "' for type '"
              + owner.name()
              + "' needs a type, not a '"
              + cls.type().name()
              + "' as arg 2");
    }
    if (!t.isSubtypeOf(owner)) {
      throw Errors.typeError(
          "descriptor '"
              + name
              + "' requires a subtype of '"
              + owner.name()
              + "' but received '"
              + t.name()
              + "'");
    }
    return t;
  }

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType type) {
    return new PyBuiltinFunction(def, checked(type));
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject cls) {
    if (instance == Py.None && cls == Py.None) {
      throw Errors.typeError("__get__(None, None) is invalid");
    }
    PyType t = checked(cls == Py.None ? instance.type() : cls);
    return new PyBuiltinFunction(def, t);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      throw Errors.typeError(
          "descriptor '" + name + "' of '" + owner.name() + "' object needs an argument");
    }
    return def.table.call(def, checked(args[0]), Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  @PyMethod(name = "__call__", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<method '" + name + "' of '" + owner.name() + "' objects>";
  }
}
