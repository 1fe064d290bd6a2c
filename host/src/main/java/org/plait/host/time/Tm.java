package org.plait.host.time;

import org.jspecify.annotations.Nullable;

/**
 * Broken-down time, C's {@code struct tm}.
 *
 * @param year the year itself, not counted from 1900
 * @param month 0 to 11
 * @param weekday 0 is Sunday
 * @param yearday 0 to 365
 * @param dst 1 daylight saving time, 0 not, -1 unknown
 * @param gmtoff seconds east of UTC
 * @param zone the zone's abbreviation, or null when unknown
 */
public record Tm(
    int year,
    int month,
    int day,
    int hour,
    int minute,
    int second,
    int weekday,
    int yearday,
    int dst,
    long gmtoff,
    @Nullable String zone) {}
