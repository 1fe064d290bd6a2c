package org.plait.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plait.compiler.code.Disassembler;
import org.plait.compiler.diag.WarningSink;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;

/**
 * Small sources and their instructions. With {@code -Dplait.golden=DIR} (the golden folder among
 * the test resources) the expectations are written anew; read the difference before committing it.
 */
class GoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "annotations",
        "assign",
        "async",
        "calls",
        "classes",
        "comprehensions",
        "expressions",
        "generators",
        "locals",
        "loops",
        "match",
        "strings",
        "try",
        "types",
        "with"
      })
  void instructions(String name) throws IOException {
    String source = read(name + ".py");
    String actual =
        Disassembler.all(
                Compiler.compile(
                    PythonParser.parse(source, PythonParser.Mode.EXEC, ParseOptions.DEFAULT),
                    name + ".py",
                    CompileOptions.DEFAULT,
                    WarningSink.NONE))
            .replace(System.lineSeparator(), "\n");
    String dir = System.getProperty("plait.golden");
    if (dir != null) {
      Files.writeString(Path.of(dir, name + ".dis"), actual);
    }
    assertThat(actual).isEqualTo(dir == null ? read(name + ".dis") : actual);
  }

  private String read(String file) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("golden/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
