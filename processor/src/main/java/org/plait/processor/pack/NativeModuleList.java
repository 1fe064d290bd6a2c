package org.plait.processor.pack;

import static java.lang.constant.ConstantDescs.CD_String;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The class that tells the runtime its native modules without a look into the jars. */
final class NativeModuleList {
  /** The resource that each jar names its native modules in. */
  static final String RESOURCE = "META-INF/plait/native-modules";

  private static final String CLASS = "org.plait.runtime.importing.PackedModules";

  /** The class that is replaced: outside of a packed jar it knows nothing. */
  static final String CLASS_FILE = CLASS.replace('.', '/') + ".class";

  private NativeModuleList() {}

  /**
   * The class file.
   *
   * @param text what the resources of all jars say
   */
  static byte[] write(String text) {
    return ClassFile.of()
        .build(
            ClassDesc.of(CLASS),
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withMethodBody(
                        "text",
                        MethodTypeDesc.of(CD_String),
                        ClassFile.ACC_STATIC,
                        code -> code.loadConstant(text).areturn()));
  }
}
