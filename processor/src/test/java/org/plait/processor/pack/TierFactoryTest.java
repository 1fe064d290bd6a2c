package org.plait.processor.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class TierFactoryTest {
  @Test
  void itMakesTheCompilerThatTheServiceNames() {
    ClassModel type = ClassFile.of().parse(TierFactory.write("org.example.Compiler"));

    assertThat(type.thisClass().asInternalName() + ".class").isEqualTo(TierFactory.CLASS_FILE);
    List<String> made =
        type.methods()
            .getFirst()
            .code()
            .orElseThrow()
            .elementStream()
            .filter(NewObjectInstruction.class::isInstance)
            .map(e -> ((NewObjectInstruction) e).className().asInternalName())
            .toList();
    assertThat(made).containsExactly("org/example/Compiler");
  }
}
