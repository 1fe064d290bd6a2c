package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/** {@code types.SimpleNamespace}. */
@PyTypeDef(
    name = "SimpleNamespace",
    module = "types",
    subclassable = true,
    flags = {TypeFlag.DICT},
    sig = "(mapping_or_iterable=(), /, **kwargs)",
    doc = "A simple attribute-based namespace.")
public final class PySimpleNamespace extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PySimpleNamespaceTable.INSTANCE);

  private PySimpleNamespace(PyType type) {
    super(type);
  }

  /** An empty namespace. */
  public PySimpleNamespace() {
    super(TYPE);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PySimpleNamespace(cls);
  }

  @PyMethod(name = "__init__", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    int n = args.length - (kwnames == null ? 0 : kwnames.length);
    if (n > 1) {
      throw Errors.typeError(type().name() + " expected at most 1 argument, got " + n);
    }
    PyDict d = dict();
    if (n == 1) {
      PyObject made = args[0] instanceof PyDict ? args[0] : PyDict.TYPE.call1(args[0]);
      PyObject[] items = ((PyDict) made).snapshotItems();
      for (int i = 0; i < items.length; i += 2) {
        if (!(items[i] instanceof PyStr)) {
          throw Errors.typeError("keywords must be strings");
        }
        d.put(items[i], items[i + 1]);
      }
    }
    for (int i = n; i < args.length; i++) {
      d.putStr(kwnames[i - n], args[i]);
    }
  }

  @PyGetter(value = "__dict__", member = true)
  PyObject getDict() {
    return dict();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    String name = type() == TYPE ? "namespace" : type().name();
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return name + "(...)";
    }
    try {
      StringBuilder b = new StringBuilder(name).append('(');
      PyObject[] items = dict().snapshotItems();
      String separator = "";
      for (int i = 0; i < items.length; i += 2) {
        if (items[i] instanceof PyStr key && !key.isEmpty()) {
          b.append(separator).append(key).append('=').append(PyObjects.repr(items[i + 1]));
          separator = ", ";
        }
      }
      return b.append(')').toString();
    } finally {
      ts.reprLeave(this);
    }
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return other instanceof PySimpleNamespace n
        ? PyObjects.richCompare(dict(), n.dict(), op)
        : Py.NotImplemented;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    return Py.tuple(type(), Py.EmptyTuple, dict());
  }

  @PyMethod(
      name = "__replace__",
      sig = "(**changes)",
      doc = "A copy in which some attributes have other values.")
  PyObject replace(PyDict changes) {
    PyObject made = type().call0();
    if (!(made instanceof PySimpleNamespace n)) {
      throw Errors.typeError(
          "expect "
              + TYPE.fullName()
              + " type, but "
              + type().fullName()
              + "() returned '"
              + made.type().fullName()
              + "' object");
    }
    n.dict().putAll(dict());
    n.dict().putAll(changes);
    return n;
  }
}
