package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** What the three kinds of type parameters and type aliases share. */
final class TypeParameters {
  private TypeParameters() {}

  /** Calls a function of the {@code typing} module. */
  static PyObject typing(String function, PyObject... args) {
    return PyObjects.getAttr(Imports.importModule("typing"), function).call(args, null);
  }

  /** The module of the calling Python code, for {@code __module__}. */
  static PyObject callerModule() {
    PyFrame f = ThreadState.current().frame;
    PyObject name = f == null ? null : f.globals.getStr("__name__");
    return name == null ? Py.None : name;
  }

  static RuntimeException notSubclassable(String what) {
    return Errors.typeError("Cannot subclass an instance of " + what);
  }

  /** {@code None} as a type is {@code type(None)}, and only types may stand for one. */
  static PyObject checkType(PyObject o, String message) {
    return typing("_type_check", o, PyStr.of(message));
  }

  /**
   * A value that a function computes at its first use: bound, constraints, default, alias value.
   * Racing threads may compute it twice; the first result stays.
   */
  static final class Lazy {
    private volatile @Nullable PyObject evaluate;
    private volatile @Nullable PyObject value;

    Lazy(@Nullable PyObject value, @Nullable PyObject evaluate) {
      this.value = value;
      this.evaluate = evaluate;
    }

    @Nullable PyObject get() {
      PyObject v = value;
      if (v != null) {
        return v;
      }
      PyObject f = evaluate;
      if (f == null) {
        return null;
      }
      v = f.call1(Py.int_(1));
      synchronized (this) {
        if (value == null) {
          value = v;
        }
        return value;
      }
    }

    /** Whether there is a value, computed or not. */
    boolean present() {
      return value != null || evaluate != null;
    }

    /** The function that computes the value in a given format, or null. */
    @Nullable PyObject evaluator() {
      PyObject f = evaluate;
      if (f != null) {
        return f;
      }
      PyObject v = value;
      return v == null ? null : new ConstEvaluator(v);
    }

    void set(@Nullable PyObject function) {
      evaluate = function;
    }
  }

  /** {@code _ConstEvaluator}: gives a fixed value in any format. */
  @PyTypeDef(name = "_ConstEvaluator", module = "_typing")
  static final class ConstEvaluator extends PyObject {
    static final PyType TYPE = PyType.builtin(TypeParametersConstEvaluatorTable.INSTANCE);

    private final PyObject value;

    ConstEvaluator(PyObject value) {
      this.value = value;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    // Compare CPython constevaluator_call in typevarobject.c.
    @PyMethod(name = "__call__", sig = "(format, /)")
    PyObject evaluate(int format) {
      if (format != 4) {
        return value;
      }
      if (value instanceof PyTuple t) {
        StringBuilder b = new StringBuilder("(");
        for (int i = 0; i < t.size(); i++) {
          b.append(i == 0 ? "" : ", ").append(typing("_type_repr", t.get(i)));
        }
        return PyStr.of(b.append(')').toString());
      }
      return typing("_type_repr", value);
    }

    @PyMethod(name = "__repr__")
    String repr() {
      return "<constevaluator " + PyObjects.repr(value) + ">";
    }
  }

  /** {@code typing.NoDefault}. */
  @PyTypeDef(name = "NoDefaultType", doc = "The class of typing.NoDefault.")
  static final class NoDefault extends PyObject {
    static final PyType TYPE = PyType.builtin(TypeParametersNoDefaultTable.INSTANCE);
    static final NoDefault INSTANCE = new NoDefault();

    private NoDefault() {}

    @Override
    public PyType type() {
      return TYPE;
    }

    @org.plait.processor.annotation.PyNew(sig = "()")
    static PyObject new_(PyType cls) {
      return INSTANCE;
    }

    @PyMethod(name = "__repr__")
    String repr() {
      return "typing.NoDefault";
    }

    @PyMethod(name = "__reduce__", sig = "()")
    String reduce() {
      return "NoDefault";
    }
  }

  /** Common state of type parameters. */
  abstract static class Base extends PyInstance {
    final PyStr name;
    final Lazy defaultValue;

    Base(PyType type, PyStr name, @Nullable PyObject defaultValue, @Nullable PyObject module) {
      super(type);
      this.name = name;
      this.defaultValue = new Lazy(defaultValue == NoDefault.INSTANCE ? null : defaultValue, null);
      if (module != null) {
        setDictAttr("__module__", module);
      }
    }

    /** Sets the function that computes the default. */
    public final void setEvaluateDefault(PyObject function) {
      defaultValue.set(function);
    }

    final PyObject defaultOrMarker() {
      PyObject v = defaultValue.get();
      return v == null ? NoDefault.INSTANCE : v;
    }
  }
}
