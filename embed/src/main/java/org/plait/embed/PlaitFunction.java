package org.plait.embed;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Java function that Python calls with any arguments, keyword arguments among them. */
@FunctionalInterface
public interface PlaitFunction {
  /**
   * Does it. Runs on the calling Python thread, which lets others run Python meanwhile: it may
   * block.
   *
   * @param arguments the positional arguments
   * @param keywords the keyword arguments, in the order of the call
   * @return the result, which is converted for Python; null is None
   * @throws Exception appears in Python as {@code plait.JavaError}; a {@link PlaitException} as the
   *     Python exception that it carries
   */
  @Nullable Object call(List<PlaitValue> arguments, Map<String, PlaitValue> keywords)
      throws Exception;
}
