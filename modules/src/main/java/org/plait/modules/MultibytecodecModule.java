package org.plait.modules;

import org.plait.modules.multibyte.PyMultibyteIncrementalDecoder;
import org.plait.modules.multibyte.PyMultibyteIncrementalEncoder;
import org.plait.modules.multibyte.PyMultibyteStreamReader;
import org.plait.modules.multibyte.PyMultibyteStreamWriter;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _multibytecodec}. */
@PyModuleDef(name = "_multibytecodec")
public final class MultibytecodecModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new MultibytecodecModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("MultibyteIncrementalEncoder", PyMultibyteIncrementalEncoder.TYPE);
    m.add("MultibyteIncrementalDecoder", PyMultibyteIncrementalDecoder.TYPE);
    m.add("MultibyteStreamReader", PyMultibyteStreamReader.TYPE);
    m.add("MultibyteStreamWriter", PyMultibyteStreamWriter.TYPE);
  }

  @PyFunction(name = "__create_codec", sig = "(arg, /)")
  static PyObject createCodec(PyObject arg) {
    throw Errors.valueError("argument type invalid");
  }
}
