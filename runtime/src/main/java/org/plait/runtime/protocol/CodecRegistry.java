package org.plait.runtime.protocol;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * The codecs and error handlers of one interpreter. Any thread may use it. Search functions run
 * under no lock, so two threads may search for the same name at once; the later result stays.
 */
public final class CodecRegistry {
  private final List<PyObject> searchers = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, PyTuple> cache = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, PyObject> handlers = new ConcurrentHashMap<>();
  private volatile boolean ready;

  /** Adds a search function. */
  public void register(PyObject searcher) {
    if (searcher.type().special(Special.CALL) == null) {
      throw Errors.typeError("argument must be callable");
    }
    searchers.add(searcher);
  }

  /** Removes a search function and forgets what was found. */
  public void unregister(PyObject searcher) {
    for (PyObject s : searchers) {
      if (s == searcher || PyObjects.equal(s, searcher)) {
        cache.clear();
        searchers.remove(s);
        return;
      }
    }
  }

  /** Makes sure that the standard encodings are there. */
  private void prepare() {
    if (!ready) {
      ready = true;
      Imports.importModule("encodings");
    }
  }

  /**
   * Equivalent of CPython's {@code _PyCodec_Lookup}: the four-tuple of a codec.
   *
   * @throws org.plait.runtime.exceptions.PyException LookupError
   */
  public PyTuple lookup(String encoding) {
    String name = normalize(encoding);
    PyTuple known = cache.get(name);
    if (known != null) {
      return known;
    }
    prepare();
    PyObject arg = PyStr.intern(name);
    for (PyObject s : searchers) {
      PyObject r = s.call1(arg);
      if (r == Py.None) {
        continue;
      }
      if (!(r instanceof PyTuple t) || t.size() != 4) {
        throw Errors.typeError("codec search functions must return 4-tuples");
      }
      cache.put(name, t);
      return t;
    }
    throw Errors.of(Exceptions.LookupError, "unknown encoding: " + encoding);
  }

  /**
   * Lower case, and one underscore for each run of other ASCII characters than letters, digits,
   * dot.
   */
  static String normalize(String encoding) {
    StringBuilder b = new StringBuilder(encoding.length());
    boolean gap = false;
    for (int i = 0; i < encoding.length(); i++) {
      char c = encoding.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (c >= 'a' && c <= 'z' || upper || c >= '0' && c <= '9' || c == '.') {
        if (gap && b.length() > 0) {
          b.append('_');
        }
        gap = false;
        b.append(upper ? (char) (c + 32) : c);
      } else {
        gap = true;
      }
    }
    return b.toString();
  }

  // ---- error handlers

  public void registerError(String name, PyObject handler) {
    if (handler.type().special(Special.CALL) == null) {
      throw Errors.typeError("handler must be callable");
    }
    handlers.put(name, handler);
  }

  /** Whether there was a handler of that name. */
  public boolean unregisterError(String name) {
    return handlers.remove(name) != null;
  }

  /** The handler of that name, or null. */
  public @Nullable PyObject handler(String name) {
    return handlers.get(name);
  }

  /** The handler of that name; LookupError when there is none. */
  public PyObject lookupError(@Nullable String name) {
    PyObject h = handlers.get(name == null ? "strict" : name);
    if (h == null) {
      Imports.importModule("_codecs");
      h = handlers.get(name == null ? "strict" : name);
    }
    if (h == null) {
      throw Errors.of(Exceptions.LookupError, "unknown error handler name '" + name + "'");
    }
    return h;
  }
}
