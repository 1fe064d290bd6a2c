package org.plait.sched.strategy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Probabilistic concurrency testing: threads get random priorities, the highest runs, and at {@code
 * depth - 1} random points of the run the running thread drops below all others. Finds a bug that
 * needs {@code depth} ordered events with a probability of at least {@code 1 / (n * k^(depth-1))}
 * for n threads and k points. Source: Burckhardt et al., "A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs", ASPLOS 2010.
 */
public final class Pct implements Strategy {
  private final SplittableRandom seeds;
  private final int depth;
  private final Map<Integer, Integer> priorities = new HashMap<>();
  private SplittableRandom random;
  private int[] changePoints;
  private int steps;
  private int longestRun;
  private int lowest;

  /**
   * A strategy that learns the length of a run from the runs before.
   *
   * @param seed determines all runs
   * @param depth how many ordered events a bug needs, at least 1
   * @param expectedSteps how many choices the first run is guessed to have, at least 1
   */
  public Pct(long seed, int depth, int expectedSteps) {
    this.seeds = new SplittableRandom(seed);
    this.depth = depth;
    this.longestRun = expectedSteps;
    this.random = seeds.split();
    this.changePoints = drawChangePoints();
  }

  private int[] drawChangePoints() {
    int[] points = new int[depth - 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.nextInt(longestRun);
    }
    return points;
  }

  @Override
  public int choose(int[] candidates, int current) {
    int step = steps++;
    if (current >= 0) {
      for (int point : changePoints) {
        if (point == step) {
          priorities.put(candidates[current], --lowest);
        }
      }
    }
    int best = 0;
    for (int i = 1; i < candidates.length; i++) {
      if (priority(candidates[i]) > priority(candidates[best])) {
        best = i;
      }
    }
    return best;
  }

  private int priority(int thread) {
    Integer known = priorities.get(thread);
    if (known == null) {
      known = random.nextInt(1 << 30);
      priorities.put(thread, known);
    }
    return known;
  }

  @Override
  public boolean nextRun() {
    longestRun = Math.max(steps, 1);
    steps = 0;
    lowest = 0;
    priorities.clear();
    random = seeds.split();
    changePoints = drawChangePoints();
    return true;
  }
}
