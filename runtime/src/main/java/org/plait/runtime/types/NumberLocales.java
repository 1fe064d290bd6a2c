package org.plait.runtime.types;

import org.plait.runtime.text.FormatSpec.NumberLocale;

/** The number format of {@code LC_NUMERIC}, which the "n" presentation type uses. */
public final class NumberLocales {
  private static volatile NumberLocale current = NumberLocale.C;

  private NumberLocales() {}

  public static NumberLocale current() {
    return current;
  }

  /** What {@code locale.setlocale(LC_NUMERIC, ...)} sets. */
  public static void set(NumberLocale locale) {
    current = locale;
  }
}
