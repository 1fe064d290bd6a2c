package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What running a script gave.
 *
 * @param output standard output and error, in order
 * @param exitCode its exit code
 * @param seconds how long it took, start-up included
 */
record ScriptRun(String output, int exitCode, double seconds) {

  /** Runs a script in a scratch folder; fails when it takes longer than the limit. */
  static ScriptRun of(Interpreter interpreter, List<String> options, Path script, double limit) {
    List<String> arguments = new java.util.ArrayList<>(options);
    arguments.add(script.toAbsolutePath().toString());
    try {
      Path output = Files.createTempFile("plait-script", ".txt");
      try {
        long start = System.nanoTime();
        try (Child child =
            Child.start(
                interpreter.with(arguments.toArray(String[]::new)),
                interpreter.environment(),
                output,
                null)) {
          boolean ended = child.await((long) (limit * 1000));
          double seconds = (System.nanoTime() - start) / 1e9;
          assertThat(ended)
              .as("%s ends within %s s; so far it wrote:%n%s", script, limit, text(output))
              .isTrue();
          return new ScriptRun(text(output), child.exitCode(), seconds);
        }
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }
}
