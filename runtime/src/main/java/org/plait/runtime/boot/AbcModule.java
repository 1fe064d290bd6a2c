package org.plait.runtime.boot;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.runtime.types.PyWeakReference;

/** {@code _abc}: what {@code abc.ABCMeta} is made of. */
@PyModuleDef(name = "_abc", doc = "Module contains faster C implementation of abc.ABCMeta")
public final class AbcModule implements NativeModule {
  private static final AtomicLong REGISTRATIONS = new AtomicLong();
  private static final int COLLECTION_FLAGS = PyType.SEQUENCE | PyType.MAPPING;

  @Override
  public NativeTable table() {
    return new AbcModuleTable(this);
  }

  static long version() {
    return REGISTRATIONS.get();
  }

  @PyFunction(
      name = "get_cache_token",
      sig = "()",
      doc =
          "A token that changes whenever a class is registered with any abstract "
              + "class.\n\n"
              + "Tokens can only be compared: equal ones mean that caches of answers still "
              + "hold.")
  static long getCacheToken() {
    return version();
  }

  private static PyAbcData data(PyObject cls) {
    PyObject d = PyObjects.getAttr(cls, "_abc_impl");
    if (d instanceof PyAbcData data) {
      return data;
    }
    throw Errors.typeError("_abc_impl is set to a wrong type");
  }

  private static boolean isAbstract(PyObject value) {
    PyObject v = PyObjects.getOptionalAttr(value, "__isabstractmethod__");
    return v != null && PyObjects.isTrue(v);
  }

  // Compare CPython compute_abstract_methods in _abc.c.
  private static void computeAbstractMethods(PyObject cls) {
    PySet found = new PySet();
    PyObject dict = PyObjects.getAttr(cls, "__dict__");
    PyObject items = PyIters.getIter(PyCalls.callMethod(dict, "items"));
    for (PyObject item = PyIters.next(items); item != null; item = PyIters.next(items)) {
      if (!(item instanceof PyTuple t) || t.size() != 2) {
        throw Errors.typeError("Iteration over dict.items() yielded a non-2-tuple");
      }
      if (isAbstract(t.get(1))) {
        found.add(t.get(0));
      }
    }
    if (!(PyObjects.getAttr(cls, "__bases__") instanceof PyTuple bases)) {
      throw Errors.typeError("__bases__ is not tuple");
    }
    for (PyObject base : bases.array()) {
      PyObject names = PyObjects.getOptionalAttr(base, "__abstractmethods__");
      if (names == null) {
        continue;
      }
      PyObject it = PyIters.getIter(names);
      for (PyObject key = PyIters.next(it); key != null; key = PyIters.next(it)) {
        PyObject value =
            key instanceof PyStr s ? PyObjects.getOptionalAttr(cls, s.toString()) : null;
        if (value != null && isAbstract(value)) {
          found.add(key);
        }
      }
    }
    PyObjects.setAttr(cls, "__abstractmethods__", PyFrozenSet.TYPE.call1(found));
  }

