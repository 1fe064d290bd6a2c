package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyWeakCallableProxy;
import org.plait.runtime.types.PyWeakProxy;
import org.plait.runtime.types.PyWeakReference;
import org.plait.runtime.types.WeakProxy;

/** {@code _weakref}. */
@PyModuleDef(name = "_weakref", doc = "Weak-reference support module.")
public final class WeakrefModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new WeakrefModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("ref", PyWeakReference.TYPE);
    module.add("ReferenceType", PyWeakReference.TYPE);
    module.add("ProxyType", PyWeakProxy.TYPE);
    module.add("CallableProxyType", PyWeakCallableProxy.TYPE);
  }

  @PyFunction(
      name = "getweakrefcount",
      sig = "(object, /)",
      doc = "How many weak references to the object there are.")
  static int count(PyObject object) {
    return ObjectExtras.references(object).size();
  }

  @PyFunction(
      name = "getweakrefs",
      sig = "(object, /)",
      doc = "A list of the weak references to the object.")
  static PyObject all(PyObject object) {
    return Py.list(ObjectExtras.references(object));
  }

  @PyFunction(
      name = "proxy",
      sig = "(object, callback=None, /)",
      doc =
          "A stand-in that passes everything on to an object it doesn't keep alive.\n\n"
              + "The callback is called with the stand-in once the object is gone.")
  static PyObject proxy(PyObject object, PyObject callback) {
    if (!ObjectExtras.isReferable(object)) {
      throw Errors.typeError(
          "cannot create weak reference to '" + object.type().name() + "' object");
    }
    boolean callable = object.type().special(Special.CALL) != null;
    if (callback != Py.None) {
      WeakProxy p =
          callable ? new PyWeakCallableProxy(object, callback) : new PyWeakProxy(object, callback);
      ObjectExtras.addReference(object, p);
      return p;
    }
    PyWeakReference known =
        ObjectExtras.sharedReference(
            object, callable ? PyWeakCallableProxy.class : PyWeakProxy.class);
    return known != null
        ? known
        : ObjectExtras.shareReference(
            object,
            callable ? new PyWeakCallableProxy(object, null) : new PyWeakProxy(object, null));
  }

  @PyFunction(
      name = "_remove_dead_weakref",
      sig = "(dct, key, /)",
      doc = "Takes a key out of a dict if its value is a weak reference that is dead.")
  static void removeDead(PyDict dct, PyObject key) {
    PyObject value = dct.get(key);
    if (value == null) {
      return;
    }
    if (!(value instanceof PyWeakReference r)) {
      throw Errors.typeError("not a weakref");
    }
    // Whoever has put a living one there since must not lose it.
    if (r.isCleared()) {
      PyObject removed = dct.remove(key);
      if (removed instanceof PyWeakReference w && !w.isCleared()) {
        PyCalls.callMethod(dct, "setdefault", key, w);
      }
    }
  }
}
