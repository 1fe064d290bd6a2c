package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyBaseExceptionGroup;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** What {@code except*} does with groups. */
final class ExceptionGroups {
  private ExceptionGroups() {}

  // Compare CPython _PyEval_ExceptionGroupMatch in ceval.c.
  /** The part that matches (a naked exception is wrapped) and the rest, or None. */
  static PyObject[] match(PyBaseException e, PyObject type, PyFrame f) {
    if (PyBaseExceptionGroup.matches(e, type)) {
      if (e instanceof PyBaseExceptionGroup) {
        return new PyObject[] {e, Py.None};
      }
      PyBaseException group =
          (PyBaseException)
              Exceptions.BaseExceptionGroup.call2(Py.EmptyStr, Py.tuple((PyObject) e));
      Interpreter.addTraceback(f, group);
      return new PyObject[] {group, Py.None};
    }
    if (e instanceof PyBaseExceptionGroup) {
      PyObject pair = PyCalls.callMethod(e, "split", type);
      if (!(pair instanceof PyTuple t)) {
        throw Errors.typeError(
            e.type().name() + ".split must return a tuple, not " + pair.type().name());
      }
      if (t.size() < 2) {
        throw Errors.typeError(
            e.type().name() + ".split must return a 2-tuple, got tuple of size " + t.size());
      }
      return new PyObject[] {t.get(0), t.get(1)};
    }
    return new PyObject[] {Py.None, e};
  }

  // Compare CPython _PyExc_PrepReraiseStar in exceptions.c.
  /** What is to be raised behind the clauses, or None. */
  static PyObject prepReraiseStar(PyObject original, PyList raisedOrUnhandled) {
    PyObject[] all = raisedOrUnhandled.toArray();
    List<PyObject> raised = new ArrayList<>();
    List<PyObject> reraised = new ArrayList<>();
    for (PyObject o : all) {
      if (o == Py.None) {
        continue;
      }
      if (sameMetadata((PyBaseException) o, (PyBaseException) original)) {
        reraised.add(o);
      } else {
        raised.add(o);
      }
    }
    if (raised.isEmpty() && reraised.isEmpty()) {
      return Py.None;
    }
    if (!(original instanceof PyBaseExceptionGroup group)) {
      // A naked exception was caught and wrapped: only one clause could run.
      return all.length > 0 && all[0] != Py.None ? all[0] : raisedOrReraised(raised, reraised);
    }
    PyObject again = Py.None;
    if (!reraised.isEmpty()) {
      Set<PyObject> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
      for (PyObject o : reraised) {
        collectLeaves(o, leaves);
      }
      again = PyBaseExceptionGroup.split(group, leaves::contains, false)[0];
    }
    if (raised.isEmpty()) {
      return again;
    }
    if (again != Py.None) {
      raised.add(again);
    }
    if (raised.size() == 1) {
      return raised.getFirst();
    }
    return Exceptions.BaseExceptionGroup.call2(PyStr.of(""), Py.list(raised));
  }

  private static PyObject raisedOrReraised(List<PyObject> raised, List<PyObject> reraised) {
    return raised.isEmpty() ? reraised.getFirst() : raised.getFirst();
  }

  private static boolean sameMetadata(PyBaseException a, PyBaseException b) {
    return a.traceback() == b.traceback()
        && a.context() == b.context()
        && a.cause() == b.cause()
        && org.plait.runtime.protocol.PyObjects.getOptionalAttr(a, "__notes__")
            == org.plait.runtime.protocol.PyObjects.getOptionalAttr(b, "__notes__");
  }

  private static void collectLeaves(PyObject o, Set<PyObject> leaves) {
    if (o instanceof PyBaseExceptionGroup g) {
      for (PyObject m : g.exceptions().array()) {
        collectLeaves(m, leaves);
      }
    } else {
      leaves.add(o);
    }
  }
}
