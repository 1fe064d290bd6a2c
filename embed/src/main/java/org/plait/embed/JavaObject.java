package org.plait.embed;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyStr;

/** A Java object without a Python counterpart: its public methods are its attributes. Immutable. */
@PyTypeDef(name = "JavaObject", module = "plait")
final class JavaObject extends PyObject {
  static final PyType TYPE = PyType.builtin(JavaObjectTable.INSTANCE);

  private final Engine engine;
  final Object target;

  JavaObject(Engine engine, Object target) {
    this.engine = engine;
    this.target = target;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__getattr__", sig = "(name, /)")
  PyObject getattr(PyStr name) {
    String n = name.toString();
    JavaMethods methods = JavaMethods.of(target.getClass(), n);
    if (methods.isEmpty()) {
      throw Errors.of(
          Exceptions.AttributeError,
          "Java object of " + target.getClass().getName() + " has no public method '" + n + "'");
    }
    return new JavaFunction(
        engine,
        methods,
        target.getClass().getSimpleName() + "." + n,
        methods.on(engine.conversions, target));
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return engine.conversions.callJava(() -> String.valueOf(target));
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return Py.str("<Java " + target.getClass().getName() + " object>");
  }

  @PyMethod(name = "__eq__")
  PyObject eq(PyObject other) {
    return other instanceof JavaObject o
        ? engine.conversions.callJava(() -> target.equals(o.target))
        : Py.NotImplemented;
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return target.hashCode();
  }
}
