package org.plait.runtime.object;

import org.plait.runtime.types.PyModule;

/**
 * A Python module written in Java and marked {@code @PyModuleDef}. One Java object is made per
 * import and interpreter; its fields are the module's state.
 */
public interface NativeModule {
  /** The generated table, made for this object: {@code new MathModuleTable(this)}. */
  NativeTable table();

  /** Adds what is no function: constants, types, exceptions. The functions are there already. */
  default void exec(PyModule module) {}
}
