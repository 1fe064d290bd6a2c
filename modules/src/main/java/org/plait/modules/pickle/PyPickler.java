package org.plait.modules.pickle;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;

/**
 * {@code _pickle.Pickler}. It belongs to one thread while it works ({@link #user}); others that
 * call it meanwhile, or its own callbacks, get a RuntimeError.
 */
@PyTypeDef(
    name = "Pickler",
    module = "_pickle",
    subclassable = true,
    sig = "(file, protocol=None, fix_imports=True, buffer_callback=None)",
    doc =
        "Writes pickles to a binary file, an object with a write method.\n\n"
            + "protocol is 0 to 5 (the default is 5), or negative for the highest.")
public class PyPickler extends HookedObject {
  public static final PyType TYPE = PyType.builtin(PyPicklerTable.INSTANCE);

  @Nullable PyObject write;
  int protocol;
  boolean fixImports;
  @Nullable PyObject bufferCallback;
  private boolean initialized;

  /** Used by {@link #user} only. */
  Memo memo = new Memo();

  @PyMember(value = "bin", readonly = false)
  volatile int bin;

  @PyMember(value = "fast", readonly = false)
  volatile int fast;

  @PyMember(value = "dispatch_table", readonly = false, required = true)
  volatile @Nullable PyObject dispatchTable;

  private final AtomicReference<@Nullable ThreadState> user = new AtomicReference<>();

  public PyPickler() {
    super("persistent_id");
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyPickler() : new PyPicklerDerived(cls);
  }

  @PyMethod(
      name = "__init__",
      sig = "(file, protocol=None, fix_imports=True, buffer_callback=None)")
  void init(PyObject file, PyObject protocol, boolean fixImports, PyObject bufferCallback) {
    begin();
    try {
      setUp(protocol, fixImports, bufferCallback);
      PyObject w = PyObjects.getOptionalAttr(file, "write");
      if (w == null) {
        throw Errors.typeError("file must have a 'write' attribute");
      }
      write = w;
      memo = new Memo();
      fast = 0;
      dispatchTable = PyObjects.getOptionalAttr(this, "dispatch_table");
      initialized = true;
    } finally {
      end();
    }
  }

  private void setUp(PyObject protocol, boolean fixImports, PyObject bufferCallback) {
    this.protocol = protocolOf(protocol);
    this.bin = this.protocol > 0 ? 1 : 0;
    this.fixImports = fixImports && this.protocol < 3;
    if (bufferCallback != Py.None && this.protocol < 5) {
      throw Errors.valueError("buffer_callback needs protocol >= 5");
    }
    this.bufferCallback = bufferCallback == Py.None ? null : bufferCallback;
  }

  private static int protocolOf(PyObject given) {
    if (given == Py.None) {
      return Op.HIGHEST_PROTOCOL;
    }
    long p = PyNumbers.asLong(given, org.plait.runtime.exceptions.Exceptions.OverflowError);
    if (p < 0) {
      return Op.HIGHEST_PROTOCOL;
    }
    if (p > Op.HIGHEST_PROTOCOL) {
      throw Errors.valueError("pickle protocol must be <= " + Op.HIGHEST_PROTOCOL);
    }
    return (int) p;
  }

  /** {@code dumps} and {@code dump}: null for bytes instead of a file. */
  static PyObject dump(
      PyObject obj,
      @Nullable PyObject file,
      PyObject protocol,
      boolean fixImports,
      PyObject bufferCallback) {
    PyPickler p = new PyPickler();
    p.setUp(protocol, fixImports, bufferCallback);
    if (file != null) {
      PyObject w = PyObjects.getOptionalAttr(file, "write");
      if (w == null) {
        throw Errors.typeError("file must have a 'write' attribute");
      }
      p.write = w;
    }
    PickleOutput out = new PickleOutput(p.write);
    new Saver(p, out).dump(obj);
    return file == null ? Py.bytes(out.toBytes()) : Py.None;
  }

  private void begin() {
    if (!user.compareAndSet(null, ThreadState.current())) {
      throw Errors.runtimeError("Pickler object is already used");
    }
  }

  private void end() {
    user.set(null);
  }

  /** Another thread's work must not be disturbed; the callbacks of our own may look. */
  private void checkMemoAccess() {
    ThreadState u = user.get();
    if (u != null && u != ThreadState.current()) {
      throw Errors.runtimeError("Pickler object is already used");
    }
  }

  @PyMethod(sig = "(obj, /)", doc = "Writes an object to the file.")
  void dump(PyObject obj) {
    if (!initialized) {
      throw PickleErrors.pickling(
          "Pickler.__init__() was not called by " + type().fullName() + ".__init__()");
    }
    begin();
    try {
      new Saver(this, new PickleOutput(write)).dump(obj);
    } finally {
      end();
    }
  }

  @PyMethod(
      name = "clear_memo",
      sig = "()",
      doc = "Forgets which objects were written, so that they are written in full again.")
  void clearMemo() {
    checkMemoAccess();
    memo.clear();
  }

  @PyMethod(name = "persistent_id", sig = "(obj, /)")
  PyObject persistentId(PyObject obj) {
    return Py.None;
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 128 + 24L * memo.size();
  }

  /** What is to be asked for persistent ids, null when nothing was defined. */
  @Nullable PyObject persistentIdFunction() {
    PyObject own = hook();
    if (own != null) {
      return own;
    }
    PyInstance attrs = attrs();
    if (attrs == null
        || type().lookup("persistent_id") == TYPE.lookup("persistent_id")
            && attrs.getDictAttr("persistent_id") == null) {
      return null;
    }
    return PyObjects.getAttr(this, "persistent_id");
  }

  // ---- memo

  @PyGetter("memo")
  PyObject getMemo() {
    return new PyPicklerMemoProxy(this);
  }

  @PySetter("memo")
  void setMemo(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("attribute deletion is not supported");
    }
    checkMemoAccess();
    Memo made = new Memo();
    if (value instanceof PyPicklerMemoProxy proxy) {
      proxy.pickler.checkMemoAccess();
      made.putAll(proxy.pickler.memo);
    } else if (value instanceof PyDict d) {
      for (PyObject v :
          ((PyTuple) org.plait.runtime.protocol.PySequences.tuple(d.values())).array()) {
        if (!(v instanceof PyTuple t) || t.size() != 2) {
          throw Errors.typeError("'memo' values must be 2-item tuples");
        }
        if (!(t.get(0) instanceof PyInt n)) {
          throw Errors.typeError("an integer is required");
        }
        made.put(t.get(1), (int) n.longValue());
      }
    } else {
      throw Errors.typeError(
          "'memo' attribute must be a PicklerMemoProxy object or dict, not " + value.type().name());
    }
    memo = made;
  }

  /** A copy of the memo as Python sees it. */
  PyObject copyMemo() {
    checkMemoAccess();
    return memo.toDict();
  }
}
