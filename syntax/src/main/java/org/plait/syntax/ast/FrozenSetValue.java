package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frozenset constant in iteration order; only trees made by a program hold one. */
public record FrozenSetValue(List<Object> items) {
  public FrozenSetValue {
    items = List.copyOf(items);
  }

  // The generated ones are linked at their first call, which is dear at the start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FrozenSetValue that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
