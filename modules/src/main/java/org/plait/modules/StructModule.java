package org.plait.modules;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.modules.struct.PyStruct;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _struct}. */
@PyModuleDef(name = "_struct", doc = "Values of Python as the bytes of C structs, and back.\n")
public final class StructModule implements NativeModule {
  private static final int MAX_CACHED = 100;

  /** Parsed formats by their text. */
  private final ConcurrentHashMap<String, PyStruct> cache = new ConcurrentHashMap<>();

  @Override
  public NativeTable table() {
    return new StructModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("Struct", PyStruct.TYPE);
    module.add("error", PyStruct.ERROR);
  }

  private PyStruct struct(PyObject format) {
    String key =
        format instanceof PyStr
            ? "s" + format
            : format instanceof PyBytes b ? "b" + Arrays.toString(b.array()) : null;
    if (key == null) {
      return PyStruct.of(format);
    }
    PyStruct s = cache.get(key);
    if (s == null) {
      s = PyStruct.of(format);
      if (cache.size() >= MAX_CACHED) {
        cache.clear();
      }
      cache.put(key, s);
    }
    return s;
  }

  @PyFunction(name = "_clearcache", sig = "()", doc = "Clear the internal cache.")
  void clearCache() {
    cache.clear();
  }

  @PyFunction(sig = "(format, /)", doc = "Size in bytes of the struct that a format describes.")
  PyObject calcsize(PyObject format) {
    return struct(format).size();
  }

  private static void checkFormat(String function, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("_struct." + function + "() takes no keyword arguments");
    }
    if (args.length == 0) {
      throw Errors.typeError("missing format argument");
    }
  }

  @PyFunction(
      raw = true,
      sig = "!(format, /, *values)",
      doc = "Bytes with the values packed by a format.")
  PyObject pack(PyObject[] args, String @Nullable [] kwnames) {
    checkFormat("pack", args, kwnames);
    return struct(args[0]).pack(args, 1);
  }

  @PyFunction(
      name = "pack_into",
      raw = true,
      sig = "!(format, buffer, offset, /, *values)",
      doc = "Packs the values into a writable buffer from an offset on.")
  PyObject packInto(PyObject[] args, String @Nullable [] kwnames) {
    checkFormat("pack_into", args, kwnames);
    return struct(args[0]).packInto(args, 1);
  }

  @PyFunction(
      sig = "(format, buffer, /)",
      doc = "Tuple of the values in a buffer of exactly the format's size.")
  PyObject unpack(PyObject format, PyObject buffer) {
    return struct(format).unpack(buffer);
  }

  @PyFunction(
      name = "unpack_from",
      sig = "(format, /, buffer, offset=0)",
      doc = "Tuple of the values in a buffer from an offset on.")
  PyObject unpackFrom(PyObject format, PyObject buffer, long offset) {
    return struct(format).unpackFrom(buffer, offset);
  }

  @PyFunction(
      name = "iter_unpack",
      sig = "(format, buffer, /)",
      doc = "Iterator over the tuples of values in a buffer of whole structs.")
  PyObject iterUnpack(PyObject format, PyObject buffer) {
    return struct(format).iterUnpack(buffer);
  }
}
