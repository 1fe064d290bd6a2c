package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;

/**
 * The methods and attributes of a native type, or the functions of a native module. Subclasses are
 * generated; the switch dispatch in them calls the Java methods straight.
 *
 * <p>The {@code call} methods take the id of a {@link NativeDef}, self (the instance; the class for
 * {@code __new__} and class methods; ignored for functions and static methods) and positional
 * arguments. Ids and arities without a case of their own come to the methods here, which bind the
 * arguments by the signature or raise what is wrong with them.
 */
public abstract class NativeTable {
  /** What {@code interp.Quiet} knows of making instances, 0 before it has looked. Benign race. */
  public byte quietNew;

  private volatile NativeDef @Nullable [] defs;

  protected abstract NativeDef[] createDefs();

  /** All definitions; the index is the id. Callers must not change the array. */
  public final NativeDef[] defs() {
    NativeDef[] d = defs;
    if (d == null) {
      synchronized (this) {
        d = defs;
        if (d == null) {
          d = createDefs();
          defs = d;
        }
      }
    }
    return d;
  }

  public final NativeDef def(int id) {
    return defs()[id];
  }

  /** The type's {@code __name__}; for a module its name. */
  public abstract String typeName();

  /** The name of the module that the type or function belongs to. */
  public abstract String moduleName();

  public @Nullable String doc() {
    return null;
  }

  /** Text signature of the type itself, without self, or null. */
  public @Nullable String signature() {
    return null;
  }

  /** The base type. For {@code object} itself the value means nothing. */
  public PyType base() {
    return PyBaseObject.TYPE;
  }

  /** Whether instances have a Java class of their own, not the base type's. */
  public boolean addsLayout() {
    return true;
  }

  /** Flags of {@link PyType}. */
  public int flags() {
    return 0;
  }

  /** Whether the object can be self in this table's methods. */
  public boolean accepts(PyObject o) {
    return true;
  }

  public PyObject call0(int id, PyObject self) {
    return bindAndCall(id, self, PyObject.NO_ARGS, null);
  }

  public PyObject call1(int id, PyObject self, PyObject a) {
    return bindAndCall(id, self, new PyObject[] {a}, null);
  }

  public PyObject call2(int id, PyObject self, PyObject a, PyObject b) {
    return bindAndCall(id, self, new PyObject[] {a, b}, null);
  }

  public PyObject call3(int id, PyObject self, PyObject a, PyObject b, PyObject c) {
    return bindAndCall(id, self, new PyObject[] {a, b, c}, null);
  }

  /**
   * Calls with arguments in parameter order.
   *
   * @param args one entry per parameter, null where absent
   */
  public PyObject callN(int id, PyObject self, PyObject[] args) {
    throw new IllegalStateException(def(id).fullName());
  }

  /** Calls a method that takes its arguments unbound. */
  public PyObject callRaw(int id, PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    throw new IllegalStateException(def(id).fullName());
  }

  /** Reads an attribute. */
  public PyObject get(int id, PyObject self) {
    throw new IllegalStateException(def(id).fullName());
  }

  /**
   * Writes an attribute; null deletes. Only for definitions that are {@link NativeDef#writable}.
   */
  public void set(int id, PyObject self, @Nullable PyObject value) {
    throw new IllegalStateException(def(id).fullName());
  }

  /**
   * Calls with the arguments of a vectorcall, whatever the method's kind.
   *
   * @param args positional arguments, then the values of the keywords
   */
  public final PyObject call(
      NativeDef def, PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    if (def.raw) {
      return callRaw(def.id, self, args, kwnames != null && kwnames.length == 0 ? null : kwnames);
    }
    if (kwnames == null || kwnames.length == 0) {
      switch (args.length) {
        case 0:
          return call0(def.id, self);
        case 1:
          return call1(def.id, self, args[0]);
        case 2:
          return call2(def.id, self, args[0], args[1]);
        case 3:
          return call3(def.id, self, args[0], args[1], args[2]);
        default:
          return bindAndCall(def.id, self, args, null);
      }
    }
    return bindAndCall(def.id, self, args, kwnames);
  }

  private PyObject bindAndCall(
      int id, PyObject self, PyObject[] args, String @Nullable [] kwnames) {
    NativeDef def = def(id);
    if (def.takesInstance() && !accepts(self)) {
      throw wrongSelf(id, self);
    }
    if (def.raw) {
      return callRaw(id, self, args, kwnames);
    }
    return callN(id, self, def.signature().bind(self, args, kwnames));
  }

  /** The TypeError for a self of the wrong type. */
  protected final RuntimeException wrongSelf(int id, PyObject self) {
    NativeDef def = def(id);
    String got = self.type().name();
    return Errors.typeError(
        def.isWrapper()
            ? "descriptor '"
                + def.name
                + "' requires a '"
                + typeName()
                + "' object but received a '"
                + got
                + "'"
            : "descriptor '"
                + def.name
                + "' for '"
                + typeName()
                + "' objects doesn't apply to a '"
                + got
                + "' object");
  }
}
