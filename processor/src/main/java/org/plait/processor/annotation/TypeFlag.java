package org.plait.processor.annotation;

/** Properties of a built-in type beyond those its methods imply. */
public enum TypeFlag {
  /** Matches sequence patterns (Py_TPFLAGS_SEQUENCE). */
  SEQUENCE,
  /** Matches mapping patterns (Py_TPFLAGS_MAPPING). */
  MAPPING,
  /** A class pattern with one positional sub-pattern matches the whole subject. */
  MATCH_SELF,
  /** Has no {@code __new__}: "cannot create 'x' instances". */
  DISALLOW_INSTANTIATION,
  /** Instances have a {@code __dict__}; the Java class is a {@code PyInstance}. */
  DICT,
  /** Instances can be weakly referenced. */
  WEAKREF,
}
