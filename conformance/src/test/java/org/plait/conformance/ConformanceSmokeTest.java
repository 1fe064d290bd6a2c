package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The part of CPython's test suite that every build runs: the modules of {@code lists/smoke.txt}
 * give exactly what the ledger says, those of {@code lists/modes.txt} also interpreted alone and
 * compiled at once; with {@code -Dplait.modes=all} all do. {@code conformance/run} runs the whole.
 */
class ConformanceSmokeTest {
  private static final double TEST_SECONDS = 60;
  private static final double MODULE_SECONDS = 300;

  private final Checkout checkout = Checkout.find();

  @TestFactory
  Stream<DynamicTest> smoke() {
    return tests("smoke", Mode.FREE);
  }

  @TestFactory
  Stream<DynamicTest> interpreted() {
    return tests(modes(), Mode.JIT_OFF);
  }

  @TestFactory
  Stream<DynamicTest> compiledAtOnce() {
    return tests(modes(), Mode.JIT_EAGER);
  }

  private static String modes() {
    return System.getProperty("plait.modes", "").equals("all") ? "smoke" : "modes";
  }

  private Stream<DynamicTest> tests(String list, Mode mode) {
    Suite suite = new Suite(checkout, mode, TEST_SECONDS, MODULE_SECONDS);
    return checkout.list(list).stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module + " " + mode.label(),
                    () -> assertThat(suite.run(module).mismatches()).isEmpty()));
  }
}
