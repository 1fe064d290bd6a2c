package org.plait.modules;

import org.plait.modules.hamt.PyHamt;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code _hamt}: the map inside contexts, for CPython's tests of it. */
@PyModuleDef(name = "_hamt")
public final class HamtModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new HamtModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("hamt", PyHamt.TYPE);
  }
}
