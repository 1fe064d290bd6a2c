package org.plait.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plait.syntax.lexer.TokenStream;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;
import org.plait.syntax.parser.PythonParser.Mode;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.SourceDecoder;

/**
 * Compares trees, errors and tokens with what CPython 3.14.3 makes of the same sources. The
 * expected files are written by {@code src/test/python/oracle.py}.
 */
class GoldenTest {
  private static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("golden/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"statements", "expressions", "match"})
  void trees(String name) throws IOException {
    String tree =
        TreeDump.of(
            PythonParser.parse(
                read(name + ".py"), Mode.EXEC, ParseOptions.DEFAULT, SourceDecoder.PLATFORM));
    assertThat(tree).isEqualTo(text(name + ".tree").strip());
  }

  @Test
  void errors() throws IOException {
    List<String> got = new ArrayList<>();
    ParseOptions plain = ParseOptions.DEFAULT;
    ParseOptions incomplete = plain.withAllowIncompleteInput(true).withDontImplyDedent(true);
    for (String snippet : text("errors.txt").split("\n----\n", -1)) {
      got.add(describe(snippet, Mode.EXEC, plain));
      got.add(describe(snippet, Mode.EVAL, plain));
      got.add(describe(snippet, Mode.SINGLE, plain));
      got.add(describe(snippet, Mode.SINGLE, incomplete));
    }
    assertThat(String.join("\n", got)).isEqualTo(text("errors.expected").stripTrailing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokens", "tokens_no_newline", "tokens_eof", "tokens_dedent"})
  void tokens(String name) throws IOException {
    byte[] source = read(name + ".py");
    int[] at = {0};
    TokenStream stream =
        new TokenStream(
            () -> {
              int from = at[0];
              int to = from;
              while (to < source.length && source[to++] != '\n') {}
              at[0] = to;
              return java.util.Arrays.copyOfRange(source, from, to);
            },
            true);
    List<String> got = new ArrayList<>();
    try {
      for (TokenStream.Token t; (t = stream.next()) != null; ) {
        got.add(
            String.join(
                "|",
                Integer.toString(t.type()),
                Integer.toString(t.startLine()),
                Integer.toString(t.startColumn()),
                Integer.toString(t.endLine()),
                Integer.toString(t.endColumn()),
                escaped(t.string()),
                escaped(t.line())));
      }
    } catch (PySyntaxError e) {
      got.add(
          String.join(
              "|",
              exception(e.kind()),
              escaped(e.message()),
              Integer.toString(e.lineno()),
              Integer.toString(e.offset())));
    }
    assertThat(String.join("\n", got)).isEqualTo(text(name + ".tokens").stripTrailing());
  }

  static String describe(String source, Mode mode, ParseOptions options) {
    try {
      PythonParser.parse(source, mode, options);
      return "ok";
    } catch (PySyntaxError e) {
      if (!e.isSyntaxError()) {
        return exception(e.kind()) + "|" + escaped(e.message());
      }
      return String.join(
          "|",
          exception(e.kind()),
          escaped(e.message()),
          Integer.toString(e.lineno()),
          Integer.toString(e.offset()),
          e.text() == null ? "None" : escaped(e.text()),
          Integer.toString(e.endLineno()),
          Integer.toString(e.endOffset()));
    }
  }

  static String exception(PySyntaxError.Kind kind) {
    return switch (kind) {
      case SYNTAX, SYNTAX_WITHOUT_POSITION -> "SyntaxError";
      case INDENTATION -> "IndentationError";
      case TAB -> "TabError";
      case INCOMPLETE -> "_IncompleteInputError";
      case MEMORY -> "MemoryError";
      case OVERFLOW -> "OverflowError";
      case VALUE -> "ValueError";
    };
  }

  private static String escaped(String s) {
    StringBuilder out = new StringBuilder();
    s.codePoints()
        .forEach(
            c -> {
              if (c < 32 || c > 126 || c == '\\') {
                out.append('\\').append(Integer.toHexString(c)).append(';');
              } else {
                out.append((char) c);
              }
            });
    return out.toString();
  }
}
