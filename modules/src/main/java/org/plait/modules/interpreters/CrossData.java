package org.plait.modules.interpreters;

import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyBytes;

/**
 * An object's data on its way to another interpreter. Immutable; whoever holds it rebuilds the
 * object any number of times and releases it once.
 */
abstract class CrossData {
  /** Where the data comes from. */
  final PyInterpreter origin = ThreadState.current().interpreter;

  /** The object in the current interpreter, a new one unless it is one that all share. */
  abstract PyObject rebuild();

  /** Gives back what the data keeps alive. */
  void release() {}

  /** A bytes object: a new one of the same content. */
  static final class Bytes extends CrossData {
    private final byte[] content;

    Bytes(PyBytes bytes) {
      content = bytes.array();
    }

    @Override
    PyObject rebuild() {
      return Py.bytes(content);
    }
  }

  /** An immutable object without ties to an interpreter, which goes over as it is. */
  static final class Same extends CrossData {
    private final PyObject object;

    Same(PyObject object) {
      this.object = object;
    }

    @Override
    PyObject rebuild() {
      return object;
    }
  }
}
