package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.exceptions.PyUnicodeDecodeError;
import org.plait.runtime.exceptions.PyUnicodeEncodeError;
import org.plait.runtime.exceptions.PyUnicodeErrorBase;
import org.plait.runtime.exceptions.PyUnicodeTranslateError;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.CodecRegistry;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.BuiltinCodecErrors;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.text.CodecException;
import org.plait.runtime.text.TextException;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/**
 * The built-in error handlers as Python functions ({@code codecs.strict_errors} and the others). No
 * module shows them; {@code codecs.lookup_error} gives them out.
 */
@PyModuleDef(name = "_codecs")
public final class CodecErrorHandlers implements NativeModule {
  @Override
  public NativeTable table() {
    return new CodecErrorHandlersTable(this);
  }

  /** Enters the handlers in a registry. */
  static void register(CodecRegistry registry) {
    PyModule m = new PyModule("_codecs");
    Natives.addFunctions(m, new CodecErrorHandlers().table());
    for (BuiltinCodecErrors e : BuiltinCodecErrors.values()) {
      PyObject f = m.get(e.handlerName() + "_errors");
      if (f != null) {
        registry.registerError(e.handlerName(), f);
      }
    }
  }

  private static PyObject handle(BuiltinCodecErrors handler, PyObject exc) {
    try {
      return switch (exc) {
        case PyUnicodeDecodeError e -> decode(handler, e);
        case PyUnicodeEncodeError e -> encode(handler, e);
        case PyUnicodeTranslateError e -> translate(handler, e);
        default -> throw unknown(exc);
      };
    } catch (CodecException e) {
      throw new PyException((PyBaseException) exc);
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  private static PyException unknown(PyObject exc) {
    return Errors.typeError("don't know how to handle " + exc.type().name() + " in error callback");
  }

  private static PyObject decode(BuiltinCodecErrors handler, PyUnicodeErrorBase e) {
    if (!(e.object() instanceof PyBytes b)) {
      throw Errors.typeError("UnicodeError 'object' attribute must be a bytes");
    }
    if (handler == BuiltinCodecErrors.XMLCHARREFREPLACE
        || handler == BuiltinCodecErrors.NAMEREPLACE) {
      throw unknown(e);
    }
    CodecErrors.DecodeFix fix =
        handler.decode(encoding(e), b.array(), e.start(), Math.max(e.start(), e.end()), "");
    return Py.tuple(PyStr.of(fix.text()), Py.int_(fix.resume()));
  }

  private static String encoding(PyUnicodeErrorBase e) {
    return PyObjects.getAttr(e, "encoding").toString();
  }

  private static PyObject encode(BuiltinCodecErrors handler, PyUnicodeErrorBase e) {
    if (!(e.object() instanceof PyStr s)) {
      throw Errors.typeError("UnicodeError 'object' attribute must be a string");
    }
    int start = e.start();
    int end = Math.max(start, e.end());
    CodecErrors.EncodeFix fix = handler.encode(encoding(e), s.source(), start, end, "");
    byte[] bytes = fix.bytes();
    CodePointSource text = fix.text();
    PyObject made = bytes != null || text == null ? PyBytes.of(bytes) : PyStr.of(text);
    return Py.tuple(made, Py.int_(fix.resume()));
  }

  private static PyObject translate(BuiltinCodecErrors handler, PyUnicodeErrorBase e) {
    if (!(e.object() instanceof PyStr s)) {
      throw Errors.typeError("UnicodeError 'object' attribute must be a string");
    }
    int start = e.start();
    int end = Math.max(start, e.end());
    return switch (handler) {
      case IGNORE -> Py.tuple(Py.EmptyStr, Py.int_(end));
      case REPLACE -> Py.tuple(Py.str("\ufffd".repeat(end - start)), Py.int_(end));
      case BACKSLASHREPLACE -> {
        CodePointSource text = handler.encode("", s.source(), start, end, "").text();
        yield Py.tuple(text == null ? Py.EmptyStr : PyStr.of(text), Py.int_(end));
      }
      default -> throw unknown(e);
    };
  }

  @PyFunction(name = "strict_errors", sig = "(e, /)", doc = "Raise the error.")
  static PyObject strict(PyObject e) {
    if (e instanceof PyBaseException x) {
      throw new PyException(x);
    }
    throw Errors.typeError("codec must pass exception instance");
  }

  @PyFunction(name = "ignore_errors", sig = "(e, /)", doc = "Leave the malformed data out.")
  static PyObject ignore(PyObject e) {
    return handle(BuiltinCodecErrors.IGNORE, e);
  }

  @PyFunction(name = "replace_errors", sig = "(e, /)", doc = "Put a replacement mark.")
  static PyObject replace(PyObject e) {
    return handle(BuiltinCodecErrors.REPLACE, e);
  }

  @PyFunction(
      name = "xmlcharrefreplace_errors",
      sig = "(e, /)",
      doc = "Put XML character references.")
  static PyObject xmlcharrefreplace(PyObject e) {
    return handle(BuiltinCodecErrors.XMLCHARREFREPLACE, e);
  }

  @PyFunction(name = "backslashreplace_errors", sig = "(e, /)", doc = "Put backslash escapes.")
  static PyObject backslashreplace(PyObject e) {
    return handle(BuiltinCodecErrors.BACKSLASHREPLACE, e);
  }

  @PyFunction(name = "namereplace_errors", sig = "(e, /)", doc = "Put character names.")
  static PyObject namereplace(PyObject e) {
    return handle(BuiltinCodecErrors.NAMEREPLACE, e);
  }

  @PyFunction(name = "surrogatepass_errors", sig = "(e, /)", doc = "Let surrogates pass.")
  static PyObject surrogatepass(PyObject e) {
    return handle(BuiltinCodecErrors.SURROGATEPASS, e);
  }

  @PyFunction(name = "surrogateescape_errors", sig = "(e, /)", doc = "Keep bytes as surrogates.")
  static PyObject surrogateescape(PyObject e) {
    return handle(BuiltinCodecErrors.SURROGATEESCAPE, e);
  }
}
