package org.plait.modules;

import org.plait.modules.random.PyRandom;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code _random}. */
@PyModuleDef(name = "_random", doc = "Random numbers by the Mersenne Twister.")
public final class RandomModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new RandomModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("Random", PyRandom.TYPE);
  }
}
