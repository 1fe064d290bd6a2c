package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.expat.PyXmlParser;
import org.plait.modules.expat.XmlError;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/** {@code pyexpat}, with its submodules {@code errors} and {@code model}. */
@PyModuleDef(name = "pyexpat", doc = "XML parsers that call handlers, as those of Expat do.")
public final class PyexpatModule implements NativeModule {
  /** The release of Expat whose behaviour this is. */
  private static final int[] VERSION = {2, 7, 3};

  private static final String[] MODEL = {
    "XML_CTYPE_EMPTY",
    "XML_CTYPE_ANY",
    "XML_CTYPE_MIXED",
    "XML_CTYPE_NAME",
    "XML_CTYPE_CHOICE",
    "XML_CTYPE_SEQ"
  };

  private static final String[] QUANTIFIERS = {
    "XML_CQUANT_NONE", "XML_CQUANT_OPT", "XML_CQUANT_REP", "XML_CQUANT_PLUS"
  };

  private static final String[] PARAM_PARSING = {"NEVER", "UNLESS_STANDALONE", "ALWAYS"};

  @Override
  public NativeTable table() {
    return new PyexpatModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("error", PyXmlParser.ERROR);
    module.add("ExpatError", PyXmlParser.ERROR);
    module.add("XMLParserType", PyXmlParser.TYPE);
    module.add(
        "EXPAT_VERSION", Py.str("expat_" + VERSION[0] + "." + VERSION[1] + "." + VERSION[2]));
    module.add(
        "version_info", Py.tuple(Py.int_(VERSION[0]), Py.int_(VERSION[1]), Py.int_(VERSION[2])));
    module.add("native_encoding", Py.str("UTF-8"));
    module.add(
        "features",
        Py.list(
            feature("sizeof(XML_Char)", 1),
            feature("sizeof(XML_LChar)", 1),
            feature("XML_DTD", 0),
            feature("XML_CONTEXT_BYTES", 1024),
            feature("XML_NS", 0),
            feature("XML_BLAP_MAX_AMP", 100),
            feature("XML_BLAP_ACT_THRES", 8L << 20),
            feature("XML_GE", 0),
            feature("XML_AT_MAX_AMP", 100),
            feature("XML_AT_ACT_THRES", 64L << 20)));
    for (int i = 0; i < PARAM_PARSING.length; i++) {
      module.add("XML_PARAM_ENTITY_PARSING_" + PARAM_PARSING[i], Py.int_(i));
    }
    submodule(module, "errors", errors());
    submodule(module, "model", model());
  }

  private static PyObject feature(String name, long value) {
    return Py.tuple(Py.str(name), Py.int_(value));
  }

  private static void submodule(PyModule module, String name, PyModule sub) {
    ThreadState.current().interpreter.modules.putStr("pyexpat." + name, sub);
    module.add(name, sub);
  }

  private static PyModule errors() {
    PyModule m = new PyModule("pyexpat.errors");
    m.add("__doc__", Py.str("What can be wrong with a document."));
    PyDict codes = Py.dict();
    PyDict messages = Py.dict();
    for (XmlError e : XmlError.values()) {
      PyObject message = Py.str(e.message());
      m.add("XML_ERROR_" + e.name(), message);
      codes.put(message, Py.int_(e.code()));
      messages.put(Py.int_(e.code()), message);
    }
    m.add("codes", codes);
    m.add("messages", messages);
    return m;
  }

  private static PyModule model() {
    PyModule m = new PyModule("pyexpat.model");
    m.add("__doc__", Py.str("What the parts of a content model are."));
    for (int i = 0; i < MODEL.length; i++) {
      m.add(MODEL[i], Py.int_(i + 1));
    }
    for (int i = 0; i < QUANTIFIERS.length; i++) {
      m.add(QUANTIFIERS[i], Py.int_(i));
    }
    return m;
  }

  @PyFunction(
      name = "ParserCreate",
      sig = "(encoding=None, namespace_separator=None, intern=<unrepresentable>)",
      doc = "Make an XML parser.")
  static PyObject parserCreate(
      @Nullable PyObject encoding, @Nullable PyObject separator, @Nullable PyObject intern) {
    String name = text(encoding, "encoding");
    String between = text(separator, "namespace_separator");
    if (between != null && between.length() > 1) {
      throw Errors.valueError(
          "namespace_separator must be at most one character, omitted, or None");
    }
    if (intern != null && intern != Py.None && !(intern instanceof PyDict)) {
      throw Errors.typeError("intern must be a dictionary");
    }
    PyDict names = intern == null ? Py.dict() : intern instanceof PyDict d ? d : null;
    return PyXmlParser.of(name, between, names);
  }

  private static @Nullable String text(@Nullable PyObject o, String argument) {
    if (o == null) {
      return null;
    }
    String s = ArgumentConverters.toStringOrNull(o, "ParserCreate() argument '" + argument + "'");
    if (s != null && s.indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    return s;
  }

  @PyFunction(name = "ErrorString", sig = "(code, /)", doc = "The message of an error's number.")
  static PyObject errorString(long code) {
    XmlError[] all = XmlError.values();
    return code >= 1 && code <= all.length ? Py.str(all[(int) code - 1].message()) : Py.None;
  }
}
