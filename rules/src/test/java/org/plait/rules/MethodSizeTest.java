package org.plait.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * HotSpot never compiles a method of 8,000 bytes of bytecode or more ({@code HugeMethodLimit}): it
 * would run interpreted for ever. Generated methods count like any other.
 */
class MethodSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8000;

  @Test
  void everyMethodCanBeCompiled() {
    Map<String, Integer> large = new TreeMap<>();
    Project.forEachClassFile(
        (name, file) -> {
          try {
            ClassModel model = ClassFile.of().parse(file.readAllBytes());
            model
                .methods()
                .forEach(
                    method ->
                        method
                            .code()
                            .map(code -> ((CodeAttribute) code).codeLength())
                            .filter(length -> length >= HUGE_METHOD_LIMIT)
                            .ifPresent(
                                length ->
                                    large.put(
                                        name + "." + method.methodName().stringValue(), length)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    Set<String> excepted = Project.exceptions("large-methods.txt").keySet();
    Set<String> stale = new TreeSet<>(excepted);
    stale.removeAll(large.keySet());
    large.keySet().removeAll(excepted);
    assertThat(large).as("methods that HotSpot won't compile, and their bytes").isEmpty();
    assertThat(stale).as("lines of large-methods.txt that are no longer needed").isEmpty();
  }
}
