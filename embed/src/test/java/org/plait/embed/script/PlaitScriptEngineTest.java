package org.plait.embed.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plait.embed.PlaitException;

class PlaitScriptEngineTest {
  private static final ScriptEngineManager MANAGER = new ScriptEngineManager();
  private static ScriptEngine engine;

  @BeforeAll
  static void start() {
    MANAGER.put("shared", 7);
    engine = MANAGER.getEngineByName("plait");
  }

  @AfterAll
  static void end() throws Exception {
    ((AutoCloseable) engine).close();
  }

  @Test
  void isFoundByItsNames() throws Exception {
    assertThat(engine.getFactory().getNames()).contains("plait", "python");
    assertThat(engine.getFactory().getLanguageVersion()).startsWith("3.14");
    assertThat(engine.eval(engine.getFactory().getProgram("t = 1", "t + 1"))).isEqualTo(2L);
  }

  @Test
  void theLastExpressionIsTheValue() throws ScriptException {
    assertThat(engine.eval("a = 4\na * shared")).isEqualTo(28L);
    assertThat(engine.eval("a = 5")).isNull();
    assertThat(engine.get("a")).isEqualTo(5L);
    engine.put("b", List.of(1, 2));
    assertThat(engine.eval(new StringReader("sum(b)"))).isEqualTo(3L);
    assertThat(engine.getBindings(ScriptContext.ENGINE_SCOPE)).containsEntry("a", 5L);
  }

  @Test
  void streamsAreThoseOfTheContext() throws ScriptException {
    StringWriter out = new StringWriter();
    ScriptContext before = engine.getContext();
    before.setWriter(out);
    before.setReader(new StringReader("lïne\n"));
    engine.eval("print(input() + '!')");
    assertThat(out).hasToString("lïne!\n");
  }

  @Test
  void otherBindingsAreCopiedInAndOut() throws ScriptException {
    Bindings bindings = new SimpleBindings(new HashMap<>(Map.of("q", 2, "gone", 1)));
    assertThat(engine.eval("q += 40\nr = 1\ndel gone\nq", bindings)).isEqualTo(42L);
    assertThat(bindings).containsOnlyKeys("q", "r").containsEntry("q", 42L);
    assertThat(engine.get("q")).isNull();
  }

  @Test
  void compiledScriptsRunAgain() throws ScriptException {
    CompiledScript script = ((Compilable) engine).compile("n * 2");
    for (int n = 0; n < 3; n++) {
      Bindings bindings = engine.createBindings();
      bindings.put("n", n);
      assertThat(script.eval(bindings)).isEqualTo(2L * n);
    }
  }

  @Test
  void exceptionsHaveTheirPlace() {
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> engine.eval("x = 1\nraise ValueError('no')"))
        .withMessage("ValueError: no in <script> at line number 2")
        .withCauseInstanceOf(PlaitException.class)
        .satisfies(e -> assertThat(e.getLineNumber()).isEqualTo(2));
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> engine.eval("x = 1\ny = ("))
        .satisfies(e -> assertThat(e.getLineNumber()).isEqualTo(2));
  }

  /** For {@link Invocable#getInterface}. */
  public interface Adder {
    long add(long a, long b);
  }

  @Test
  void functionsAreInvoked() throws Exception {
    engine.eval("def add(a, b): return a + b\nclass C:\n  def hi(self): return 'hi'\nc = C()");
    Invocable invocable = (Invocable) engine;
    assertThat(invocable.invokeFunction("add", 3, 4)).isEqualTo(7L);
    assertThat(invocable.invokeMethod(engine.get("c"), "hi")).isEqualTo("hi");
    assertThat(invocable.getInterface(Adder.class).add(5, 6)).isEqualTo(11);
    assertThat(invocable.getInterface(engine.get("c"), Adder.class)).isNull();
    assertThatExceptionOfType(NoSuchMethodException.class)
        .isThrownBy(() -> invocable.invokeFunction("nobody"));
  }
}
