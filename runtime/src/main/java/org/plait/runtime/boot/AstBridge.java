package org.plait.runtime.boot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.syntax.ast.Asdl;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.NodeKind;
import org.plait.syntax.ast.Positioned;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.TupleValue;
import org.plait.syntax.parser.PythonParser;

/** Between the syntax tree and the objects of Python's {@code ast} module. */
final class AstBridge {
  private AstBridge() {}

  static boolean isAst(PyObject o) {
    return o instanceof PyAst;
  }

  // ---- to Python

  static PyObject fromMod(Mod tree) {
    return fromNode(tree, AstClasses.get());
  }

  private static PyObject fromNode(AstNode node, AstClasses classes) {
    NodeKind kind = node.kind();
    PyAst o = new PyAst(classes.type(kind.name()));
    List<Asdl.Field> fields = kind.fields();
    for (int i = 0; i < fields.size(); i++) {
      Asdl.Field f = fields.get(i);
      PyObject v = fromValue(node.field(i), f, classes);
      o.setDictAttr(f.name(), v);
    }
    if (node instanceof Positioned p) {
      o.setDictAttr("lineno", Py.int_(p.lineno()));
      o.setDictAttr("col_offset", Py.int_(p.colOffset()));
      o.setDictAttr("end_lineno", Py.int_(p.endLineno()));
      o.setDictAttr("end_col_offset", Py.int_(p.endColOffset()));
    }
    return o;
  }

  private static PyObject fromValue(@Nullable Object v, Asdl.Field f, AstClasses classes) {
    if (v instanceof List<?> list && !f.type().equals("constant")) {
      PyObject[] items = new PyObject[list.size()];
      for (int i = 0; i < items.length; i++) {
        items[i] = fromItem(list.get(i), f, classes);
      }
      return PyList.of(items);
    }
    return fromItem(v, f, classes);
  }

  private static PyObject fromItem(@Nullable Object v, Asdl.Field f, AstClasses classes) {
    if (f.type().equals("constant")) {
      return v == null ? Py.None : PyCode.constant(v);
    }
    return switch (v) {
      case null -> Py.None;
      case AstNode n -> fromNode(n, classes);
      case Integer n -> Py.int_(n);
      case String s -> PyStr.intern(s);
      case Enum<?> e -> classes.singleton(e.name());
      default -> PyCode.constant(v);
    };
  }

  // ---- from Python

  static Mod toMod(PyObject o, PythonParser.Mode mode) {
    checkMode(o, mode);
    return (Mod) toNode(o, "mod", AstClasses.get());
  }

  /** TypeError unless the tree is of the kind that a mode wants. */
  static void checkMode(PyObject o, PythonParser.Mode mode) {
    String expected =
        switch (mode) {
          case EXEC -> "Module";
          case EVAL -> "Expression";
          case SINGLE -> "Interactive";
          case FUNC_TYPE -> "FunctionType";
        };
    if (!PyObjects.isInstance(o, AstClasses.get().type(expected))) {
      throw Errors.typeError("expected " + expected + " node, got " + o.type().name());
    }
  }

