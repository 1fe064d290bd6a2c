package org.plait.runtime.object;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;

/**
 * {@code method_descriptor}: a native method in the dict of its class, such as {@code list.append}.
 */
@PyTypeDef(name = "method_descriptor", flags = TypeFlag.DISALLOW_INSTANTIATION)
public final class PyMethodDescriptor extends NativeDescriptor {
  public static final PyType TYPE = PyType.builtin(PyMethodDescriptorTable.INSTANCE);

  final NativeDef def;
  private final NativeTable table;
  private final int id;

  PyMethodDescriptor(PyType owner, NativeDef def) {
    super(owner, def.name);
    this.def = def;
    this.table = def.table;
    this.id = def.id;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The definition behind it. */
  public NativeDef def() {
    return def;
  }

  @Override
  @Nullable String doc() {
    return def.doc();
  }

  @PyGetter("__text_signature__")
  @Nullable String textSignature() {
    return def.textSignature();
  }

  // ---- calls: self is the first argument

  public PyObject invoke0(PyObject self) {
    return table.call0(id, self);
  }

  public PyObject invoke1(PyObject self, PyObject a) {
    return table.call1(id, self, a);
  }

  public PyObject invoke2(PyObject self, PyObject a, PyObject b) {
    return table.call2(id, self, a, b);
  }

  public PyObject invoke3(PyObject self, PyObject a, PyObject b, PyObject c) {
    return table.call3(id, self, a, b, c);
  }

  /** Calls with self apart from the arguments of a vectorcall. */
  public PyObject invokeRaw(PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    return table.call(def, self, args, kwnames);
  }

  @Override
  public PyObject call0() {
    throw needsSelf();
  }

  @Override
  public PyObject call1(PyObject self) {
    return table.call0(id, self);
  }

  @Override
  public PyObject call2(PyObject self, PyObject a) {
    return table.call1(id, self, a);
  }

  @Override
  public PyObject call3(PyObject self, PyObject a, PyObject b) {
    return table.call2(id, self, a, b);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    int given = args.length - (kwnames == null ? 0 : kwnames.length);
    if (given == 0) {
      throw needsSelf();
    }
    if (given == 4 && kwnames == null) {
      return table.call3(id, args[0], args[1], args[2], args[3]);
    }
    if (!table.accepts(args[0])) {
      throw wrongSelf(args[0]);
    }
    return table.call(def, args[0], Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  private RuntimeException needsSelf() {
    return Errors.typeError("unbound method " + def.fullName() + "() needs an argument");
  }

  // ---- descriptor

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType type) {
    if (self == null) {
      return this;
    }
    if (!table.accepts(self)) {
      throw wrongSelf(self);
    }
    return new PyBuiltinFunction(def, self);
  }

  @Override
  public boolean isMethodDescriptor() {
    return true;
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return getSlot(this, instance, owner);
  }

  @PyMethod(name = "__call__", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<method '" + name + "' of '" + owner.name() + "' objects>";
  }

  @PyMethod(name = "__reduce__")
  PyObject reduce() {
    return reduceToGetattr(owner, name);
  }
}
