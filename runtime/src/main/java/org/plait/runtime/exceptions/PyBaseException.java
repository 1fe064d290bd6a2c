package org.plait.runtime.exceptions;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code BaseException}: arguments, traceback and the chain to other exceptions. */
@PyTypeDef(
    name = "BaseException",
    subclassable = true,
    flags = TypeFlag.DICT,
    doc = "Common base class for all exceptions")
public class PyBaseException extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyBaseExceptionTable.INSTANCE);

  private static final VarHandle ARGS;

  static {
    try {
      ARGS = MethodHandles.lookup().findVarHandle(PyBaseException.class, "args", PyTuple.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  volatile PyTuple args;
  private volatile @Nullable PyTraceback traceback;
  private volatile @Nullable PyBaseException context;
  private volatile @Nullable PyBaseException cause;
  private volatile boolean suppressContext;

  public PyBaseException(PyType type) {
    super(type);
    ARGS.set(this, Py.EmptyTuple);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBaseException(cls).withArgs(args, kwnames);
  }

  /** Keeps the positional arguments of a constructor call. */
  final PyBaseException withArgs(PyObject[] all, String @Nullable [] kwnames) {
    int n = kwnames == null ? all.length : all.length - kwnames.length;
    // Plain, as in the constructor: the exception reaches other threads by a later release.
    PyTuple t = PyTuple.of(n == all.length ? all.clone() : java.util.Arrays.copyOf(all, n));
    ARGS.set(this, t);
    return this;
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    checkNoKeywords(kwnames);
    ARGS.setRelease(this, PyTuple.of(args.clone()));
  }

  final void checkNoKeywords(String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError(type().name() + "() takes no keyword arguments");
    }
  }

  // ---- for the runtime

  public final PyTuple args() {
    return args;
  }

  public final @Nullable PyTraceback traceback() {
    return traceback;
  }

  public final void setTraceback(@Nullable PyTraceback tb) {
    traceback = tb;
  }

  public final @Nullable PyBaseException context() {
    return context;
  }

  public final void setContext(@Nullable PyBaseException e) {
    context = e;
  }

  public final @Nullable PyBaseException cause() {
    return cause;
  }

  /** Sets the cause and hides the context, as {@code raise from} does. */
  public final void setCause(@Nullable PyBaseException e) {
    cause = e;
    suppressContext = true;
  }

  public final boolean suppressContext() {
    return suppressContext;
  }

  /** The text of the arguments for Java messages. */
  final String argsText() {
    try {
      return PyObjects.str(this).toString();
    } catch (PyException e) {
      return "<exception str() failed>";
    }
  }

  /** {@code add_note()}. */
  public final void addNote(String note) {
    addNote(PyStr.of(note));
  }

  @PyMethod(name = "add_note", sig = "(note, /)")
  void addNote(PyObject note) {
    if (!(note instanceof PyStr)) {
      throw Errors.typeError("note must be a str, not '" + note.type().name() + "'");
    }
    PyObject notes = PyObjects.getOptionalAttr(this, "__notes__");
    if (notes == null) {
      notes = new PyList();
      PyObjects.setAttr(this, "__notes__", notes);
    }
    if (!(notes instanceof PyList list)) {
      throw Errors.typeError("Cannot add note: __notes__ is not a list");
    }
    list.append(note);
  }

  // ---- for Python

  @PyMethod(name = "__repr__")
  String repr() {
    PyTuple a = args;
    return type().simpleName()
        + (a.size() == 1 ? "(" + PyObjects.repr(a.get(0)) + ")" : PyObjects.repr(a).toString());
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    PyTuple a = args;
    return switch (a.size()) {
      case 0 -> Py.EmptyStr;
      case 1 -> PyObjects.str(a.get(0));
      default -> PyObjects.str(a);
    };
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyDict d = dictIfPresentOrUsed();
    return d == null ? Py.tuple(type(), args) : Py.tuple(type(), args, d.copy());
  }

  /** The attribute dict if there is anything in it. */
  final @Nullable PyDict dictIfPresentOrUsed() {
    PyDict d = dict();
    return d.size() == 0 ? null : d;
  }

  @PyMethod(name = "__setstate__", sig = "(state, /)")
  PyObject setstate(PyObject state) {
    if (state != Py.None) {
      if (!(state instanceof PyDict d)) {
        throw Errors.typeError("state is not a dictionary");
      }
      PyObject[] items = d.snapshotItems();
      for (int i = 0; i < items.length; i += 2) {
        PyObjects.setAttr(this, PyObjects.attributeName(items[i]), items[i + 1]);
      }
    }
    return Py.None;
  }

  @PyMethod(name = "with_traceback", sig = "(tb, /)")
  PyObject withTraceback(PyObject tb) {
    setTraceback_(tb);
    return this;
  }

  @PyGetter("args")
  PyObject getArgs() {
    return args;
  }

  @PySetter("args")
  void setArgs(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("args may not be deleted");
    }
    args = PySequences.tuple(value);
  }

  @PyGetter("__traceback__")
  PyObject getTraceback() {
    return Py.orNone(traceback);
  }

  @PySetter("__traceback__")
  void setTraceback_(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("__traceback__ may not be deleted");
    }
    if (value == Py.None) {
      traceback = null;
    } else if (value instanceof PyTraceback tb) {
      traceback = tb;
    } else {
      throw Errors.typeError("__traceback__ must be a traceback or None");
    }
  }

  @PyGetter("__context__")
  PyObject getContext() {
    return Py.orNone(context);
  }

  @PySetter("__context__")
  void setContext_(@Nullable PyObject value) {
    context =
        link(value, "__context__", "exception context must be None or derive from BaseException");
  }

  @PyGetter("__cause__")
  PyObject getCause() {
    return Py.orNone(cause);
  }

  @PySetter("__cause__")
  void setCause_(@Nullable PyObject value) {
    setCause(link(value, "__cause__", "exception cause must be None or derive from BaseException"));
  }

  private static @Nullable PyBaseException link(
      @Nullable PyObject value, String name, String message) {
    if (value == null) {
      throw Errors.typeError(name + " may not be deleted");
    }
    if (value == Py.None) {
      return null;
    }
    if (value instanceof PyBaseException e) {
      return e;
    }
    throw Errors.typeError(message);
  }

  @PyGetter("__suppress_context__")
  boolean getSuppressContext() {
    return suppressContext;
  }

  @PySetter("__suppress_context__")
  void setSuppressContext(PyObject value) {
    if (!(value instanceof org.plait.runtime.types.PyBool)) {
      throw Errors.typeError("attribute value type must be bool");
    }
    suppressContext = value == Py.True;
  }

  @PyGetter("__dict__")
  PyObject getDict() {
    return dict();
  }

  @PySetter("__dict__")
  void setDict_(@Nullable PyObject value) {
    if (!(value instanceof PyDict d)) {
      throw Errors.typeError(
          value == null
              ? "cannot delete __dict__"
              : "__dict__ must be set to a dictionary, not a '" + value.type().name() + "'");
    }
    setDict(d);
  }
}
