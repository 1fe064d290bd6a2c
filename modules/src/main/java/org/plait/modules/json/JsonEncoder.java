package org.plait.modules.json;

import java.util.IdentityHashMap;
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
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _json.Encoder}: {@code json.encoder.c_make_encoder}. Immutable but for the markers. */
@PyTypeDef(
    name = "Encoder",
    module = "_json",
    subclassable = true,
    sig = "none",
    doc =
        "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys,"
            + " skipkeys, allow_nan)")
public class JsonEncoder extends PyObject {
  public static final PyType TYPE = PyType.builtin(JsonEncoderTable.INSTANCE);

  @PyMember("markers")
  final PyObject markers;

  @PyMember("default")
  final PyObject fallback;

  @PyMember("encoder")
  final PyObject encoder;

  @PyMember("indent")
  final PyObject indent;

  @PyMember("key_separator")
  final PyStr keySeparator;

  @PyMember("item_separator")
  final PyStr itemSeparator;

  @PyMember("sort_keys")
  final PyObject sortKeys;

  @PyMember("skipkeys")
  final PyObject skipKeys;

  private static final PyObject[] NONE = {};

  private final boolean allowNan;

  /** The encoder of strings where it is one of ours: null, or whether it is the ASCII one. */
  private final @Nullable Boolean fast;

  JsonEncoder(
      PyObject markers,
      PyObject fallback,
      PyObject encoder,
      PyObject indent,
      PyStr keySeparator,
      PyStr itemSeparator,
      boolean sortKeys,
      boolean skipKeys,
      boolean allowNan) {
    this.markers = markers;
    this.fallback = fallback;
    this.encoder = encoder;
    this.indent = indent;
    this.keySeparator = keySeparator;
    this.itemSeparator = itemSeparator;
    this.sortKeys = Py.bool_(sortKeys);
    this.skipKeys = Py.bool_(skipKeys);
    this.allowNan = allowNan;
    Boolean ascii = null;
    if (encoder instanceof PyBuiltinFunction f && f.def().table.moduleName().equals("_json")) {
      ascii =
          switch (f.def().name) {
            case "encode_basestring_ascii" -> true;
            case "encode_basestring" -> false;
            default -> null;
          };
    }
    fast = ascii;
  }

