package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PyRangeIterator;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;

/** What compiled code calls for generators and containers; the rules of {@link CompiledSupport}. */
final class CompiledIteration {
  private CompiledIteration() {}

  // ---- generators

  /** Whether calling a function with this code does nothing but make a generator. */
  static boolean onlyMakesGenerator(PyCode code) {
    return code.returnGenerator == 0;
  }

  /** The generator that a call gives whose arguments are in the registers. */
  static PyObject generator(PyFunction fn, PyCode code, PyObject[] r) {
    PyFrame f = new PyFrame(code, r, fn.globals, fn.builtins, null, fn);
    f.pc = code.returnGenerator + 1;
    return new PyGenerator(f);
  }

  static boolean isGenerator(@Nullable PyObject o) {
    return o instanceof PyGenerator;
  }

  static PyObject yieldFromIter(PyFrame f, PyObject o) {
    return GeneratorInstrs.yieldFromIter(f, o);
  }

  /** The iterator of a for statement over a range with a step of 1. */
  static PyObject loopRange(long start, long stop) {
    PyRangeIterator it = new PyRangeIterator(start, 1, stop > start ? stop - start : 0);
    it.own();
    return it;
  }

  /** Whether {@link #loopRange} does what the type called with these would. */
  static boolean isLoopRange(PyObject callee, long start, long stop) {
    return callee == PyRange.TYPE
        && stop != Long.MAX_VALUE
        && (start >= 0 || stop <= Long.MAX_VALUE + start);
  }

  static boolean isGeneratorOrCoroutine(@Nullable PyObject o) {
    return o instanceof PyGenerator || o instanceof PyCoroutine;
  }

  /**
   * One step of delegating to a generator or coroutine.
   *
   * @return what it yielded; or what it returned, and then {@link PyFrame#exit} is 1
   */
  static PyObject send(PyFrame f, PyObject generator, PyObject value) {
    PyGeneratorBase g = (PyGeneratorBase) generator;
    PyObject v = g.sendFrom(f, value);
    if (v != null) {
      f.exit = 0;
      return v;
    }
    f.exit = 1;
    return g.takeReturnValue();
  }

  /** The next item of any iterator, null at the end. */
  static @Nullable PyObject next(PyFrame f, PyObject it) {
    if (it instanceof PyGenerator g) {
      PyObject v = g.sendFrom(f, Py.None);
      if (v == null) {
        g.takeReturnValue();
      }
      return v;
    }
    return CompiledSupport.next(it);
  }

  /** As {@link #next(PyFrame, PyObject)}; a generator may pass over what a {@link Drain} takes. */
  static @Nullable PyObject next(PyFrame f, PyObject it, int drain) {
    return it instanceof PyGenerator g ? g.drain(new Drain(drain)) : next(f, it);
  }

  static int exit(PyFrame f) {
    return f.exit;
  }

  // ---- slices of exact lists and strs, null or false for anything else

  static @Nullable PyObject slice(PyObject o, PyObject start, PyObject stop) {
    if (!PySlice.isPlain(start) || !PySlice.isPlain(stop)) {
      return null;
    }
    Class<?> c = o.getClass();
    return c == PyList.class
        ? ((PyList) o).slice(PySlice.plain(start, stop))
        : c == PyStr.class ? PySequences.getSlice(o, start, stop) : null;
  }

  static @Nullable PyObject slice(PyObject o, PyObject key) {
    return o.getClass() == PyList.class && key instanceof PySlice s && s.isPlain()
        ? ((PyList) o).slice(s.unpack())
        : null;
  }

  /** Of an exact list; step is 1 or -1, and the bounds are as in {@link PySlice.Bounds}. */
  static PyObject slice(PyObject list, long start, long stop, int step) {
    PyList l = (PyList) list;
    return step > 0 ? l.slice(start, stop) : l.sliceDown(start, stop);
  }

  static void setSlice(PyObject list, long start, long stop, PyObject with) {
    ((PyList) list).setSlice(start, stop, (PyList) with);
  }

  /** {@code list[at:end] = list[start:stop:step]}, step 1 or -1. */
  static void moveSlice(PyObject list, long start, long stop, long at, long end, int step) {
    ((PyList) list).moveSlice(start, stop, at, end, step);
  }

  /** {@code list[: last + 1] = list[last::-1]}. */
  static void reverseTo(PyObject list, long last) {
    ((PyList) list).reverseTo(last);
  }

  /** The sum, or the long that is nearest. */
  static long plus(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  static boolean setSlice(PyObject o, PyObject start, PyObject stop, PyObject with) {
    if (o.getClass() != PyList.class
        || with.getClass() != PyList.class
        || !PySlice.isPlain(start)
        || !PySlice.isPlain(stop)) {
      return false;
    }
    ((PyList) o).setSlice(PySlice.plain(start, stop), (PyList) with);
    return true;
  }

  static void setSliceSlowly(PyObject o, PyObject start, PyObject stop, PyObject with) {
    PyMappings.setItem(o, new PySlice(start, stop, Py.None), with);
  }

  static PyObject makeSlice(PyObject start, PyObject stop, PyObject step) {
    return new PySlice(start, stop, step);
  }

  // ---- methods of exact lists and sets

  /** False where Python code may have a say. */
  static boolean add(PyObject set, long v) {
    return ((PySet) set).addLong(v);
  }

  /** False where Python code may have a say. */
  static boolean discard(PyObject set, long v) {
    return ((PySet) set).removeLong(v);
  }

  /** Null where there is no such element. */
  static @Nullable PyObject pop(PyObject list, long i) {
    return ((PyList) list).popAt(i);
  }

  static void insert(PyObject list, long i, PyObject v) {
    ((PyList) list).insert(i, v);
  }

  // ---- numbers

  static long max(long a, long b) {
    return b > a ? b : a;
  }

  static double max(double a, double b) {
    return b > a ? b : a;
  }

  static long min(long a, long b) {
    return b < a ? b : a;
  }

  static double min(double a, double b) {
    return b < a ? b : a;
  }

  // ---- membership

  /** Whether a built-in container has an int: 1 or 0; -1 where that is not told so simply. */
  static int contains(PyObject container, long v) {
    Class<?> c = container.getClass();
    if (c == PyList.class) {
      return ((PyList) container).containsLong(v);
    }
    return c == PySet.class
        ? ((PySet) container).containsLong(v)
        : c == PyDict.class ? ((PyDict) container).containsLong(v) : -1;
  }
}
