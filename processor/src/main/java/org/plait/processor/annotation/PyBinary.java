package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One static Java method {@code PyObject op(PyObject left, PyObject right)} that serves an operator
 * and its reflection: {@code @PyBinary("add")} gives {@code __add__} and {@code __radd__}, with the
 * operands in source order. {@code pow} and {@code divmod} included; a method for {@code pow} may
 * take a third parameter, the modulus ({@code None} when absent).
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PyBinary {
  /** The operator's name without underscores. */
  String value();

  /** The method is the in-place form: only {@code __iadd__} is defined. */
  boolean inplace() default false;
}
