package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field that Python sees as an attribute (member descriptor). A null field reads as None. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface PyMember {
  /** The attribute's name; by default that of the field. */
  String value() default "";

  /** A writable member must be a volatile field. */
  boolean readonly() default true;

  /** A null field reads as AttributeError instead of None (Py_T_OBJECT_EX). */
  boolean required() default false;

  String doc() default "";
}
