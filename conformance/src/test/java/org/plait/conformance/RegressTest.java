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
 * beside it, which CPython wrote, traceback included, interpreted and compiled at once.
 */
class RegressTest {
  private static final double LIMIT_SECONDS = 180;

  private final Checkout checkout = Checkout.find();

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    try (Stream<Path> files = Files.list(checkout.regress())) {
      return files
          .filter(path -> path.toString().endsWith(".py"))
          .sorted()
          .flatMap(path -> Stream.of(Mode.FREE, Mode.JIT_EAGER).map(mode -> test(path, mode)))
          .toList()
          .stream();
    }
  }

  private DynamicTest test(Path script, Mode mode) {
    return DynamicTest.dynamicTest(
        script.getFileName() + " " + mode.label(),
        () -> run(script, Interpreter.plait(checkout, mode)));
  }

  private void run(Path script, Interpreter plait) throws IOException {
    Path expected = Path.of(script.toString().replaceFirst("\\.py$", ".out"));
    ScriptRun run = ScriptRun.of(plait, List.of(), script, LIMIT_SECONDS);
    assertThat(run.output()).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    assertThat(run.exitCode()).isZero();
  }
}
