package org.plait.processor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Java type that stands for a Python value in a native signature.
 *
 * @param name qualified Java name
 * @param pythonName the Python type's name for messages; only for {@link Kind#CLASS}
 */
record JavaType(Kind kind, String name, @Nullable String pythonName) {

  enum Kind {
    VOID,
    OBJECT,
    /** A class below PyObject. */
    CLASS,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    STRING,
    BYTES
  }

  static final String PY_OBJECT = "org.plait.runtime.object.PyObject";

  private static final Map<String, Kind> SIMPLE =
      Map.of(
          "void",
          Kind.VOID,
          PY_OBJECT,
          Kind.OBJECT,
          "int",
          Kind.INT,
          "long",
          Kind.LONG,
          "double",
          Kind.DOUBLE,
          "boolean",
          Kind.BOOLEAN,
          "java.lang.String",
          Kind.STRING,
          "byte[]",
          Kind.BYTES);

  /** The type with a fixed meaning of that Java name, or null. */
  static @Nullable JavaType simple(String name) {
    Kind kind = SIMPLE.get(name);
    return kind == null ? null : new JavaType(kind, name, null);
  }

  boolean primitive() {
    return switch (kind) {
      case INT, LONG, DOUBLE, BOOLEAN -> true;
      default -> false;
    };
  }
}
