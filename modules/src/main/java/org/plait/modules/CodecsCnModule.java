package org.plait.modules;

import org.plait.modules.multibyte.Encodings;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;

/** {@code _codecs_cn}. */
@PyModuleDef(name = "_codecs_cn")
public final class CodecsCnModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CodecsCnModuleTable(this);
  }

  @PyFunction(sig = "(object, /)", doc = "The codec of an encoding.")
  static PyObject getcodec(PyObject name) {
    return Encodings.codec("cn", name);
  }
}
