package org.plait.embed;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.PyCode;

/**
 * Compiled Python: statements, of which the last may be an expression that gives a value. Any
 * number of threads may run it, in any scope of the same {@link Plait}.
 */
public final class PlaitCode {
  final Engine engine;
  final @Nullable PyCode statements;
  final @Nullable PyCode last;

  PlaitCode(Engine engine, @Nullable PyCode statements, @Nullable PyCode last) {
    this.engine = engine;
    this.statements = statements;
    this.last = last;
  }

  /**
   * Runs it.
   *
   * @param scope its variables
   * @return the value of the expression at its end, or None
   * @throws PlaitException if Python raises an exception
   */
  public PlaitValue run(PlaitScope scope) {
    return scope.run(this);
  }
}
