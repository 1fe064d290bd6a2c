package org.plait.runtime.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/**
 * {@code string.templatelib.Template}: what a t-string evaluates to. Strings and interpolations
 * alternate, beginning and ending with a string. Immutable.
 */
@PyTypeDef(name = "Template", module = "string.templatelib")
public final class PyTemplate extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTemplateTable.INSTANCE);

  @PyMember final PyTuple strings;
  @PyMember final PyTuple interpolations;

  /** The tuples of what stands in the source: strings number one more than interpolations. */
  public PyTemplate(PyTuple strings, PyTuple interpolations) {
    this.strings = strings;
    this.interpolations = interpolations;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(*strings)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("Template.__new__ only accepts *args arguments");
    }
    List<PyObject> strings = new ArrayList<>();
    List<PyObject> fields = new ArrayList<>();
    PyStr open = null;
    for (PyObject a : args) {
      if (a instanceof PyStr s) {
        open = open == null ? s : open.concat(s);
      } else if (a instanceof PyInterpolation i) {
        strings.add(open == null ? Py.EmptyStr : open);
        open = null;
        fields.add(i);
      } else {
        throw Errors.typeError(
            "Template.__new__ *args need to be of type 'str' or 'Interpolation', got "
                + a.type().name());
      }
    }
    strings.add(open == null ? Py.EmptyStr : open);
    return new PyTemplate(Py.tuple(strings), Py.tuple(fields));
  }

  @PyGetter("values")
  PyObject values() {
    PyObject[] values = new PyObject[interpolations.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((PyInterpolation) interpolations.get(i)).value;
    }
    return PyTuple.of(values);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    List<PyObject> parts = new ArrayList<>();
    for (int i = 0; i < strings.size(); i++) {
      if (!((PyStr) strings.get(i)).isEmpty()) {
        parts.add(strings.get(i));
      }
      if (i < interpolations.size()) {
        parts.add(interpolations.get(i));
      }
    }
    return new TemplateIterator(PyIters.getIter(Py.tuple(parts)));
  }

  @PyMethod(name = "__add__")
  static PyObject add(PyObject left, PyObject right) {
    if (!(left instanceof PyTemplate a) || !(right instanceof PyTemplate b)) {
      PyObject other = left instanceof PyTemplate ? right : left;
      throw Errors.typeError(
          "can only concatenate string.templatelib.Template (not \""
              + other.type().fullName()
              + "\") to string.templatelib.Template");
    }
    List<PyObject> strings = new ArrayList<>(List.of(a.strings.array()));
    PyStr joint = (PyStr) strings.removeLast();
    strings.add(joint.concat((PyStr) b.strings.get(0)));
    strings.addAll(List.of(b.strings.array()).subList(1, b.strings.size()));
    List<PyObject> fields = new ArrayList<>(List.of(a.interpolations.array()));
    fields.addAll(List.of(b.interpolations.array()));
    return new PyTemplate(Py.tuple(strings), Py.tuple(fields));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "Template(strings="
        + PyObjects.repr(strings)
        + ", interpolations="
        + PyObjects.repr(interpolations)
        + ")";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyObject unpickle =
        PyObjects.getAttr(Imports.importModule("string.templatelib"), "_template_unpickle");
    return Py.tuple(unpickle, Py.tuple(strings, interpolations));
  }

  /** {@code TemplateIter}. */
  @PyTypeDef(name = "TemplateIter", module = "string.templatelib")
  public static final class TemplateIterator extends PyIterator {
    public static final PyType TYPE = PyType.builtin(PyTemplateTemplateIteratorTable.INSTANCE);

    private final PyObject parts;

    TemplateIterator(PyObject parts) {
      this.parts = parts;
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
      return PyIters.next(parts);
    }
  }
}
