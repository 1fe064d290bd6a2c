package org.plait.runtime.object;

import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** {@code object}: what every class inherits. Instances are {@link Plain} or {@link PyInstance}. */
@PyTypeDef(
    name = "object",
    subclassable = true,
    doc =
        "What every class derives from.\n\n"
            + "Its instances have no attributes, and none can be set.")
public final class PyBaseObject {
  public static final PyType TYPE = PyType.builtin(PyBaseObjectTable.INSTANCE);

  private PyBaseObject() {}

  /** What {@code object()} makes: no attributes. */
  public static final class Plain extends PyObject {
    @Override
    public PyType type() {
      return TYPE;
    }
  }

  @PyNew(sig = "()", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String[] kwnames) {
    return ObjectNew.make(cls, args);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  static void init(PyObject self, PyObject[] args, String[] kwnames) {
    ObjectNew.init(self, args);
  }

  @PyMethod(name = "__repr__")
  static String repr(PyObject self) {
    return PyObjects.defaultRepr(self);
  }

  @PyMethod(name = "__str__")
  static PyObject str(PyObject self) {
    return PyObjects.repr(self);
  }

  @PyMethod(name = "__hash__")
  static long hash(PyObject self) {
    return PyObjects.identityHash(self);
  }

  @PyRichCompare
  static PyObject compare(PyObject self, PyObject other, int op) {
    if (op == 2) {
      return self == other ? Py.True : Py.NotImplemented;
    }
    if (op == 3) {
      // By default, __ne__ inverts __eq__.
      PyObject eq = self.type().special(Special.EQ);
      PyObject r = eq == null ? Py.NotImplemented : PyCalls.invoke(eq, self, other);
      return r == Py.NotImplemented ? r : Py.bool_(!PyObjects.isTrue(r));
    }
    return Py.NotImplemented;
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  static PyObject getattribute(PyObject self, PyObject name) {
    String n = PyObjects.attributeName(name);
    PyObject v = GenericAttributes.get(self, n);
    if (v == null) {
      throw Errors.noAttribute(self, n);
    }
    return v;
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  static void setattr(PyObject self, PyObject name, PyObject value) {
    ObjectNew.checkHackcheck(self, "__setattr__");
    GenericAttributes.set(self, PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  static void delattr(PyObject self, PyObject name) {
    ObjectNew.checkHackcheck(self, "__delattr__");
    GenericAttributes.set(self, PyObjects.attributeName(name), null);
  }

  @PyGetter("__class__")
  static PyObject getClass(PyObject self) {
    return self.type();
  }

  @PySetter("__class__")
  static void setClass(PyObject self, PyObject value) {
    ClassAssignment.assign(self, value);
  }

  @PyMethod(name = "__format__", sig = "(format_spec, /)")
  static PyObject format(PyObject self, PyStr spec) {
    if (!spec.isEmpty()) {
      throw Errors.typeError(
          "unsupported format string passed to " + self.type().name() + ".__format__");
    }
    return PyObjects.str(self);
  }

  @PyMethod(name = "__dir__", sig = "()")
  static PyObject dir(PyObject self) {
    PyDict names = new PyDict();
    PyObject own = PyObjects.getOptionalAttr(self, "__dict__");
    if (own instanceof PyDict d) {
      names.putAll(d);
    }
    PyObject cls = PyObjects.getOptionalAttr(self, "__class__");
    if (cls != null) {
      TypeAttributes.mergeClassDict(names, cls);
    }
    return PyList.of(names.snapshotKeys());
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  static int sizeof(PyObject self) {
    return 16;
  }

  @PyMethod(name = "__reduce__", sig = "()")
  static PyObject reduce(PyObject self) {
    return ObjectReduce.reduce(self, 0);
  }

  @PyMethod(name = "__reduce_ex__", sig = "(protocol, /)")
  static PyObject reduceEx(PyObject self, int protocol) {
    PyObject reduce = PyObjects.getOptionalAttr(self, "__reduce__");
    if (reduce != null) {
      PyObject onClass = PyObjects.getAttr(self.type(), "__reduce__");
      if (onClass != TYPE.getOwn("__reduce__")) {
        return reduce.call0();
      }
    }
    return ObjectReduce.reduce(self, protocol);
  }

  @PyMethod(name = "__getstate__", sig = "()")
  static PyObject getstate(PyObject self) {
    return ObjectReduce.getState(self, false);
  }

  @PyClassMethod(name = "__init_subclass__", sig = "()")
  static void initSubclass(PyType cls) {}

  @PyClassMethod(name = "__subclasshook__", sig = "(object, /)")
  static PyObject subclasshook(PyType cls, PyObject other) {
    return Py.NotImplemented;
  }
}
