package org.plait.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.plait.compiler.diag.CompileError;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;

/** Errors and warnings have CPython's text and place; see src/test/oracle/gen_probes.py. */
class ProbeTest {
  @TestFactory
  Stream<DynamicTest> probes() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("probes.tsv")),
                StandardCharsets.UTF_8))) {
      return in
          .lines()
          .map(line -> line.split("\t", -1))
          .map(
              f ->
                  DynamicTest.dynamicTest(
                      f[0], () -> assertThat(compile(unescape(f[0]))).isEqualTo(unescape(f[1]))))
          .toList()
          .stream();
    }
  }

  private static String unescape(String s) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char ch = s.charAt(i);
      if (ch != '\\') {
        out.append(ch);
        continue;
      }
      char next = s.charAt(++i);
      out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
    }
    return out.toString();
  }

  private static String compile(String source) {
    StringBuilder warnings = new StringBuilder();
    String result;
    try {
      Compiler.compile(
          PythonParser.parse(source, PythonParser.Mode.EXEC, ParseOptions.DEFAULT),
          "f",
          CompileOptions.DEFAULT,
          (message, filename, range) ->
              warnings.append(" W").append(range.lineno()).append(':').append(message));
      result = "ok";
    } catch (CompileError e) {
      result =
          e.message() + " " + e.line() + " " + e.offset() + " " + e.endLine() + " " + e.endOffset();
    }
    return result + warnings;
  }
}
