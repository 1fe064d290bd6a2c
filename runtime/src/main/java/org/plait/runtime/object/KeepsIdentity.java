package org.plait.runtime.object;

/**
 * An object that holds its own {@code id()}, because it may be seen once more after the collector
 * has found it dead and all that knew it weakly has forgotten it.
 */
public interface KeepsIdentity {
  /** The id, 0 while nobody has asked. */
  long identity();

  /** Sets the id unless there is one; returns the one that counts. */
  long identity(long id);
}
