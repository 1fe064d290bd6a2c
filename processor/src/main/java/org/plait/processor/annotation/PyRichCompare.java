package org.plait.processor.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * All six comparisons in one method, {@code PyObject compare(PyObject other, int op)} or static
 * with self first: {@code __lt__ __le__ __eq__ __ne__ __gt__ __ge__} with {@code op} 0 to 5 in this
 * order, as CPython's tp_richcompare, or the enum constant {@code LT} to {@code GE} when the
 * parameter has an enum type.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PyRichCompare {}
