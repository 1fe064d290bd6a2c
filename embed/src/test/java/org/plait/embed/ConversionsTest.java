package org.plait.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsTest {
  private static Plait plait;

  @BeforeAll
  static void start() {
    plait = Plait.create();
  }

  @AfterAll
  static void end() {
    plait.close();
  }

  private static String repr(Object java) {
    return plait.eval("repr").call(java).asString();
  }

  @Test
  void javaValuesBecomePythonObjects() {
    assertThat(repr(null)).isEqualTo("None");
    assertThat(repr(true)).isEqualTo("True");
    assertThat(repr((byte) -1)).isEqualTo("-1");
    assertThat(repr(BigInteger.TEN.pow(20))).isEqualTo("1" + "0".repeat(20));
    assertThat(repr(0.5f)).isEqualTo("0.5");
    assertThat(repr('c')).isEqualTo("'c'");
    assertThat(repr(new StringBuilder("s\uD83D\uDE00"))).isEqualTo("'s\uD83D\uDE00'");
    assertThat(repr(new byte[] {1, 'a'})).isEqualTo("b'\\x01a'");
    assertThat(repr(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(repr(Arrays.asList(1, null, List.of("x")))).isEqualTo("[1, None, ['x']]");
    assertThat(repr(Map.of("k", Set.of(1.5)))).isEqualTo("{'k': {1.5}}");
    assertThat(repr(plait.eval("len"))).isEqualTo("<built-in function len>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "True | java.lang.Boolean",
        "2**62 | java.lang.Long",
        "2**63 | java.math.BigInteger",
        "1.0 | java.lang.Double",
        "'s' | java.lang.String",
        "b'b' | [B",
        "bytearray(2) | [B",
        "(1,) | java.util.ArrayList",
        "[1] | java.util.ArrayList",
        "{1} | java.util.LinkedHashSet",
        "frozenset() | java.util.LinkedHashSet",
        "{} | java.util.LinkedHashMap",
        "1j | org.plait.embed.PlaitValue",
        "len | org.plait.embed.PlaitValue"
      })
  void pythonObjectsBecomeJavaValues(String expression, String type) {
    assertThat(plait.eval(expression).toJava().getClass().getName()).isEqualTo(type);
  }

  @Test
  void containersAreConvertedWithTheirItems() {
    assertThat(plait.eval("{'a': [1, (2.5, None)], 'b': {3}}").toJava())
        .isEqualTo(Map.of("a", List.of(1L, Arrays.asList(2.5, null)), "b", Set.of(3L)));
    plait.exec("ring = [1]\nring.append(ring)");
    List<?> ring = (List<?>) plait.get("ring").toJava();
    assertThat(ring.get(1)).isEqualTo(plait.get("ring"));
  }

  @Test
  void valuesTakeTheTypeAskedFor() {
    assertThat(plait.eval("7").as(short.class)).isEqualTo((short) 7);
    assertThat(plait.eval("7").as(Double.class)).isEqualTo(7.0);
    assertThat(plait.eval("7").as(Number.class)).isEqualTo(7L);
    assertThat(plait.eval("'c'").as(char.class)).isEqualTo('c');
    assertThat(plait.eval("'c'").as(CharSequence.class)).isEqualTo("c");
    assertThat(plait.eval("(1, 2)").as(int[].class)).containsExactly(1, 2);
    assertThat(plait.eval("['a']").as(String[].class)).containsExactly("a");
    assertThat(plait.eval("[1, 1]").as(Set.class)).isEqualTo(Set.of(1L));
    assertThat(plait.eval("None").as(String.class)).isNull();
    assertThat(plait.eval("1").as(PlaitValue.class).asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "2**31 | int",
        "'x' | int",
        "1.5 | long",
        "True | int",
        "None | int",
        "'ab' | char",
        "1 | java.lang.String",
        "object() | java.util.UUID",
        "1 | java.lang.Runnable"
      })
  void whatCannotBeIsRefused(String expression, String type) throws ClassNotFoundException {
    Class<?> asked =
        switch (type) {
          case "int" -> int.class;
          case "long" -> long.class;
          case "char" -> char.class;
          default -> Class.forName(type);
        };
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> plait.eval(expression).as(asked))
        .withMessageContaining(type);
  }

  /** With a method more than its abstract one. */
  public interface Greeter {
    String greet(String name);

    default String twice(String name) {
      return greet(name) + greet(name);
    }
  }

  @Test
  void pythonImplementsInterfaces() {
    assertThat(plait.eval("lambda a, b: a * b").as(IntBinaryOperator.class).applyAsInt(6, 7))
        .isEqualTo(42);
    Greeter f = plait.eval("lambda name: name.upper()").as(Greeter.class);
    assertThat(f.twice("ab")).isEqualTo("ABAB");
    plait.exec("class G:\n    def greet(self, name): return 'g' + name\n");
    Greeter g = plait.eval("G()").as(Greeter.class);
    assertThat(g.twice("x")).isEqualTo("gxgx");
    assertThat(g).isEqualTo(g).isNotEqualTo(f);
    @SuppressWarnings("unchecked")
    Comparator<Object> down = plait.eval("lambda a, b: b - a").as(Comparator.class);
    List<Object> list = new ArrayList<>(List.of(1, 3, 2));
    list.sort(down);
    assertThat(list).containsExactly(3, 2, 1);
  }

  @Test
  void javaObjectsShowTheirMethods() {
    AtomicInteger counter = new AtomicInteger(5);
    PlaitScope scope = plait.newScope();
    scope.set("counter", counter);
    assertThat(scope.eval("counter.addAndGet(4)").asInt()).isEqualTo(9);
    assertThat(scope.eval("counter").toJava()).isSameAs(counter);
    assertThat(scope.eval("str(counter)").asString()).isEqualTo("9");
    scope.set("joiner", new StringJoiner("-"));
    assertThat(scope.eval("joiner.add('a').add('b').toString()").asString()).isEqualTo("a-b");
    scope.set("id", new UUID(1, 2));
    scope.set("same", new UUID(1, 2));
    assertThat(scope.eval("id == same and hash(id) == hash(same)").asBoolean()).isTrue();
    assertThatExceptionOfType(PlaitException.class)
        .isThrownBy(() -> scope.eval("id.nothing"))
        .withMessage(
            "AttributeError: Java object of java.util.UUID has no public method 'nothing'");
  }

  /** Overloads. */
  public static final class Overloaded {
    public String take(Object o) {
      return "object";
    }

    public String take(int n) {
      return "int";
    }

    public String take(long n) {
      return "long";
    }

    public String take(double x) {
      return "double";
    }

    public String take(String s) {
      return "string";
    }

    public String take(List<?> list) {
      return "list";
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"5|long", "1.5|double", "'s'|string", "[]|list", "1j|object", "2**70|object"})
  void theNearestOverloadIsCalled(String argument, String expected) {
    PlaitScope scope = plait.newScope();
    scope.set("o", new Overloaded());
    assertThat(scope.eval("o.take(" + argument + ")").asString()).isEqualTo(expected);
  }
}
