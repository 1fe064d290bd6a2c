package org.plait.modules.datetime;

import org.plait.runtime.exceptions.Errors;

/** The proleptic Gregorian calendar. Day 1 is the first of January of year 1. */
final class Gregorian {
  static final int MIN_YEAR = 1;
  static final int MAX_YEAR = 9999;
  static final int MAX_ORDINAL = 3_652_059;
  static final int EPOCH_ORDINAL = 719_163;

  private static final int DAYS_400 = 146_097;
  private static final int DAYS_100 = 36_524;
  private static final int DAYS_4 = 1_461;
  private static final int[] BEFORE_MONTH = {
    0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };
  private static final int[] IN_MONTH = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** A day. */
  record Day(int year, int month, int day) {}

  /** A day of the ISO calendar. */
  record IsoDay(int year, int week, int weekday) {}

  private Gregorian() {}

  static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  static int daysInMonth(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : IN_MONTH[month];
  }

  static int daysBeforeMonth(int year, int month) {
    return BEFORE_MONTH[month] + (month > 2 && isLeap(year) ? 1 : 0);
  }

  private static int daysBeforeYear(int year) {
    int y = year - 1;
    return y * 365 + Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
  }

  static int ordinal(int year, int month, int day) {
    return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
  }

  /** The day with an ordinal, which must be at least 1. */
  static Day ofOrdinal(int ordinal) {
    int n = ordinal - 1;
    int n400 = n / DAYS_400;
    n %= DAYS_400;
    int n100 = n / DAYS_100;
    n %= DAYS_100;
    int n4 = n / DAYS_4;
    n %= DAYS_4;
    int n1 = n / 365;
    n %= 365;
    int year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
    if (n1 == 4 || n100 == 4) {
      return new Day(year - 1, 12, 31);
    }
    int month = (n + 50) >> 5;
    int before = daysBeforeMonth(year, month);
    if (before > n) {
      month--;
      before = daysBeforeMonth(year, month);
    }
    return new Day(year, month, n - before + 1);
  }

  /** Monday is 0. */
  static int weekday(int year, int month, int day) {
    return (ordinal(year, month, day) + 6) % 7;
  }

  /** The ordinal of the Monday of the first ISO week. */
  static int isoWeek1Monday(int year) {
    int first = ordinal(year, 1, 1);
    int weekday = Math.floorMod(first + 6, 7);
    int monday = first - weekday;
    return weekday > 3 ? monday + 7 : monday;
  }

  static IsoDay iso(int year, int month, int day) {
    int today = ordinal(year, month, day);
    int y = year;
    int monday = isoWeek1Monday(y);
    int days = today - monday;
    if (days < 0) {
      y--;
      days = today - isoWeek1Monday(y);
    } else if (days / 7 >= 52 && today >= isoWeek1Monday(y + 1)) {
      y++;
      days = today - isoWeek1Monday(y);
    }
    return new IsoDay(y, days / 7 + 1, days % 7 + 1);
  }

  /** The day of an ISO date; ValueError when there is none. */
  static Day ofIso(int year, int week, int weekday) {
    checkYear(year);
    boolean fits = week > 0 && week < 53;
    if (week == 53) {
      int first = ordinal(year, 1, 1) % 7;
      fits = first == 4 || first == 3 && isLeap(year);
    }
    if (!fits) {
      throw Errors.valueError("Invalid week: " + week);
    }
    if (weekday <= 0 || weekday >= 8) {
      throw Errors.valueError("Invalid weekday: " + weekday + " (range is [1, 7])");
    }
    int ordinal = isoWeek1Monday(year) + (week - 1) * 7 + weekday - 1;
    if (ordinal < 1) {
      throw Errors.valueError("year must be in 1..9999, not 0");
    }
    return ofOrdinal(ordinal);
  }

  static void checkYear(int year) {
    if (year < MIN_YEAR || year > MAX_YEAR) {
      throw Errors.valueError("year must be in 1..9999, not " + year);
    }
  }

  static void checkDate(int year, int month, int day) {
    checkYear(year);
    if (month < 1 || month > 12) {
      throw Errors.valueError("month must be in 1..12, not " + month);
    }
    int most = daysInMonth(year, month);
    if (day < 1 || day > most) {
      throw Errors.valueError(
          "day "
              + day
              + " must be in range 1.."
              + most
              + " for month "
              + month
              + " in year "
              + year);
    }
  }

  static void checkTime(int hour, int minute, int second, int micro, int fold) {
    check("hour", hour, 23);
    check("minute", minute, 59);
    check("second", second, 59);
    check("microsecond", micro, 999_999);
    if (fold != 0 && fold != 1) {
      throw Errors.valueError("fold must be either 0 or 1, not " + fold);
    }
  }

  private static void check(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw Errors.valueError(what + " must be in 0.." + most + ", not " + value);
    }
  }

  /** Seconds from the beginning of year 1, day 0 before it, as a clock without zone counts. */
  static long seconds(int year, int month, int day, int hour, int minute, int second) {
    return ((ordinal(year, month, day) * 24L + hour) * 60 + minute) * 60 + second;
  }
}
