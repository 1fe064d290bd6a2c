package org.plait.runtime.interp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;

/**
 * Moves files written in Python before those that they have in their attributes, which they may use
 * when they are closed: an {@code HTTPResponse} is older than the file it reads from.
 */
final class HoldersFirst {
  private HoldersFirst() {}

  /**
   * The same things in an order that differs only where a file would come before its holder.
   *
   * @param file the file of one of them, or null
   */
  static <T> Collection<T> ordered(List<T> found, Function<T, @Nullable PyObject> file) {
    Map<PyObject, T> files = files(found, file);
    if (files.size() < 2) {
      return found;
    }
    Map<T, List<T>> holders = new IdentityHashMap<>();
    files.forEach(
        (object, holder) -> {
          for (PyObject held : attributes(object)) {
            T other = files.get(held);
            if (other != null && other != holder) {
              holders.computeIfAbsent(other, x -> new ArrayList<>()).add(holder);
            }
          }
        });
    return holders.isEmpty() ? found : ordered(found, holders);
  }

  private static <T> Map<PyObject, T> files(List<T> found, Function<T, @Nullable PyObject> file) {
    Map<PyObject, T> files = Map.of();
    for (T t : found) {
      PyObject f = file.apply(t);
      if (f != null) {
        if (files.isEmpty()) {
          files = new IdentityHashMap<>();
        }
        files.put(f, t);
      }
    }
    return files;
  }

  private static PyObject[] attributes(PyObject o) {
    PyType type = o.type();
    if (type.isHeap() && type.usesObjectGetattribute()) {
      try {
        if (o.getAttribute("__dict__") instanceof PyDict d) {
          return d.snapshotItems();
        }
      } catch (PyException e) {
        // It has none, or its class makes an attribute of its own of it.
      }
    }
    return PyObject.NO_ARGS;
  }

  private static <T> Collection<T> ordered(List<T> found, Map<T, List<T>> holders) {
    Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<T> ordered = new LinkedHashSet<>();
    Deque<T> pending = new ArrayDeque<>();
    for (T t : found) {
      pending.push(t);
      while (!pending.isEmpty()) {
        T next = pending.peek();
        if (seen.add(next)) {
          holders.getOrDefault(next, List.of()).forEach(pending::push);
        } else {
          ordered.add(pending.pop());
        }
      }
    }
    return ordered;
  }
}
