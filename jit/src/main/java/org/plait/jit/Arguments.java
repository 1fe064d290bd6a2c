package org.plait.jit;

import java.util.Arrays;
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
 */
record Arguments(int[] from, int defaults) {
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
    int n = u.argCount;
    int named = keywords == null ? 0 : keywords.length;
    boolean plain =
        u.has(CodeFlags.OPTIMIZED)
            && !u.has(CodeFlags.VARARGS)
            && !u.has(CodeFlags.VARKEYWORDS)
            && u.kwOnlyArgCount == 0;
    if (!plain || n > FastCode.MAX_ARGUMENTS || count > n) {
      return null;
    }
    int[] from = new int[n];
    Arrays.setAll(from, i -> i < count - named ? first + i : i - n);
    for (int i = 0; i < named; i++) {
      int at = n - 1;
      while (at >= u.posOnlyArgCount && !u.varNames[at].equals(keywords[i])) {
        at--;
      }
      if (at < u.posOnlyArgCount || from[at] >= 0) {
        return null;
      }
      from[at] = first + count - named + i;
    }
    return new Arguments(from, -Math.min(0, Arrays.stream(from).min().orElse(0)));
  }
}