  @PyFunction(
      name = "_abc_init",
      sig = "(self, /)",
      doc = "Sets a class up as an abstract one; for the module abc.")
  static void init(PyObject self) {
    computeAbstractMethods(self);
    PyObjects.setAttr(self, "_abc_impl", new PyAbcData(version()));
    if (self instanceof PyType t && t.getOwn("__abc_tpflags__") instanceof PyInt flags) {
      // Same numbers as CPython's Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING.
      long bits = flags.longValue() & COLLECTION_FLAGS;
      if (bits == COLLECTION_FLAGS) {
        throw Errors.typeError(
            "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
      }
      t.addCollectionFlags((int) bits);
      t.setOwn("__abc_tpflags__", null);
    }
  }

  @PyFunction(
      name = "_abc_register",
      sig = "(self, subclass, /)",
      doc = "register() of an abstract class; for the module abc.")
  static PyObject register(PyObject self, PyObject subclass) {
    if (!(subclass instanceof PyType sub)) {
      throw Errors.typeError("Can only register classes");
    }
    if (PyObjects.isSubclass(subclass, self)) {
      return subclass;
    }
    if (PyObjects.isSubclass(self, subclass)) {
      throw Errors.runtimeError("Refusing to create an inheritance cycle");
    }
    data(self).registry.add(subclass);
    REGISTRATIONS.incrementAndGet();
    if (self instanceof PyType t) {
      int bits = t.flags() & COLLECTION_FLAGS;
      if (bits != 0) {
        addFlagsToAll(sub, bits);
      }
    }
    return subclass;
  }

  // Compare CPython set_collection_flag_recursive in _abc.c.
  private static void addFlagsToAll(PyType type, int bits) {
    if (type.hasFlag(PyType.IMMUTABLE) || (type.flags() & COLLECTION_FLAGS) == bits) {
      return;
    }
    type.addCollectionFlags(bits);
    for (PyType sub : type.subclasses()) {
      addFlagsToAll(sub, bits);
    }
  }

  private static boolean subclassCheck(PyObject self, PyObject subclass) {
    return PyObjects.isTrue(PyCalls.callMethod(self, "__subclasscheck__", subclass));
  }

  // Compare CPython _abc__abc_instancecheck_impl in _abc.c.
  @PyFunction(
      name = "_abc_instancecheck",
      sig = "(self, instance, /)",
      doc = "isinstance() of an abstract class; for the module abc.")
  static boolean instanceCheck(PyObject self, PyObject instance) {
    PyAbcData data = data(self);
    PyObject subclass = PyObjects.getAttr(instance, "__class__");
    if (data.cache.contains(subclass)) {
      return true;
    }
    PyType subtype = instance.type();
    if (subtype == subclass) {
      if (data.negativeVersion == version() && data.negativeCache.contains(subclass)) {
        return false;
      }
      return subclassCheck(self, subclass);
    }
    return subclassCheck(self, subclass) || subclassCheck(self, subtype);
  }

  // Compare CPython _abc__abc_subclasscheck_impl in _abc.c.
  @PyFunction(
      name = "_abc_subclasscheck",
      sig = "(self, subclass, /)",
      doc = "issubclass() of an abstract class; for the module abc.")
  static boolean subclasscheck(PyObject self, PyObject subclass) {
    if (!(subclass instanceof PyType sub)) {
      throw Errors.typeError("issubclass() arg 1 must be a class");
    }
    PyAbcData data = data(self);
    if (data.cache.contains(sub)) {
      return true;
    }
    long version = version();
    if (data.negativeVersion < version) {
      data.negativeCache = new PyAbcData.ClassSet();
      data.negativeVersion = version;
    } else if (data.negativeCache.contains(sub)) {
      return false;
    }
    PyAbcData.ClassSet negative = data.negativeCache;
    PyObject ok = PyCalls.callMethod(self, "__subclasshook__", sub);
    if (ok == Py.True) {
      data.cache.add(sub);
      return true;
    }
    if (ok == Py.False) {
      negative.add(sub);
      return false;
    }
    if (ok != Py.NotImplemented) {
      throw Errors.of(
          org.plait.runtime.exceptions.Exceptions.AssertionError,
          "__subclasshook__ must return either False, True, or NotImplemented");
    }
    if (self instanceof PyType t && sub.isSubtypeOf(t)) {
      data.cache.add(sub);
      return true;
    }
    for (PyObject registered : data.registry.snapshot()) {
      if (PyObjects.isSubclass(sub, registered)) {
        data.cache.add(sub);
        return true;
      }
    }
    if (!(PyCalls.callMethod(self, "__subclasses__") instanceof PyList subclasses)) {
      throw Errors.typeError("__subclasses__() must return a list");
    }
    for (PyObject c : subclasses.toArray()) {
      if (PyObjects.isSubclass(sub, c)) {
        data.cache.add(sub);
        return true;
      }
    }
    negative.add(sub);
    return false;
  }

  private static PyObject references(List<PyObject> classes) {
    PySet set = new PySet();
    for (PyObject c : classes) {
      set.add(PyWeakReference.of(c));
    }
    return set;
  }

  @PyFunction(
      name = "_get_dump",
      sig = "(self, /)",
      doc =
          "Registry, cache, negative cache (copies) and its version; for debugging.\n\n"
              + "ABC._dump_registry() shows them in a readable form.")
  static PyObject dump(PyObject self) {
    PyAbcData d = data(self);
    return Py.tuple(
        references(d.registry.snapshot()),
        references(d.cache.snapshot()),
        references(d.negativeCache.snapshot()),
        Py.int_(d.negativeVersion));
  }

  @PyFunction(
      name = "_reset_registry",
      sig = "(self, /)",
      doc = "Empties the registry of a class; for tests that look for leaks.")
  static void resetRegistry(PyObject self) {
    data(self).registry.clear();
  }

  @PyFunction(
      name = "_reset_caches",
      sig = "(self, /)",
      doc = "Empties both caches of a class; for tests that look for leaks.")
  static void resetCaches(PyObject self) {
    PyAbcData d = data(self);
    d.cache.clear();
    d.negativeCache.clear();
  }
}
