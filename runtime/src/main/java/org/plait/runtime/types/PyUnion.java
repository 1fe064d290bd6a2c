package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code typing.Union}, the type of {@code int | str}. Immutable. */
@PyTypeDef(
    name = "Union",
    module = "typing",
    flags = {TypeFlag.WEAKREF, TypeFlag.DISALLOW_INSTANTIATION},
    doc = "One of several types, as int | str")
public final class PyUnion extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyUnionTable.INSTANCE);

  @PyMember("__args__")
  final PyTuple args;

  /** The hashable arguments as keys. */
  private final PyDict hashable;

  private final List<PyObject> unhashable;
  private volatile @Nullable PyTuple parameters;

  private PyUnion(PyTuple args, PyDict hashable, List<PyObject> unhashable) {
    this.args = args;
    this.hashable = hashable;
    this.unhashable = unhashable;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public PyTuple args() {
    return args;
  }

  // ---- making

  /** Collects arguments, each once. */
  private static final class Builder {
    final List<PyObject> args = new ArrayList<>();
    final PyDict hashable = new PyDict();
    final List<PyObject> unhashable = new ArrayList<>();

    void add(PyObject arg, boolean check) {
      if (arg == Py.None) {
        addChecked(PyNone.TYPE);
      } else if (arg instanceof PyUnion u) {
        for (PyObject a : u.args.array()) {
          addChecked(a);
        }
      } else {
        addChecked(check && !(arg instanceof PyType) ? checked(arg) : arg);
      }
    }

    /** The argument as {@code typing} converts it: str to ForwardRef. */
    private static PyObject checked(PyObject arg) {
      return PyObjects.getAttr(Imports.importModule("typing"), "_type_check")
          .call2(arg, Py.str("Union[arg, ...]: each arg must be a type."));
    }

    private void addChecked(PyObject arg) {
      long hash;
      try {
        hash = PyObjects.hash(arg);
      } catch (PyException e) {
        if (!e.matches(Exceptions.Exception)) {
          throw e;
        }
        for (PyObject o : unhashable) {
          if (PyObjects.equal(o, arg)) {
            return;
          }
        }
        unhashable.add(arg);
        args.add(arg);
        return;
      }
      if (hashable.put(arg, hash, arg, true) == null) {
        args.add(arg);
      }
    }

    PyObject build() {
      if (args.isEmpty()) {
        throw Errors.typeError("Cannot take a Union of no types.");
      }
      return args.size() == 1 ? args.getFirst() : new PyUnion(Py.tuple(args), hashable, unhashable);
    }
  }

  private static boolean isUnionable(PyObject o) {
    return o == Py.None
        || o instanceof PyType
        || o instanceof PyGenericAlias
        || o instanceof PyUnion
        || o.type().fullName().equals("typing.TypeAliasType");
  }

  /** {@code a | b} of types; NotImplemented when one can't stand in a union. */
  public static PyObject or(PyObject a, PyObject b) {
    if (!isUnionable(a) || !isUnionable(b)) {
      return Py.NotImplemented;
    }
    Builder u = new Builder();
    u.add(a, false);
    u.add(b, false);
    return u.build();
  }

  /** {@code Union[args]}; also what {@code typing}'s type variables use for {@code |}. */
  public static PyObject of(PyObject... args) {
    Builder u = new Builder();
    for (PyObject a : args) {
      u.add(a, true);
    }
    return u.build();
  }

  @PyBinary("or")
  static PyObject orChecked(PyObject left, PyObject right) {
    return of(left, right);
  }

  @org.plait.processor.annotation.PyClassMethod(
      name = "__class_getitem__",
      sig = "(object, /)",
      doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return item instanceof PyTuple t ? of(t.array()) : of(item);
  }

  // ---- what Python sees

  @PyMethod(name = "__getitem__")
  PyObject getitem(PyObject item) {
    return of(AliasArguments.substitute(this, args, parameters(), item).array());
  }

  @PyGetter(value = "__parameters__", doc = "Type variables in the types.UnionType.")
  PyTuple parameters() {
    PyTuple p = parameters;
    if (p == null) {
      p = AliasArguments.collect(args);
      parameters = p;
    }
    return p;
  }

  @PyGetter(value = "__name__", doc = "Name of the type")
  String name() {
    return "Union";
  }

  @PyGetter(value = "__qualname__", doc = "Qualified name of the type")
  String qualname() {
    return "Union";
  }

  @PyGetter(value = "__origin__", doc = "Always returns the type")
  PyObject origin() {
    return TYPE;
  }

  @Override
  public @Nullable PyObject getAttribute(String name) {
    return name.equals("__module__")
        ? PyObjects.getAttr(TYPE, name)
        : GenericAttributes.get(this, name);
  }

  @PyMethod(name = "__getattribute__", sig = "(name, /)")
  PyObject getattribute(PyObject name) {
    String n = PyObjects.attributeName(name);
    PyObject v = getAttribute(n);
    if (v == null) {
      throw Errors.noAttribute(this, n);
    }
    return v;
  }

  @PyMethod(name = "__mro_entries__", sig = "(object, /)")
  PyObject mroEntries(PyObject bases) {
    throw Errors.typeError("Cannot subclass " + PyObjects.repr(this));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < args.size(); i++) {
      AliasArguments.appendType(i > 0 ? b.append(" | ") : b, args.get(i));
    }
    return b.toString();
  }

  @PyMethod(name = "__hash__")
  long hash() {
    // Maybe they have become hashable since.
    for (PyObject o : unhashable) {
      PyObjects.hash(o);
    }
    if (!unhashable.isEmpty()) {
      throw Errors.typeError("union contains " + unhashable.size() + " unhashable elements");
    }
    long h = args.size() * 1927868237L;
    for (PyObject o : args.array()) {
      long x = PyObjects.hash(o);
      h ^= (x ^ 89869747L ^ x << 16) * 3644798167L;
    }
    return h;
  }

  private boolean contains(PyObject arg) {
    for (PyObject o : unhashable) {
      if (PyObjects.equal(o, arg)) {
        return true;
      }
    }
    return false;
  }

  private boolean sameAs(PyUnion other) {
    if (hashable.size() != other.hashable.size() || unhashable.size() != other.unhashable.size()) {
      return false;
    }
    for (PyObject o : hashable.snapshotKeys()) {
      if (!other.hashable.contains(o)) {
        return false;
      }
    }
    for (PyObject o : unhashable) {
      if (!other.contains(o)) {
        return false;
      }
    }
    return true;
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    return other instanceof PyUnion u && (op == 2 || op == 3)
        ? Py.bool_(sameAs(u) == (op == 2))
        : Py.NotImplemented;
  }
}
