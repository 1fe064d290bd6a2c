package org.plait.sched.strategy;

/**
 * Chooses, at each switch point of a run where there is a choice, which thread goes on. Given the
 * same program and the same answers, a run is the same. Not thread-safe; the scheduler asks one
 * question at a time.
 */
public interface Strategy {
  /**
   * Chooses.
   *
   * @param candidates the numbers of the threads that could run, ascending, at least two
   * @param current the index of the thread that has run up to here, or -1 if it can't go on
   * @return an index into the candidates
   */
  int choose(int[] candidates, int current);

  /**
   * Prepares for another run of the program.
   *
   * @return false if there is nothing new to try
   */
  boolean nextRun();

  /**
   * What happens without a reason to switch: the current thread goes on, otherwise the oldest.
   *
   * @param current as in {@link #choose}
   * @return an index into the candidates
   */
  static int unforced(int current) {
    return Math.max(current, 0);
  }
}
