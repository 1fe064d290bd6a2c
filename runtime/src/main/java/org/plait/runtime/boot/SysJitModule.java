package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;

/** {@code sys._jit}: about CPython's own just-in-time compiler, which is not here. */
@PyModuleDef(name = "sys._jit")
public final class SysJitModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SysJitModuleTable(this);
  }

  @PyFunction(name = "is_available", sig = "()")
  static boolean isAvailable() {
    return false;
  }

  @PyFunction(name = "is_enabled", sig = "()")
  static boolean isEnabled() {
    return false;
  }

  @PyFunction(name = "is_active", sig = "()")
  static boolean isActive() {
    return false;
  }
}
