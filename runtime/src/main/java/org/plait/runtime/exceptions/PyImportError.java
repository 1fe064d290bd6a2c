package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code ImportError}: knows module name and path. */
@PyTypeDef(name = "ImportError", subclassable = true, base = Bases.OfException.class)
public final class PyImportError extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyImportErrorTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject msg;

  @PyMember(readonly = false)
  volatile @Nullable PyObject name;

  @PyMember(readonly = false)
  volatile @Nullable PyObject path;

  @PyMember(value = "name_from", readonly = false)
  volatile @Nullable PyObject nameFrom;

  public PyImportError(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyImportError(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] positional = KeywordFields.positional(args, kwnames);
    this.args = PyTuple.of(positional);
    PyObject[] fields =
        KeywordFields.take("ImportError", args, kwnames, "name", "path", "name_from");
    name = fields[0];
    path = fields[1];
    nameFrom = fields[2];
    msg = positional.length == 1 ? positional[0] : null;
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    return msg instanceof PyStr s && s.getClass() == PyStr.class ? s : super.str();
  }

  @Override
  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyDict own = dictIfPresentOrUsed();
    if (name == null && path == null && nameFrom == null) {
      return own == null ? Py.tuple(type(), args) : Py.tuple(type(), args, own.copy());
    }
    PyDict state = own == null ? new PyDict() : own.copy();
    if (name != null) {
      state.putStr("name", name);
    }
    if (path != null) {
      state.putStr("path", path);
    }
    if (nameFrom != null) {
      state.putStr("name_from", nameFrom);
    }
    return Py.tuple(type(), args, state);
  }
}
