package org.plait.runtime.object;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The special methods that operations look up on a type. Each type caches the resolved attribute of
 * each in an array indexed by {@link #ordinal()}, see {@link PyType#special}.
 */
public enum Special {
  // lifecycle, attributes, calls
  NEW("__new__"),
  INIT("__init__"),
  DEL("__del__"),
  CALL("__call__"),
  GETATTRIBUTE("__getattribute__"),
  GETATTR("__getattr__"),
  SETATTR("__setattr__"),
  DELATTR("__delattr__"),
  GET("__get__"),
  SET("__set__"),
  DELETE("__delete__"),
  // text, identity, comparison
  REPR("__repr__"),
  STR("__str__"),
  FORMAT("__format__"),
  BYTES("__bytes__"),
  DIR("__dir__"),
  HASH("__hash__"),
  LT("__lt__"),
  LE("__le__"),
  EQ("__eq__"),
  NE("__ne__"),
  GT("__gt__"),
  GE("__ge__"),
  BOOL("__bool__"),
  // iteration
  ITER("__iter__"),
  NEXT("__next__"),
  REVERSED("__reversed__"),
  LENGTH_HINT("__length_hint__"),
  // containers
  LEN("__len__"),
  GETITEM("__getitem__"),
  SETITEM("__setitem__"),
  DELITEM("__delitem__"),
  CONTAINS("__contains__"),
  MISSING("__missing__"),
  // numbers
  ADD("__add__"),
  RADD("__radd__"),
  IADD("__iadd__"),
  SUB("__sub__"),
  RSUB("__rsub__"),
  ISUB("__isub__"),
  MUL("__mul__"),
  RMUL("__rmul__"),
  IMUL("__imul__"),
  MATMUL("__matmul__"),
  RMATMUL("__rmatmul__"),
  IMATMUL("__imatmul__"),
  TRUEDIV("__truediv__"),
  RTRUEDIV("__rtruediv__"),
  ITRUEDIV("__itruediv__"),
  FLOORDIV("__floordiv__"),
  RFLOORDIV("__rfloordiv__"),
  IFLOORDIV("__ifloordiv__"),
  MOD("__mod__"),
  RMOD("__rmod__"),
  IMOD("__imod__"),
  DIVMOD("__divmod__"),
  RDIVMOD("__rdivmod__"),
  POW("__pow__"),
  RPOW("__rpow__"),
  IPOW("__ipow__"),
  LSHIFT("__lshift__"),
  RLSHIFT("__rlshift__"),
  ILSHIFT("__ilshift__"),
  RSHIFT("__rshift__"),
  RRSHIFT("__rrshift__"),
  IRSHIFT("__irshift__"),
  AND("__and__"),
  RAND("__rand__"),
  IAND("__iand__"),
  XOR("__xor__"),
  RXOR("__rxor__"),
  IXOR("__ixor__"),
  OR("__or__"),
  ROR("__ror__"),
  IOR("__ior__"),
  NEG("__neg__"),
  POS("__pos__"),
  ABS("__abs__"),
  INVERT("__invert__"),
  INT("__int__"),
  FLOAT("__float__"),
  COMPLEX("__complex__"),
  INDEX("__index__"),
  ROUND("__round__"),
  TRUNC("__trunc__"),
  FLOOR("__floor__"),
  CEIL("__ceil__"),
  // context managers, async
  ENTER("__enter__"),
  EXIT("__exit__"),
  AENTER("__aenter__"),
  AEXIT("__aexit__"),
  AWAIT("__await__"),
  AITER("__aiter__"),
  ANEXT("__anext__"),
  // buffers, classes
  BUFFER("__buffer__"),
  RELEASE_BUFFER("__release_buffer__"),
  FSPATH("__fspath__"),
  INSTANCECHECK("__instancecheck__"),
  SUBCLASSCHECK("__subclasscheck__"),
  CLASS_GETITEM("__class_getitem__"),
  MRO_ENTRIES("__mro_entries__"),
  SIZEOF("__sizeof__"),
  COPY("__copy__"),
  DEEPCOPY("__deepcopy__"),
  REDUCE("__reduce__"),
  REDUCE_EX("__reduce_ex__");

  private static final Special[] VALUES = values();
  static final int COUNT = VALUES.length;
  private static final Map<String, Special> BY_NAME = HashMap.newHashMap(COUNT);

  static {
    for (Special s : VALUES) {
      BY_NAME.put(s.method, s);
    }
  }

  /** The dunder name, interned. */
  public final String method;

  Special(String method) {
    this.method = method;
  }

  /** The special method of that name, or null. */
  public static @Nullable Special byName(String name) {
    return BY_NAME.get(name);
  }
}
