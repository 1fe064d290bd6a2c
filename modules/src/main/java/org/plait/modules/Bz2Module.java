package org.plait.modules;

import org.plait.modules.bz2.PyBz2Compressor;
import org.plait.modules.bz2.PyBz2Decompressor;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code _bz2}. */
@PyModuleDef(name = "_bz2")
public final class Bz2Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Bz2ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("BZ2Compressor", PyBz2Compressor.TYPE);
    m.add("BZ2Decompressor", PyBz2Decompressor.TYPE);
  }
}
