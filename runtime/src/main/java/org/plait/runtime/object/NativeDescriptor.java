package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;

/**
 * What the descriptors of built-in classes have in common: they belong to a class and have a name
 * in it. Immutable.
 */
public abstract class NativeDescriptor extends PyObject implements Descriptor {
  @PyMember("__objclass__")
  final PyType owner;

  @PyMember("__name__")
  final String name;

  NativeDescriptor(PyType owner, String name) {
    this.owner = owner;
    this.name = name;
  }

  /** The class in whose dict the descriptor is. */
  public final PyType objclass() {
    return owner;
  }

  public final String name() {
    return name;
  }

  @PyGetter("__qualname__")
  final PyObject qualname() {
    return Py.str(qualnameIn(owner, name));
  }

  /** The qualified name of something in a class. */
  static String qualnameIn(PyType owner, String name) {
    return owner.qualname() + "." + name;
  }

  @PyGetter("__doc__")
  final @Nullable String docText() {
    return doc();
  }

  abstract @Nullable String doc();

  final RuntimeException wrongSelf(PyObject got) {
    return Errors.typeError(
        "descriptor '"
            + name
            + "' for '"
            + owner.name()
            + "' objects doesn't apply to a '"
            + got.type().name()
            + "' object");
  }

  /**
   * {@code __get__(instance, owner)} as Python calls it, where None stands for no instance.
   *
   * @param descriptor the descriptor being bound
   */
  public static PyObject getSlot(Descriptor descriptor, PyObject instance, PyObject owner) {
    if (instance != Py.None) {
      return descriptor.descriptorGet(instance, owner instanceof PyType t ? t : instance.type());
    }
    if (owner == Py.None) {
      throw Errors.typeError("__get__(None, None) is invalid");
    }
    return descriptor.descriptorGet(null, owner instanceof PyType t ? t : owner.type());
  }

  /** What pickles as {@code getattr(holder, name)}. */
  static PyObject reduceToGetattr(PyObject holder, String name) {
    return Py.tuple(
        ThreadState.current().interpreter.builtin("getattr"), Py.tuple(holder, Py.str(name)));
  }
}
