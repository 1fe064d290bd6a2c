package org.plait.syntax.ast;

import java.util.Arrays;

/** A bytes constant; compares by content. The array must not be changed. */
public record BytesValue(byte[] bytes) {
  @Override
  public boolean equals(Object o) {
    return o instanceof BytesValue other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "BytesValue" + Arrays.toString(bytes);
  }
}
