package org.plait.runtime.object;

import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStaticMethod;

/** Makes the Python objects for the definitions of native tables. */
public final class Natives {
  private Natives() {}

  /** Fills the dict of a built-in type that is being made ready. */
  static void fill(PyType type, NativeTable table, PyDict dict) {
    boolean comparable = false;
    boolean hashable = false;
    NativeDef[] defs = table.defs();
    // As in CPython's dicts: __new__, slots, methods, then attributes.
    for (int step = 0; step < 4; step++) {
      for (NativeDef def : defs) {
        if (step(def) == step) {
          dict.putStr(def.name, entry(type, def));
          comparable |= def.name.equals("__eq__");
          hashable |= def.name.equals("__hash__");
        }
      }
    }
    if ((table.flags() & PyType.HAS_DICT) != 0
        && dict.getStr("__dict__") == null
        && !inheritsDict(type)) {
      dict.putStr("__dict__", DictDescriptors.dict(type));
    }
    String doc = table.doc();
    if (dict.getStr("__doc__") == null) {
      dict.putStr("__doc__", Py.strOrNone(doc));
    }
    if (comparable && !hashable) {
      dict.putStr("__hash__", Py.None);
    }
  }

  private static boolean inheritsDict(PyType type) {
    PyType base = type.table() == null || type == PyBaseObject.TYPE ? null : type.table().base();
    return base != null && base.hasDict();
  }

  private static int step(NativeDef def) {
    return switch (def.kind) {
      case NativeDef.NEW -> 0;
      case NativeDef.WRAPPER, NativeDef.SEQUENCE_WRAPPER -> 1;
      case NativeDef.GETSET, NativeDef.MEMBER -> 3;
      default -> 2;
    };
  }

  private static PyObject entry(PyType type, NativeDef def) {
    return switch (def.kind) {
      case NativeDef.NEW -> new PyNewFunction(def, type);
      case NativeDef.WRAPPER, NativeDef.SEQUENCE_WRAPPER -> new PyWrapperDescriptor(type, def);
      case NativeDef.METHOD -> new PyMethodDescriptor(type, def);
      case NativeDef.CLASS_METHOD -> new PyClassMethodDescriptor(type, def);
      case NativeDef.STATIC_METHOD -> new PyStaticMethod(new PyBuiltinFunction(def, type));
      case NativeDef.GETSET -> PyGetSetDescriptor.of(type, def);
      case NativeDef.MEMBER -> PyMemberDescriptor.of(type, def);
      default -> throw new IllegalArgumentException(def.fullName());
    };
  }

  /** Adds the functions of a native module's table to the module. */
  public static void addFunctions(PyModule module, NativeTable table) {
    PyDict dict = module.dict();
    for (NativeDef def : table.defs()) {
      dict.putStr(def.name, new PyBuiltinFunction(def, module));
    }
  }
}
