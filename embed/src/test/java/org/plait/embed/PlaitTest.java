package org.plait.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaitTest {
  private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
  private static Plait plait;

  @BeforeAll
  static void start() {
    plait = Plait.builder().stdout(OUT).arguments("prog", "x").build();
  }

  @AfterAll
  static void end() {
    plait.close();
  }

  private static String printed(Runnable code) {
    OUT.reset();
    code.run();
    return OUT.toString(UTF_8);
  }

  @Test
  void runsCode() {
    assertThat(plait.eval("1 + 1").asInt()).isEqualTo(2);
    plait.exec("def twice(x):\n    return x * 2\n");
    assertThat(plait.eval("twice('ab')").asString()).isEqualTo("abab");
    assertThat(plait.get("twice").call(21).asLong()).isEqualTo(42);
    assertThat(plait.get("nobody")).isNull();
    assertThat(plait.eval("__import__('sys').argv").toJava()).isEqualTo(List.of("prog", "x"));
  }

  @Test
  void importsModulesAndCallsThem() {
    PlaitValue math = plait.importModule("math");
    assertThat(math.invoke("sqrt", 2).asDouble()).isEqualTo(Math.sqrt(2));
    assertThat(math.get("pi").asDouble()).isEqualTo(Math.PI);
    PlaitValue dumps = plait.importModule("json").get("dumps");
    assertThat(dumps.callWith(List.of(List.of(1, 2)), Map.of("indent", 1)).asString())
        .isEqualTo("[\n 1,\n 2\n]");
  }

  @Test
  void scopesAreApart() {
    PlaitScope a = plait.newScope();
    PlaitScope b = plait.newScope();
    a.exec("x = 1\ndef f():\n    global x\n    x += 1\n    return x");
    b.set("x", 10);
    assertThat(a.eval("f()").asInt()).isEqualTo(2);
    assertThat(b.eval("x").asInt()).isEqualTo(10);
    assertThat(a.names()).contains("x", "f");
    assertThat(b.remove("x")).isTrue();
    assertThat(b.get("x")).isNull();
  }

  @Test
  void compiledCodeGivesTheValueAtItsEnd() {
    PlaitCode code = plait.compile("y = n + 1\ny * 2", "double.py");
    for (int n = 0; n < 3; n++) {
      PlaitScope scope = plait.newScope();
      scope.set("n", n);
      assertThat(code.run(scope).asInt()).isEqualTo((n + 1) * 2);
    }
    assertThat(plait.compile("z = 1", "z.py").run(plait.newScope()).isNone()).isTrue();
  }

  @Test
  void runsFiles(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("p.py"), "q = 'é'\nq + q\n");
    assertThat(plait.run(file).asString()).isEqualTo("éé");
  }

  @Test
  void objectsHaveAttributesAndItems() {
    plait.exec("class Point:\n    def __init__(self, x): self.x = x\n");
    PlaitValue p = plait.get("Point").call(3);
    assertThat(p.typeName()).isEqualTo("Point");
    assertThat(p.has("y")).isFalse();
    p.set("y", List.of(1, 2));
    assertThat(p.get("y").item(-1).asInt()).isEqualTo(2);
    p.get("y").setItem(0, "first");
    List<String> all = new ArrayList<>();
    p.get("y").forEach(v -> all.add(v.toString()));
    assertThat(all).containsExactly("first", "2");
    assertThat(p.get("y").size()).isEqualTo(2);
    assertThat(p.get("y")).isEqualTo(p.get("y"));
    assertThat(p.isTrue()).isTrue();
    assertThat(p.isCallable()).isFalse();
    assertThat(plait.eval("Point").isCallable()).isTrue();
  }

  @Test
  void exceptionsTellWhatPythonTells() {
    plait.exec("def divide(a, b):\n    return a / b\n");
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> plait.exec("\n\ndivide(1, 0)"))
        .satisfies(
            e -> {
              assertThat(e.typeName()).isEqualTo("ZeroDivisionError");
              assertThat(e.text()).isEqualTo("division by zero");
              assertThat(e).hasMessage("ZeroDivisionError: division by zero").hasNoCause();
              assertThat(e.value().typeName()).isEqualTo("ZeroDivisionError");
              assertThat(e.traceback())
                  .isEqualTo(
                      """
                      Traceback (most recent call last):
                        File "<string>", line 3, in <module>
                        File "<string>", line 2, in divide
                      ZeroDivisionError: division by zero
                      """);
              assertThat(e.getStackTrace()[0].toString()).isEqualTo("<python>.divide(<string>:2)");
              assertThat(e.getStackTrace()[1].getMethodName()).isEqualTo("<module>");
            });
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> plait.eval("1 +"))
        .satisfies(e -> assertThat(e.typeName()).isEqualTo("SyntaxError"));
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> plait.exec("import sys; sys.exit(3)"))
        .satisfies(e -> assertThat(e.value().get("code").asInt()).isEqualTo(3));
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> plait.exec("import json; json.loads('?')"))
        .satisfies(e -> assertThat(e.typeName()).isEqualTo("json.decoder.JSONDecodeError"));
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> plait.exec("def r(): r()\nr()"))
        .satisfies(e -> assertThat(e.typeName()).isEqualTo("RecursionError"));
  }

  @Test
  void javaFunctionsAreCalled() {
    PlaitScope scope = plait.newScope();
    scope.set("greet", (Function<String, String>) name -> "Hello " + name);
    assertThat(scope.eval("greet('you')").asString()).isEqualTo("Hello you");
    PlaitFunction show = (arguments, keywords) -> arguments + " " + keywords;
    scope.set("show", show);
    assertThat(scope.eval("show(1, 'a', k=None)").asString()).isEqualTo("[1, a] {k=None}");
    assertThat(scope.eval("show").toJava()).isSameAs(show);
    scope.set("again", (Supplier<Object>) () -> scope.eval("40 + 2").toJava());
    assertThat(scope.eval("again()").asInt()).isEqualTo(42);
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> scope.eval("greet(1, 2)"))
        .withMessage("TypeError: no Java method apply takes (int, int)");
  }

  @Test
  void javaExceptionsPassThroughPython() {
    PlaitScope scope = plait.newScope();
    IOException disk = new IOException("disk");
    scope.set(
        "fail",
        (PlaitFunction)
            (arguments, keywords) -> {
              throw disk;
            });
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> scope.exec("try:\n  fail()\nfinally:\n  done = True"))
        .withMessage("plait.JavaError: java.io.IOException: disk")
        .withCause(disk);
    assertThat(scope.get("done").asBoolean()).isTrue();
    scope.exec(
        "import plait\n"
            + "try: fail()\n"
            + "except plait.JavaError as e: m = e.java_exception.getMessage()");
    assertThat(scope.get("m").asString()).isEqualTo("disk");
    scope.set("inner", (Runnable) () -> scope.exec("{}['key']"));
    scope.exec("try: inner()\nexcept KeyError as e: k = e.args[0]");
    assertThat(scope.get("k").asString()).isEqualTo("key");
  }

  @Test
  void streamsAreRedirected() {
    assertThat(printed(() -> plait.exec("print('é', 1)"))).isEqualTo("é 1\n");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (Plait other =
        Plait.builder()
            .stdin(new ByteArrayInputStream("one\ntwo".getBytes(UTF_8)))
            .stderr(err)
            .build()) {
      assertThat(other.eval("[input(), input()]").toJava()).isEqualTo(List.of("one", "two"));
      other.exec("import sys; print('oh', file=sys.stderr)");
    }
    assertThat(err.toString(UTF_8)).isEqualTo("oh\n");
  }

  @Test
  void severalAreApartAndCallEachOther() {
    try (Plait other = Plait.create()) {
      other.set("x", 5);
      plait.set("x", 1);
      assertThat(other.eval("x").asInt()).isEqualTo(5);
      plait.set("ask", (Supplier<Object>) () -> other.eval("x * 2").toJava());
      assertThat(plait.eval("ask() + x").asInt()).isEqualTo(11);
      PlaitValue foreign = other.eval("[]");
      assertThatIllegalArgumentException().isThrownBy(() -> plait.set("y", foreign));
    }
  }

  @Test
  void closingEndsIt(@TempDir Path directory) {
    Path log = directory.resolve("log");
    Plait other = Plait.create();
    other.set("log", log.toString());
    other.exec(
        """
        import atexit, threading, time
        def say(text):
            with open(log, 'a') as f:
                f.write(text)
        atexit.register(say, 'exit')
        def work():
            time.sleep(0.05)
            say('thread ')
        threading.Thread(target=work, daemon=False).start()
        """);
    PlaitValue value = other.eval("object()");
    other.set("close", (Runnable) other::close);
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> other.eval("close()"))
        .withCauseInstanceOf(IllegalStateException.class);
    other.close();
    other.close();
    assertThat(log).hasContent("thread exit");
    assertThatIllegalStateException()
        .isThrownBy(() -> other.eval("1"))
        .withMessage("this Plait is closed");
    assertThatIllegalStateException().isThrownBy(value::toString);
  }

  @Test
  void withoutALibraryItSaysWhatToDo(@TempDir Path directory) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Plait.builder().home(directory).build())
        .withMessageContaining("is no distribution of Plait: it has no lib/python3.14/os.py");
  }
}
