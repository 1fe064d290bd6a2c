package org.plait.modules;

import org.plait.modules.pickle.PickleErrors;
import org.plait.modules.pickle.PickleFunctions;
import org.plait.modules.pickle.PyPickleBuffer;
import org.plait.modules.pickle.PyPickler;
import org.plait.modules.pickle.PyUnpickler;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _pickle}. */
@PyModuleDef(name = "_pickle", doc = "The fast part of the module pickle.")
public final class PickleModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new PickleModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("PickleBuffer", PyPickleBuffer.TYPE);
    m.add("Pickler", PyPickler.TYPE);
    m.add("Unpickler", PyUnpickler.TYPE);
    m.add("PickleError", PickleErrors.PICKLE_ERROR);
    m.add("PicklingError", PickleErrors.PICKLING_ERROR);
    m.add("UnpicklingError", PickleErrors.UNPICKLING_ERROR);
  }

  @PyFunction(
      sig = "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
      doc = "Writes an object to a binary file.")
  static void dump(
      PyObject obj, PyObject file, PyObject protocol, boolean fixImports, PyObject callback) {
    PickleFunctions.dump(obj, file, protocol, fixImports, callback);
  }

  @PyFunction(
      sig = "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
      doc = "An object as the bytes of a pickle.")
  static PyObject dumps(PyObject obj, PyObject protocol, boolean fixImports, PyObject callback) {
    return PickleFunctions.dump(obj, null, protocol, fixImports, callback);
  }

  @PyFunction(
      sig = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
      doc = "Reads an object from a binary file.")
  static PyObject load(
      PyObject file, boolean fixImports, String encoding, String errors, PyObject buffers) {
    return PickleFunctions.load(file, fixImports, encoding, errors, buffers);
  }

  @PyFunction(
      sig = "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
      doc = "The object that the bytes of a pickle stand for.")
  static PyObject loads(
      PyObject data, boolean fixImports, String encoding, String errors, PyObject buffers) {
    return PickleFunctions.loads(data, fixImports, encoding, errors, buffers);
  }
}
