package org.plait.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.diag.WarningSink;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;
import org.plait.syntax.source.PySyntaxError;

/**
 * Every file of CPython's library and test suite gives the code objects that CPython makes of it.
 */
class StdlibTest {
  private static final String LIB = "/org/bytedeco/cpython/linux-x86_64/lib/python3.14/";

  @Test
  void codeObjectsAreAsCPythonsAndWellFormed() throws IOException {
    List<String> problems = new ArrayList<>();
    int files = 0;
    try (BufferedReader facts =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(getClass().getResourceAsStream("facts.tsv.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = facts.readLine(); line != null; line = facts.readLine()) {
        String[] fields = line.split("\t", -1);
        check(fields, problems);
        files++;
      }
    }
    assertThat(files).isGreaterThan(2000);
    assertThat(problems).isEmpty();
  }

  /**
   * CPython calls {@code "".join} for f-strings of more than 30 parts, which BUILD_STRING does
   * here.
   */
  private static final List<String> LONG_F_STRINGS =
      List.of("test/test_argparse.py", "test/test_json/test_tool.py");

  private void check(String[] fields, List<String> problems) throws IOException {
    String file = fields[0];
    String source = read(file);
    if (source == null) {
      return; // not UTF-8: CPython's refusal was the decoder's
    }
    try {
      Mod tree = PythonParser.parse(source, PythonParser.Mode.EXEC, ParseOptions.DEFAULT);
      CodeUnit code = Compiler.compile(tree, file, CompileOptions.DEFAULT, WarningSink.NONE);
      if (fields[1].equals("refused")) {
        problems.add(file + " compiles, but CPython refuses it");
        return;
      }
      compare(file, "code", fields[1], Facts.codes(code), problems);
      compare(
          file,
          "symbols",
          fields[2],
          Facts.symbols(Compiler.symbolTable(tree, file).top()),
          problems);
      if (!LONG_F_STRINGS.contains(file)) {
        compare(file, "positions", fields[3], Facts.positions(code), problems);
      }
      problems.addAll(CodeVerifier.verify(code));
    } catch (PySyntaxError | CompileError e) {
      if (!fields[1].equals("refused")) {
        problems.add(file + " is refused: " + e.getMessage());
      }
    }
  }

  private static void compare(
      String file, String what, String expected, String text, List<String> problems) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    if (!String.format("%08x", crc.getValue()).equals(expected)) {
      problems.add(file + ": " + what + " differ");
    }
  }

  private String read(String file) throws IOException {
    try (InputStream in = getClass().getResourceAsStream(LIB + file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
