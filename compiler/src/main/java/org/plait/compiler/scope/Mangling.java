package org.plait.compiler.scope;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Private names: {@code __x} in class C is {@code _C__x}. */
public final class Mangling {
  private Mangling() {}

  // Compare CPython _Py_Mangle in symtable.c
  /** The name as it stands in a class body; {@code className} null outside of classes. */
  public static String mangle(@Nullable String className, String name) {
    if (className == null
        || !name.startsWith("__")
        || name.endsWith("__")
        || name.indexOf('.') >= 0) {
      return name;
    }
    int i = 0;
    while (i < className.length() && className.charAt(i) == '_') {
      i++;
    }
    return i == className.length() ? name : "_" + className.substring(i) + name;
  }

  /** As {@link #mangle}, but within a class's type parameters only the listed names are private. */
  static String mangle(@Nullable String className, @Nullable Set<String> only, String name) {
    return only != null && !only.contains(name) ? name : mangle(className, name);
  }
}
