package org.plait.modules;

import org.plait.modules.lzma.Filter;
import org.plait.modules.lzma.LzmaErrors;
import org.plait.modules.lzma.PyLzmaCompressor;
import org.plait.modules.lzma.PyLzmaDecompressor;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyModule;

/** {@code _lzma}, on XZ for Java. */
@PyModuleDef(name = "_lzma")
public final class LzmaModule implements NativeModule {
  private static final String CONSTANTS =
      "CHECK_CRC32=1 CHECK_CRC64=4 CHECK_ID_MAX=15 CHECK_NONE=0 CHECK_SHA256=10 CHECK_UNKNOWN=16"
          + " FILTER_ARM=7 FILTER_ARMTHUMB=8 FILTER_DELTA=3 FILTER_IA64=6"
          + " FILTER_LZMA1=4611686018427387905 FILTER_LZMA2=33 FILTER_POWERPC=5 FILTER_SPARC=9"
          + " FILTER_X86=4 FORMAT_ALONE=2 FORMAT_AUTO=0 FORMAT_RAW=3 FORMAT_XZ=1 MF_BT2=18"
          + " MF_BT3=19 MF_BT4=20 MF_HC3=3 MF_HC4=4 MODE_FAST=1 MODE_NORMAL=2 PRESET_DEFAULT=6"
          + " PRESET_EXTREME=2147483648";

  @Override
  public NativeTable table() {
    return new LzmaModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("LZMACompressor", PyLzmaCompressor.TYPE);
    m.add("LZMADecompressor", PyLzmaDecompressor.TYPE);
    m.add("LZMAError", LzmaErrors.ERROR);
    Constants.add(m, CONSTANTS);
  }

  @PyFunction(
      name = "is_check_supported",
      sig = "(check_id, /)",
      doc = "Whether a kind of integrity check can be made.")
  static boolean isCheckSupported(int id) {
    return id == 0 || id == 1 || id == 4 || id == 10;
  }

  @PyFunction(
      name = "_encode_filter_properties",
      sig = "(filter, /)",
      doc = "How a filter's options stand in a header.")
  static PyObject encodeFilter(PyObject filter) {
    return Py.bytes(Filter.of(filter).properties());
  }

  @PyFunction(
      name = "_decode_filter_properties",
      sig = "(filter_id, encoded_props, /)",
      doc = "The filter whose options stand in a header.")
  static PyObject decodeFilter(PyObject id, PyObject properties) {
    return Filter.ofProperties(id, PyBuffers.toBytes(properties));
  }
}
