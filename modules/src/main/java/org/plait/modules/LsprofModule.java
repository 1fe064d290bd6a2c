package org.plait.modules;

import org.plait.modules.profiling.PyProfiler;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code _lsprof}: what {@code cProfile} is made of. */
@PyModuleDef(name = "_lsprof", doc = "Counts and times calls.")
public final class LsprofModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new LsprofModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("Profiler", PyProfiler.TYPE);
    module.add("profiler_entry", PyProfiler.ENTRY.type());
    module.add("profiler_subentry", PyProfiler.SUBENTRY.type());
  }
}
