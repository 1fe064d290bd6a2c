package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a Java class the implementation of a Python type. The processor generates {@code XTable}
 * (and {@code XDerived} when the type is subclassable and the class has no attribute storage of its
 * own: it is no {@code PyInstance} and defines no {@code attrs()}) beside class {@code X}; a nested
 * class {@code Outer.Inner} gets {@code OuterInnerTable}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PyTypeDef {
  /** The type's {@code __name__}. */
  String name();

  /** The type's {@code __module__}. */
  String module() default "builtins";

  /**
   * The Java class of the Python base type. By default the nearest annotated superclass, or {@code
   * object} when there is none.
   */
  Class<?> base() default void.class;

  /** Whether Python classes may inherit from the type (Py_TPFLAGS_BASETYPE). */
  boolean subclassable() default false;

  /**
   * The Java class of the instances where that is not the annotated class, which then only holds
   * the methods as static ones with self first.
   */
  Class<?> instances() default void.class;

  TypeFlag[] flags() default {};

  /**
   * Whether a {@code HostException} that leaves a method becomes an OSError without file names. A
   * method that knows the names catches it itself.
   */
  boolean hostErrors() default false;

  String doc() default "";

  /**
   * The text signature of the type itself, such as {@code "(iterable=(), /)"}. By default that of
   * the method marked {@link PyNew} or named {@code __init__} which has a written signature; {@code
   * "none"} for none at all.
   */
  String sig() default "";
}
