package org.plait.modules.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * {@code _json.Scanner}: {@code json.scanner.make_scanner}. Immutable; each call reads by itself.
 */
@PyTypeDef(
    name = "Scanner",
    module = "_json",
    subclassable = true,
    sig = "none",
    doc = "JSON scanner object")
public class JsonScanner extends PyObject {
  public static final PyType TYPE = PyType.builtin(JsonScannerTable.INSTANCE);

  @PyMember("strict")
  final PyObject strict;

  @PyMember("object_hook")
  final PyObject objectHook;

  @PyMember("object_pairs_hook")
  final PyObject objectPairsHook;

  @PyMember("parse_float")
  final PyObject parseFloat;

  @PyMember("parse_int")
  final PyObject parseInt;

  @PyMember("parse_constant")
  final PyObject parseConstant;

  JsonScanner(PyObject context) {
    strict = Py.bool_(PyObjects.isTrue(PyObjects.getAttr(context, "strict")));
    objectHook = PyObjects.getAttr(context, "object_hook");
    objectPairsHook = PyObjects.getAttr(context, "object_pairs_hook");
    parseFloat = PyObjects.getAttr(context, "parse_float");
    parseInt = PyObjects.getAttr(context, "parse_int");
    parseConstant = PyObjects.getAttr(context, "parse_constant");
  }

