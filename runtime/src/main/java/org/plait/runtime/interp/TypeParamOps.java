package org.plait.runtime.interp;

import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyParamSpec;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyTypeAliasType;
import org.plait.runtime.types.PyTypeVar;
import org.plait.runtime.types.PyTypeVarTuple;

/** Type parameters and {@code type} statements (PEP 695, 696). */
final class TypeParamOps {
  private TypeParamOps() {}

  static void exec(ColdInstr i, PyFrame f, PyObject[] r) {
    int a = i.a;
    int b = i.b;
    int c = i.c;
    switch (i.op) {
      case TYPEVAR -> r[a] = PyTypeVar.fromSyntax(i.valueB(r), null, null);
      case TYPEVAR_WITH_BOUND -> r[a] = PyTypeVar.fromSyntax(i.valueB(r), r[c], null);
      case TYPEVAR_WITH_CONSTRAINTS -> r[a] = PyTypeVar.fromSyntax(i.valueB(r), null, r[c]);
      case PARAMSPEC -> r[a] = PyParamSpec.fromSyntax(i.valueB(r));
      case TYPEVARTUPLE -> r[a] = PyTypeVarTuple.fromSyntax(i.valueB(r));
      case SET_TYPEPARAM_DEFAULT -> r[a] = withDefault(r[b], r[c]);
      case SUBSCRIPT_GENERIC -> r[a] = subscriptGeneric((PyTuple) r[b]);
      case SET_FUNCTION_TYPE_PARAMS -> ((PyFunction) r[a]).typeParams = (PyTuple) r[b];
      case TYPEALIAS -> {
        PyTuple t = (PyTuple) r[b];
        r[a] = PyTypeAliasType.fromSyntax(t.get(0), t.get(1), t.get(2));
      }
      default -> throw new IllegalStateException("no meaning for " + i.op);
    }
  }

  private static PyObject withDefault(PyObject parameter, PyObject evaluate) {
    switch (parameter) {
      case PyTypeVar v -> v.setEvaluateDefault(evaluate);
      case PyParamSpec p -> p.setEvaluateDefault(evaluate);
      case PyTypeVarTuple t -> t.setEvaluateDefault(evaluate);
      default -> throw new IllegalStateException("no type parameter");
    }
    return parameter;
  }

  // Compare CPython _Py_subscript_generic in typevarobject.c.
  private static PyObject subscriptGeneric(PyTuple params) {
    PyObject[] args = params.toArray();
    for (int k = 0; k < args.length; k++) {
      if (args[k] instanceof PyTypeVarTuple t) {
        args[k] = t.unpack();
      }
    }
    PyObject typing = Imports.importModule("typing");
    PyObject generic = PyObjects.getAttr(Imports.importModule("_typing"), "Generic");
    return PyObjects.getAttr(typing, "_generic_class_getitem").call2(generic, PyTuple.of(args));
  }
}
