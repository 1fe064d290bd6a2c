package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;

/** The descriptor of one {@code __slots__} name: a fixed slot of the instance. */
final class PySlotDescriptor extends PyMemberDescriptor {
  private final int slot;

  PySlotDescriptor(PyType owner, String name, int slot) {
    super(owner, name);
    this.slot = slot;
  }

  PyType owner() {
    return objclass();
  }

  @Override
  public int slotIn(PyInstance instance) {
    return accepts(instance) ? slot : -1;
  }

  @Override
  protected @Nullable PyObject read(PyObject self) {
    PyObject v = self.attrs().slot(slot);
    if (v == null) {
      throw Errors.attributeError(
          "'" + self.type().nameOutsideMain() + "' object has no attribute '" + name() + "'",
          self,
          name());
    }
    return v;
  }

  @Override
  protected void write(PyObject self, @Nullable PyObject value) {
    PyInstance attrs = self.attrs();
    if (value != null) {
      attrs.putSlot(slot, value);
    } else if (attrs.takeSlot(slot) == null) {
      throw Errors.of(Exceptions.AttributeError, name());
    }
  }
}
