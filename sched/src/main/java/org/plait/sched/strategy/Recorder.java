package org.plait.sched.strategy;

/** Passes choices through and writes them down in the form that {@link Replay} reads. */
public final class Recorder implements Strategy {
  private final Strategy strategy;
  private final StringBuilder written = new StringBuilder();
  private int gap;

  /**
   * A recorder of one run.
   *
   * @param strategy makes the choices
   */
  public Recorder(Strategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public int choose(int[] candidates, int current) {
    int chosen = strategy.choose(candidates, current);
    if (chosen == Strategy.unforced(current)) {
      gap++;
    } else {
      if (written.length() > 0) {
        written.append('-');
      }
      written.append(Integer.toString(gap, 36)).append('.').append(Integer.toString(chosen, 36));
      gap = 0;
    }
    return chosen;
  }

  @Override
  public boolean nextRun() {
    written.setLength(0);
    gap = 0;
    return strategy.nextRun();
  }

  /**
   * The choices so far.
   *
   * @return a string for {@link Replay}
   */
  public String schedule() {
    return written.toString();
  }
}
