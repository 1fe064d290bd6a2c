package org.plait.syntax.ast;

import java.util.List;

/** A frozenset constant in iteration order; only trees made by a program hold one. */
public record FrozenSetValue(List<Object> items) {
  public FrozenSetValue {
    items = List.copyOf(items);
  }
}