  @PyNew(sig = "!(context)")
  static PyObject new_(PyType cls, PyObject context) {
    return cls == TYPE ? new JsonScanner(context) : new JsonScannerDerived(cls, context);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] bound = bind(args, kwnames);
    if (!(bound[0] instanceof PyStr s)) {
      throw Errors.typeError("first argument must be a string, not " + bound[0].type().name());
    }
    long idx = org.plait.runtime.object.ArgumentConverters.toSsize(bound[1]);
    if (idx < 0) {
      throw Errors.valueError("idx cannot be negative");
    }
    if (idx >= s.length()) {
      throw Errors.stopIteration(Py.int_(idx));
    }
    Reading r = new Reading(s);
    PyObject value = r.value(r.text.charIndex((int) idx));
    return Py.tuple(value, Py.int_(r.text.pointIndex(r.next)));
  }

  private static PyObject[] bind(PyObject[] args, String @Nullable [] kwnames) {
    int keywords = kwnames == null ? 0 : kwnames.length;
    int given = args.length - keywords;
    if (args.length > 2) {
      throw Errors.typeError("scan_once() takes at most 2 arguments (" + args.length + " given)");
    }
    PyObject[] bound = new PyObject[2];
    System.arraycopy(args, 0, bound, 0, given);
    for (int k = 0; k < keywords; k++) {
      int i = kwnames[k].equals("string") ? 0 : kwnames[k].equals("idx") ? 1 : -1;
      if (i < 0 || bound[i] != null) {
        throw Errors.typeError(
            "scan_once() got an unexpected keyword argument '" + kwnames[k] + "'");
      }
      bound[i] = args[given + k];
    }
    for (int i = 0; i < 2; i++) {
      if (bound[i] == null) {
        throw Errors.typeError(
            "scan_once() missing required argument '"
                + (i == 0 ? "string" : "idx")
                + "' (pos "
                + (i + 1)
                + ")");
      }
    }
    return bound;
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    return attrs() == null ? callSlot(args, kwnames) : super.call(args, kwnames);
  }

  /** One reading of a text. Positions are chars. */
  private final class Reading {
    final JsonText text;
    private final String s;
    private final boolean strictly = strict == Py.True;
    private final Map<String, PyStr> memo = new HashMap<>();

    /** Behind what was read last. */
    int next;

    Reading(PyStr source) {
      text = new JsonText(source);
      s = text.s;
    }

    private PyException stop(int at) {
      return Errors.stopIteration(Py.int_(text.pointIndex(at)));
    }

    private int skip(int at) {
      int i = at;
      while (i < s.length()) {
        char c = s.charAt(i);
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
          break;
        }
        i++;
      }
      return i;
    }

    PyObject value(int at) {
      if (at >= s.length()) {
        throw stop(at);
      }
      switch (s.charAt(at)) {
        case '"' -> {
          PyStr v = text.string(at + 1, strictly);
          next = text.next();
          return v;
        }
        case '{' -> {
          return nested(at, true);
        }
        case '[' -> {
          return nested(at, false);
        }
        case 'n' -> {
          if (s.startsWith("null", at)) {
            next = at + 4;
            return Py.None;
          }
        }
        case 't' -> {
          if (s.startsWith("true", at)) {
            next = at + 4;
            return Py.True;
          }
        }
        case 'f' -> {
          if (s.startsWith("false", at)) {
            next = at + 5;
            return Py.False;
          }
        }
        case 'N' -> {
          if (s.startsWith("NaN", at)) {
            return constant("NaN", at);
          }
        }
        case 'I' -> {
          if (s.startsWith("Infinity", at)) {
            return constant("Infinity", at);
          }
        }
        case '-' -> {
          if (s.startsWith("-Infinity", at)) {
            return constant("-Infinity", at);
          }
        }
        default -> {}
      }
      return number(at);
    }

    private PyObject constant(String name, int at) {
      next = at + name.length();
      return parseConstant.call1(Py.str(name));
    }

    private PyObject nested(int at, boolean object) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(
          object
              ? " while decoding a JSON object from a unicode string"
              : " while decoding a JSON array from a unicode string");
      try {
        return object ? object(at + 1) : array(at + 1);
      } finally {
        ts.leaveRecursive();
      }
    }

    private char charAt(int i) {
      return i < s.length() ? s.charAt(i) : 0;
    }

    private PyObject array(int at) {
      List<PyObject> items = new ArrayList<>();
      int i = skip(at);
      if (charAt(i) != ']') {
        while (true) {
          items.add(value(i));
          i = skip(next);
          char c = charAt(i);
          if (c == ']') {
            break;
          }
          if (c != ',') {
            throw text.error("Expecting ',' delimiter", i);
          }
          int comma = i;
          i = skip(i + 1);
          if (charAt(i) == ']') {
            throw text.error("Illegal trailing comma before end of array", comma);
          }
        }
      }
      next = i + 1;
      return Py.list(items);
    }

    private PyObject object(int at) {
      boolean pairs = objectPairsHook != Py.None;
      List<PyObject> items = pairs ? new ArrayList<>() : List.of();
      PyDict dict = Py.dict();
      int i = skip(at);
      if (charAt(i) != '}') {
        while (true) {
          if (charAt(i) != '"') {
            throw text.error("Expecting property name enclosed in double quotes", i);
          }
          PyStr key = text.string(i + 1, strictly);
          PyStr known = memo.putIfAbsent(key.toString(), key);
          key = known == null ? key : known;
          i = skip(text.next());
          if (charAt(i) != ':') {
            throw text.error("Expecting ':' delimiter", i);
          }
          PyObject value = value(skip(i + 1));
          if (pairs) {
            items.add(Py.tuple(key, value));
          } else {
            dict.put(key, value);
          }
          i = skip(next);
          char c = charAt(i);
          if (c == '}') {
            break;
          }
          if (c != ',') {
            throw text.error("Expecting ',' delimiter", i);
          }
          int comma = i;
          i = skip(i + 1);
          if (charAt(i) == '}') {
            throw text.error("Illegal trailing comma before end of object", comma);
          }
        }
      }
      next = i + 1;
      if (pairs) {
        int end = next;
        PyObject r = objectPairsHook.call1(Py.list(items));
        next = end;
        return r;
      }
      return objectHook != Py.None ? objectHook.call1(dict) : dict;
    }

    private boolean digit(int i) {
      char c = charAt(i);
      return c >= '0' && c <= '9';
    }

    private PyObject number(int at) {
      int i = at;
      if (charAt(i) == '-') {
        i++;
      }
      if (!digit(i)) {
        throw stop(at);
      }
      if (s.charAt(i) == '0') {
        i++;
      } else {
        while (digit(i)) {
          i++;
        }
      }
      boolean real = false;
      if (charAt(i) == '.' && digit(i + 1)) {
        real = true;
        i += 2;
        while (digit(i)) {
          i++;
        }
      }
      char c = charAt(i);
      if (c == 'e' || c == 'E') {
        int e = i + 1;
        if (charAt(e) == '-' || charAt(e) == '+') {
          e++;
        }
        if (digit(e)) {
          real = true;
          i = e;
          while (digit(i)) {
            i++;
          }
        }
      }
      next = i;
      if (real) {
        String t = s.substring(at, i);
        return parseFloat == PyFloat.TYPE
            ? Py.float_(Double.parseDouble(t))
            : keep(parseFloat.call1(Py.str(t)), i);
      }
      if (parseInt != PyInt.TYPE) {
        return keep(parseInt.call1(Py.str(s.substring(at, i))), i);
      }
      if (i - at <= 18) {
        return Py.int_(Long.parseLong(s, at, i, 10));
      }
      return PyInt.parse(Py.str(s.substring(at, i)), 10);
    }

    private PyObject keep(PyObject value, int end) {
      next = end;
      return value;
    }
  }
}
