package org.plait.modules;

import org.plait.modules.multibyte.Encodings;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;

/** {@code _codecs_hk}. */
@PyModuleDef(name = "_codecs_hk")
public final class CodecsHkModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CodecsHkModuleTable(this);
  }

  @PyFunction(sig = "(object, /)", doc = "The codec of an encoding.")
  static PyObject getcodec(PyObject name) {
    return Encodings.codec("hk", name);
  }
}
