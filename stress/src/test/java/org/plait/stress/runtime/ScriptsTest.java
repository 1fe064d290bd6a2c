package org.plait.stress.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What needs the library is a Python script in {@code src/test/python}: it ends with "ok". The
 * scripts run with CPython's free-threaded build, too. The runtime checks its locks meanwhile.
 */
class ScriptsTest {
  /** Multiplies the seconds that the scripts take. */
  private static final int FACTOR = Math.max(1, Integer.getInteger("plait.soak.seconds", 2) / 2);

  private static final int PATIENCE_SECONDS = 120;

  @ParameterizedTest
  @CsvSource({"imports, 2", "files, 2", "soak, 12", "waits, 6"})
  void endsWithOk(String script, int seconds) throws IOException, InterruptedException {
    int time = seconds * FACTOR;
    List<String> command = new ArrayList<>(plait());
    command.add(Path.of("src/test/python", script + ".py").toAbsolutePath().toString());
    command.add(Integer.toString(time));
    Path output = Files.createTempFile("plait-stress", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .merge("PLAIT_JAVA_OPTS", "-Dplait.check.locks=true", (a, b) -> a + " " + b);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(time + PATIENCE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(output);
      assertThat(ended).as("%s ends; so far it wrote:%n%s", script, text).isTrue();
      assertThat(text).endsWith("ok\n").doesNotContain("Exception in thread");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** {@code bin/plait} of the checkout, or the command in {@code PLAIT_COMMAND}. */
  private static List<String> plait() {
    String set = System.getenv("PLAIT_COMMAND");
    return set != null
        ? List.of(set.strip().split("\\s+"))
        : List.of(Path.of("../bin/plait").toAbsolutePath().normalize().toString());
  }
}
