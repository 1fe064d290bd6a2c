package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;

/**
 * {@code builtin_function_or_method}: a module's function, a native method bound to an object or
 * class, a static method, or (as {@link PyNewFunction}) a {@code __new__}. Immutable.
 */
@PyTypeDef(
    name = "builtin_function_or_method",
    flags = {TypeFlag.WEAKREF, TypeFlag.DISALLOW_INSTANTIATION})
public class PyBuiltinFunction extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyBuiltinFunctionTable.INSTANCE);

  // Small: each threading.Condition keeps six of these.
  final NativeDef def;

  /** The module, the bound object or class, or the class that has the static method. */
  final PyObject self;

  /**
   * @param self the module, the bound object or class, or the class that has the static method
   */
  PyBuiltinFunction(NativeDef def, PyObject self) {
    this.def = def;
    this.self = self;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** Whether this is the method of that name of a built-in type, bound to whatever. */
  public final boolean isMethod(PyType type, String name) {
    return def().table == type.table() && def().name.equals(name);
  }

  /** The definition behind it. */
  public final NativeDef def() {
    return def;
  }

  /** The module, the bound object or class, or the class that has the static method. */
  public final PyObject self() {
    return self;
  }

  @Override
  public PyObject call0() {
    return def.table.call0(def.id, self);
  }

  @Override
  public PyObject call1(PyObject a) {
    return def.table.call1(def.id, self, a);
  }

  @Override
  public PyObject call2(PyObject a, PyObject b) {
    return def.table.call2(def.id, self, a, b);
  }

  @Override
  public PyObject call3(PyObject a, PyObject b, PyObject c) {
    return def.table.call3(def.id, self, a, b, c);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return def.table.call(def, self, args, kwnames);
  }

  @PyMethod(name = "__call__", raw = true)
  final PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__module__")
  final @Nullable String module() {
    return def.kind == NativeDef.FUNCTION ? def.table.moduleName() : null;
  }

  @PyGetter("__name__")
  public final String name() {
    return def.name;
  }

  private boolean isFunction() {
    return self instanceof PyModule;
  }

  @PyGetter("__qualname__")
  final String qualname() {
    return isFunction()
        ? def.name
        : NativeDescriptor.qualnameIn(self instanceof PyType t ? t : self.type(), def.name);
  }

  @PyGetter("__doc__")
  final @Nullable String doc() {
    return def.doc();
  }

  @PyGetter("__self__")
  final PyObject selfAttribute() {
    return def.kind == NativeDef.STATIC_METHOD ? Py.None : self;
  }

  @PyGetter("__text_signature__")
  final @Nullable String textSignature() {
    return def.textSignature();
  }

  @PyMethod(name = "__repr__")
  final String repr() {
    return isFunction()
        ? "<built-in function " + def.name + ">"
        : "<built-in method "
            + def.name
            + " of "
            + self.type().name()
            + " object at "
            + PyIdentity.address(self)
            + ">";
  }

  @PyMethod(name = "__hash__")
  final long hash() {
    return PyObjects.identityHash(self) ^ System.identityHashCode(def);
  }

  @PyRichCompare
  final PyObject compare(PyObject other, PyObjects.CompareOp op) {
    boolean wantsEqual = op == PyObjects.CompareOp.EQ;
    if (!(other instanceof PyBuiltinFunction f) || !wantsEqual && op != PyObjects.CompareOp.NE) {
      return Py.NotImplemented;
    }
    return Py.bool_((def == f.def && self == f.self) == wantsEqual);
  }

  @PyMethod(name = "__reduce__")
  final PyObject reduce() {
    return isFunction() ? Py.str(def.name) : NativeDescriptor.reduceToGetattr(self, def.name);
  }
}
