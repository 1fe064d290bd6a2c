package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A class method: a static Java method whose first parameter is the class ({@code PyType cls}). */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PyClassMethod {
  /** The Python name; by default that of the Java method, without one trailing underscore. */
  String name() default "";

  /**
   * Python text signature without self, such as {@code "(x, /, y=0, *args, key=None, **kwargs)"}.
   * By default all parameters are required, positional only and named as in Java. A leading {@code
   * !} binds arguments the same way but hides {@code __text_signature__}.
   */
  String sig() default Sig.FROM_JAVA;

  String doc() default "";

  /**
   * The method takes the arguments unbound: {@code (PyObject[] args, String @Nullable [] kwnames)},
   * where {@code args} holds the positional ones and then the values of the keywords. A written
   * {@code sig} then serves {@code __text_signature__} only.
   */
  boolean raw() default false;
}
