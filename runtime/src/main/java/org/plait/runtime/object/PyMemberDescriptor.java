package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;

/**
 * {@code member_descriptor}: a stored attribute: a field of a native class, or a name in the {@code
 * __slots__} of a Python class: subclasses say how it is read and written.
 */
@PyTypeDef(name = "member_descriptor", flags = TypeFlag.DISALLOW_INSTANTIATION)
public abstract class PyMemberDescriptor extends NativeDescriptor {
  public static final PyType TYPE = PyType.builtin(PyMemberDescriptorTable.INSTANCE);

  private final @Nullable String doc;

  protected PyMemberDescriptor(PyType owner, String name) {
    this(owner, name, null);
  }

  private PyMemberDescriptor(PyType owner, String name, @Nullable String doc) {
    super(owner, name);
    this.doc = doc;
  }

  /** The descriptor of a native definition. */
  static PyMemberDescriptor of(PyType owner, NativeDef def) {
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

  /** Whether the object has this attribute. */
  protected boolean accepts(PyObject o) {
    return owner.isInstance(o);
  }

  /** The slot of an instance that holds the attribute, or -1 when it is kept elsewhere. */
  public int slotIn(PyInstance instance) {
    return -1;
  }

  protected abstract @Nullable PyObject read(PyObject self);

  protected boolean writable() {
    return true;
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
      throw Errors.of(Exceptions.AttributeError, "readonly attribute");
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
    return "<member '" + name + "' of '" + owner.name() + "' objects>";
  }

  @PyMethod(name = "__reduce__")
  final PyObject reduce() {
    return reduceToGetattr(owner, name);
  }

  private static final class Native extends PyMemberDescriptor {
    private final NativeTable table;
    private final int id;
    private final boolean writable;

    Native(PyType owner, NativeDef def) {
      super(owner, def.name, def.doc());
      table = def.table;
      id = def.id;
      writable = def.writable;
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
