package org.plait.sched.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries all schedules, depth first, in which a thread that could have gone on is stopped at most so
 * many times. Most bugs need one or two such stops. Relies on the program doing the same when it is
 * scheduled the same; fails if it doesn't.
 */
public final class BoundedSearch implements Strategy {
  private final int maxPreemptions;
  private final List<Choice> path = new ArrayList<>();
  private int depth;
  private int preemptions;

  /**
   * A search.
   *
   * @param maxPreemptions at least 0
   */
  public BoundedSearch(int maxPreemptions) {
    this.maxPreemptions = maxPreemptions;
  }

  @Override
  public int choose(int[] candidates, int current) {
    if (depth == path.size()) {
      boolean free = current < 0 || preemptions < maxPreemptions;
      path.add(new Choice(candidates.length, current, free));
    }
    Choice choice = path.get(depth++);
    if (choice.candidates != candidates.length || choice.current != current) {
      throw new IllegalStateException(
          "the program behaved differently under the same schedule, at choice " + depth);
    }
    int chosen = choice.chosen();
    if (current >= 0 && chosen != current) {
      preemptions++;
    }
    return chosen;
  }

  @Override
  public boolean nextRun() {
    while (path.size() > depth) {
      path.removeLast();
    }
    while (!path.isEmpty() && !path.getLast().advance()) {
      path.removeLast();
    }
    depth = 0;
    preemptions = 0;
    return !path.isEmpty();
  }

  /** One choice on the current path; the unforced one is tried first. */
  private static final class Choice {
    private final int candidates;
    private final int current;
    private final boolean free;
    private int tried;

    private Choice(int candidates, int current, boolean free) {
      this.candidates = candidates;
      this.current = current;
      this.free = free;
    }

    private int chosen() {
      int first = Strategy.unforced(current);
      if (tried == 0) {
        return first;
      }
      return tried <= first ? tried - 1 : tried;
    }

    private boolean advance() {
      tried++;
      return free && tried < candidates;
    }
  }
}