  @PyNew(
      sig =
          "!(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys,"
              + " allow_nan)")
  static PyObject new_(
      PyType cls,
      PyObject markers,
      PyObject fallback,
      PyObject encoder,
      PyObject indent,
      PyStr keySeparator,
      PyStr itemSeparator,
      boolean sortKeys,
      boolean skipKeys,
      boolean allowNan) {
    if (markers != Py.None && !(markers instanceof PyDict)) {
      throw Errors.typeError(
          "make_encoder() argument 1 must be dict or None, not " + markers.type().name());
    }
    return cls == TYPE
        ? new JsonEncoder(
            markers,
            fallback,
            encoder,
            indent,
            keySeparator,
            itemSeparator,
            sortKeys,
            skipKeys,
            allowNan)
        : new JsonEncoderDerived(
            cls,
            markers,
            fallback,
            encoder,
            indent,
            keySeparator,
            itemSeparator,
            sortKeys,
            skipKeys,
            allowNan);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__call__", sig = "(obj, _current_indent_level)")
  PyObject callSlot(PyObject obj, long level) {
    Writing w = new Writing();
    try {
      w.value(obj, Math.max(0, level));
      return Py.tuple(Py.str(w.out.toString()));
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  /** One run. */
  private final class Writing {
    final StringBuilder out = new StringBuilder();
    private final Map<PyObject, Boolean> open = new IdentityHashMap<>();
    private final String itemText = itemSeparator.toString();
    private final String keyText = keySeparator.toString();
    private final @Nullable String indentText = indent == Py.None ? null : indent.toString();

    private void newline(long level) {
      if (indentText != null) {
        out.append('\n');
        for (long k = 0; k < level; k++) {
          out.append(indentText);
        }
      }
    }

    private void enter(PyObject o) {
      if (markers != Py.None && open.put(o, true) != null) {
        throw Errors.valueError("Circular reference detected");
      }
    }

    private void leave(PyObject o) {
      if (markers != Py.None) {
        open.remove(o);
      }
    }

    void value(PyObject o, long level) {
      if (o == Py.None) {
        out.append("null");
      } else if (o == Py.True) {
        out.append("true");
      } else if (o == Py.False) {
        out.append("false");
      } else if (o instanceof PyStr s) {
        string(s);
      } else if (o instanceof PyInt i) {
        out.append(i.toDecimal());
      } else if (o instanceof PyFloat f) {
        out.append(real(f));
      } else {
        composite(o, level);
      }
    }

    private void composite(PyObject o, long level) {
      ThreadState ts = ThreadState.current();
      ts.enterRecursive(" while encoding a JSON object");
      try {
        if (o instanceof PyDict d) {
          dict(d, level);
        } else if (o instanceof PyList || o instanceof PyTuple) {
          sequence(o, level);
        } else {
          enter(o);
          PyObject made = fallback.call1(o);
          try {
            value(made, level);
          } catch (PyException e) {
            e.value.addNote("when serializing " + o.type().name() + " object");
            throw e;
          }
          leave(o);
        }
      } finally {
        ts.leaveRecursive();
      }
    }

    private void string(PyStr s) {
      Boolean ascii = fast;
      if (ascii != null) {
        JsonText.quote(out, s, ascii);
        return;
      }
      PyObject r = encoder.call1(s);
      if (!(r instanceof PyStr t)) {
        throw Errors.typeError("encoder() must return a string, not " + r.type().name());
      }
      out.append(t);
    }

    private String real(PyFloat f) {
      double d = f.value();
      if (Double.isFinite(d)) {
        return FloatText.repr(d);
      }
      if (!allowNan) {
        throw Errors.valueError(
            "Out of range float values are not JSON compliant: " + PyObjects.repr(f));
      }
      return d > 0 ? "Infinity" : d < 0 ? "-Infinity" : "NaN";
    }

    private void sequence(PyObject o, long level) {
      // A list is read item by item: what the default function does to it shows.
      PyList live = o instanceof PyList l ? l : null;
      PyObject[] items = live != null ? NONE : ((PyTuple) o).array();
      if ((live != null ? live.size() : items.length) == 0) {
        out.append("[]");
        return;
      }
      enter(o);
      out.append('[');
      newline(level + 1);
      for (int i = 0; ; i++) {
        PyObject item = live != null ? live.get(i) : i < items.length ? items[i] : null;
        if (item == null) {
          break;
        }
        if (i > 0) {
          out.append(itemText);
          newline(level + 1);
        }
        try {
          value(item, level + 1);
        } catch (PyException e) {
          e.value.addNote("when serializing " + o.type().name() + " item " + i);
          throw e;
        }
      }
      leave(o);
      newline(level);
      out.append(']');
    }

    private void dict(PyDict d, long level) {
      if (d.size() == 0) {
        out.append("{}");
        return;
      }
      enter(d);
      out.append('{');
      boolean first = true;
      if (d.getClass() == PyDict.class && sortKeys != Py.True) {
        PyObject[] items = d.snapshotItems();
        for (int i = 0; i < items.length; i += 2) {
          first &= !item(d, items[i], items[i + 1], first, level);
        }
      } else {
        for (PyObject pair : items(d)) {
          if (!(pair instanceof PyTuple t) || t.size() != 2) {
            throw Errors.valueError("items must return 2-tuples");
          }
          first &= !item(d, t.get(0), t.get(1), first, level);
        }
      }
      leave(d);
      if (!first) {
        newline(level);
      }
      out.append('}');
    }

    private PyObject[] items(PyDict d) {
      PyObject items = PyCalls.callMethod(d, "items");
      PyList list;
      try {
        list = PySequences.list(items);
      } catch (PyException e) {
        if (items.type().special(org.plait.runtime.object.Special.ITER) == null) {
          throw Errors.typeError(
              d.type().name()
                  + ".items() returned a non-iterable (type "
                  + items.type().name()
                  + ")");
        }
        throw e;
      }
      if (sortKeys == Py.True) {
        PyCalls.callMethod(list, "sort");
      }
      return list.toArray();
    }

    /** Writes one item; false when its key is skipped. */
    private boolean item(PyDict d, PyObject key, PyObject value, boolean first, long level) {
      String text = null;
      if (!(key instanceof PyStr)) {
        if (key instanceof PyFloat f) {
          text = real(f);
        } else if (key == Py.True || key == Py.False || key == Py.None) {
          text = key == Py.None ? "null" : key == Py.True ? "true" : "false";
        } else if (key instanceof PyInt i) {
          text = i.toDecimal();
        } else if (skipKeys == Py.True) {
          return false;
        } else {
          throw Errors.typeError(
              "keys must be str, int, float, bool or None, not " + key.type().name());
        }
      }
      if (first) {
        newline(level + 1);
      } else {
        out.append(itemText);
        newline(level + 1);
      }
      string(text == null ? (PyStr) key : Py.str(text));
      out.append(keyText);
      try {
        value(value, level + 1);
      } catch (PyException e) {
        e.value.addNote("when serializing " + d.type().name() + " item " + PyObjects.repr(key));
        throw e;
      }
      return true;
    }
  }
}
