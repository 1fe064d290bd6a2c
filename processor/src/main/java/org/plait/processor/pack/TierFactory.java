package org.plait.processor.pack;

import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The class that makes the runtime's compiler without a look into the jars. */
final class TierFactory {
  private static final String TIER = "org.plait.runtime.interp.Tier";

  /** The resource that names the compiler's class. */
  static final String SERVICE = "META-INF/services/" + TIER;

  private static final String CLASS = "org.plait.runtime.interp.PackedTier";

  /** The class that is replaced: outside of a packed jar it makes nothing. */
  static final String CLASS_FILE = CLASS.replace('.', '/') + ".class";

  private TierFactory() {}

  /**
   * The class file.
   *
   * @param compiler the name of the compiler's class
   */
  static byte[] write(String compiler) {
    ClassDesc made = ClassDesc.of(compiler);
    return ClassFile.of()
        .build(
            ClassDesc.of(CLASS),
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withMethodBody(
                        "create",
                        MethodTypeDesc.of(ClassDesc.of(TIER)),
                        ClassFile.ACC_STATIC,
                        code ->
                            code.new_(made)
                                .dup()
                                .invokespecial(made, ConstantDescs.INIT_NAME, MTD_void)
                                .areturn()));
  }
}
