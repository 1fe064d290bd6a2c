package org.plait.sched.strategy;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Repeats the schedule of an earlier run, written by {@link Recorder}.
 *
 * <p>The string lists only the choices that were not the unforced one: {@code gap.index} joined by
 * {@code -}, in base 36, the gap being the number of choices since the last one listed. Empty means
 * that no thread was ever stopped.
 */
public final class Replay implements Strategy {
  private final String schedule;
  private final ArrayDeque<String> rest;
  private int gap;

  /**
   * A replay.
   *
   * @param schedule of {@link Recorder#schedule()}
   * @throws IllegalArgumentException if it isn't one
   */
  public Replay(String schedule) {
    if (!schedule.matches("([0-9a-z]+\\.[0-9a-z]+(-[0-9a-z]+\\.[0-9a-z]+)*)?")) {
      throw new IllegalArgumentException("not a schedule: " + schedule);
    }
    this.schedule = schedule;
    this.rest = parse(schedule);
  }

  private static ArrayDeque<String> parse(String schedule) {
    return schedule.isEmpty()
        ? new ArrayDeque<>()
        : new ArrayDeque<>(Arrays.asList(schedule.split("-", -1)));
  }

  @Override
  public int choose(int[] candidates, int current) {
    String next = rest.peekFirst();
    if (next != null) {
      int dot = next.indexOf('.');
      if (gap++ == Integer.parseInt(next.substring(0, dot), 36)) {
        rest.removeFirst();
        gap = 0;
        int index = Integer.parseInt(next.substring(dot + 1), 36);
        if (index >= candidates.length) {
          throw new IllegalStateException("the program does not follow the schedule " + schedule);
        }
        return index;
      }
    }
    return Strategy.unforced(current);
  }

  @Override
  public boolean nextRun() {
    return false;
  }
}
