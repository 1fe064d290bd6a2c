package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every script in {@code conformance/regress} writes exactly what stands in the {@code .out} file
 * beside it, which CPython wrote, traceback included.
 */
class RegressTest {
  private static final double LIMIT_SECONDS = 60;

  private final Checkout checkout = Checkout.find();
  private final Interpreter plait = Interpreter.plait(checkout, Mode.FREE);

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    try (Stream<Path> files = Files.list(checkout.regress())) {
      return files
          .filter(path -> path.toString().endsWith(".py"))
          .sorted()
          .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> run(path)))
          .toList()
          .stream();
    }
  }

  private void run(Path script) throws IOException {
    Path expected = Path.of(script.toString().replaceFirst("\\.py$", ".out"));
    ScriptRun run = ScriptRun.of(plait, List.of(), script, LIMIT_SECONDS);
    assertThat(run.output()).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    assertThat(run.exitCode()).isZero();
  }
}
