package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyType;

/** {@code _typeversion}: the numbers that caches of lookups go by, for CPython's tests of them. */
@PyModuleDef(name = "_typeversion")
public final class TypeversionModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new TypeversionModuleTable(this);
  }

  @PyFunction(sig = "(type, /)", doc = "The number under which lookups in the type are cached now.")
  static long get(PyType type) {
    return type.version();
  }

  @PyFunction(sig = "(type, /)", doc = "Gives the type and its subclasses new numbers.")
  static void modified(PyType type) {
    type.modified();
  }
}
