package org.plait.cli;

/** Entry point of the {@code plait} command. */
public final class Main {
  private Main() {}

  /**
   * Runs one command line and ends the process with its exit status.
   *
   * @param args the arguments after {@code plait}, as CPython's command line reads them
   */
  public static void main(String[] args) {
    System.err.println("plait: this build has no interpreter yet (org.plait.runtime is missing)");
    System.exit(70);
  }
}
