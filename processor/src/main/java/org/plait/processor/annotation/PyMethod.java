package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a type: an instance method, or a static one whose first parameter is self. A name of
 * the slot table ({@code __len__}, {@code __eq__}…) becomes a slot wrapper, any other a method
 * descriptor.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PyMethod {
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

  /** Which descriptor or slot the name stands for, where the name alone does not say. */
  SlotKind kind() default SlotKind.BY_NAME;
}
