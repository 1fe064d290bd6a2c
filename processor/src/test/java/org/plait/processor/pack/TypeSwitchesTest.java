package org.plait.processor.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TypeSwitchesTest {
  private static final List<Object> VALUES = List.of("a", "", 7, -7, 2.5, List.of(), new Object());

  /** Holds pattern switches: with guards, which search on from the next label, and with null. */
  public static final class Sample implements Function<Object, String> {
    @Override
    public String apply(Object value) {
      String kind =
          switch (value) {
            case null -> "null";
            case String s when s.isEmpty() -> "empty";
            case String s -> "text " + s;
            case Integer i when i < 0 -> "negative";
            case Number n -> "number " + n;
            default -> "other";
          };
      return kind + (value instanceof Number n ? size(n) : "");
    }

    private static String size(Number n) {
      return switch (n) {
        case Integer i -> ", 4 bytes";
        case Long l -> ", 8 bytes";
        default -> ", unknown";
      };
    }
  }

  @Test
  void theySayTheSameWithoutInvokedynamic() throws Exception {
    String file = Sample.class.getName().replace('.', '/') + ".class";
    byte[] before;
    try (InputStream in = Sample.class.getClassLoader().getResourceAsStream(file)) {
      before = in.readAllBytes();
    }
    byte[] after = new TypeSwitches(Map.of(file, before)).rewrite(before);

    assertThat(calls(before)).isTrue();
    assertThat(calls(after)).isFalse();
    Function<Object, String> rewritten = load(after);
    Sample original = new Sample();
    for (Object value : VALUES) {
      assertThat(rewritten.apply(value)).isEqualTo(original.apply(value));
    }
    assertThat(rewritten.apply(null)).isEqualTo("null");
  }

  @Test
  void aClassWithoutThemIsLeftAlone() {
    byte[] list = NativeModuleList.write("spam org.example.Spam\n");
    assertThat(new TypeSwitches(Map.of()).rewrite(list)).isSameAs(list);
  }

  private static boolean calls(byte[] type) {
    return java.lang.classfile.ClassFile.of().parse(type).methods().stream()
        .flatMap(m -> m.code().stream())
        .flatMap(c -> c.elementStream())
        .anyMatch(
            e ->
                e instanceof java.lang.classfile.instruction.InvokeDynamicInstruction indy
                    && indy.bootstrapMethod().methodName().equals("typeSwitch"));
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, String> load(byte[] type) throws ReflectiveOperationException {
    Class<?> loaded =
        new ClassLoader(TypeSwitchesTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(Sample.class.getName(), type, 0, type.length);
          }
        }.define();
    return (Function<Object, String>) loaded.getDeclaredConstructor().newInstance();
  }
}
