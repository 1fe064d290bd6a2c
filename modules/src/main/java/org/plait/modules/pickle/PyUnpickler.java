package org.plait.modules.pickle;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _pickle.Unpickler}. Like {@link PyPickler} it belongs to one thread while it works. */
@PyTypeDef(
    name = "Unpickler",
    module = "_pickle",
    subclassable = true,
    sig = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
    doc = "Reads pickles from a binary file, of any protocol. What follows a pickle is " + "left.")
public class PyUnpickler extends HookedObject {
  public static final PyType TYPE = PyType.builtin(PyUnpicklerTable.INSTANCE);

  @Nullable PickleInput input;
  boolean fixImports;
  String encoding = "ASCII";
  String errors = "strict";
  @Nullable PyObject buffers;

  /** Of the pickle being read. */
  int protocol;

  /** By number, with gaps. Used by {@link #user} only. */
  UnpicklerMemo memo = new UnpicklerMemo();

  private final AtomicReference<@Nullable ThreadState> user = new AtomicReference<>();

  public PyUnpickler() {
    super("persistent_load");
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyUnpickler() : new PyUnpicklerDerived(cls);
  }

  @PyMethod(
      name = "__init__",
      sig = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())")
  void init(PyObject file, boolean fixImports, String encoding, String errors, PyObject buffers) {
    begin();
    try {
      input = null;
      PickleInput in = new PickleInput(file);
      setUp(fixImports, encoding, errors, buffers);
      memo = new UnpicklerMemo();
      input = in;
    } finally {
      end();
    }
  }

  private void setUp(boolean fixImports, String encoding, String errors, PyObject buffers) {
    this.fixImports = fixImports;
    this.encoding = encoding;
    this.errors = errors;
    boolean none = buffers == Py.None || buffers instanceof PyTuple t && t.size() == 0;
    this.buffers = none ? null : PyIters.getIter(buffers);
    protocol = 0;
  }

  /** {@code loads} (bytes) and {@code load} (a file). */
  static PyObject load(
      PyObject from,
      boolean isFile,
      boolean fixImports,
      String encoding,
      String errors,
      PyObject buffers) {
    PyUnpickler u = new PyUnpickler();
    u.input = isFile ? new PickleInput(from) : new PickleInput(PyBuffers.toBytes(from));
    u.setUp(fixImports, encoding, errors, buffers);
    return new Loader(u, u.input).load();
  }

  private void begin() {
    if (!user.compareAndSet(null, ThreadState.current())) {
      throw Errors.runtimeError("Unpickler object is already used");
    }
  }

  private void end() {
    user.set(null);
  }

  private void checkMemoAccess() {
    ThreadState u = user.get();
    if (u != null && u != ThreadState.current()) {
      throw Errors.runtimeError("Unpickler object is already used");
    }
  }

  @PyMethod(sig = "()", doc = "Reads the next object from the file.")
  PyObject load() {
    PickleInput in = input;
    if (in == null) {
      throw PickleErrors.unpickling(
          "Unpickler.__init__() was not called by " + type().fullName() + ".__init__()");
    }
    begin();
    try {
      return new Loader(this, in).load();
    } finally {
      end();
    }
  }

  @PyMethod(name = "persistent_load", sig = "(pid, /)")
  PyObject persistentLoad(PyObject pid) {
    throw PickleErrors.unpickling(
        "A load persistent id instruction was encountered, but no persistent_load function was"
            + " specified.");
  }

