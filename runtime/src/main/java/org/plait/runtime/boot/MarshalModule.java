package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyModule;

/** {@code marshal}. */
@PyModuleDef(name = "marshal")
public final class MarshalModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new MarshalModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("version", Py.int_(Marshal.VERSION));
  }

  @PyFunction(sig = "(value, file, version=5, /, *, allow_code=True)")
  static PyObject dump(PyObject value, PyObject file, int version, boolean allowCode) {
    return PyCalls.callMethod(file, "write", dumps(value, version, allowCode));
  }

  @PyFunction(sig = "(file, /, *, allow_code=True)")
  static PyObject load(PyObject file, boolean allowCode) {
    // As in CPython, a file of text is told before anything is read.
    PyObject nothing = PyCalls.callMethod(file, "read", Py.int_(0));
    if (!(nothing instanceof PyBytes)) {
      throw Errors.typeError("file.read() returned not bytes but " + nothing.type().name());
    }
    Audit.raise("marshal.load");
    return Marshal.load(file, allowCode);
  }

  @PyFunction(sig = "(value, version=5, /, *, allow_code=True)")
  static PyObject dumps(PyObject value, int version, boolean allowCode) {
    if (Audit.isUsed()) {
      Audit.raise("marshal.dumps", value, Py.int_(version));
    }
    return Py.bytes(Marshal.dumps(value, version, allowCode));
  }

  @PyFunction(sig = "(bytes, /, *, allow_code=True)")
  static PyObject loads(PyObject bytes, boolean allowCode) {
    byte[] data = PyBuffers.toBytes(bytes);
    if (Audit.isUsed()) {
      Audit.raise("marshal.loads", Py.bytes(data));
    }
    return Marshal.loads(data, 0, allowCode);
  }
}
