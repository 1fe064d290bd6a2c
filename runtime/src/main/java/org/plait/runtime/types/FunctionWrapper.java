package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PySetter;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** What staticmethod and classmethod share: a callable and copies of its describing attributes. */
public abstract class FunctionWrapper extends PyInstance implements Descriptor {
  @PyMember("__func__")
  volatile @Nullable PyObject callable;

  FunctionWrapper(PyType type, @Nullable PyObject callable) {
    super(type);
    this.callable = callable;
  }

  /** The function; RuntimeError before {@code __init__} has run. */
  final PyObject function() {
    PyObject f = callable;
    if (f == null) {
      throw Errors.runtimeError("uninitialized " + type().nativeBase().name() + " object");
    }
    return f;
  }

  // Compare CPython functools_wraps in funcobject.c.
  final void wrap(PyObject f) {
    callable = f;
    for (String name : new String[] {"__module__", "__name__", "__qualname__", "__doc__"}) {
      PyObject v = PyObjects.getOptionalAttr(f, name);
      if (v != null) {
        PyObjects.setAttr(this, name, v);
      }
    }
  }

  @PyGetter(value = "__wrapped__", member = true)
  PyObject wrapped() {
    return Py.orNone(callable);
  }

  @PyGetter("__isabstractmethod__")
  boolean isAbstract() {
    PyObject f = callable;
    return f != null && isAbstract(f);
  }

  /** Equivalent of CPython's {@code _PyObject_IsAbstract}. */
  static boolean isAbstract(PyObject f) {
    PyObject v = PyObjects.getOptionalAttr(f, "__isabstractmethod__");
    return v != null && PyObjects.isTrue(v);
  }

  @PyGetter("__dict__")
  PyObject getDict() {
    return dict();
  }

  @PySetter("__dict__")
  void setDict_(@Nullable PyObject value) {
    setDict(org.plait.runtime.object.DictDescriptors.checkDict(value));
  }

  /** The wrapped function's attribute, kept in our dict once asked for or set. */
  private PyObject forwarded(String name) {
    PyObject own = getDictAttr(name);
    if (own == null) {
      own = PyObjects.getAttr(function(), name);
      setDictAttr(name, own);
    }
    return own;
  }

  private void setForwarded(String name, @Nullable PyObject value) {
    if (value != null) {
      setDictAttr(name, value);
    } else if (removeDictAttr(name) == null) {
      throw Errors.attributeError(
          "'" + type().name() + "' object has no attribute '" + name + "'", this, name);
    }
  }

  @PyGetter("__annotations__")
  PyObject annotations() {
    return forwarded("__annotations__");
  }

  @PySetter("__annotations__")
  void setAnnotations(@Nullable PyObject value) {
    setForwarded("__annotations__", value);
  }

  @PyGetter("__annotate__")
  PyObject annotate() {
    return forwarded("__annotate__");
  }

  @PySetter("__annotate__")
  void setAnnotate(@Nullable PyObject value) {
    setForwarded("__annotate__", value);
  }
}
