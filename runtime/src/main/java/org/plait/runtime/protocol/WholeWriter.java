package org.plait.runtime.protocol;

import org.plait.runtime.types.PyStr;

/** A text stream that writes a text in one go, so that lines of several threads stay whole. */
public interface WholeWriter {
  /** Whether {@code write} is the stream's own: nobody has overridden it. */
  boolean writesWhole();

  /** Does what {@code write} does. */
  void writeWhole(PyStr text);
}
