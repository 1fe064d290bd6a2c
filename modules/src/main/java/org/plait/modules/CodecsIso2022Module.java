package org.plait.modules;

import org.plait.modules.multibyte.Encodings;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;

/** {@code _codecs_iso2022}. */
@PyModuleDef(name = "_codecs_iso2022")
public final class CodecsIso2022Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new CodecsIso2022ModuleTable(this);
  }

  @PyFunction(sig = "(object, /)", doc = "The codec of an encoding.")
  static PyObject getcodec(PyObject name) {
    return Encodings.codec("iso2022", name);
  }
}
