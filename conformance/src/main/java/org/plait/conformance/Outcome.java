package org.plait.conformance;

/**
 * How one test method ended.
 *
 * @param state what happened
 * @param seconds how long it ran
 * @param reason one short line: the error, why it was skipped; empty for a pass
 */
public record Outcome(State state, double seconds, String reason) {

  /** What can happen to a test, the better first. */
  public enum State {
    PASS,
    SKIP,
    FAIL,
    /** The process ended while the test ran. */
    CRASH,
    /** The test was still running at its time limit. */
    HANG;

    /** Its name in files. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static State of(String label) {
      return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }
  }

  boolean passed() {
    return state == State.PASS;
  }

  /** Of two runs of tests with one id, the worse counts. */
  Outcome worse(Outcome other) {
    return other.state.compareTo(state) > 0 ? other : this;
  }
}
