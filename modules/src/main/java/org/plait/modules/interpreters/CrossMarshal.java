package org.plait.modules.interpreters;

import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Marshal;
import org.plait.runtime.object.PyObject;

/** A marshalled object. */
final class CrossMarshal extends CrossData {
  private final byte[] marshalled;

  private CrossMarshal(byte[] marshalled) {
    this.marshalled = marshalled;
  }

  /**
   * @throws PyException NotShareableError if the object can't be marshalled
   */
  static CrossMarshal of(PyObject o) {
    try {
      return new CrossMarshal(Marshal.dumps(o, Marshal.VERSION, true));
    } catch (PyException e) {
      throw InterpreterErrors.notShareable("object could not be marshalled", e.value);
    }
  }

  /**
   * The code of a script.
   *
   * @throws PyException NotShareableError if it is none
   */
  static CrossMarshal ofScript(PyObject o, boolean pure) {
    try {
      return new CrossMarshal(RemoteCall.script(o, pure));
    } catch (PyException e) {
      throw InterpreterErrors.notShareable("object not a valid script", e.value);
    }
  }

  @Override
  PyObject rebuild() {
    return Marshal.loads(marshalled, 0, true);
  }
}
