package org.plait.runtime.exceptions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code BaseExceptionGroup}: a message and a tree of exceptions. */
@PyTypeDef(
    name = "BaseExceptionGroup",
    subclassable = true,
    base = PyBaseException.class,
    doc = "A combination of multiple unrelated exceptions.")
public final class PyBaseExceptionGroup extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyBaseExceptionGroupTable.INSTANCE);

  @PyMember final PyObject message;

  /** The exceptions, never empty. */
  final PyTuple exceptions;

  PyBaseExceptionGroup(PyType type, PyObject message, PyTuple exceptions) {
    super(type);
    this.message = message;
    this.exceptions = exceptions;
    this.args = Py.tuple(message, exceptions);
  }

  // Compare CPython BaseExceptionGroup_new in exceptions.c.
  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] all, String @Nullable [] kwnames) {
    PyObject[] args = KeywordFields.positional(all, kwnames);
    if (args.length != 2) {
      throw Errors.typeError(
          "BaseExceptionGroup.__new__() takes exactly 2 arguments (" + args.length + " given)");
    }
    if (!(args[0] instanceof PyStr)) {
      throw Errors.typeError("argument 1 must be str, not " + args[0].type().name());
    }
    if (!PySequences.isSequence(args[1])) {
      throw Errors.typeError("second argument (exceptions) must be a sequence");
    }
    PyTuple members = PySequences.tuple(args[1]);
    if (members.size() == 0) {
      throw Errors.valueError("second argument (exceptions) must be a non-empty sequence");
    }
    boolean allExceptions = true;
    for (int i = 0; i < members.size(); i++) {
      if (!(members.get(i) instanceof PyBaseException)) {
        throw Errors.valueError(
            "Item " + i + " of second argument (exceptions) is not an exception");
      }
      allExceptions &= Exceptions.Exception.isInstance(members.get(i));
    }
    PyType type = cls;
    if (cls == TYPE) {
      type = allExceptions ? Exceptions.ExceptionGroup : TYPE;
    } else if (!allExceptions) {
      if (cls == Exceptions.ExceptionGroup) {
        throw Errors.typeError("Cannot nest BaseExceptions in an ExceptionGroup");
      }
      if (cls.isSubtypeOf(Exceptions.Exception)) {
        throw Errors.typeError("Cannot nest BaseExceptions in '" + cls.name() + "'");
      }
    }
    PyBaseExceptionGroup g = new PyBaseExceptionGroup(type, args[0], members);
    g.args = Py.tuple(args[0], args[1]);
    return g;
  }

  /** {@code ExceptionGroup(BaseExceptionGroup, Exception)}. */
  static PyType exceptionGroup() {
    return PyType.builtinWithBases(
        new SimpleExceptionTable("ExceptionGroup", TYPE, PyType.HAS_WEAKREF),
        TYPE,
        Exceptions.Exception);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    checkNoKeywords(kwnames);
  }

  @org.plait.processor.annotation.PyGetter("exceptions")
  PyObject getExceptions() {
    return exceptions;
  }

  public PyTuple exceptions() {
    return exceptions;
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    int n = exceptions.size();
    return Py.str(PyObjects.str(message) + " (" + n + " sub-exception" + (n == 1 ? "" : "s") + ")");
  }

  @Override
  @PyMethod(name = "__repr__")
  String repr() {
    PyTuple a = args;
    PyObject shown =
        a.size() == 2 && a.get(1) instanceof PyList ? PyList.of(exceptions.toArray()) : exceptions;
    return type().name() + "(" + PyObjects.repr(message) + ", " + PyObjects.repr(shown) + ")";
  }

  @PyMethod(name = "derive", sig = "(excs, /)")
  PyObject derive(PyObject excs) {
    return TYPE.call2(message, excs);
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  @PyMethod(name = "split", sig = "(matcher_value, /)")
  PyObject split(PyObject matcher) {
    PyObject[] parts = split(this, predicate(matcher), true);
    return Py.tuple(parts[0], parts[1]);
  }

  @PyMethod(name = "subgroup", sig = "(matcher_value, /)")
  PyObject subgroup(PyObject matcher) {
    return split(this, predicate(matcher), false)[0];
  }

  private static Predicate<PyBaseException> predicate(PyObject matcher) {
    if (isExceptionType(matcher)) {
      return e -> matches(e, matcher);
    }
    if (matcher instanceof PyTuple t) {
      boolean all = true;
      for (PyObject item : t.array()) {
        all &= isExceptionType(item);
      }
      if (all) {
        return e -> matches(e, matcher);
      }
    } else if (!(matcher instanceof PyType) && matcher.type().special(Special.CALL) != null) {
      return e -> PyObjects.isTrue(matcher.call1(e));
    }
    throw Errors.typeError(
        "expected an exception type, a tuple of exception types, or a callable (other than a"
            + " class)");
  }

  private static boolean isExceptionType(PyObject o) {
    return o instanceof PyType t && t.isSubtypeOf(PyBaseException.TYPE);
  }

  /** Whether the exception is of the class or one of the tuple of classes. */
  public static boolean matches(PyBaseException e, PyObject type) {
    if (type instanceof PyTuple t) {
      for (PyObject item : t.array()) {
        if (matches(e, item)) {
          return true;
        }
      }
      return false;
    }
    return e.type().isSubtypeOf((PyType) type);
  }

  // Compare CPython exceptiongroup_split_recursive in exceptions.c.
  /** The matching part and the rest, each an exception or None. */
  public static PyObject[] split(
      PyBaseException e, Predicate<PyBaseException> matcher, boolean wantRest) {
    if (matcher.test(e)) {
      return new PyObject[] {e, Py.None};
    }
    if (!(e instanceof PyBaseExceptionGroup group)) {
      return new PyObject[] {Py.None, wantRest ? e : Py.None};
    }
    ThreadState ts = ThreadState.current();
    ts.enterRecursive(" in exceptiongroup_split_recursive");
    try {
      List<PyObject> matched = new ArrayList<>();
      List<PyObject> rest = new ArrayList<>();
      for (PyObject member : group.exceptions.array()) {
        PyObject[] parts = split((PyBaseException) member, matcher, wantRest);
        if (parts[0] != Py.None) {
          matched.add(parts[0]);
        }
        if (parts[1] != Py.None) {
          rest.add(parts[1]);
        }
      }
      return new PyObject[] {group.subset(matched), wantRest ? group.subset(rest) : Py.None};
    } finally {
      ts.leaveRecursive();
    }
  }

  /** A group with these members and this group's traceback, cause, context and notes. */
  public PyObject subset(List<PyObject> members) {
    if (members.isEmpty()) {
      return Py.None;
    }
    PyObject made = PyCalls.callMethod(this, "derive", Py.list(members));
    if (!(made instanceof PyBaseExceptionGroup g)) {
      throw Errors.typeError("derive must return an instance of BaseExceptionGroup");
    }
    g.setTraceback(traceback());
    g.setContext(context());
    boolean suppress = suppressContext();
    g.setCause(cause());
    g.setSuppressContext(Py.bool_(suppress));
    PyObject notes = PyObjects.getOptionalAttr(this, "__notes__");
    if (notes != null && PySequences.isSequence(notes)) {
      PyObjects.setAttr(g, "__notes__", PySequences.list(notes));
    }
    return g;
  }
}
