package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every program in {@code examples/} prints what stands beside it. */
class ExamplesTest {
  private static final double LIMIT_SECONDS = 120;

  /** What start-up on a busy machine may add to the time that a program takes. */
  private static final double START_SECONDS = 6;

  private final Checkout checkout = Checkout.find();
  private final Interpreter plait = Interpreter.plait(checkout, Mode.FREE);

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(checkout.examples())) {
      for (Path script : files.filter(path -> path.toString().endsWith(".py")).sorted().toList()) {
        String name = script.getFileName().toString().replaceFirst("\\.py$", "");
        tests.add(DynamicTest.dynamicTest(name, () -> runFree(script, name)));
        if (Files.exists(beside(name, ".gil.out"))) {
          tests.add(DynamicTest.dynamicTest(name + " with a GIL", () -> runGil(script, name)));
        }
      }
    }
    return tests.stream();
  }

  /** All the output of a program whose two greetings may come in either order. */
  @Test
  void checksAnyOrderAndMixedLineEnds() {
    OutputCheck check =
        OutputCheck.parse(List.of("any-order", "  one", "  two", "then", "  ~end (\\d+)"));
    assertThat(check.mismatch("twoone\n\nend 7\n")).isNull();
    assertThat(check.number).isEqualTo(7);
    assertThat(check.mismatch("end 7\none\ntwo\n")).contains("want one of [one, two]");
    assertThat(check.mismatch("one\ntwo\nend 7\nmore\n")).contains("unexpected");
    assertThat(check.mismatch("one two\n")).isNotNull();
  }

  private Path beside(String name, String extension) {
    return checkout.examples().resolve(name + extension);
  }

  private void runFree(Path script, String name) throws IOException {
    Path exact = beside(name, ".out");
    if (Files.exists(exact)) {
      ScriptRun run = ScriptRun.of(plait, List.of(), script, LIMIT_SECONDS);
      assertThat(run.output()).isEqualTo(Files.readString(exact, StandardCharsets.UTF_8));
      assertThat(run.exitCode()).isZero();
      return;
    }
    OutputCheck check = OutputCheck.parse(Files.readAllLines(beside(name, ".check")));
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < check.tries(); i++) {
      ScriptRun run = ScriptRun.of(plait, List.of(), script, LIMIT_SECONDS);
      assertThat(check.mismatch(run.output())).as(run.output()).isNull();
      assertThat(run.exitCode()).isZero();
      assertThat(run.seconds()).isBetween(check.minSeconds(), check.maxSeconds() + START_SECONDS);
      if (!check.wantsSmallerNumber()) {
        return;
      }
      numbers.add(check.number);
      if (check.below(check.number)) {
        return;
      }
    }
    assertThat(numbers).as("updates get lost in at least one run").anyMatch(check::below);
  }

  private void runGil(Path script, String name) throws IOException {
    ScriptRun run = ScriptRun.of(plait, List.of("-X", "gil=1"), script, LIMIT_SECONDS);
    assertThat(run.output())
        .isEqualTo(Files.readString(beside(name, ".gil.out"), StandardCharsets.UTF_8));
    assertThat(run.exitCode()).isZero();
  }
}
