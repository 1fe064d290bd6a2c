package org.plait.runtime.object;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;

/**
 * {@code wrapper_descriptor}: a slot of a native class under its dunder name, such as {@code
 * int.__add__}.
 *
 * <p>The {@code invoke} methods are the slot itself, for the protocols: {@code __next__} returns
 * null at the end there. The {@code call} methods are what Python sees.
 */
@PyTypeDef(name = "wrapper_descriptor", flags = TypeFlag.DISALLOW_INSTANTIATION)
public final class PyWrapperDescriptor extends NativeDescriptor {
  public static final PyType TYPE = PyType.builtin(PyWrapperDescriptorTable.INSTANCE);

  final NativeDef def;
  private final NativeTable table;
  private final int id;

  PyWrapperDescriptor(PyType owner, NativeDef def) {
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

  /**
   * Whether this is the sequence protocol's {@code __add__}, {@code __mul__}, {@code __iadd__} or
   * {@code __imul__}, which operators try only after the number slots of both operands.
   */
  public boolean isSequenceSlot() {
    return def.kind == NativeDef.SEQUENCE_WRAPPER;
  }

  @Override
  @Nullable String doc() {
    return def.doc();
  }

  @PyGetter("__text_signature__")
  @Nullable String textSignature() {
    return def.textSignature();
  }

  // ---- the slot

  /** Whether it is the wrapper of that special method, whatever name it was found under. */
  public boolean is(Special s) {
    return name.equals(s.method);
  }

  public PyObject invoke0(PyObject self) {
    return table.call0(id, self);
  }

  public PyObject invoke1(PyObject self, PyObject a) {
    return table.call1(id, self, a);
  }

  public PyObject invoke2(PyObject self, PyObject a, PyObject b) {
    return table.call2(id, self, a, b);
  }

  /** Calls with self apart from the arguments of a vectorcall. */
  public PyObject invokeRaw(PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    return table.call(def, self, args, kwnames);
  }

  // ---- calls from Python: self is the first argument

  /** The result for Python: the end of an iterator is an exception there. */
  private PyObject result(@Nullable PyObject r) {
    if (r == null) {
      throw Errors.stopIteration(null);
    }
    return r;
  }

  @Override
  public PyObject call0() {
    throw needsSelf();
  }

  @Override
  public PyObject call1(PyObject self) {
    return result(table.call0(id, self));
  }

  @Override
  public PyObject call2(PyObject self, PyObject a) {
    return result(table.call1(id, self, a));
  }

  @Override
  public PyObject call3(PyObject self, PyObject a, PyObject b) {
    return result(table.call2(id, self, a, b));
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      throw needsSelf();
    }
    return callBound(args[0], Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  PyObject callBound(PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    if (!table.accepts(self)) {
      throw Errors.typeError(
          "descriptor '"
              + name
              + "' requires a '"
              + owner.name()
              + "' object but received a '"
              + self.type().name()
              + "'");
    }
    return result(table.call(def, self, args, kwnames));
  }

  private RuntimeException needsSelf() {
    return Errors.typeError(
        "descriptor '" + name + "' of '" + owner.name() + "' object needs an argument");
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
    return new PyMethodWrapper(this, self);
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
    return "<slot wrapper '" + name + "' of '" + owner.name() + "' objects>";
  }

  @PyMethod(name = "__reduce__")
  PyObject reduce() {
    return reduceToGetattr(owner, name);
  }
}
