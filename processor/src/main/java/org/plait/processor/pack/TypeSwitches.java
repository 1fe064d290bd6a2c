package org.plait.processor.pack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns pattern switches over classes into plain code. javac compiles {@code switch (x) { case A a
 * -> ... }} to an {@code invokedynamic} that makes a hidden class when it is first reached, about
 * half a millisecond each, which no AOT cache keeps; a start reaches some thirty of them. Here each
 * becomes a call of a static method of the same class with a row of {@code instanceof}.
 */
final class TypeSwitches {
  private static final String BOOTSTRAP_CLASS = "SwitchBootstraps";
  private static final String BOOTSTRAP_METHOD = "typeSwitch";

  private final ClassFile classFile;

  /**
   * @param classes all class files by name, for the hierarchy of their classes
   */
  TypeSwitches(Map<String, byte[]> classes) {
    classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(type -> open(classes, type))
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached()));
  }

  private static @Nullable InputStream open(Map<String, byte[]> classes, ClassDesc type) {
    String descriptor = type.descriptorString();
    byte[] found = classes.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return found == null ? null : new ByteArrayInputStream(found);
  }

  /** The class without pattern switches; itself when it has none. */
  byte[] rewrite(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    boolean any = false;
    for (MethodModel method : model.methods()) {
      any |= hasTypeSwitch(method);
    }
    return any ? classFile.transformClass(model, ClassTransform.ofStateful(Rewriting::new)) : bytes;
  }

  private static boolean hasTypeSwitch(MethodModel method) {
    if (method.code().isEmpty()) {
      return false;
    }
    for (CodeElement element : method.code().get()) {
      if (element instanceof InvokeDynamicInstruction indy && isTypeSwitch(indy)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTypeSwitch(InvokeDynamicInstruction indy) {
    DirectMethodHandleDesc bootstrap = indy.bootstrapMethod();
    if (!bootstrap.owner().displayName().equals(BOOTSTRAP_CLASS)
        || !bootstrap.methodName().equals(BOOTSTRAP_METHOD)) {
      return false;
    }
    for (ConstantDesc label : indy.bootstrapArgs()) {
      if (!(label instanceof ClassDesc type) || type.isPrimitive()) {
        return false;
      }
    }
    return true;
  }

  /** What is done to one class. */
  private static final class Rewriting implements ClassTransform {
    private record Switch(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

    private final List<Switch> switches = new ArrayList<>();
    private @Nullable ClassModel owner;

    @Override
    public void accept(ClassBuilder out, ClassElement element) {
      if (element instanceof MethodModel method && hasTypeSwitch(method)) {
        owner = method.parent().orElseThrow();
        out.transformMethod(method, MethodTransform.transformingCode(this::instruction));
      } else {
        out.with(element);
      }
    }

    private void instruction(CodeBuilder out, CodeElement element) {
      if (!(element instanceof InvokeDynamicInstruction indy) || !isTypeSwitch(indy)) {
        out.with(element);
        return;
      }
      List<ClassDesc> labels = new ArrayList<>();
      for (ConstantDesc label : indy.bootstrapArgs()) {
        labels.add((ClassDesc) label);
      }
      Switch made = new Switch("typeSwitch$" + switches.size(), indy.typeSymbol(), labels);
      switches.add(made);
      ClassModel in = java.util.Objects.requireNonNull(owner);
      out.invokestatic(
          in.thisClass().asSymbol(),
          made.name,
          made.type,
          in.flags().has(java.lang.reflect.AccessFlag.INTERFACE));
    }

    @Override
    public void atEnd(ClassBuilder out) {
      for (Switch made : switches) {
        out.withMethodBody(
            made.name,
            made.type,
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
            code -> body(code, made.labels));
      }
    }

    /**
     * The index of the first label from {@code restart} on that the target is an instance of; the
     * number of labels if there is none, -1 for null. Compare {@code SwitchBootstraps.typeSwitch}.
     */
    private static void body(CodeBuilder code, List<ClassDesc> labels) {
      Label some = code.newLabel();
      Label none = code.newLabel();
      List<SwitchCase> entries = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        entries.add(SwitchCase.of(i, code.newLabel()));
      }
      code.aload(0).ifnonnull(some).iconst_m1().ireturn();
      code.labelBinding(some).iload(1).tableswitch(none, entries);
      for (int i = 0; i < labels.size(); i++) {
        Label next = i + 1 < labels.size() ? entries.get(i + 1).target() : none;
        code.labelBinding(entries.get(i).target());
        code.aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i).ireturn();
      }
      code.labelBinding(none).loadConstant(labels.size()).ireturn();
    }
  }
}
