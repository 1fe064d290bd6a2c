package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.StrFormatParser;
import org.plait.runtime.text.TextException;

/** {@code str.format} and {@code str.format_map}. Compare CPython unicode_format.h. */
final class StrFormatter {
  /** Positional arguments; null for format_map. */
  private final PyObject @Nullable [] args;

  /** Keyword arguments: a dict, or whatever format_map got; null for none. */
  private final @Nullable PyObject mapping;

  private final StrFormatParser.Numbering numbering = new StrFormatParser.Numbering();

  private StrFormatter(PyObject @Nullable [] args, @Nullable PyObject mapping) {
    this.args = args;
    this.mapping = mapping;
  }

  static PyStr format(PyStr format, PyObject @Nullable [] args, @Nullable PyObject mapping) {
    try {
      return PyStr.of(new StrFormatter(args, mapping).run(format.source(), 2));
    } catch (TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  private CodePointSource run(CodePointSource format, int depth) {
    if (depth <= 0) {
      throw Errors.valueError("Max string recursion exceeded");
    }
    CodePointBuilder out = new CodePointBuilder(format.length() + 32);
    StrFormatParser parser = new StrFormatParser(format);
    for (StrFormatParser.Field f = parser.next(); f != null; f = parser.next()) {
      out.append(f.literal());
      CodePointSource name = f.name();
      if (name != null) {
        out.append(field(f, name, depth).source());
      }
    }
    return out.toSource();
  }

  private PyStr field(StrFormatParser.Field f, CodePointSource name, int depth) {
    PyObject value = value(new StrFormatParser.FieldName(name));
    value =
        switch (f.conversion()) {
          case 0 -> value;
          case 'r' -> PyObjects.repr(value);
          case 's' -> PyObjects.str(value);
          case 'a' -> PyObjects.ascii(value);
          default -> throw StrFormatParser.unknownConversion(f.conversion());
        };
    CodePointSource spec = f.nested() ? run(f.spec(), depth - 1) : f.spec();
    return PyObjects.format(value, PyStr.of(spec));
  }

  private PyObject value(StrFormatParser.FieldName name) {
    long index = numbering.index(name);
    PyObject value;
    if (index < 0) {
      PyStr key = PyStr.of(name.first());
      if (mapping == null) {
        throw Errors.keyError(key);
      }
      value = PyMappings.getItem(mapping, key);
    } else {
      if (args == null) {
        throw Errors.valueError("Format string contains positional fields");
      }
      if (index >= args.length) {
        throw Errors.indexError(
            "Replacement index " + index + " out of range for positional args tuple");
      }
      value = args[(int) index];
    }
    for (StrFormatParser.Step s = name.next(); s != null; s = name.next()) {
      if (s.attribute()) {
        value = PyObjects.getAttr(value, s.name().toString());
      } else if (s.index() < 0) {
        value = PyMappings.getItem(value, PyStr.of(s.name()));
      } else {
        value = PySequences.getItem(value, s.index());
      }
    }
    return value;
  }
}
