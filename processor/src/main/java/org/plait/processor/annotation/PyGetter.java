package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Reads an attribute: an instance method without parameters, or a static one that takes self. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PyGetter {
  /** The attribute's name. */
  String value();

  String doc() default "";

  /** The attribute is a member_descriptor, as CPython's stored attributes are. */
  boolean member() default false;
}
