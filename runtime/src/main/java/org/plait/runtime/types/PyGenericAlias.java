package org.plait.runtime.types;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;

/** {@code types.GenericAlias}: {@code list[int]}. Immutable. */
@PyTypeDef(
    name = "GenericAlias",
    module = "types",
    subclassable = true,
    flags = {TypeFlag.WEAKREF},
    sig = "(origin, args, /)",
    doc = "A generic type of PEP 585, as list[int]: __origin__ is list, __args__ is " + "(int,).")
public class PyGenericAlias extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyGenericAliasTable.INSTANCE);

  /** Attributes of the alias itself; all others are the origin's. */
  private static final Set<String> OWN =
      Set.of(
          "__class__",
          "__origin__",
          "__args__",
          "__unpacked__",
          "__parameters__",
          "__typing_unpacked_tuple_args__",
          "__mro_entries__",
          "__reduce_ex__",
          "__reduce__");

  private static final Set<String> HIDDEN = Set.of("__bases__", "__copy__", "__deepcopy__");

  @PyMember("__origin__")
  final PyObject origin;

  @PyMember("__args__")
  final PyTuple args;

  @PyMember("__unpacked__")
  final boolean starred;

  private volatile @Nullable PyTuple parameters;

  /**
   * @param args a tuple, or the one argument
   */
  public PyGenericAlias(PyObject origin, PyObject args) {
    this(origin, args, false);
  }

  PyGenericAlias(PyObject origin, PyObject args, boolean starred) {
    this.origin = origin;
    this.args = args instanceof PyTuple t ? t : Py.tuple(args);
    this.starred = starred;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public PyObject origin() {
    return origin;
  }

  public PyTuple args() {
    return args;
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("GenericAlias() takes no keyword arguments");
    }
    if (args.length != 2) {
      throw Errors.typeError("GenericAlias expected 2 arguments, got " + args.length);
    }
    return cls == TYPE
        ? new PyGenericAlias(args[0], args[1])
        : new PyGenericAliasDerived(cls, args[0], args[1]);
  }

  @PyGetter(value = "__parameters__", doc = "Type variables in the GenericAlias.")
  PyTuple parameters() {
    PyTuple p = parameters;
    if (p == null) {
      p = AliasArguments.collect(args);
      parameters = p;
    }
    return p;
  }

  @PyGetter("__typing_unpacked_tuple_args__")
  PyObject unpackedTupleArgs() {
    return starred && origin == PyTuple.TYPE ? args : Py.None;
  }

  @PyMethod(name = "__getitem__")
  PyObject getitem(PyObject item) {
    PyTuple made = AliasArguments.substitute(this, args, parameters(), item);
    return new PyGenericAlias(origin, made, starred);
  }

  @Override
  public @Nullable PyObject getAttribute(String name) {
    if (OWN.contains(name) || HIDDEN.contains(name)) {
      return GenericAttributes.get(this, name);
    }
    return PyObjects.getAttr(origin, name);
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

  @PyMethod(name = "__dir__", sig = "()")
  PyObject dir() {
    PyDict names = new PyDict();
    PyType type = origin.type();
    PyObject list = PyCalls.callUnbound(type.lookup("__dir__"), origin, type, NO_ARGS, null);
    for (PyObject n : PySequences.toArray(list)) {
      names.put(n, Py.None);
    }
    OWN.stream().sorted().forEach(new Adder(names)::add);
    return PyList.of(names.snapshotKeys());
  }

  private record Adder(PyDict names) {
    void add(String name) {
      names.putStr(name, Py.None);
    }
  }

  @Override
  public PyObject call(PyObject[] a, String @Nullable [] kwnames) {
    return getClass() == PyGenericAlias.class ? make(a, kwnames) : super.call(a, kwnames);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject make(PyObject[] a, String @Nullable [] kwnames) {
    PyObject made = origin.call(a, kwnames);
    try {
      PyObjects.setAttr(made, "__orig_class__", this);
    } catch (PyException e) {
      if (!e.matches(Exceptions.AttributeError) && !e.matches(Exceptions.TypeError)) {
        throw e;
      }
    }
    return made;
  }

  @PyMethod(name = "__mro_entries__", sig = "(object, /)")
  PyObject mroEntries(PyObject bases) {
    return Py.tuple(origin);
  }

  @PyMethod(name = "__instancecheck__", sig = "(object, /)", kind = SlotKind.METHOD)
  PyObject instancecheck(PyObject o) {
    throw Errors.typeError("isinstance() argument 2 cannot be a parameterized generic");
  }

  @PyMethod(name = "__subclasscheck__", sig = "(object, /)", kind = SlotKind.METHOD)
  PyObject subclasscheck(PyObject o) {
    throw Errors.typeError("issubclass() argument 2 cannot be a parameterized generic");
  }

  @PyMethod(name = "__repr__")
  String repr() {
    StringBuilder b = new StringBuilder();
    if (starred) {
      b.append('*');
    }
    AliasArguments.appendType(b, origin);
    b.append('[');
    if (args.size() == 0) {
      b.append("()");
    }
    for (int i = 0; i < args.size(); i++) {
      if (i > 0) {
        b.append(", ");
      }
      if (args.get(i) instanceof PyList list) {
        b.append('[');
        PyObject[] items = list.toArray();
        for (int j = 0; j < items.length; j++) {
          AliasArguments.appendType(j > 0 ? b.append(", ") : b, items[j]);
        }
        b.append(']');
      } else {
        AliasArguments.appendType(b, args.get(i));
      }
    }
    return b.append(']').toString();
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.hash(origin) ^ PyObjects.hash(args);
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyGenericAlias a) || op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    boolean equal =
        starred == a.starred && PyObjects.equal(origin, a.origin) && PyObjects.equal(args, a.args);
    return Py.bool_(equal == (op == 2));
  }

  @PyBinary("or")
  static PyObject or(PyObject left, PyObject right) {
    return PyUnion.or(left, right);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new Unpacking(this);
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    if (starred) {
      PyObject next = ThreadState.current().interpreter.builtin("next");
      return Py.tuple(next, Py.tuple(new Unpacking(new PyGenericAlias(origin, args))));
    }
    return Py.tuple(type(), Py.tuple(origin, args));
  }

  /** {@code generic_alias_iterator}: yields the starred alias once. */
  @PyTypeDef(
      name = "generic_alias_iterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Unpacking extends PyIterator {
    public static final PyType TYPE = PyType.builtin(PyGenericAliasUnpackingTable.INSTANCE);

    private volatile @Nullable PyGenericAlias alias;

    Unpacking(PyGenericAlias alias) {
      this.alias = alias;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyMethod(name = "__iter__")
    PyObject iter() {
      return this;
    }

    @Override
    @PyMethod(name = "__next__")
    public @Nullable PyObject next() {
      PyGenericAlias a = alias;
      alias = null;
      return a == null ? null : new PyGenericAlias(a.origin, a.args, true);
    }

    @PyMethod(name = "__reduce__", sig = "()")
    PyObject reduce() {
      // The lookup may run user code, which may exhaust this.
      PyObject iter = ThreadState.current().interpreter.builtin("iter");
      PyGenericAlias a = alias;
      return Py.tuple(iter, Py.tuple(a == null ? Py.EmptyTuple : a));
    }
  }
}
