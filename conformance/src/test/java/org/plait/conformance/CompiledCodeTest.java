package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The JVM code made of each script in {@code conformance/compiled} is what stands in the {@code
 * .code} file beside it. A change there is to be looked at, then written with {@code
 * -Dplait.golden=write}.
 */
class CompiledCodeTest {
  private static final double LIMIT_SECONDS = 60;

  /** A piece of the log; the path of the script is no part of the golden file. */
  private static final Pattern CODE =
      Pattern.compile(
          "jit: (code of \\S+ in )\\S*/(\\w+\\.py (?:at \\d+|without a frame)\\n.*?)\\nend\\n",
          Pattern.DOTALL);

  private final Checkout checkout = Checkout.find();

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    try (Stream<Path> files = Files.list(checkout.regress().resolveSibling("compiled"))) {
      return files
          .filter(path -> path.toString().endsWith(".py"))
          .sorted()
          .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> run(path)))
          .toList()
          .stream();
    }
  }

  private void run(Path script) throws IOException {
    Interpreter plait = Interpreter.plait(checkout, Mode.JIT_EAGER);
    ScriptRun run = ScriptRun.of(plait, List.of("-X", "jit_log=code"), script, LIMIT_SECONDS);
    StringBuilder listings = new StringBuilder();
    Matcher m = CODE.matcher(run.output());
    while (m.find()) {
      if (m.group(2).startsWith(script.getFileName() + " ")) {
        listings.append(m.group(1)).append(m.group(2)).append("\n\n");
      }
    }
    Path golden = Path.of(script.toString().replaceFirst("\\.py$", ".code"));
    if (System.getProperty("plait.golden", "").equals("write")) {
      Files.writeString(golden, listings, StandardCharsets.UTF_8);
    }
    assertThat(listings.toString()).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }
}
