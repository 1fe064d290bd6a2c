package org.plait.runtime.types;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/**
 * {@code weakref.ReferenceType}, and the base of the proxies.
 *
 * <p>The referent hangs on a Java weak reference. When the collector has found the referent dead
 * and this object still lives, {@link Finalization} runs the callback, on its own thread or within
 * {@code gc.collect()}.
 */
@PyTypeDef(name = "ReferenceType", module = "weakref", subclassable = true, sig = "none")
public class PyWeakReference extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyWeakReferenceTable.INSTANCE);

  /** The Java reference; alive as long as its owner is. */
  private static final class Link extends WeakReference<PyObject> implements Finalization.Dead {
    private static final AtomicLong RANKS = new AtomicLong();

    private final PyWeakReference owner;
    private final long rank;

    /** Whose callback it is; null when there is none. */
    private final @Nullable PyInterpreter interpreter;

    Link(PyObject o, PyWeakReference owner) {
      super(o);
      this.owner = owner;
      rank = 0;
      interpreter = null;
    }

    Link(PyObject o, PyWeakReference owner, boolean queued) {
      super(o, Finalization.queue());
      this.owner = owner;
      rank = RANKS.incrementAndGet();
      interpreter = ThreadState.current().interpreter;
    }

    /** CPython calls the callbacks of an object youngest first. */
    @Override
    public long rank() {
      return rank;
    }

    @Override
    public void run() {
      Finalization.runIn(interpreter, owner::runCallback);
    }
  }

  private final WeakReference<PyObject> link;
  private volatile @Nullable PyObject callback;
  private final boolean shareable;
  private volatile boolean cleared;
  private long hash;
  private volatile boolean hashed;

  /**
   * @param callback what is called with this when the referent has died, or null
   */
  protected PyWeakReference(PyObject o, @Nullable PyObject callback) {
    this.callback = callback;
    this.link = callback == null ? new Link(o, this) : new Link(o, this, true);
    this.shareable = callback == null && !(this instanceof PyWeakReferenceDerived);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The weak reference to an object that has no callback: always the same one while it lives. */
  public static PyWeakReference of(PyObject o) {
    checkReferable(o);
    PyWeakReference known = ObjectExtras.sharedReference(o, PyWeakReference.class);
    return known != null ? known : ObjectExtras.shareReference(o, new PyWeakReference(o, null));
  }

  static void checkReferable(PyObject o) {
    if (!ObjectExtras.isReferable(o)) {
      throw Errors.typeError("cannot create weak reference to '" + o.type().name() + "' object");
    }
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    int n = args.length - (kwnames == null ? 0 : kwnames.length);
    if (cls == TYPE && kwnames != null) {
      throw Errors.typeError("ref() takes no keyword arguments");
    }
    checkCount("__new__", n);
    PyObject o = args[0];
    PyObject callback = n < 2 || args[1] == Py.None ? null : args[1];
    if (cls == TYPE && callback == null) {
      return of(o);
    }
    checkReferable(o);
    PyWeakReference made =
        cls == TYPE
            ? new PyWeakReference(o, callback)
            : new PyWeakReferenceDerived(cls, o, callback);
    ObjectExtras.addReference(o, made);
    return made;
  }

  static void checkCount(String function, int n) {
    if (n < 1) {
      throw Errors.typeError(function + " expected at least 1 argument, got " + n);
    }
    if (n > 2) {
      throw Errors.typeError(function + " expected at most 2 arguments, got " + n);
    }
  }

  @PyMethod(name = "__init__", raw = true)
  final void init(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("ref() takes no keyword arguments");
    }
    checkCount("__init__", args.length);
  }

  /** The referent, or null when it is gone. */
  public final @Nullable PyObject get() {
    return cleared ? null : link.get();
  }

  /** Whether the referent is gone. */
  public final boolean isCleared() {
    return cleared || link.refersTo(null);
  }

  /** Whether all who want a reference without a callback get this one. */
  public final boolean isShareable() {
    return shareable;
  }

  /**
   * Whether a call collects garbage first, since the interpreter has let go of the referent. Apart
   * from its caller, whose frame must not keep the referent.
   */
  public final boolean isLetGo() {
    PyObject o = get();
    return o != null && Finalization.isLetGo(o);
  }

  private void runCallback() {
    PyObject f = callback;
    callback = null;
    if (f == null || cleared) {
      return;
    }
    cleared = true;
    try {
      f.call1(this);
    } catch (PyException e) {
      Unraisable.reportAbout(e.value, "Exception ignored while calling weakref callback", f);
    }
  }

  @Override
  public PyObject call0() {
    return this instanceof PyWeakReferenceDerived ? super.call0() : call_();
  }

  @PyMethod(name = "__call__", sig = "()")
  PyObject call_() {
    if (isLetGo()) {
      Finalization.collect();
    }
    return Py.orNone(get());
  }

  @PyGetter("__callback__")
  PyObject callback() {
    PyObject f = callback;
    return isCleared() ? Py.None : Py.orNone(f);
  }

  @PyMethod(name = "__hash__")
  long hash_() {
    if (!hashed) {
      PyObject o = get();
      if (o == null) {
        throw Errors.typeError("weak object has gone away");
      }
      hash = PyObjects.hash(o);
      hashed = true;
    }
    return hash;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return describe("weakref");
  }

  final String describe(String what) {
    String head = "<" + what + " at " + PyIdentity.address(this);
    PyObject o = get();
    if (o == null) {
      return head + "; dead>";
    }
    PyObject name = nameOf(o);
    return head
        + "; to '"
        + o.type().fullName()
        + "' at "
        + PyIdentity.address(o)
        + (name instanceof PyStr s ? " (" + s + ")>" : ">");
  }

  /** Objects that can't be asked for a name have none. */
  private static @Nullable PyObject nameOf(PyObject o) {
    try {
      return PyObjects.getOptionalAttr(o, "__name__");
    } catch (PyException e) {
      return null;
    }
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (op != CompareOp.EQ && op != CompareOp.NE
        || !(other instanceof PyWeakReference w)
        || other instanceof WeakProxy) {
      return Py.NotImplemented;
    }
    PyObject a = get();
    PyObject b = w.get();
    if (a == null || b == null) {
      return Py.bool_((this == other) == (op == CompareOp.EQ));
    }
    return PyObjects.richCompare(a, b, op);
  }

  @org.plait.processor.annotation.PyClassMethod(
      name = "__class_getitem__",
      sig = "(object, /)",
      doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
