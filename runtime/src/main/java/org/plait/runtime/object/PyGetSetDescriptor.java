package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;

/**
 * {@code getset_descriptor}: a computed attribute of a native class, or what the runtime adds to a
 * Python class ({@code __dict__}, {@code __weakref__}): subclasses say how it is read and written.
 */
@PyTypeDef(name = "getset_descriptor", flags = TypeFlag.DISALLOW_INSTANTIATION)
public abstract class PyGetSetDescriptor extends NativeDescriptor {
  public static final PyType TYPE = PyType.builtin(PyGetSetDescriptorTable.INSTANCE);

  private final @Nullable String doc;

  protected PyGetSetDescriptor(PyType owner, String name, @Nullable String doc) {
    super(owner, name);
    this.doc = doc;
  }

  /** The descriptor of a native definition. */
  static PyGetSetDescriptor of(PyType owner, NativeDef def) {
    return new Native(owner, def);
  }

  @Override
  public final PyType type() {
    return TYPE;
  }

  @Override
  final @Nullable String doc() {
    return doc;
  }

  /** The native definition, or null where a subclass says what is done. */
  public @Nullable NativeDef definition() {
    return null;
  }

  /** Whether the object has this attribute. */
  protected boolean accepts(PyObject o) {
    return owner.isInstance(o);
  }

  protected abstract PyObject read(PyObject self);

  protected boolean writable() {
    return false;
  }

  /** Writes or, for null, deletes; only called when {@link #writable}. */
  protected void write(PyObject self, @Nullable PyObject value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final PyObject descriptorGet(@Nullable PyObject self, PyType type) {
    if (self == null) {
      return this;
    }
    if (!accepts(self)) {
      throw wrongSelf(self);
    }
    return read(self);
  }

  @Override
  public final boolean isDataDescriptor() {
    return true;
  }

  @Override
  public final void descriptorSet(PyObject self, @Nullable PyObject value) {
    if (!accepts(self)) {
      throw wrongSelf(self);
    }
    if (!writable()) {
      throw Errors.of(
          Exceptions.AttributeError,
          "attribute '" + name + "' of '" + owner.name() + "' objects is not writable");
    }
    write(self, value);
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  final PyObject get(PyObject instance, PyObject owner) {
    return getSlot(this, instance, owner);
  }

  @PyMethod(name = "__set__")
  final void set(PyObject instance, PyObject value) {
    descriptorSet(instance, value);
  }

  @PyMethod(name = "__delete__")
  final void delete(PyObject instance) {
    descriptorSet(instance, null);
  }

  @PyMethod(name = "__repr__")
  final String repr() {
    return "<attribute '" + name + "' of '" + owner.name() + "' objects>";
  }

  private static final class Native extends PyGetSetDescriptor {
    private final NativeDef def;
    private final NativeTable table;
    private final int id;
    private final boolean writable;

    Native(PyType owner, NativeDef def) {
      super(owner, def.name, def.doc());
      this.def = def;
      table = def.table;
      id = def.id;
      writable = def.writable;
    }

    @Override
    public NativeDef definition() {
      return def;
    }

    @Override
    protected boolean accepts(PyObject o) {
      return table.accepts(o);
    }

    @Override
    protected PyObject read(PyObject self) {
      return table.get(id, self);
    }

    @Override
    protected boolean writable() {
      return writable;
    }

    @Override
    protected void write(PyObject self, @Nullable PyObject value) {
      table.set(id, self, value);
    }
  }
}
