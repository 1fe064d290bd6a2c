package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Writes an attribute that has a {@link PyGetter}: {@code void set(value)}, or static with self
 * first. A {@code @Nullable} value is null for {@code del}; with any other, {@code del} is a
 * TypeError.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PySetter {
  /** The attribute's name. */
  String value();
}
