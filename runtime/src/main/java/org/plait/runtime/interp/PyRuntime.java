package org.plait.runtime.interp;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the interpreters of one program share: the list of themselves, and what native modules keep
 * for all of them, such as the queues between them. The main interpreter has the identifier 0;
 * identifiers are never used again.
 */
public final class PyRuntime {
  private final AtomicLong nextId = new AtomicLong();
  private final ConcurrentSkipListMap<Long, PyInterpreter> interpreters =
      new ConcurrentSkipListMap<>();
  private final KeptStates states = new KeptStates();

  /** A new identifier. */
  public long takeId() {
    return nextId.getAndIncrement();
  }

  /** The identifier that is taken next. */
  public long nextId() {
    return nextId.get();
  }

  void add(PyInterpreter i) {
    interpreters.put(i.id, i);
  }

  void remove(PyInterpreter i) {
    interpreters.remove(i.id, i);
  }

  /** The interpreter of that identifier, or null when there is none. */
  public @Nullable PyInterpreter find(long id) {
    return interpreters.get(id);
  }

  /** The interpreter that was made first. */
  public PyInterpreter main() {
    return interpreters.get(0L);
  }

  /** All of them, oldest first. */
  public List<PyInterpreter> all() {
    return List.copyOf(interpreters.values());
  }

  /** Whether there is more than one. */
  public boolean hasOthers() {
    return interpreters.size() > 1;
  }

  /** What somebody keeps for all interpreters, made at first need. */
  public <T> T state(Class<T> kind, Supplier<T> make) {
    return states.get(kind, make);
  }
}
