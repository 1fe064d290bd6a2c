package org.plait.modules.functools;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Descriptor;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * {@code functools._lru_cache_wrapper}. The cache is a dict in order of use: a hit moves its entry
 * to the end, the first entry goes when there are too many. The user's function runs under no lock,
 * so two threads may both compute a missing value; the first one stays.
 */
@PyTypeDef(
    name = "_lru_cache_wrapper",
    module = "functools",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "none",
    doc =
        "A function with a cache of its results.\n\n"
            + "user_function:   what is called when a result isn't known\n"
            + "maxsize:         how many results are kept; 0 none, None all of them\n"
            + "typed:           whether f(3) and f(3.0) are different calls\n"
            + "cache_info_type: the named tuple with hits, misses, maxsize, currsize\n")
public final class PyLruCacheWrapper extends PyInstance implements Descriptor {
  public static final PyType TYPE = PyType.builtin(PyLruCacheWrapperTable.INSTANCE);

  /** Stands between positional and keyword arguments in a key. */
  private static final PyObject KEYWORD_MARK = new Mark();

  private static final class Mark extends PyObject {
    @Override
    public PyType type() {
      return org.plait.runtime.object.PyBaseObject.TYPE;
    }
  }

  private static final long UNBOUNDED = -1;

  private final PyObject function;
  private final long maxsize;
  private final boolean typed;
  private final PyObject infoType;
  private final PyDict cache = new PyDict();

  /**
   * Threads that hit at once count in places of their own: a common one would be all they wait for.
   */
  private final LongAdder hits = new LongAdder();

  private final LongAdder misses = new LongAdder();

  private PyLruCacheWrapper(
      PyType type, PyObject function, long maxsize, boolean typed, PyObject infoType) {
    super(type);
    this.function = function;
    this.maxsize = maxsize;
    this.typed = typed;
    this.infoType = infoType;
  }

  @PyNew(sig = "!(user_function, maxsize, typed, cache_info_type)")
  static PyObject new_(
      PyType cls, PyObject function, PyObject maxsize, boolean typed, PyObject infoType) {
    if (function.type().special(Special.CALL) == null) {
      throw Errors.typeError("the first argument must be callable");
    }
    long limit;
    if (maxsize == Py.None) {
      limit = UNBOUNDED;
    } else if (PyNumbers.isIndex(maxsize)) {
      limit = Math.max(PyNumbers.asLong(maxsize, Exceptions.OverflowError), 0);
    } else {
      throw Errors.typeError("maxsize should be integer or None");
    }
    return new PyLruCacheWrapper(cls, function, limit, typed, infoType);
  }

  // Compare CPython lru_cache_make_key in _functoolsmodule.c.
  private PyObject key(PyObject[] args, String @Nullable [] kwnames) {
    int k = kwnames == null ? 0 : kwnames.length;
    int n = args.length - k;
    if (!typed && k == 0) {
      if (n == 1) {
        Class<?> c = args[0].getClass();
        if (c == PyStr.class || c == PyInt.class) {
          return args[0];
        }
      }
      return PyTuple.of(args.clone());
    }
    PyObject[] all = new PyObject[n + (k > 0 ? 1 + 2 * k : 0) + (typed ? args.length : 0)];
    System.arraycopy(args, 0, all, 0, n);
    int to = n;
    if (k > 0) {
      all[to++] = KEYWORD_MARK;
      for (int i = 0; i < k; i++) {
        all[to++] = Py.str(kwnames[i]);
        all[to++] = args[n + i];
      }
    }
    if (typed) {
      for (PyObject a : args) {
        all[to++] = a.type();
      }
    }
    return PyTuple.of(all);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    if (maxsize == 0) {
      misses.increment();
      return function.call(args, kwnames);
    }
    PyObject key = key(args, kwnames);
    long hash = PyObjects.hash(key);
    PyObject v = maxsize == UNBOUNDED ? cache.get(key, hash) : cache.move(key, hash, true);
    if (v != null) {
      hits.increment();
      return v;
    }
    misses.increment();
    v = function.call(args, kwnames);
    if (maxsize == UNBOUNDED) {
      cache.put(key, hash, v, false);
    } else {
      cache.put(key, hash, v, true);
      while (cache.size() > maxsize) {
        cache.popFirst();
      }
    }
    return v;
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  // ---- descriptor

  @Override
  public PyObject descriptorGet(@Nullable PyObject self, PyType owner) {
    return self == null ? this : new org.plait.runtime.interp.PyMethod(this, self);
  }

  @Override
  public boolean isMethodDescriptor() {
    return type() == TYPE;
  }

  @PyMethod(name = "__get__", sig = "(instance, owner=None, /)")
  PyObject get(PyObject instance, PyObject owner) {
    return descriptorGet(instance == Py.None ? null : instance, TYPE);
  }

  // ---- methods

  @PyMethod(name = "cache_info", sig = "()", doc = "Report cache statistics")
  PyObject cacheInfo() {
    return infoType.call(
        new PyObject[] {
          Py.int_(hits.sum()),
          Py.int_(misses.sum()),
          maxsize == UNBOUNDED ? Py.None : Py.int_(maxsize),
          Py.int_(cache.size())
        },
        null);
  }

  @PyMethod(name = "cache_clear", sig = "()", doc = "Clear the cache and cache statistics")
  void cacheClear() {
    hits.reset();
    misses.reset();
    cache.clear();
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return PyObjects.getAttr(this, "__qualname__");
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copy() {
    return this;
  }

  @PyMethod(name = "__deepcopy__", sig = "(memo, /)")
  PyObject deepcopy(PyObject memo) {
    return this;
  }
}
