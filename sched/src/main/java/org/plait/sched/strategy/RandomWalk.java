package org.plait.sched.strategy;

import java.util.SplittableRandom;

/** Switches with a fixed probability, to any of the others. */
public final class RandomWalk implements Strategy {
  private final SplittableRandom seeds;
  private final double switching;
  private SplittableRandom random;

  /**
   * A walk.
   *
   * @param seed determines all runs
   * @param switching how likely the current thread is stopped at a switch point, 0 to 1
   */
  public RandomWalk(long seed, double switching) {
    this.seeds = new SplittableRandom(seed);
    this.switching = switching;
    this.random = seeds.split();
  }

  @Override
  public int choose(int[] candidates, int current) {
    if (current >= 0 && random.nextDouble() >= switching) {
      return current;
    }
    if (current < 0) {
      return random.nextInt(candidates.length);
    }
    int other = random.nextInt(candidates.length - 1);
    return other < current ? other : other + 1;
  }

  @Override
  public boolean nextRun() {
    random = seeds.split();
    return true;
  }
}
