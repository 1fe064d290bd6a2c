package org.plait.modules;

import org.plait.modules.itertools.PyAccumulate;
import org.plait.modules.itertools.PyBatched;
import org.plait.modules.itertools.PyChain;
import org.plait.modules.itertools.PyCombinations;
import org.plait.modules.itertools.PyCombinationsWithReplacement;
import org.plait.modules.itertools.PyCompress;
import org.plait.modules.itertools.PyCount;
import org.plait.modules.itertools.PyCycle;
import org.plait.modules.itertools.PyDropWhile;
import org.plait.modules.itertools.PyFilterFalse;
import org.plait.modules.itertools.PyGroupBy;
import org.plait.modules.itertools.PyGrouper;
import org.plait.modules.itertools.PyIslice;
import org.plait.modules.itertools.PyPairwise;
import org.plait.modules.itertools.PyPermutations;
import org.plait.modules.itertools.PyProduct;
import org.plait.modules.itertools.PyRepeat;
import org.plait.modules.itertools.PyStarMap;
import org.plait.modules.itertools.PyTakeWhile;
import org.plait.modules.itertools.PyTee;
import org.plait.modules.itertools.PyTeeDataObject;
import org.plait.modules.itertools.PyZipLongest;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code itertools}. */
@PyModuleDef(name = "itertools", doc = "Functional tools for creating and using iterators.")
public final class ItertoolsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new ItertoolsModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("accumulate", PyAccumulate.TYPE);
    module.add("batched", PyBatched.TYPE);
    module.add("chain", PyChain.TYPE);
    module.add("combinations", PyCombinations.TYPE);
    module.add("combinations_with_replacement", PyCombinationsWithReplacement.TYPE);
    module.add("compress", PyCompress.TYPE);
    module.add("count", PyCount.TYPE);
    module.add("cycle", PyCycle.TYPE);
    module.add("dropwhile", PyDropWhile.TYPE);
    module.add("filterfalse", PyFilterFalse.TYPE);
    module.add("groupby", PyGroupBy.TYPE);
    module.add("_grouper", PyGrouper.TYPE);
    module.add("islice", PyIslice.TYPE);
    module.add("pairwise", PyPairwise.TYPE);
    module.add("permutations", PyPermutations.TYPE);
    module.add("product", PyProduct.TYPE);
    module.add("repeat", PyRepeat.TYPE);
    module.add("starmap", PyStarMap.TYPE);
    module.add("takewhile", PyTakeWhile.TYPE);
    module.add("_tee", PyTee.TYPE);
    module.add("_tee_dataobject", PyTeeDataObject.TYPE);
    module.add("zip_longest", PyZipLongest.TYPE);
  }

  @PyFunction(sig = "(iterable, n=2, /)", doc = "Returns a tuple of n independent iterators.")
  static PyObject tee(PyObject iterable, long n) {
    return PyTee.tee(iterable, n);
  }
}
