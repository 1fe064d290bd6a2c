package org.plait.jit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.PyCode;

/**
 * Where the arguments of a call come from, one for each parameter of the function.
 *
 * @param from the register; or, negative, which of the defaults, -1 being the last
 * @param defaults how many the function must have
 * @param named which parameters that must be named get their defaults, a bit for each of them, the
 *     first being 1; these defaults are behind the others then
 */
record Arguments(int[] from, int defaults, int named) {
  /** All of them as they stand. */
  static Arguments plain(int first, int count) {
    return new Arguments(IntStream.range(first, first + count).toArray(), 0, 0);
  }

  /**
   * How code with plain parameters is called with arguments in registers, or null when they don't
   * fit.
   *
   * @param first register of the first argument
   * @param count of the arguments
   * @param keywords the names of the last of them, or null
   */
  static @Nullable Arguments of(PyCode code, int first, int count, String @Nullable [] keywords) {
    CodeUnit u = code.unit;
    int n = code.parameters();
    int named = keywords == null ? 0 : keywords.length;
    int positional = count - named;
    boolean plain =
        u.has(CodeFlags.OPTIMIZED) && !u.has(CodeFlags.VARARGS) && !u.has(CodeFlags.VARKEYWORDS);
    if (!plain || n > FastCode.MAX_ARGUMENTS || positional > u.argCount || count > n) {
      return null;
    }
    int[] from = new int[n];
    Arrays.setAll(from, i -> i < positional ? first + i : -1);
    for (int i = 0; i < named; i++) {
      int at = n - 1;
      while (at >= u.posOnlyArgCount && !u.varNames[at].equals(keywords[i])) {
        at--;
      }
      if (at < u.posOnlyArgCount || from[at] >= 0) {
        return null;
      }
      from[at] = first + positional + i;
    }
    int missing = 0;
    for (int i = u.argCount; i < n; i++) {
      missing |= from[i] < 0 ? 1 << i - u.argCount : 0;
    }
    int end = missing == 0 ? u.argCount : n;
    int defaults = 0;
    for (int i = end - 1; i >= 0; i--) {
      if (from[i] < 0) {
        from[i] = i - end;
        defaults = end - i;
      }
    }
    return new Arguments(from, defaults, missing);
  }

  boolean has(int register) {
    return Arrays.stream(from).anyMatch(v -> v == register);
  }
}
