package org.plait.modules.collections;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;

/** {@code collections.defaultdict}. */
@PyTypeDef(
    name = "defaultdict",
    module = "collections",
    subclassable = true,
    sig = "none",
    doc =
        "defaultdict(default_factory=None, /, [...])\n\n"
            + "A dict that makes up missing values: d[key] of a new key calls the factory, "
            + "without\n"
            + "arguments, and keeps its result. Other arguments are those of dict. "
            + "Comparison\n"
            + "does not heed the factory.\n")
public class PyDefaultDict extends PyDict {
  public static final PyType TYPE = PyType.builtin(PyDefaultDictTable.INSTANCE);

  @PyMember(
      value = "default_factory",
      readonly = false,
      doc = "Factory for default value called by __missing__().")
  volatile @Nullable PyObject factory;

  public PyDefaultDict() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyDefaultDict() : new PyDefaultDictDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void initialize(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    PyObject[] rest = args;
    PyObject made = null;
    if (n > 0) {
      made = args[0];
      if (made != Py.None && made.type().special(Special.CALL) == null) {
        throw Errors.typeError("first argument must be callable or None");
      }
      rest = java.util.Arrays.copyOfRange(args, 1, args.length);
    }
    factory = made;
    update("dict", rest, kwnames);
  }

  @PyMethod(
      name = "__missing__",
      sig = "(object, /)",
      doc =
          "What d[key] does for a missing key: stores and returns a value of the "
              + "factory,\n"
              + "or raises KeyError where there is none.\n")
  PyObject missing(PyObject key) {
    PyObject f = factory;
    if (f == null || f == Py.None) {
      throw Errors.keyError(key);
    }
    return setdefault(key, f.call0());
  }

  private PyObject like(PyObject items) {
    return type().call2(Py.orNone(factory), items);
  }

  @PyMethod(name = "copy", sig = "()", doc = "D.copy() -> a shallow copy of D.")
  PyObject copyAsDefaultDict() {
    return like(this);
  }

  @PyMethod(name = "__copy__", sig = "()", doc = "D.copy() -> a shallow copy of D.")
  PyObject copyMethod() {
    return like(this);
  }

  @PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    PyDefaultDict self = (PyDefaultDict) (left instanceof PyDefaultDict ? left : right);
    if (!(left instanceof PyDict) || !(right instanceof PyDict)) {
      return Py.NotImplemented;
    }
    PyObject made = self.like(left);
    if (!(made instanceof PyDict d)) {
      return made;
    }
    d.merge(right);
    return made;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = factory;
    PyObject args = f == null || f == Py.None ? Py.EmptyTuple : Py.tuple(f);
    PyObject items = org.plait.runtime.protocol.PyIters.getIter(PyCalls.callMethod(this, "items"));
    return Py.tuple(type(), args, Py.None, Py.None, items);
  }

  @PyMethod(name = "__repr__")
  PyObject repr_() {
    String items = PyObjects.repr(copy()).toString();
    PyObject f = factory;
    String made;
    if (f == null) {
      made = "None";
    } else {
      ThreadState ts = ThreadState.current();
      if (ts.reprEnter(this)) {
        made = "...";
      } else {
        try {
          made = PyObjects.repr(f).toString();
        } finally {
          ts.reprLeave(this);
        }
      }
    }
    return Py.str(type().simpleName() + "(" + made + ", " + items + ")");
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
