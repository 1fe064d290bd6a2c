package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** What {@code zip} and {@code map} share: several iterators that advance together. */
final class Lockstep {
  private Lockstep() {}

  /** The value of the keyword argument {@code strict}, which is the only one there may be. */
  static boolean strict(String function, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames == null) {
      return false;
    }
    if (kwnames.length > 1) {
      throw Errors.typeError(
          function + "() takes at most 1 keyword argument (" + kwnames.length + " given)");
    }
    if (!kwnames[0].equals("strict")) {
      throw Errors.typeError(
          function + "() got an unexpected keyword argument '" + kwnames[0] + "'");
    }
    return PyObjects.isTrue(args[args.length - 1]);
  }

  static PyObject[] iterators(PyObject[] args, int from, int to) {
    PyObject[] its = new PyObject[to - from];
    for (int i = from; i < to; i++) {
      its[i - from] = PyIters.getIter(args[i]);
    }
    return its;
  }

  /** The next item of each, or null when one has ended. */
  static PyObject @Nullable [] next(String function, PyObject[] iterators, boolean strict) {
    int n = iterators.length;
    PyObject[] row = new PyObject[n];
    for (int i = 0; i < n; i++) {
      PyObject v = PyIters.next(iterators[i]);
      if (v == null) {
        if (strict) {
          checkEnds(function, iterators, i);
        }
        return null;
      }
      row[i] = v;
    }
    return row;
  }

  private static void checkEnds(String function, PyObject[] iterators, int ended) {
    if (ended > 0) {
      throw uneven(function, ended, "shorter");
    }
    for (int i = 1; i < iterators.length; i++) {
      if (PyIters.next(iterators[i]) != null) {
        throw uneven(function, i, "longer");
      }
    }
  }

  private static RuntimeException uneven(String function, int i, String how) {
    return Errors.valueError(
        function
            + "() argument "
            + (i + 1)
            + " is "
            + how
            + " than argument"
            + (i == 1 ? " 1" : "s 1-" + i));
  }

  static PyObject reduce(PyObject type, PyObject[] args, boolean strict) {
    return strict ? Py.tuple(type, PyTuple.of(args), Py.True) : Py.tuple(type, PyTuple.of(args));
  }
}
