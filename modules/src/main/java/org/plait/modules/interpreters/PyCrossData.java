package org.plait.modules.interpreters;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code _crossinterp.CrossInterpreterData}: an object's data, in the hands of Python. */
@PyTypeDef(name = "CrossInterpreterData", module = "_crossinterp")
public final class PyCrossData extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyCrossDataTable.INSTANCE);

  private final CrossData data;

  private PyCrossData(CrossData data) {
    this.data = data;
  }

  /**
   * @param mode which way the object is to go
   */
  public static PyCrossData of(PyObject o, String mode) {
    return new PyCrossData(
        switch (mode) {
          case "xidata" -> CrossObjects.data(o, false);
          case "fallback" -> CrossObjects.data(o, true);
          case "pickle" -> new CrossPickle(o);
          case "marshal" -> CrossMarshal.of(o);
          case "code" -> {
            if (!(o instanceof PyCode)) {
              throw InterpreterErrors.notShareable("expected code, got " + PyObjects.repr(o), null);
            }
            yield CrossMarshal.of(o);
          }
          case "func" -> {
            if (!(o instanceof PyFunction f)) {
              throw InterpreterErrors.notShareable(
                  "expected a function, got " + PyObjects.repr(o), null);
            }
            yield new CrossFunction(f);
          }
          case "script" -> CrossMarshal.ofScript(o, false);
          case "script-pure" -> CrossMarshal.ofScript(o, true);
          default -> throw Errors.valueError("unsupported mode '" + mode + "'");
        });
  }

  /** A new object of the data. */
  public PyObject rebuild() {
    return data.rebuild();
  }

  @Override
  public PyType type() {
    return TYPE;
  }
}
