package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.protocol.PyObjects;

/** {@code super}: attribute lookup behind a class in the MRO of another. */
@PyTypeDef(
    name = "super",
    subclassable = true,
    sig = "none",
    doc =
        "super()\n"
            + "super(type)\n"
            + "super(type, obj)\n"
            + "super(type, type2)\n\n"
            + "Attributes as the classes behind a type have them: those behind it in the "
            + "method\n"
            + "resolution order of obj, an instance of type, or of type2, a subclass. "
            + "Without\n"
            + "arguments, inside a method, type is the class around and obj the first "
            + "argument:\n"
            + "super().meth(arg) calls the next meth in line, class methods too. With a "
            + "type\n"
            + "alone it is not bound.\n")
public class PySuper extends PyObject implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PySuperTable.INSTANCE);

  @PyMember(value = "__thisclass__", doc = "the class invoking super()")
  volatile @Nullable PyType thisClass;

  @PyMember(value = "__self__", doc = "the instance invoking super(); may be None")
  volatile @Nullable PyObject self;

  @PyMember(
      value = "__self_class__",
      doc = "the class whose method resolution order is searched, or None")
  volatile @Nullable PyType selfClass;

  protected PySuper() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PySuper() : new PySuperDerived(cls);
  }

  @PyMethod(name = "__init__", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("super() takes no keyword arguments");
    }
    if (args.length > 2) {
      throw Errors.typeError("super() expected at most 2 arguments, got " + args.length);
    }
    PyType type;
    PyObject object;
    if (args.length == 0) {
      PyFrame frame = ThreadState.current().frame;
      if (frame == null) {
        throw Errors.runtimeError("super(): no current frame");
      }
      object = firstArgument(frame);
      type = classOf(frame);
    } else if (args[0] instanceof PyType t) {
      type = t;
      object = args.length == 2 && args[1] != Py.None ? args[1] : null;
    } else {
      throw Errors.typeError("super() argument 1 must be a type, not " + args[0].type().name());
    }
    selfClass = object == null ? null : check(type, object);
    thisClass = type;
    self = object;
  }

  // Compare CPython super_init_without_args in typeobject.c.
  private static PyObject firstArgument(PyFrame frame) {
    CodeUnit u = frame.code.unit;
    if (u.argCount == 0) {
      throw Errors.runtimeError("super(): no arguments");
    }
    PyObject first = frame.r[0];
    for (int i = 0; i < u.cellVars.length; i++) {
      if (u.cellVars[i].equals(u.varNames[0]) && frame.r[u.firstCell() + i] instanceof PyCell c) {
        first = c.get();
      }
    }
    if (first == null) {
      throw Errors.runtimeError("super(): arg[0] deleted");
    }
    return first;
  }

  private static PyType classOf(PyFrame frame) {
    CodeUnit u = frame.code.unit;
    for (int i = 0; i < u.freeVars.length; i++) {
      if (!u.freeVars[i].equals("__class__")) {
        continue;
      }
      if (!(frame.r[u.firstFree() + i] instanceof PyCell cell)) {
        throw Errors.runtimeError("super(): bad __class__ cell");
      }
      PyObject cls = cell.get();
      if (cls == null) {
        throw Errors.runtimeError("super(): empty __class__ cell");
      }
      return checkClassCell(cls);
    }
    throw Errors.runtimeError("super(): __class__ cell not found");
  }

  /**
   * What {@code super()} without arguments finds in the cell {@code __class__}: only a type will
   * do.
   */
  public static PyType checkClassCell(PyObject cls) {
    if (!(cls instanceof PyType t)) {
      throw Errors.runtimeError("super(): __class__ is not a type (" + cls.type().name() + ")");
    }
    return t;
  }

  // Compare CPython supercheck in typeobject.c.
  private static PyType check(PyType type, PyObject object) {
    if (object instanceof PyType t && t.isSubtypeOf(type)) {
      return t;
    }
    PyType actual = object.type();
    if (actual.isSubtypeOf(type)) {
      return actual;
    }
    PyObject cls = PyObjects.getOptionalAttr(object, "__class__");
    if (cls != actual && cls instanceof PyType t && t.isSubtypeOf(type)) {
      return t;
    }
    throw Errors.typeError(
        "super(type, obj): obj ("
            + (object instanceof PyType t ? "type " + t.name() : "instance of " + actual.name())
            + ") is not an instance or subtype of type ("
            + type.name()
            + ").");
  }

  // Compare CPython do_super_lookup in typeobject.c.
  @Override
  public @Nullable PyObject getAttribute(String name) {
    PyType start = selfClass;
    PyType behind = thisClass;
    PyObject object = self;
    if (start != null && behind != null && object != null && !name.equals("__class__")) {
      PyObject v = start.lookupBehind(behind, name);
      if (v != null) {
        return object == start
            ? PyDescriptors.getOnClass(v, start)
            : PyDescriptors.get(v, object, start);
      }
    }
    return GenericAttributes.get(this, name);
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    String n = PyObjects.attributeName(name);
    PyObject v = getAttribute(n);
    if (v == null) {
      throw Errors.noAttribute(this, n);
    }
    return v;
  }

  @Override
  public PyObject descriptorGet(@Nullable PyObject instance, PyType owner) {
    PyType type = thisClass;
    if (instance == null || self != null || type == null) {
      return this;
    }
    if (getClass() != PySuper.class) {
      return type().call2(type, instance);
    }
    PySuper bound = new PySuper();
    bound.selfClass = check(type, instance);
    bound.thisClass = type;
    bound.self = instance;
    return bound;
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return descriptorGet(instance == Py.None ? null : instance, TYPE);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyType type = thisClass;
    PyType of = selfClass;
    return "<super: <class '"
        + (type == null ? "NULL" : type.name())
        + "'>, "
        + (of == null ? "NULL>" : "<" + of.name() + " object>>");
  }
}
