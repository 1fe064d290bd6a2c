package org.plait.host.signal;

/** Whoever is told of signals. */
public interface SignalSink {
  /**
   * A signal that is caught arrived. Called on a thread of this module, or on the thread that sent
   * the signal to its own process; must be short.
   */
  void raised(int signal);

  /** The same with all that is known of it; this is what is called. */
  default void raised(SigInfo info) {
    raised(info.signal());
  }

  /** The byte for a signal could not be written to the wakeup descriptor. */
  default void wakeupFailed(int signal, int errno) {}
}