  private static AstNode toNode(PyObject o, String type, AstClasses classes) {
    ThreadState ts = ThreadState.current();
    ts.enterRecursive(" during  ast construction");
    try {
      SourceRange range = range(o, type, classes);
      NodeKind kind = kindOf(o, type, classes);
      List<Asdl.Field> fields = kind.fields();
      Object[] values = new Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = toField(o, kind, fields.get(i), classes);
      }
      return Asdl.create(kind, values, range);
    } finally {
      ts.leaveRecursive();
    }
  }

  /** Which member of a sum type an object is; subclasses of the node classes count. */
  private static NodeKind kindOf(PyObject o, String type, AstClasses classes) {
    for (PyType t : o.type().mro()) {
      NodeKind k = Asdl.kind(t.name());
      if (k != null
          && classes.type(k.name()) == t
          && (k.base().equals(type) || k.name().equals(type))) {
        return k;
      }
    }
    NodeKind product = Asdl.kind(type);
    if (product != null && product.base().equals("AST")) {
      return product;
    }
    throw Errors.typeError("expected some sort of " + type + ", but got " + PyObjects.repr(o));
  }

  private static boolean isPositioned(String type) {
    for (NodeKind k : NodeKind.values()) {
      if (k.positioned() && (k.base().equals(type) || k.name().equals(type))) {
        return true;
      }
    }
    return false;
  }

  private static SourceRange range(PyObject o, String type, AstClasses classes) {
    if (!isPositioned(type)) {
      return new SourceRange(0, 0, 0, 0);
    }
    int line = requiredInt(o, "lineno", type);
    int column = requiredInt(o, "col_offset", type);
    PyObject endLine = PyObjects.getOptionalAttr(o, "end_lineno");
    PyObject endColumn = PyObjects.getOptionalAttr(o, "end_col_offset");
    return new SourceRange(
        line,
        column,
        endLine == null || endLine == Py.None ? line : integer(endLine),
        endColumn == null || endColumn == Py.None ? column : integer(endColumn));
  }

  private static int requiredInt(PyObject o, String name, String type) {
    PyObject v = PyObjects.getOptionalAttr(o, name);
    if (v == null) {
      throw Errors.typeError("required field \"" + name + "\" missing from " + type);
    }
    return integer(v);
  }

  private static int integer(PyObject v) {
    if (!(v instanceof PyInt)) {
      throw Errors.valueError("invalid integer value: " + PyObjects.repr(v));
    }
    long n = PyNumbers.asLong(v, Exceptions.OverflowError);
    if (n != (int) n) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    return (int) n;
  }

  private static @Nullable Object toField(
      PyObject o, NodeKind kind, Asdl.Field f, AstClasses classes) {
    PyObject v = PyObjects.getOptionalAttr(o, f.name());
    switch (f.quantity()) {
      case LIST, LIST_OF_OPTIONAL -> {
        if (v == null) {
          return List.of();
        }
        if (!(v instanceof PyList list)) {
          throw Errors.typeError(
              kind.name() + " field \"" + f.name() + "\" must be a list, not a " + v.type().name());
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (PyObject item : list.toArray()) {
          items.add(item == Py.None ? noneItem(f) : toItem(item, kind, f, classes));
        }
        return java.util.Collections.unmodifiableList(items);
      }
      case OPTIONAL -> {
        if (v == null || v == Py.None && !f.type().equals("constant")) {
          return null;
        }
        return toItem(v, kind, f, classes);
      }
      default -> {
        if (v == null) {
          throw Errors.typeError("required field \"" + f.name() + "\" missing from " + kind.name());
        }
        if (v == Py.None && !f.type().equals("constant")) {
          throw Errors.valueError("field '" + f.name() + "' is required for " + kind.name());
        }
        return toItem(v, kind, f, classes);
      }
    }
  }

  /** None in a list: allowed where the grammar says so. */
  private static @Nullable Object noneItem(Asdl.Field f) {
    if (f.quantity() == Asdl.Quantity.LIST_OF_OPTIONAL) {
      return null;
    }
    if (f.type().equals("constant")) {
      return Singleton.NONE;
    }
    String what =
        switch (f.type()) {
          case "stmt" -> "statement";
          case "expr" -> "expression";
          default -> f.type().toLowerCase(Locale.ROOT);
        };
    throw Errors.valueError("None disallowed in " + what + " list");
  }

  private static Object toItem(PyObject v, NodeKind kind, Asdl.Field f, AstClasses classes) {
    switch (f.type()) {
      case "identifier" -> {
        if (v.getClass() != PyStr.class) {
          throw Errors.typeError("AST identifier must be of type str");
        }
        return v.toString().intern();
      }
      case "string" -> {
        if (v.getClass() != PyStr.class) {
          throw Errors.typeError("AST string must be of type str");
        }
        return v.toString();
      }
      case "int" -> {
        return integer(v);
      }
      case "constant" -> {
        return toConstant(v);
      }
      default -> {
        Enum<?>[] members = Asdl.enumMembers(f.type());
        if (members == null) {
          return toNode(v, f.type(), classes);
        }
        for (Enum<?> m : members) {
          if (PyObjects.isInstance(v, classes.type(m.name()))) {
            return m;
          }
        }
        throw Errors.typeError(
            "expected some sort of " + f.type() + ", but got " + PyObjects.repr(v));
      }
    }
  }

  // Compare CPython validate_constant in ast.c.
  private static Object toConstant(PyObject v) {
    if (v == Py.None) {
      return Singleton.NONE;
    }
    if (v == Py.Ellipsis) {
      return Singleton.ELLIPSIS;
    }
    if (v instanceof PyBool) {
      return v == Py.True;
    }
    if (v.getClass() == PyInt.class) {
      PyInt i = (PyInt) v;
      return i.isLong() ? (Object) i.longValue() : (BigInteger) i.bigValue();
    }
    if (v.getClass() == PyFloat.class) {
      return ((PyFloat) v).value();
    }
    if (v.getClass() == PyComplex.class) {
      return new Complex(((PyComplex) v).real(), ((PyComplex) v).imag());
    }
    if (v.getClass() == PyStr.class) {
      int[] points = ((PyStr) v).toCodePoints();
      return CodePoints.of(points, points.length);
    }
    if (v.getClass() == PyBytes.class) {
      return new BytesValue(((PyBytes) v).toByteArray());
    }
    if (v.getClass() == PyTuple.class) {
      return new TupleValue(constants(((PyTuple) v).array()));
    }
    if (v.getClass() == PyFrozenSet.class) {
      return new FrozenSetValue(constants(PySequences.toArray(v)));
    }
    throw Errors.typeError("got an invalid type in Constant: " + v.type().name());
  }

  private static List<Object> constants(PyObject[] items) {
    List<Object> all = new ArrayList<>();
    for (PyObject i : items) {
      all.add(toConstant(i));
    }
    return all;
  }
}
