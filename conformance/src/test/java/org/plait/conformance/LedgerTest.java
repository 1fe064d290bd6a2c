package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Outcome PASS = new Outcome(Outcome.State.PASS, 0, "");
  private static final Outcome FAIL = new Outcome(Outcome.State.FAIL, 0, "ValueError: new");
  private static final Outcome HANG = new Outcome(Outcome.State.HANG, 0, "no end");

  @TempDir Path folder;

  private Report report(Mode mode, Map<String, Outcome> here) {
    Map<String, Outcome> oracle = new LinkedHashMap<>();
    for (String id : List.of("test_x.A.a", "test_x.A.b", "test_x.A.c", "test_x.A.d")) {
      oracle.put(id, PASS);
    }
    oracle.put("test_x.A.e", FAIL);
    Map<String, Outcome> all = new LinkedHashMap<>(oracle);
    all.putAll(here);
    return new Report(
        new ModuleResult("test_x", oracle, List.of(), 1),
        new ModuleResult("test_x", all, List.of(), 1),
        Ledger.load(folder, "test_x"),
        mode);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("test_x.txt"));
  }

  @Test
  void whatTheOracleDoesNotPassDoesNotCount() {
    Report report = report(Mode.FREE, Map.of());
    assertThat(report.passed()).isEqualTo(4);
    assertThat(report.counted()).hasSize(4);
    assertThat(report.mismatches()).isEmpty();
  }

  @Test
  void isStrictBothWays() throws IOException {
    Files.write(
        folder.resolve("test_x.txt"),
        List.of(
            "test_x.A.a  fail  *  it never worked",
            "test_x.A.b  fail  *  slow",
            "test_x.A.d  flaky  *  depends on the weather",
            "test_x.A.gone  fail  *  old"));
    Report report =
        report(Mode.FREE, Map.of("test_x.A.b", HANG, "test_x.A.c", FAIL, "test_x.A.d", FAIL));
    assertThat(report.mismatches())
        .containsExactly(
            "passes now, but is in the ledger: test_x.A.a",
            "in the ledger as fail, but it is hang: test_x.A.b: no end",
            "new fail: test_x.A.c: ValueError: new",
            "in the ledger, but CPython does not pass it here: test_x.A.gone");
    assertThat(report.passed()).isEqualTo(1);

    report.retag(Rules.load(folder));

    assertThat(lines())
        .containsExactly(
            "test_x.A.b  hang  *  no end",
            "test_x.A.c  fail  *  ValueError: new",
            "test_x.A.d  flaky  *  depends on the weather");
    assertThat(report.mismatches()).isEmpty();
  }

  @Test
  void keepsTheReasonOfWhatStillFails() throws IOException {
    Files.write(folder.resolve("test_x.txt"), List.of("test_x.A.a  fail  *  by design, see docs"));
    report(Mode.FREE, Map.of("test_x.A.a", FAIL)).retag(Rules.load(folder));
    assertThat(lines()).containsExactly("test_x.A.a  fail  *  by design, see docs");
  }

  @Test
  void foldersAndAddressesAreLeftOut() throws IOException {
    Outcome outcome = new Outcome(Outcome.State.FAIL, 0, "'/a/b-1/c.py' <X at 0x7f0012345678> 1/2");
    report(Mode.FREE, Map.of("test_x.A.a", outcome)).retag(Rules.load(folder));
    assertThat(lines()).containsExactly("test_x.A.a  fail  *  '.../c.py' <X at 0x...> 1/2");
  }

  @Test
  void rulesGiveTheReasonsOfRecurringCauses() throws IOException {
    Files.write(
        folder.resolve("rules.txt"),
        List.of(
            "# what fits first",
            "flaky  test_x\\.A\\.e|test_x\\.A\\.c  .  measures time",
            "na  test_x\\.A\\.[ab]  ^ValueError  has no values"));
    Files.write(
        folder.resolve("test_x.txt"),
        List.of("test_x.A.a  fail  *  old", "test_x.A.d  na  *  passes after all"));
    report(Mode.FREE, Map.of("test_x.A.a", FAIL, "test_x.A.b", HANG)).retag(Rules.load(folder));
    assertThat(lines())
        .containsExactly(
            "test_x.A.a  na  *  has no values",
            "test_x.A.b  hang  *  no end",
            "test_x.A.c  flaky  *  measures time");
  }

  @Test
  void anotherModeHasLinesOnlyWhereItDiffers() throws IOException {
    Files.write(
        folder.resolve("test_x.txt"),
        List.of("test_x.A.a  fail  *  needs parallel threads", "test_x.A.b  fail  *  both"));
    Report report = report(Mode.GIL, Map.of("test_x.A.b", FAIL, "test_x.A.c", FAIL));
    report.retag(Rules.load(folder));
    assertThat(lines())
        .containsExactly(
            "test_x.A.a  fail  *  needs parallel threads",
            "test_x.A.a  pass  gil  passes in this mode",
            "test_x.A.b  fail  *  both",
            "test_x.A.c  fail  gil  ValueError: new");
    assertThat(report.mismatches()).isEmpty();
    assertThat(report(Mode.FREE, Map.of("test_x.A.a", FAIL, "test_x.A.b", FAIL)).mismatches())
        .isEmpty();
  }

  @Test
  void aTestThatWasNotRunSaysWhy() {
    Map<String, Outcome> oracle = Map.of("test_x.A.a", PASS);
    Report report =
        new Report(
            new ModuleResult("test_x", oracle, List.of(), 1),
            new ModuleResult(
                "test_x",
                Map.of(),
                List.of("test_x: setUpClass (test.test_x.A): OSError: no port"),
                1),
            Ledger.load(folder, "test_x"),
            Mode.FREE);
    assertThat(report.mismatches())
        .containsExactly(
            "new fail: test_x.A.a: not run: setUpClass (test.test_x.A): OSError: no port");
  }

  @Test
  void aLineThatCannotBeReadIsAnError() throws IOException {
    Files.write(folder.resolve("test_x.txt"), List.of("test_x.A.a fails"));
    assertThatThrownBy(() -> Ledger.load(folder, "test_x"))
        .hasMessageContaining("test_x.txt:1: want 'id  state  mode  reason'");
  }

  @Test
  void theSummaryKeepsTheRowsOfOtherModules() throws IOException {
    Summary first = Summary.load(folder);
    first.put(report(Mode.FREE, Map.of("test_x.A.a", FAIL)));
    first.save(Map.of("all", List.of("test_x", "test_y")));
    Summary second = Summary.load(folder);
    second.save(Map.of("all", List.of("test_x", "test_y")));
    assertThat(Files.readAllLines(folder.resolve("SUMMARY.md")))
        .contains(
            "| all (without 1 modules) | 3 | 4 | 75.0 % | 0 | 0 | 0 | 0 |",
            "| test_x | 3 | 4 | 75.0 % | 0 | 0 | 0 | 0 |");
  }
}
