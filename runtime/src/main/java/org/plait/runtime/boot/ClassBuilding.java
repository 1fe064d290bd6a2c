package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyTuple;

/** The class statement. */
final class ClassBuilding {
  private ClassBuilding() {}

  // Compare CPython builtin___build_class__ in bltinmodule.c.
  static PyObject build(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (n < 2) {
      throw Errors.typeError("__build_class__: not enough arguments");
    }
    if (!(args[0] instanceof PyFunction body)) {
      throw Errors.typeError("__build_class__: func must be a function");
    }
    PyObject name = args[1];
    if (!(name instanceof org.plait.runtime.types.PyStr)) {
      throw Errors.typeError("__build_class__: name is not a string");
    }
    PyTuple original = PyTuple.of(Arrays.copyOfRange(args, 2, n));
    PyTuple bases = resolveBases(original);

    PyObject meta = null;
    List<String> names = new ArrayList<>();
    List<PyObject> values = new ArrayList<>();
    for (int i = n; i < args.length; i++) {
      if (kwnames[i - n].equals("metaclass")) {
        meta = args[i];
      } else {
        names.add(kwnames[i - n]);
        values.add(args[i]);
      }
    }
    if (meta == null) {
      meta = bases.size() == 0 ? PyType.TYPE : bases.get(0).type();
    }
    if (meta instanceof PyType t) {
      meta = PyType.calculateMetaclass(t, bases);
    }
    String[] keywords = names.isEmpty() ? null : names.toArray(new String[0]);
    PyObject namespace = prepare(meta, name, bases, keywords, values);
    PyObject cell = body.runWithLocals(namespace);
    if (bases != original && namespace instanceof PyDict d) {
      d.putStr("__orig_bases__", original);
    } else if (bases != original) {
      org.plait.runtime.protocol.PyMappings.setItem(namespace, Py.str("__orig_bases__"), original);
    }
    PyObject[] all = new PyObject[3 + values.size()];
    all[0] = name;
    all[1] = bases;
    all[2] = namespace;
    for (int i = 0; i < values.size(); i++) {
      all[3 + i] = values.get(i);
    }
    PyObject cls = meta.call(all, keywords);
    if (cell instanceof PyCell c && cls instanceof PyType) {
      PyObject content = c.get();
      if (content == null) {
        throw Errors.runtimeError(
            "__class__ not set defining "
                + PyObjects.repr(name)
                + " as "
                + PyObjects.repr(cls)
                + ". Was __classcell__ propagated to type.__new__?");
      }
      if (content != cls) {
        throw Errors.typeError(
            "__class__ set to "
                + PyObjects.repr(content)
                + " defining "
                + PyObjects.repr(name)
                + " as "
                + PyObjects.repr(cls));
      }
    }
    return cls;
  }

  private static PyObject prepare(
      PyObject meta,
      PyObject name,
      PyTuple bases,
      String @Nullable [] keywords,
      List<PyObject> values) {
    PyObject prepare = PyObjects.getOptionalAttr(meta, "__prepare__");
    if (prepare == null) {
      return new PyDict();
    }
    PyObject[] args = new PyObject[2 + values.size()];
    args[0] = name;
    args[1] = bases;
    for (int i = 0; i < values.size(); i++) {
      args[2 + i] = values.get(i);
    }
    PyObject namespace = prepare.call(args, keywords);
    if (!(namespace instanceof PyDict)
        && namespace.type().special(org.plait.runtime.object.Special.GETITEM) == null) {
      String what = meta instanceof PyType t ? t.name() : "<metaclass>";
      throw Errors.typeError(
          what + ".__prepare__() must return a mapping, not " + namespace.type().name());
    }
    return namespace;
  }

  // Compare CPython update_bases in bltinmodule.c.
  /** Replaces bases that are no classes by what their {@code __mro_entries__} says. */
  private static PyTuple resolveBases(PyTuple bases) {
    List<PyObject> resolved = null;
    for (int i = 0; i < bases.size(); i++) {
      PyObject b = bases.get(i);
      PyObject entries =
          b instanceof PyType ? null : PyObjects.getOptionalAttr(b, "__mro_entries__");
      if (entries == null) {
        if (resolved != null) {
          resolved.add(b);
        }
        continue;
      }
      PyObject more = entries.call1(bases);
      if (!(more instanceof PyTuple t)) {
        throw Errors.typeError("__mro_entries__ must return a tuple");
      }
      if (resolved == null) {
        resolved = new ArrayList<>(Arrays.asList(bases.array()).subList(0, i));
      }
      resolved.addAll(Arrays.asList(t.array()));
    }
    return resolved == null ? bases : Py.tuple(resolved);
  }
}
