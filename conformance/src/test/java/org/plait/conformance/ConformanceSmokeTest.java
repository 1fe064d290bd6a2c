package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The part of CPython's test suite that every build runs: the modules of {@code lists/smoke.txt}
 * give exactly what the ledger says. {@code conformance/run} runs the whole.
 */
class ConformanceSmokeTest {
  private static final double TEST_SECONDS = 60;
  private static final double MODULE_SECONDS = 300;

  @TestFactory
  Stream<DynamicTest> smoke() {
    Checkout checkout = Checkout.find();
    List<String> modules = checkout.list("smoke");
    if (modules.isEmpty()) {
      return Stream.empty();
    }
    Suite suite = new Suite(checkout, Mode.FREE, TEST_SECONDS, MODULE_SECONDS);
    return modules.stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module, () -> assertThat(suite.run(module).mismatches()).isEmpty()));
  }
}
