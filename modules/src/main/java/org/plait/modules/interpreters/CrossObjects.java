package org.plait.modules.interpreters;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Which objects go over to another interpreter, and how. */
public final class CrossObjects {
  private CrossObjects() {}

  /** Whether objects of this one's class go over by themselves; its items may still not. */
  public static boolean isShareable(PyObject o) {
    return isSame(o)
        || o.getClass() == PyInt.class
        || o.getClass() == PyBytes.class
        || o.getClass() == PyTuple.class
        || o instanceof PyMemoryView
        || CrossTypes.current().find(o.type()) != null;
  }

  /** Whether an object is immutable and belongs to no interpreter. */
  private static boolean isSame(PyObject o) {
    Class<?> c = o.getClass();
    return o == Py.None || o instanceof PyBool || c == PyStr.class || c == PyFloat.class;
  }

  // Compare CPython _PyObject_GetXIData in crossinterp.c.
  /**
   * The data of an object.
   *
   * @param fallback whether functions without state may go over as code, and others pickled
   * @throws PyException NotShareableError when the object can't go over
   */
  static CrossData data(PyObject o, boolean fallback) {
    try {
      return own(o, fallback);
    } catch (PyException e) {
      if (!fallback) {
        throw e;
      }
      if (o instanceof PyFunction f) {
        try {
          return new CrossFunction(f);
        } catch (PyException stateful) {
          // It may still be pickled.
        }
      }
      try {
        return new CrossPickle(o);
      } catch (PyException unpicklable) {
        throw e;
      }
    }
  }

  private static CrossData own(PyObject o, boolean fallback) {
    if (isSame(o)) {
      return new CrossData.Same(o);
    }
    try {
      if (o.getClass() == PyInt.class) {
        if (!((PyInt) o).isLong()) {
          throw Errors.overflowError("try sending as bytes");
        }
        return new CrossData.Same(o);
      }
      if (o.getClass() == PyBytes.class) {
        return new CrossData.Bytes((PyBytes) o);
      }
      if (o.getClass() == PyTuple.class) {
        return new CrossTuple((PyTuple) o, fallback);
      }
      if (o instanceof PyMemoryView) {
        return new PyCrossBuffer.Data(o);
      }
      Function<PyObject, CrossData> known = CrossTypes.current().find(o.type());
      if (known != null) {
        return known.apply(o);
      }
    } catch (PyException e) {
      throw unsupported(o, e.value);
    }
    throw unsupported(o, null);
  }

  static PyException unsupported(PyObject o, @Nullable PyBaseException cause) {
    return InterpreterErrors.notShareable(
        PyObjects.repr(o) + " does not support cross-interpreter data", cause);
  }

  /** An exception of the current interpreter that stands for one of another. */
  static PyBaseException standIn(String display) {
    return Errors.of(Exceptions.Exception, display).value;
  }
}
