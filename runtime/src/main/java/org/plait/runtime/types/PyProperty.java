package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.NativeDescriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code property}. The functions change only by {@code __init__}. */
@PyTypeDef(
    name = "property",
    subclassable = true,
    sig = "(fget=None, fset=None, fdel=None, doc=None)",
    doc =
        "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n"
            + "  fset\n    function to be used for setting an attribute value\n  fdel\n    function"
            + " to be used for del'ing an attribute\n  doc\n    docstring\n\nTypical use is to"
            + " define a managed attribute x:\n\nclass C(object):\n    def getx(self): return"
            + " self._x\n    def setx(self, value): self._x = value\n    def delx(self): del"
            + " self._x\n    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\n"
            + "Decorators make defining new properties or modifying existing ones easy:\n\nclass"
            + " C(object):\n    @property\n    def x(self):\n        \"I am the 'x' property.\"\n"
            + "        return self._x\n    @x.setter\n    def x(self, value):\n        self._x ="
            + " value\n    @x.deleter\n    def x(self):\n        del self._x")
public class PyProperty extends PyObject implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyPropertyTable.INSTANCE);

  @PyMember volatile @Nullable PyObject fget;
  @PyMember volatile @Nullable PyObject fset;
  @PyMember volatile @Nullable PyObject fdel;

  @PyMember(value = "__doc__", readonly = false)
  volatile @Nullable PyObject doc;

  private volatile @Nullable PyObject name;
  private volatile boolean getterDoc;

  protected PyProperty() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyProperty() : new PyPropertyDerived(cls);
  }

  private static @Nullable PyObject orNull(PyObject o) {
    return o == Py.None ? null : o;
  }

  // Compare CPython property_init_impl in descrobject.c.
  @PyMethod(name = "__init__", sig = "(fget=None, fset=None, fdel=None, doc=None)")
  void init(PyObject fget, PyObject fset, PyObject fdel, PyObject doc) {
    this.fget = orNull(fget);
    this.fset = orNull(fset);
    this.fdel = orNull(fdel);
    this.doc = null;
    name = null;
    getterDoc = false;
    PyObject text = orNull(doc);
    if (text == null && fget != Py.None) {
      PyObject d = PyObjects.getOptionalAttr(fget, "__doc__");
      text = d == null ? null : orNull(d);
      getterDoc = text != null;
    }
    if (getClass() == PyProperty.class) {
      this.doc = text;
      return;
    }
    // In a subclass the class's own __doc__ would hide ours: it goes to the instance.
    try {
      PyObjects.setAttr(this, "__doc__", Py.orNone(text));
    } catch (PyException e) {
      if (getterDoc || !e.matches(Exceptions.AttributeError)) {
        throw e;
      }
    }
  }

  private PyObject copy(@Nullable PyObject get, @Nullable PyObject set, @Nullable PyObject del) {
    PyObject g = Py.orNone(get != null ? orNull(get) == null ? fget : get : fget);
    PyObject s = Py.orNone(set != null ? orNull(set) == null ? fset : set : fset);
    PyObject d = Py.orNone(del != null ? orNull(del) == null ? fdel : del : fdel);
    PyObject text = getterDoc && g != Py.None ? Py.None : Py.orNone(doc);
    PyObject made = type().call(new PyObject[] {g, s, d, text}, null);
    if (made instanceof PyProperty p) {
      p.name = name;
    }
    return made;
  }

  @PyMethod(sig = "(object, /)", doc = "The same property but for the function that reads.")
  PyObject getter(PyObject object) {
    return copy(object, null, null);
  }

  @PyMethod(sig = "(object, /)", doc = "The same property but for the function that writes.")
  PyObject setter(PyObject object) {
    return copy(null, object, null);
  }

  @PyMethod(sig = "(object, /)", doc = "The same property but for the function that deletes.")
  PyObject deleter(PyObject object) {
    return copy(null, null, object);
  }

  @PyMethod(
      name = "__set_name__",
      raw = true,
      sig = "(owner, name, /)",
      doc = "Method to set name of a property.")
  void setName_(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length != 2) {
      throw Errors.typeError(
          "__set_name__() takes 2 positional arguments but " + args.length + " were given");
    }
    name = args[1];
  }

  /** The name given or that of the getter, or null. */
  private @Nullable PyObject name() {
    PyObject n = name;
    PyObject g = fget;
    return n != null || g == null ? n : PyObjects.getOptionalAttr(g, "__name__");
  }

  @PyGetter("__name__")
  PyObject getName() {
    PyObject n = name();
    if (n == null) {
      throw Errors.attributeError(
          "'" + type().name() + "' object has no attribute '__name__'", this, "__name__");
    }
    return n;
  }

  @PySetter("__name__")
  void setName(@Nullable PyObject value) {
    name = value;
  }

  @PyGetter("__isabstractmethod__")
  boolean isAbstract() {
    for (PyObject f : new PyObject[] {fget, fset, fdel}) {
      if (f != null && FunctionWrapper.isAbstract(f)) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException lacks(PyObject self, String what) {
    PyObject n = name();
    String of = " of " + PyObjects.repr(Py.str(self.type().qualname())) + " object";
    return Errors.of(
        Exceptions.AttributeError,
        "property" + (n == null ? "" : " " + PyObjects.repr(n)) + of + " has no " + what);
  }

  // ---- descriptor

  @Override
  public final boolean isDataDescriptor() {
    return true;
  }

  /** What reads the attribute, or null. */
  public final @Nullable PyObject getter() {
    return fget;
  }

  @Override
  public final PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    if (self == null) {
      return this;
    }
    PyObject f = fget;
    if (f == null) {
      throw lacks(self, "getter");
    }
    return f.call1(self);
  }

  @Override
  public final void descriptorSet(PyObject self, @Nullable PyObject value) {
    PyObject f = value == null ? fdel : fset;
    if (f == null) {
      throw lacks(self, value == null ? "deleter" : "setter");
    }
    if (value == null) {
      f.call1(self);
    } else {
      f.call2(self, value);
    }
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return NativeDescriptor.getSlot(this, instance, owner);
  }

  @PyMethod(name = "__set__")
  void set(PyObject instance, PyObject value) {
    descriptorSet(instance, value);
  }

  @PyMethod(name = "__delete__")
  void delete(PyObject instance) {
    descriptorSet(instance, null);
  }
}
