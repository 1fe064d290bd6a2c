package org.plait.processor.annotation;

/** Properties of a built-in type that are visible to Python. */
public enum TypeFlag {
  /** Matches sequence patterns (Py_TPFLAGS_SEQUENCE). */
  SEQUENCE,
  /** Matches mapping patterns (Py_TPFLAGS_MAPPING). */
  MAPPING,
  /** A class pattern with one positional sub-pattern matches the whole subject (Py_TPFLAGS_MATCH_SELF). */
  MATCH_SELF,
  /** Has no {@code __new__}: "cannot create 'x' instances". */
  DISALLOW_INSTANTIATION,
  /** Instances behave as methods when called through an attribute (Py_TPFLAGS_METHOD_DESCRIPTOR). */
  METHOD_DESCRIPTOR,
  /** Attributes of the type may be set, as with heap types (clears Py_TPFLAGS_IMMUTABLETYPE). */
  MUTABLE,
  /** The type is a heap type in CPython ({@code __module__} is in its dict, Py_TPFLAGS_HEAPTYPE). */
  HEAP,
  /** Instances are weakly referenceable although the Java class is no PyInstance. */
  WEAKREF,
}