  // Compare CPython _pickle_Unpickler_find_class_impl in _pickle.c.
  @PyMethod(
      name = "find_class",
      sig = "(module_name, global_name, /)",
      doc =
          "Looks up a class or function by module, which is imported, and name.\n\n"
              + "A subclass may refuse what should not be loaded.")
  PyObject findClass(PyObject moduleName, PyObject globalName) {
    Audit.raise("pickle.find_class", moduleName, globalName);
    PyObject module = moduleName;
    PyObject name = globalName;
    if (protocol < 3 && fixImports) {
      PyObject compat = Imports.importModule("_compat_pickle");
      PyObject pair =
          PyMappings.getOptionalItem(
              PyObjects.getAttr(compat, "NAME_MAPPING"), Py.tuple(module, name));
      if (pair != null) {
        if (!(pair instanceof PyTuple t) || t.size() != 2) {
          throw Errors.runtimeError(
              "_compat_pickle.NAME_MAPPING values should be 2-tuples, not " + pair.type().name());
        }
        module = t.get(0);
        name = t.get(1);
      } else {
        PyObject other =
            PyMappings.getOptionalItem(PyObjects.getAttr(compat, "IMPORT_MAPPING"), module);
        module = other == null ? module : other;
      }
    }
    Imports.importModule(module, Py.dict(), Py.None, Py.EmptyTuple, 0);
    PyObject m = Imports.loaded(module);
    if (m == null) {
      throw Errors.keyError(module);
    }
    String path = PyObjects.attributeName(name);
    if (protocol < 4 || path.indexOf('.') < 0) {
      return PyObjects.getAttr(m, path);
    }
    PyObject o = m;
    for (String step : path.split("\\.", -1)) {
      try {
        o = PyObjects.getAttr(o, step);
      } catch (PyException e) {
        if (!e.matches(Exceptions.AttributeError)) {
          throw e;
        }
        throw PickleErrors.after(
            e,
            Errors.of(
                Exceptions.AttributeError,
                "Can't resolve path "
                    + PyObjects.repr(name)
                    + " on module "
                    + PyObjects.repr(module)));
      }
    }
    return o;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 128 + 8L * memo.capacity();
  }

  PyObject loadPersistent(PyObject id) {
    return PyObjects.getAttr(this, "persistent_load").call1(id);
  }

  /** {@code find_class}, maybe of a subclass. */
  PyObject find(PyObject module, PyObject name) {
    PyInstance attrs = attrs();
    if (attrs == null) {
      return findClass(module, name);
    }
    return PyObjects.getAttr(this, "find_class").call2(module, name);
  }

  // ---- memo

  @PyGetter("memo")
  PyObject getMemo() {
    return new PyUnpicklerMemoProxy(this);
  }

  @PySetter("memo")
  void setMemo(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("attribute deletion is not supported");
    }
    checkMemoAccess();
    UnpicklerMemo made = new UnpicklerMemo();
    if (value instanceof PyUnpicklerMemoProxy proxy) {
      proxy.unpickler.checkMemoAccess();
      made.putAll(proxy.unpickler.memo);
    } else if (value instanceof PyDict d) {
      PyObject items = PyIters.getIter(d.items());
      for (PyObject p = PyIters.next(items); p != null; p = PyIters.next(items)) {
        PyTuple pair = (PyTuple) p;
        if (!(pair.get(0) instanceof PyInt n)) {
          throw Errors.typeError("memo key must be integers");
        }
        if (!n.isInt() || n.signum() < 0) {
          throw Errors.valueError("memo key must be positive integers.");
        }
        made.put(n.longValue(), pair.get(1));
      }
    } else {
      throw Errors.typeError(
          "'memo' attribute must be an UnpicklerMemoProxy object or dict, not "
              + value.type().name());
    }
    memo = made;
  }

  void clearMemo() {
    checkMemoAccess();
    memo.clear();
  }

  PyObject copyMemo() {
    checkMemoAccess();
    return memo.toDict();
  }

  /** A str decoded with surrogates let through. */
  static PyObject utf8(byte[] data, int from, int n) {
    for (int i = from; i < from + n; i++) {
      if (data[i] < 0) {
        PyObject b = Py.bytes(java.util.Arrays.copyOfRange(data, from, from + n));
        return org.plait.runtime.protocol.PyCalls.callMethod(
            b, "decode", Py.str("utf-8"), Py.str("surrogatepass"));
      }
    }
    return PyStr.of(new String(data, from, n, java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
