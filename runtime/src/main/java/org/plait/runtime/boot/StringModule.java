package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.StrFormatParser;
import org.plait.runtime.text.TextException;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyStr;

/** {@code _string}: the parser of format strings for {@code string.Formatter}. */
@PyModuleDef(name = "_string", doc = "string helper module")
public final class StringModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new StringModuleTable(this);
  }

  private static PyStr text(PyObject o) {
    if (o instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError("expected str, got " + o.type().name());
  }

  @PyFunction(
      name = "formatter_parser",
      sig = "(object, /)",
      doc = "parse the argument as a format string")
  static PyObject formatterParser(PyObject object) {
    return new Fields(text(object));
  }

  @PyFunction(
      name = "formatter_field_name_split",
      sig = "(object, /)",
      doc = "split the argument as a field name")
  static PyObject fieldNameSplit(PyObject object) {
    try {
      StrFormatParser.FieldName name = new StrFormatParser.FieldName(text(object).source());
      PyObject first = name.index() >= 0 ? Py.int_(name.index()) : PyStr.of(name.first());
      return Py.tuple(first, new Steps(name));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  /** {@code formatteriterator}. Threads that share one take turns. */
  @PyTypeDef(
      name = "formatteriterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Fields extends PyIterator {
    public static final PyType TYPE = PyType.builtin(StringModuleFieldsTable.INSTANCE);

    private final StrFormatParser parser;

    Fields(PyStr format) {
      parser = new StrFormatParser(format.source());
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyMethod(name = "__iter__")
    PyObject iter() {
      return this;
    }

    @Override
    @PyMethod(name = "__next__")
    public @Nullable PyObject next() {
      StrFormatParser.Field f;
      synchronized (parser) {
        try {
          f = parser.next();
        } catch (TextException e) {
          throw Errors.of(e);
        }
      }
      if (f == null) {
        return null;
      }
      CodePointSource name = f.name();
      PyObject literal = PyStr.of(f.literal());
      if (name == null) {
        return Py.tuple(literal, Py.None, Py.None, Py.None);
      }
      return Py.tuple(
          literal,
          PyStr.of(name),
          PyStr.of(f.spec()),
          f.conversion() == 0 ? Py.None : PyStr.ofCodePoint(f.conversion()));
    }
  }

  /** {@code fieldnameiterator}. Threads that share one take turns. */
  @PyTypeDef(
      name = "fieldnameiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Steps extends PyIterator {
    public static final PyType TYPE = PyType.builtin(StringModuleStepsTable.INSTANCE);

    private final StrFormatParser.FieldName name;

    Steps(StrFormatParser.FieldName name) {
      this.name = name;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyMethod(name = "__iter__")
    PyObject iter() {
      return this;
    }

    @Override
    @PyMethod(name = "__next__")
    public @Nullable PyObject next() {
      StrFormatParser.Step s;
      synchronized (name) {
        try {
          s = name.next();
        } catch (TextException e) {
          throw Errors.of(e);
        }
      }
      if (s == null) {
        return null;
      }
      PyObject what = s.index() >= 0 && !s.attribute() ? Py.int_(s.index()) : PyStr.of(s.name());
      return Py.tuple(Py.bool_(s.attribute()), what);
    }
  }
}
