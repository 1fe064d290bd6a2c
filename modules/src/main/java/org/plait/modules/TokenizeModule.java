package org.plait.modules;

import org.plait.modules.compiling.PyTokenizerIter;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code _tokenize}. */
@PyModuleDef(name = "_tokenize")
public final class TokenizeModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new TokenizeModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("TokenizerIter", PyTokenizerIter.TYPE);
  }
}
