package org.plait.processor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a generated table. Its place in the list is its id.
 *
 * @param sig what goes into the table: the written signature, or one made from the Java parameters
 * @param call how to call the Java method; null for attributes
 */
record Definition(
    Kind kind,
    String name,
    @Nullable String sig,
    String doc,
    boolean raw,
    @Nullable JavaCall call,
    @Nullable Accessor accessor) {

  /** The constants of {@code NativeDef}, by the same names. */
  enum Kind {
    METHOD,
    WRAPPER,
    SEQUENCE_WRAPPER,
    CLASS_METHOD,
    STATIC_METHOD,
    NEW,
    FUNCTION,
    GETSET,
    MEMBER;

    boolean isAttribute() {
      return this == GETSET || this == MEMBER;
    }
  }

  /**
   * A call of a Java method from positional or bound arguments.
   *
   * @param head the source text up to and without the first argument, such as {@code self(id,
   *     self).append(}
   * @param fixed arguments that come before the Python ones; may be empty
   * @param extra arguments that come after the Python ones; may be empty
   * @param swapped whether the first Python argument goes before {@code fixed} (reflected
   *     operators)
   */
  record JavaCall(
      String head,
      List<String> fixed,
      List<String> extra,
      boolean swapped,
      List<Param> params,
      SignatureText signature,
      JavaType result) {}

  /** A Python parameter and the Java parameter that takes it. */
  record Param(SignatureText.Parameter text, JavaType type, boolean nullable) {}

  /** Reading and writing of an attribute; the setter takes the new value as {@code value}. */
  record Accessor(String getter, JavaType type, @Nullable String setter) {}
}
