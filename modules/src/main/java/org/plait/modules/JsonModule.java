package org.plait.modules;

import org.plait.modules.json.JsonEncoder;
import org.plait.modules.json.JsonScanner;
import org.plait.modules.json.JsonText;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _json}. */
@PyModuleDef(name = "_json", doc = "json speedups\n")
public final class JsonModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new JsonModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("make_scanner", JsonScanner.TYPE);
    module.add("make_encoder", JsonEncoder.TYPE);
  }

  private static PyStr text(PyObject o) {
    if (o instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError("first argument must be a string, not " + o.type().name());
  }

  @PyFunction(
      name = "encode_basestring_ascii",
      sig = "(object, /)",
      doc =
          "encode_basestring_ascii(string) -> string\n\n"
              + "A str as a JSON string of ASCII, with quotes")
  static PyObject encodeBasestringAscii(PyObject object) {
    StringBuilder b = new StringBuilder();
    JsonText.quote(b, text(object), true);
    return PyStr.ofBmp(b.toString());
  }

  @PyFunction(
      name = "encode_basestring",
      sig = "(object, /)",
      doc = "encode_basestring(string) -> string\n\n" + "A str as a JSON string, with quotes")
  static PyObject encodeBasestring(PyObject object) {
    StringBuilder b = new StringBuilder();
    JsonText.quote(b, text(object), false);
    return Py.str(b.toString());
  }

  @PyFunction(
      sig = "!(string, end, strict=True, /)",
      doc =
          "scanstring(string, end, strict=True) -> (string, end)\n\n"
              + "Reads a JSON string, whose first character after the quote is at end. "
              + "Returns it\n"
              + "and the index behind its closing quote.")
  static PyObject scanstring(PyObject string, long end, boolean strict) {
    PyStr s = text(string);
    if (end < 0 || end > s.length()) {
      throw Errors.valueError("end is out of bounds");
    }
    JsonText t = new JsonText(s);
    PyStr value = t.string(t.charIndex((int) end), strict);
    return Py.tuple(value, Py.int_(t.pointIndex(t.next())));
  }
}
