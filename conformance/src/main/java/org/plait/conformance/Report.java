package org.plait.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One module's result on Plait held against the oracle's and against the ledger. */
final class Report {
  private final ModuleResult oracle;
  private final ModuleResult plait;
  private final Ledger ledger;
  private final Mode mode;

  Report(ModuleResult oracle, ModuleResult plait, Ledger ledger, Mode mode) {
    this.oracle = oracle;
    this.plait = plait;
    this.ledger = ledger;
    this.mode = mode;
  }

  String module() {
    return oracle.module();
  }

  ModuleResult result() {
    return plait;
  }

  /** The tests that count: those which the oracle passes. */
  List<String> counted() {
    return oracle.outcomes().entrySet().stream()
        .filter(entry -> entry.getValue().passed())
        .map(Map.Entry::getKey)
        .toList();
  }

  int passed() {
    int passed = 0;
    for (String id : counted()) {
      Ledger.Entry expected = ledger.expected(id, mode);
      boolean excused =
          expected != null
              && (expected.state() == Ledger.State.FLAKY || expected.state() == Ledger.State.NA);
      if (!excused && failure(id) == null) {
        passed++;
      }
    }
    return passed;
  }

  int countState(Outcome.State state) {
    int count = 0;
    for (String id : counted()) {
      Outcome outcome = plait.outcomes().get(id);
      if (outcome != null && outcome.state() == state) {
        count++;
      }
    }
    return count;
  }

  int notRun() {
    int count = 0;
    for (String id : counted()) {
      if (!plait.outcomes().containsKey(id)) {
        count++;
      }
    }
    return count;
  }

  /** What a test does instead of passing, as a line for the ledger; null when it passes. */
  Ledger.@Nullable Entry failure(String id) {
    Outcome outcome = plait.outcomes().get(id);
    if (outcome == null) {
      return new Ledger.Entry(Ledger.State.FAIL, "not run: " + whyNotRun(id));
    }
    return switch (outcome.state()) {
      case PASS -> null;
      case SKIP -> new Ledger.Entry(Ledger.State.FAIL, "skipped: " + outcome.reason());
      case FAIL -> new Ledger.Entry(Ledger.State.FAIL, outcome.reason());
      case CRASH -> new Ledger.Entry(Ledger.State.FAIL, "crash: " + outcome.reason());
      case HANG -> new Ledger.Entry(Ledger.State.HANG, outcome.reason());
    };
  }

  /** The note about the fixture of the test's class or module, or the first about its unit. */
  private String whyNotRun(String id) {
    int method = id.lastIndexOf('.');
    String owner = method < 0 ? id : id.substring(0, method);
    for (String note : plait.notes()) {
      int open = note.indexOf('(');
      int close = note.indexOf(')');
      if (open >= 0 && close > open) {
        String fixture = note.substring(open + 1, close).replaceFirst("^test\\.", "");
        if (owner.equals(fixture) || owner.startsWith(fixture + ".")) {
          return note.substring(note.indexOf(": ") + 2);
        }
      }
    }
    for (String note : plait.notes()) {
      String unit = note.substring(0, note.indexOf(": "));
      if (id.startsWith(unit + ".")) {
        return note.substring(note.indexOf(": ") + 2);
      }
    }
    return "the module has no such test here";
  }

  /** Where result and ledger disagree, a line each; empty when all is as expected. */
  List<String> mismatches() {
    List<String> wrong = new ArrayList<>();
    Set<String> counted = new TreeSet<>(counted());
    for (String id : counted) {
      Ledger.Entry expected = ledger.expected(id, mode);
      Ledger.Entry actual = failure(id);
      if (expected == null) {
        if (actual != null) {
          wrong.add("new " + actual.state().label() + ": " + id + ": " + actual.reason());
        }
      } else if (expected.state() == Ledger.State.FAIL || expected.state() == Ledger.State.HANG) {
        if (actual == null) {
          wrong.add("passes now, but is in the ledger: " + id);
        } else if (actual.state() != expected.state()) {
          wrong.add(
              "in the ledger as "
                  + expected.state().label()
                  + ", but it is "
                  + actual.state().label()
                  + ": "
                  + id
                  + ": "
                  + actual.reason());
        }
      }
    }
    for (String id : ledger.ids()) {
      if (!counted.contains(id)) {
        wrong.add("in the ledger, but CPython does not pass it here: " + id);
      }
    }
    return wrong;
  }

  /** Brings the ledger to the result; the rules give the reasons of recurring causes. */
  void retag(Rules rules) {
    Set<String> counted = new TreeSet<>(counted());
    for (String id : ledger.ids()) {
      if (!counted.contains(id)) {
        ledger.remove(id);
      }
    }
    for (String id : counted) {
      Ledger.Entry raw = failure(id);
      Ledger.Entry flaky = rules.flaky(id);
      if (flaky != null) {
        ledger.flaky(id, flaky);
      } else {
        ledger.retag(id, mode, raw == null ? null : rules.judge(id, raw), raw);
      }
    }
    ledger.save();
  }
}
