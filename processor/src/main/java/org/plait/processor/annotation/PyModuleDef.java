package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class that implements {@code NativeModule} a Python module written in Java. The processor
 * generates {@code XTable} with a constructor that takes the module object; the class returns it
 * from {@code table()}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PyModuleDef {
  /** The module's name, dotted if it lives in a package. */
  String name();

  /**
   * Whether a {@code HostException} that leaves a method becomes an OSError without file names. A
   * method that knows the names catches it itself.
   */
  boolean hostErrors() default false;

  String doc() default "";
}
