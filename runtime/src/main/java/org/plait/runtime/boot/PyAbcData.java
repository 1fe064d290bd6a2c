package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code _abc._abc_data}: what an abstract base class remembers of other classes. The sets hold the
 * classes weakly; classes have Java's identity, so no user code runs under the maps' locks.
 */
@PyTypeDef(name = "_abc_data", module = "_abc", doc = "Internal state held by ABC machinery.")
public final class PyAbcData extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyAbcDataTable.INSTANCE);

  /** A set of classes that any thread may use. */
  static final class ClassSet {
    private final Map<PyObject, Boolean> map =
        Collections.synchronizedMap(new WeakHashMap<PyObject, Boolean>(4));

    boolean contains(PyObject cls) {
      return map.containsKey(cls);
    }

    void add(PyObject cls) {
      map.put(cls, true);
    }

    void clear() {
      map.clear();
    }

    List<PyObject> snapshot() {
      synchronized (map) {
        return new ArrayList<>(map.keySet());
      }
    }
  }

  final ClassSet registry = new ClassSet();
  final ClassSet cache = new ClassSet();
  volatile ClassSet negativeCache = new ClassSet();

  /** The registrations counter for which {@link #negativeCache} holds. */
  volatile long negativeVersion;

  PyAbcData(long version) {
    negativeVersion = version;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyAbcData(AbcModule.version());
  }
}
