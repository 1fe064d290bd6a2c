package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;

/** Type variables in the arguments of generic aliases and unions, and their substitution. */
public final class AliasArguments {
  private AliasArguments() {}

  private static int indexOf(PyTuple parameters, PyObject p) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) == p) {
        return i;
      }
    }
    return -1;
  }

  // Compare CPython _Py_make_parameters in genericaliasobject.c.
  /** The type variables in arguments, each once, in order of appearance. */
  public static PyTuple collect(PyTuple args) {
    List<PyObject> found = new ArrayList<>();
    collect(args.array(), found);
    return Py.tuple(found);
  }

  private static void collect(PyObject[] args, List<PyObject> found) {
    for (PyObject t : args) {
      if (t instanceof PyType) {
        continue;
      }
      if (t instanceof PyTuple || t instanceof PyList) {
        collect(items(t), found);
      } else if (PyObjects.hasAttr(t, "__typing_subst__")) {
        add(found, t);
      } else if (PyObjects.getOptionalAttr(t, "__parameters__") instanceof PyTuple inner) {
        for (PyObject p : inner.array()) {
          add(found, p);
        }
      }
    }
  }

  private static PyObject[] items(PyObject tupleOrList) {
    return tupleOrList instanceof PyTuple t ? t.array() : ((PyList) tupleOrList).toArray();
  }

  private static void add(List<PyObject> found, PyObject p) {
    for (PyObject q : found) {
      if (q == p) {
        return;
      }
    }
    found.add(p);
  }

  /** The items with unpacked tuple types among them spread out. */
  private static PyTuple unpack(PyObject item) {
    PyObject[] all = item instanceof PyTuple t ? t.array() : new PyObject[] {item};
    List<PyObject> out = new ArrayList<>();
    for (PyObject o : all) {
      if (!(o instanceof PyType)
          && PyObjects.getOptionalAttr(o, "__typing_unpacked_tuple_args__") instanceof PyTuple sub
          && !(sub.size() > 0 && sub.get(sub.size() - 1) == Py.Ellipsis)) {
        out.addAll(List.of(sub.array()));
      } else {
        out.add(o);
      }
    }
    return Py.tuple(out);
  }

  // Compare CPython _Py_subs_parameters in genericaliasobject.c.
  /**
   * The arguments after {@code self[item]}.
   *
   * @param self the generic alias or union, for messages
   */
  public static PyTuple substitute(PyObject self, PyTuple args, PyTuple parameters, PyObject item) {
    if (parameters.size() == 0) {
      throw Errors.typeError(PyObjects.repr(self) + " is not a generic class");
    }
    PyObject values = unpack(item);
    for (PyObject p : parameters.array()) {
      PyObject prepare = PyObjects.getOptionalAttr(p, "__typing_prepare_subst__");
      if (prepare != null && prepare != Py.None) {
        values = prepare.call2(self, values instanceof PyTuple ? values : Py.tuple(values));
      }
    }
    PyTuple given = values instanceof PyTuple t ? t : Py.tuple(values);
    int n = given.size();
    int wanted = parameters.size();
    if (n != wanted) {
      throw Errors.typeError(
          "Too "
              + (n > wanted ? "many" : "few")
              + " arguments for "
              + PyObjects.repr(self)
              + "; actual "
              + n
              + ", expected "
              + wanted);
    }
    return Py.tuple(replaced(args.array(), parameters, given));
  }

  private static List<PyObject> replaced(PyObject[] args, PyTuple parameters, PyTuple given) {
    List<PyObject> out = new ArrayList<>();
    for (PyObject arg : args) {
      if (arg instanceof PyType) {
        out.add(arg);
        continue;
      }
      if (arg instanceof PyTuple || arg instanceof PyList) {
        List<PyObject> inner = replaced(items(arg), parameters, given);
        out.add(arg instanceof PyTuple ? Py.tuple(inner) : Py.list(inner));
        continue;
      }
      PyObject unpacked = PyObjects.getOptionalAttr(arg, "__typing_is_unpacked_typevartuple__");
      PyObject subst = PyObjects.getOptionalAttr(arg, "__typing_subst__");
      int i = subst == null ? -1 : indexOf(parameters, arg);
      PyObject made =
          subst != null && i >= 0 ? subst.call1(given.get(i)) : inside(arg, parameters, given);
      if (unpacked == null || !PyObjects.isTrue(unpacked)) {
        out.add(made);
      } else if (made instanceof PyTuple t) {
        out.addAll(List.of(t.array()));
      } else {
        throw Errors.typeError(
            "expected __typing_subst__ of "
                + arg.type().fullName()
                + " objects to return a tuple, not "
                + made.type().fullName());
      }
    }
    return out;
  }

  /** An argument that is generic itself, with its own parameters filled in. */
  private static PyObject inside(PyObject arg, PyTuple parameters, PyTuple given) {
    PyObject inner = PyObjects.getOptionalAttr(arg, "__parameters__");
    if (!(inner instanceof PyTuple own) || own.size() == 0) {
      return arg;
    }
    List<PyObject> values = new ArrayList<>();
    for (PyObject p : own.array()) {
      int i = indexOf(parameters, p);
      if (i < 0) {
        values.add(p);
      } else if (p.type().special(Special.ITER) != null && given.get(i) instanceof PyTuple t) {
        values.addAll(List.of(t.array()));
      } else {
        values.add(given.get(i));
      }
    }
    return PyMappings.getItem(arg, Py.tuple(values));
  }

  // Compare CPython _Py_typing_type_repr in unionobject.c.
  /** Appends the short form of a type, as aliases and unions show it. */
  static void appendType(StringBuilder b, PyObject p) {
    if (p == Py.Ellipsis) {
      b.append("...");
      return;
    }
    if (p == PyNone.TYPE) {
      b.append("None");
      return;
    }
    String name =
        PyObjects.hasAttr(p, "__origin__") && PyObjects.hasAttr(p, "__args__")
            ? null
            : qualified(p);
    b.append(name == null ? PyObjects.repr(p) : name);
  }

  private static @Nullable String qualified(PyObject p) {
    PyObject name = PyObjects.getOptionalAttr(p, "__qualname__");
    PyObject module = name == null ? null : PyObjects.getOptionalAttr(p, "__module__");
    if (module == null || module == Py.None) {
      return null;
    }
    return module instanceof PyStr s && s.equalTo("builtins")
        ? PyObjects.str(name).toString()
        : PyObjects.str(module) + "." + PyObjects.str(name);
  }
}
