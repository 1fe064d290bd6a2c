package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code ast.AST}: the base of syntax tree nodes. */
@PyTypeDef(
    name = "AST",
    module = "ast",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF})
public final class PyAst extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyAstTable.INSTANCE);

  /** How deep reprs show nodes. */
  private static final int REPR_DEPTH = 3;

  static {
    TYPE.setOwn("_fields", Py.EmptyTuple);
    TYPE.setOwn("_attributes", Py.EmptyTuple);
    TYPE.setOwn("__match_args__", Py.EmptyTuple);
  }

  PyAst(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyAst(cls);
  }

  private static PyObject[] fields(PyObject node) {
    PyObject f = PyObjects.getOptionalAttr(node, "_fields");
    return f == null ? NO_ARGS : PySequences.toArray(f);
  }

  // Compare CPython ast_type_init in Python-ast.c.
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    PyType type = type();
    PyObject[] fields = fields(type);
    int n = PyCalls.positional(args, kwnames);
    if (n > fields.length) {
      throw Errors.typeError(
          type.name()
              + " constructor takes at most "
              + fields.length
              + " positional argument"
              + (fields.length == 1 ? "" : "s"));
    }
    List<String> missing = new ArrayList<>();
    for (PyObject f : fields) {
      missing.add(f.toString());
    }
    for (int i = 0; i < n; i++) {
      PyObjects.setAttr(this, fields[i].toString(), args[i]);
      missing.remove(fields[i].toString());
    }
    for (int i = n; i < args.length; i++) {
      String name = kwnames[i - n];
      boolean known = missing.remove(name);
      if (!known) {
        checkKeyword(type, fields, n, name);
      }
      PyObjects.setAttr(this, name.intern(), args[i]);
    }
    if (!missing.isEmpty()) {
      fillMissing(type, missing);
    }
  }

  private static void checkKeyword(PyType type, PyObject[] fields, int positional, String name) {
    for (int k = 0; k < fields.length; k++) {
      if (fields[k].toString().equals(name)) {
        if (k < positional) {
          throw Errors.typeError(type.name() + " got multiple values for argument '" + name + "'");
        }
        return;
      }
    }
    PyObject attributes = PyObjects.getOptionalAttr(type, "_attributes");
    if (attributes == null || !PySequences.contains(attributes, PyStr.of(name))) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          type.name()
              + ".__init__ got an unexpected keyword argument '"
              + name
              + "'. Support for arbitrary keyword arguments is deprecated and will be removed in"
              + " Python 3.15.",
          1);
    }
  }

  /** Lists are empty by default, contexts Load, optional fields None by way of the class. */
  private void fillMissing(PyType type, List<String> missing) {
    PyObject types = PyObjects.getOptionalAttr(type, "_field_types");
    for (String name : missing) {
      PyObject t = types instanceof PyDict d ? d.getStr(name) : null;
      if (t == null) {
        if (types != null) {
          Warnings.warn(
              Exceptions.DeprecationWarning,
              "Field '"
                  + name
                  + "' is missing from "
                  + type.name()
                  + "._field_types. This will become an error in Python 3.15.",
              1);
        }
        continue;
      }
      AstClasses classes = AstClasses.get();
      if (PyObjects.getOptionalAttr(type, name) != null) {
        continue;
      }
      if (t instanceof org.plait.runtime.types.PyGenericAlias) {
        PyObjects.setAttr(this, name, new PyList());
      } else if (t == classes.sum("expr_context")) {
        PyObjects.setAttr(this, name, classes.singleton("Load"));
      } else {
        Warnings.warn(
            Exceptions.DeprecationWarning,
            type.name()
                + ".__init__ missing 1 required positional argument: '"
                + name
                + "'. This will become an error in Python 3.15.",
            1);
      }
    }
  }

  // Compare CPython ast_type_reduce in Python-ast.c.
  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyDict state = dict().copy();
    int count = 0;
    for (PyObject f : fields(this)) {
      if (state.get(f) == null) {
        break;
      }
      count++;
    }
    PyObject[] nones = new PyObject[count];
    java.util.Arrays.fill(nones, Py.None);
    return Py.tuple(type(), PyTuple.of(nones), state);
  }

  @PyMethod(name = "__replace__", sig = "(**fields)", raw = true)
  PyObject replace(PyObject[] args, String @Nullable [] kwnames) {
    int n = kwnames == null ? 0 : kwnames.length;
    if (args.length > n) {
      throw Errors.typeError("__replace__() takes no positional arguments");
    }
    PyDict own = dict();
    PyDict values = new PyDict();
    PyList known = PyList.of(fields(this));
    PyObject attributes = PyObjects.getOptionalAttr(this, "_attributes");
    for (PyObject f : fields(this)) {
      copy(own, f, values);
    }
    if (attributes != null) {
      for (PyObject a : PySequences.toArray(attributes)) {
        copy(own, a, values);
      }
    }
    for (int i = 0; i < n; i++) {
      PyStr name = PyStr.of(kwnames[i]);
      if (!PySequences.contains(known, name)
          && (attributes == null || !PySequences.contains(attributes, name))) {
        throw Errors.typeError(
            type().name() + ".__replace__ got an unexpected keyword argument '" + name + "'.");
      }
      values.put(name, args[i]);
    }
    checkComplete(values);
    return PyCalls.call(type(), Py.EmptyTuple, values);
  }

  private static void copy(PyDict from, PyObject key, PyDict to) {
    PyObject v = from.get(key);
    if (v != null) {
      to.put(key, v);
    }
  }

  /** Every field must have a value but those that are lists or may be None. */
  private void checkComplete(PyDict values) {
    PyObject types = PyObjects.getOptionalAttr(type(), "_field_types");
    List<String> missing = new ArrayList<>();
    for (PyObject f : fields(this)) {
      PyObject t = types instanceof PyDict d ? d.get(f) : null;
      if (values.get(f) == null
          && !(t instanceof org.plait.runtime.types.PyGenericAlias)
          && PyObjects.getOptionalAttr(type(), f.toString()) == null) {
        missing.add("'" + f + "'");
      }
    }
    if (!missing.isEmpty()) {
      java.util.Collections.sort(missing);
      throw Errors.typeError(
          type().name()
              + ".__replace__ missing "
              + missing.size()
              + " keyword argument"
              + (missing.size() == 1 ? "" : "s")
              + ": "
              + String.join(", ", missing)
              + ".");
    }
  }

  @PyMethod(name = "__repr__")
  String repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return type().name() + "(...)";
    }
    try {
      return repr(this, REPR_DEPTH);
    } finally {
      ts.reprLeave(this);
    }
  }

  private static String repr(PyObject o, int depth) {
    if (!(o instanceof PyAst node)) {
      return PyObjects.repr(o).toString();
    }
    PyObject[] fields = fields(node);
    if (fields.length == 0 && depth > 0) {
      return node.type().name() + "()";
    }
    if (depth <= 0) {
      return node.type().name() + "(...)";
    }
    StringBuilder b = new StringBuilder(node.type().name()).append('(');
    for (int i = 0; i < fields.length; i++) {
      PyObject v = PyObjects.getAttr(node, fields[i].toString());
      b.append(i == 0 ? "" : ", ").append(fields[i]).append('=');
      if (v instanceof PyList || v instanceof PyTuple) {
        PyObject[] items = PySequences.toArray(v);
        b.append(v instanceof PyList ? '[' : '(');
        for (int k = 0; k < items.length; k++) {
          // Only the ends of long lists are shown.
          if (items.length > 2 && k == 1) {
            b.append(", ...");
            k = items.length - 1;
          }
          b.append(k == 0 ? "" : ", ").append(repr(items[k], depth - 1));
        }
        b.append(v instanceof PyList ? ']' : ')');
      } else {
        b.append(repr(v, depth - 1));
      }
    }
    return b.append(')').toString();
  }
}
