package org.plait.syntax.ast;

import java.util.List;

/** A tuple constant; only trees made by a program hold one. */
public record TupleValue(List<Object> items) {
  public TupleValue {
    items = List.copyOf(items);
  }
}
