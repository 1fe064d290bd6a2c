package org.plait.embed;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyStr;

/** A Java function as a Python callable. Immutable. */
@PyTypeDef(name = "JavaFunction", module = "plait")
final class JavaFunction extends PyObject {
  static final PyType TYPE = PyType.builtin(JavaFunctionTable.INSTANCE);

  private final Engine engine;

  /** The Java object it was made of, which Java gets back. */
  final Object source;

  private final String name;
  private final Body body;

  /** Converts the arguments, with a permit, into what is then called without one. */
  @FunctionalInterface
  interface Body {
    Callable<@Nullable Object> bind(PyObject[] arguments, String @Nullable [] keywords);
  }

  JavaFunction(Engine engine, Object source, String name, Body body) {
    this.engine = engine;
    this.source = source;
    this.name = name;
    this.body = body;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] arguments, String @Nullable [] keywords) {
    return engine.conversions.callJava(body.bind(arguments, keywords));
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return PyStr.of("<Java function " + name + ">");
  }

  @PyGetter("__name__")
  PyObject name() {
    return Py.str(name);
  }
}
