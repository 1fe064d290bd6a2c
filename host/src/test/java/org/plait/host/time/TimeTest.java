package org.plait.host.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.plait.host.HostException;
import org.plait.host.process.Env;

class TimeTest {
  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static void zone(String tz) {
    Env.set(bytes("TZ"), bytes(tz));
    LocalTime.tzset();
  }

  @AfterEach
  void reset() {
    Env.unset(bytes("TZ"));
    LocalTime.tzset();
  }

  @Test
  void newYork() {
    zone("EST+05EDT,M4.1.0,M10.5.0");
    assertThat(LocalTime.zone()).isEqualTo(new LocalTime.Zone(18000, 14400, true, "EST", "EDT"));
    Tm tm = LocalTime.localtime(1_000_000_000L);
    assertThat(tm).isEqualTo(new Tm(2001, 8, 8, 21, 46, 40, 6, 250, 1, -14400, "EDT"));
    assertThat(LocalTime.mktime(tm)).isEqualTo(1_000_000_000L);
    assertThat(new String(LocalTime.strftime(bytes("%Y-%m-%d %H:%M:%S %Z %z %a %b%%"), tm)))
        .isEqualTo("2001-09-08 21:46:40 EDT -0400 Sat Sep%");
  }

  @Test
  void melbourne() {
    zone("AEST-10AEDT-11,M10.5.0,M3.5.0");
    assertThat(LocalTime.zone())
        .isEqualTo(new LocalTime.Zone(-36000, -39600, true, "AEST", "AEDT"));
  }

  @Test
  void edges() {
    zone("UTC+0");
    assertThat(LocalTime.mktime(LocalTime.localtime(-1))).isEqualTo(-1);
    assertThat(LocalTime.gmtime(0)).isEqualTo(new Tm(1970, 0, 1, 0, 0, 0, 4, 0, 0, 0, "GMT"));
    assertThatThrownBy(() -> LocalTime.gmtime(Long.MAX_VALUE)).isInstanceOf(HostException.class);
    assertThat(LocalTime.strftime(bytes(""), LocalTime.gmtime(0))).isEmpty();
    assertThat(LocalTime.strftime(bytes("%p"), LocalTime.gmtime(0))).isEqualTo(bytes("AM"));
    assertThat(LocalTime.strftime("x".repeat(3000).getBytes(), LocalTime.gmtime(0))).hasSize(3000);
  }

  @Test
  void clocks() {
    long t = Clocks.time();
    assertThat(t / 1_000_000L).isCloseTo(System.currentTimeMillis(), within(2000));
    assertThat(Clocks.processTime()).isPositive();
    assertThat(Clocks.carrierTime()).isPositive();
    assertThat(Clocks.resolution(Clocks.CLOCK_MONOTONIC)).isEqualTo(1);
    assertThat(Clocks.get(Clocks.CLOCK_BOOTTIME)).isPositive();
    assertThat(Clocks.get(Clocks.CLOCK_MONOTONIC) - Clocks.monotonic())
        .isBetween(-1_000_000_000L, 0L);
  }

  private static org.assertj.core.data.Offset<Long> within(long n) {
    return org.assertj.core.data.Offset.offset(n);
  }
}
