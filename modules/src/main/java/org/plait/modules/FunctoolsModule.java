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
          "Folds an iterable from the left into one value with a function of two "
              + "arguments.\n\n"
              + "The function gets what it returned last and the next item. It begins with "
              + "initial\n"
              + "and the first item, or with the first two items where there is no initial, "
              + "which\n"
              + "is also the result for an empty iterable: reduce(f, [1, 2, 3]) is f(f(1, "
              + "2), 3).")
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
          "A key function that sorts as a comparison function does.\n\n"
              + "  mycmp\n"
              + "    tells of two objects which is less, by the sign of a number")
  static PyObject cmpToKey(PyObject mycmp) {
    return new PyKeyWrapper(mycmp, null);
  }
}
