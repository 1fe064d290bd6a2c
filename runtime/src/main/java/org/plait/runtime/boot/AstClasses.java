package org.plait.runtime.boot;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyUnion;
import org.plait.syntax.ast.Asdl;
import org.plait.syntax.ast.NodeKind;

/**
 * The Python classes of syntax tree nodes, made at first use, once per interpreter, from the
 * grammar in {@link Asdl}.
 */
final class AstClasses {
  private static final String[] SUMS = {
    "mod",
    "stmt",
    "expr",
    "expr_context",
    "boolop",
    "operator",
    "unaryop",
    "cmpop",
    "excepthandler",
    "pattern",
    "type_ignore",
    "type_param"
  };

  private static final String[] POSITION = {"lineno", "col_offset", "end_lineno", "end_col_offset"};

  private final Map<String, PyType> all = new LinkedHashMap<>();
  private final Map<String, PyObject> singletons = new HashMap<>();

  /** Those of the current interpreter. */
  static AstClasses get() {
    return ThreadState.current().interpreter.state(AstClasses.class, AstClasses::new);
  }

  private AstClasses() {
    for (String sum : SUMS) {
      boolean positioned = false;
      for (NodeKind k : NodeKind.values()) {
        positioned |= k.base().equals(sum) && k.positioned();
      }
      all.put(sum, make(sum, PyAst.TYPE, NO_FIELDS, positioned, !sum.equals("type_ignore")));
    }
    for (NodeKind k : NodeKind.values()) {
      PyType base = k.base().equals("AST") ? PyAst.TYPE : all.get(k.base());
      String[] fields = k.fields().stream().map(Asdl.Field::name).toArray(String[]::new);
      all.put(
          k.name(),
          make(
              k.name(),
              base,
              fields,
              base == PyAst.TYPE && k.positioned(),
              !k.name().equals("type_param")));
    }
    for (String sum : SUMS) {
      Enum<?>[] members = Asdl.enumMembers(sum);
      if (members == null) {
        continue;
      }
      for (Enum<?> m : members) {
        PyType t = make(m.name(), all.get(sum), NO_FIELDS, false, true);
        all.put(m.name(), t);
        t.dict().putStr("_field_types", new PyDict());
        t.dict().putStr("__doc__", PyStr.of(m.name()));
        singletons.put(m.name(), new PyAst(t));
      }
    }
    for (NodeKind k : NodeKind.values()) {
      addFieldTypes(k);
    }
    for (String sum : SUMS) {
      addSumText(sum);
    }
  }

  /** A sum's docstring is its line of the abstract grammar. */
  private void addSumText(String sum) {
    Enum<?>[] members = Asdl.enumMembers(sum);
    StringBuilder text = new StringBuilder(sum).append(" = ");
    boolean first = true;
    if (members != null) {
      for (Enum<?> m : members) {
        text.append(first ? "" : " | ").append(m.name());
        first = false;
      }
    } else {
      String separator = "\n" + " ".repeat(sum.length() + 1) + "| ";
      for (NodeKind k : NodeKind.values()) {
        if (k.base().equals(sum)) {
          PyObject doc = all.get(k.name()).dict().getStr("__doc__");
          text.append(first ? "" : separator).append(doc == null ? k.name() : doc);
          first = false;
        }
      }
    }
    all.get(sum).dict().putStr("__doc__", PyStr.of(text.toString()));
  }

  private static final String[] NO_FIELDS = {};

  private static PyType make(
      String name, PyType base, String[] fields, boolean positioned, boolean optionalEnd) {
    PyDict d = new PyDict();
    PyObject[] names = new PyObject[fields.length];
    for (int i = 0; i < fields.length; i++) {
      names[i] = PyStr.intern(fields[i]);
    }
    d.putStr("_fields", PyTuple.of(names));
    d.putStr("__match_args__", PyTuple.of(names.clone()));
    d.putStr("__module__", PyStr.of("ast"));
    if (base == PyAst.TYPE) {
      PyObject[] attributes = new PyObject[positioned ? POSITION.length : 0];
      for (int i = 0; i < attributes.length; i++) {
        attributes[i] = PyStr.intern(POSITION[i]);
      }
      d.putStr("_attributes", PyTuple.of(attributes));
      if (positioned && optionalEnd) {
        d.putStr("end_lineno", Py.None);
        d.putStr("end_col_offset", Py.None);
      }
    }
    return (PyType) PyType.TYPE.call3(PyStr.intern(name), Py.tuple(base), d);
  }

  private void addFieldTypes(NodeKind kind) {
    PyType type = all.get(kind.name());
    PyDict types = new PyDict();
    StringBuilder doc = new StringBuilder(kind.name());
    for (int i = 0; i < kind.fields().size(); i++) {
      Asdl.Field f = kind.fields().get(i);
      PyObject t = fieldType(f.type());
      String mark = "";
      switch (f.quantity()) {
        case ONE -> {}
        case OPTIONAL -> {
          t = PyUnion.or(t, Py.None);
          type.dict().putStr(f.name(), Py.None);
          mark = "?";
        }
        case LIST -> {
          t = new PyGenericAlias(PyList.TYPE, t);
          mark = "*";
        }
        case LIST_OF_OPTIONAL -> {
          t = new PyGenericAlias(PyList.TYPE, t);
          mark = "?*";
        }
      }
      types.putStr(f.name(), t);
      doc.append(i == 0 ? "(" : ", ").append(f.type()).append(mark).append(' ').append(f.name());
    }
    type.dict().putStr("_field_types", types);
    type.dict().putStr("__annotations__", types);
    type.dict().putStr("__doc__", PyStr.of(kind.fields().isEmpty() ? doc.toString() : doc + ")"));
    type.modified();
  }

  private PyObject fieldType(String type) {
    return switch (type) {
      case "identifier" -> PyStr.TYPE;
      case "string", "constant" -> type.equals("string") ? PyStr.TYPE : PyBaseObject.TYPE;
      case "int" -> PyInt.TYPE;
      default -> all.get(type);
    };
  }

  /** A class by its Python name. */
  PyType type(String name) {
    return all.get(name);
  }

  /** The class of an ASDL sum type. */
  PyType sum(String name) {
    return all.get(name);
  }

  /** The one instance of a class without fields, such as {@code Load()}. */
  PyObject singleton(String name) {
    return singletons.get(name);
  }

  Map<String, PyType> all() {
    return all;
  }
}
