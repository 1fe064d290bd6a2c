package org.plait.modules.interpreters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;

/** All channels between the interpreters of a program. */
public final class CrossChannels {
  private final AtomicLong nextId = new AtomicLong();
  private final ConcurrentSkipListMap<Long, CrossChannel> channels = new ConcurrentSkipListMap<>();

  /** Those of the current program. */
  public static CrossChannels current() {
    return ThreadState.current().interpreter.runtime.state(CrossChannels.class, CrossChannels::new);
  }

  CrossChannel create(int unboundOp, boolean fallback) {
    CrossChannel c = new CrossChannel(nextId.getAndIncrement(), unboundOp, fallback);
    channels.put(c.id, c);
    return c;
  }

  @Nullable CrossChannel findOrNull(long id) {
    return channels.get(id);
  }

  /**
   * @throws org.plait.runtime.exceptions.PyException ChannelNotFoundError
   */
  CrossChannel find(long id) {
    CrossChannel c = channels.get(id);
    if (c == null) {
      throw ChannelErrors.notFound(id);
    }
    return c;
  }

  void destroy(long id) {
    CrossChannel c = channels.remove(id);
    if (c == null) {
      throw ChannelErrors.notFound(id);
    }
    c.destroy();
  }

  /** Gives a reference back; a channel that no identifier stands for any more ends. */
  void dereference(CrossChannel c) {
    if (c.dereference() && channels.remove(c.id, c)) {
      c.destroy();
    }
  }

  /** Newest first, without those that are closed. */
  List<CrossChannel> open() {
    List<CrossChannel> all = new ArrayList<>(channels.descendingMap().values());
    all.removeIf(CrossChannel::isClosed);
    return all;
  }

  /** An interpreter is no more. */
  public void forget(PyInterpreter i) {
    channels.values().forEach(c -> c.forget(i));
  }
}
