package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.functools.PyKeyWrapper;
import org.plait.modules.functools.PyLruCacheWrapper;
import org.plait.modules.functools.PyPartial;
import org.plait.modules.functools.PyPlaceholder;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyModule;

/** {@code _functools}. */
@PyModuleDef(name = "_functools", doc = "Tools that operate on functions.")
public final class FunctoolsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new FunctoolsModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("_PlaceholderType", PyPlaceholder.TYPE);
    module.add("Placeholder", PyPlaceholder.INSTANCE);
    module.add("partial", PyPartial.TYPE);
    module.add("_lru_cache_wrapper", PyLruCacheWrapper.TYPE);
  }

  @PyFunction(
      sig = "(function, iterable, /, initial=NULL)",
      doc =
          "Apply a function of two arguments cumulatively to the items of an iterable, from left to"
              + " right.\n\nThis effectively reduces the iterable to a single value.  If initial is"
              + " present,\nit is placed before the items of the iterable in the calculation, and"
              + " serves as\na default when the iterable is empty.\n\nFor example, reduce(lambda x,"
              + " y: x+y, [1, 2, 3, 4, 5])\ncalculates ((((1 + 2) + 3) + 4) + 5).")
  static PyObject reduce(PyObject function, PyObject iterable, @Nullable PyObject initial) {
    PyObject it;
    try {
      it = PyIters.getIter(iterable);
    } catch (PyException e) {
      throw e.matches(Exceptions.TypeError)
          ? Errors.typeError("reduce() arg 2 must support iteration")
          : e;
    }
    PyObject result = initial == null ? PyIters.next(it) : initial;
    if (result == null) {
      throw Errors.typeError("reduce() of empty iterable with no initial value");
    }
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      result = function.call2(result, v);
    }
    return result;
  }

  @PyFunction(
      name = "cmp_to_key",
      sig = "(mycmp)",
      doc =
          "Convert a cmp= function into a key= function.\n\n  mycmp\n    Function that compares two"
              + " objects.")
  static PyObject cmpToKey(PyObject mycmp) {
    return new PyKeyWrapper(mycmp, null);
  }
}
