package org.plait.compiler.code;

import java.math.BigInteger;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.TupleValue;

/** Questions about constant values. */
public final class Constants {
  private Constants() {}

  /** Whether the value is a str. */
  public static boolean isString(Object value) {
    return value instanceof String || value instanceof CodePoints;
  }

  /** Python's name of the value's type. */
  public static String typeName(Object value) {
    return switch (value) {
      case Long l -> "int";
      case BigInteger b -> "int";
      case Integer i -> "int";
      case Boolean b -> "bool";
      case Double d -> "float";
      case Complex c -> "complex";
      case String s -> "str";
      case CodePoints s -> "str";
      case BytesValue b -> "bytes";
      case TupleValue t -> "tuple";
      case FrozenSetValue f -> "frozenset";
      case SliceValue s -> "slice";
      case Singleton s -> s == Singleton.NONE ? "NoneType" : "ellipsis";
      default -> "object";
    };
  }

  /** The value's truth. */
  public static boolean truth(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Long l -> l != 0;
      case BigInteger b -> b.signum() != 0;
      case Double d -> d != 0;
      case Complex c -> c.real() != 0 || c.imag() != 0;
      case String s -> !s.isEmpty();
      case BytesValue b -> b.bytes().length != 0;
      case TupleValue t -> !t.items().isEmpty();
      case FrozenSetValue f -> !f.items().isEmpty();
      default -> value != Singleton.NONE;
    };
  }
}
