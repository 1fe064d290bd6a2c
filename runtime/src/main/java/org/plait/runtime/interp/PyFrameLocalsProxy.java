package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** {@code FrameLocalsProxy}: the variables of a running function as a mapping, written through. */
@PyTypeDef(
    name = "FrameLocalsProxy",
    flags = {TypeFlag.MAPPING})
public final class PyFrameLocalsProxy extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyFrameLocalsProxyTable.INSTANCE);

  private final PyFrame frame;

  public PyFrameLocalsProxy(PyFrame frame) {
    this.frame = frame;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(frame, /)")
  static PyObject new_(PyType cls, PyFrame frame) {
    return new PyFrameLocalsProxy(frame);
  }

  /** The register of a variable, or -1. */
  private int register(PyObject key) {
    CodeUnit u = frame.code.unit;
    boolean exact = key.getClass() == PyStr.class;
    long hash = exact ? 0 : PyObjects.hash(key);
    int found = -1;
    // A parameter that is a cell has two registers; the cell's is the one that counts unless a
    // comprehension's own variable of the name is in force.
    for (int i = 0; i < u.firstTemp(); i++) {
      String n = i < u.varNames.length ? u.varNames[i] : u.cellName(i);
      if ((found < 0 || i >= u.varNames.length && frame.r[found] == null)
          && (exact ? n.equals(key.toString()) : isName(key, hash, n))) {
        found = i;
      }
    }
    return found;
  }

  /** Whether a key that is no plain str is as good as a name. */
  private static boolean isName(PyObject key, long hash, String name) {
    PyStr s = PyStr.of(name);
    return s.hash() == hash && PyObjects.equal(s, key);
  }

  private @Nullable PyObject read(int register) {
    PyObject v = frame.r[register];
    return v instanceof PyCell c && register >= frame.code.unit.varNames.length ? c.get() : v;
  }

  private @Nullable PyDict extra() {
    FrameExtras x = frame.extrasOrNull();
    return x == null ? null : x.locals;
  }

  private @Nullable PyObject value(PyObject key) {
    int i = register(key);
    PyObject v = i < 0 ? null : read(i);
    if (v != null) {
      return v;
    }
    PyDict extra = extra();
    return extra == null ? null : extra.get(key);
  }

  /** A snapshot. */
  public PyDict toDict() {
    PyDict d = new PyDict();
    CodeUnit u = frame.code.unit;
    for (int i = 0; i < u.firstTemp(); i++) {
      if (u.hidden != null && i < u.hidden.length && u.hidden[i] && frame.r[i] == null) {
        continue;
      }
      PyObject v = read(i);
      if (v == null) {
        continue;
      }
      String name = i < u.varNames.length ? u.varNames[i] : u.cellName(i);
      if (i < u.varNames.length || d.getStr(name) == null) {
        d.putStr(name, v);
      }
    }
    PyDict extra = extra();
    if (extra != null) {
      d.putAll(extra);
    }
    return d;
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    PyObject v = value(key);
    if (v == null) {
      throw Errors.keyError(key);
    }
    return v;
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    int i = register(key);
    if (i < 0) {
      FrameExtras x = frame.extras();
      if (x.locals == null) {
        x.locals = new PyDict();
      }
      x.locals.put(key, value);
    } else if (i >= frame.code.unit.varNames.length && frame.r[i] instanceof PyCell c) {
      c.set(value);
    } else {
      frame.r[i] = value;
      frame.poked = true;
    }
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    if (register(key) >= 0) {
      throw Errors.valueError("cannot remove local variables from FrameLocalsProxy");
    }
    PyDict extra = extra();
    if (extra == null || extra.remove(key) == null) {
      throw Errors.keyError(key);
    }
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject key) {
    return value(key) != null;
  }

  @PyMethod(name = "__len__")
  int len() {
    return toDict().size();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return PyIters.getIter(keys());
  }

  @PyMethod(name = "__reversed__", sig = "()")
  PyObject reversed() {
    List<PyObject> all = new ArrayList<>(List.of(toDict().snapshotKeys()));
    return Py.list(all.reversed());
  }

  @PyMethod(sig = "()")
  PyObject keys() {
    return PyList.of(toDict().snapshotKeys());
  }

  @PyMethod(sig = "()")
  PyObject values() {
    return PyList.of(toDict().snapshotValues());
  }

  @PyMethod(sig = "()")
  PyObject items() {
    return PyMappings.items(toDict());
  }

  @PyMethod(sig = "()")
  PyObject copy() {
    return toDict();
  }

  @PyMethod(sig = "(key, default=None, /)")
  PyObject get(PyObject key, PyObject otherwise) {
    PyObject v = value(key);
    return v == null ? otherwise : v;
  }

  @PyMethod(sig = "(key, default=None, /)")
  PyObject setdefault(PyObject key, PyObject otherwise) {
    PyObject v = value(key);
    if (v == null) {
      setItem(key, otherwise);
      return otherwise;
    }
    return v;
  }

  @PyMethod(sig = "(key, default=NULL, /)")
  PyObject pop(PyObject key, @Nullable PyObject otherwise) {
    if (register(key) >= 0) {
      throw Errors.valueError("cannot remove local variables from FrameLocalsProxy");
    }
    PyDict extra = extra();
    PyObject v = extra == null ? null : extra.remove(key);
    if (v != null) {
      return v;
    }
    if (otherwise == null) {
      throw Errors.keyError(key);
    }
    return otherwise;
  }

  @PyMethod(sig = "(other, /)")
  void update(PyObject other) {
    PyDict d = new PyDict();
    if (!(other instanceof PyDict) && !(other instanceof PyFrameLocalsProxy)) {
      throw Errors.typeError("update() argument must be dict or another FrameLocalsProxy");
    }
    PyMappings.update(d, other);
    PyObject[] items = d.snapshotItems();
    for (int i = 0; i < items.length; i += 2) {
      setItem(items[i], items[i + 1]);
    }
  }

  @PyMethod(name = "__or__")
  PyObject or(PyObject other) {
    return other instanceof PyDict || other instanceof PyFrameLocalsProxy
        ? PyNumbers.or(toDict(), other instanceof PyFrameLocalsProxy p ? p.toDict() : other)
        : Py.NotImplemented;
  }

  @PyMethod(name = "__ror__")
  PyObject ror(PyObject other) {
    return other instanceof PyDict ? PyNumbers.or(other, toDict()) : Py.NotImplemented;
  }

  @PyMethod(name = "__ior__")
  PyObject ior(PyObject other) {
    if (!(other instanceof PyDict) && !(other instanceof PyFrameLocalsProxy)) {
      return Py.NotImplemented;
    }
    update(other);
    return this;
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    boolean equal;
    if (other instanceof PyFrameLocalsProxy p) {
      equal = p.frame == frame;
    } else if (other instanceof PyDict) {
      equal = PyObjects.equal(toDict(), other);
    } else {
      return Py.NotImplemented;
    }
    return Py.bool_(equal == (op == 2));
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("{...}");
    }
    try {
      return PyObjects.repr(toDict());
    } finally {
      ts.reprLeave(this);
    }
  }
}
