package org.plait.processor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is generated for one annotated class.
 *
 * @param module whether this is a native module's table, else a type's
 * @param javaClass qualified name of the annotated class
 * @param instances qualified name of the class of the instances; null for modules and for {@code
 *     PyObject} itself, which needs no check
 * @param base qualified name of the class of the base type, or null for {@code object}
 * @param signature text signature of the type itself, or null
 * @param flags source text of the flag word
 * @param hostErrors whether a HostException that leaves a method becomes an OSError
 * @param derived constructors of the {@code XDerived} class; null when none is generated
 */
record TableModel(
    String packageName,
    String flatName,
    boolean module,
    String javaClass,
    @Nullable String instances,
    String pythonName,
    String moduleName,
    String doc,
    @Nullable String base,
    @Nullable String signature,
    String flags,
    List<Definition> definitions,
    boolean hostErrors,
    @Nullable List<Constructor> derived) {

  String tableName() {
    return flatName + "Table";
  }

  /** A constructor of the annotated class: parameter type names in order, and exceptions. */
  record Constructor(List<String> parameterTypes, List<String> exceptions) {}
}
