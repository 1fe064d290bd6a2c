package org.plait.runtime.interp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What native modules keep, one object of each class, for one interpreter or for all of them. */
final class KeptStates {
  private final ConcurrentHashMap<Class<?>, Object> states = new ConcurrentHashMap<>();

  /** The object of that class; of several that are made at once all callers get the same. */
  <T> T get(Class<T> kind, Supplier<T> make) {
    Object known = states.get(kind);
    if (known == null) {
      // Made outside of the map's lock: it may run Python code.
      T made = make.get();
      known = states.putIfAbsent(kind, made);
      known = known == null ? made : known;
    }
    return kind.cast(known);
  }
}
