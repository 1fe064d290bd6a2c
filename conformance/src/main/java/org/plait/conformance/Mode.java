package org.plait.conformance;

import java.util.List;
import java.util.Locale;

/** The ways in which Plait runs the suite. */
public enum Mode {
  /** As shipped: threads run side by side. The mode that the ledger's {@code *} lines are for. */
  FREE("free", List.of()),
  GIL("gil", List.of("-X", "gil=1")),
  JIT_OFF("jit-off", List.of("-X", "jit=off")),
  JIT_EAGER("jit-eager", List.of("-X", "jit=eager"));

  private final String label;
  private final List<String> options;

  Mode(String label, List<String> options) {
    this.label = label;
    this.options = options;
  }

  /** Its name on the command line and in the ledger. */
  public String label() {
    return label;
  }

  /** What it adds to the interpreter's command line. */
  public List<String> options() {
    return options;
  }

  /** The mode with this label. */
  public static Mode of(String label) {
    for (Mode mode : values()) {
      if (mode.label.equals(label.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "no such mode: " + label + " (free, gil, jit-off, jit-eager)");
  }
}
