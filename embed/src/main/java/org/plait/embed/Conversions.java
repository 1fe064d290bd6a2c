package org.plait.embed;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Blocking;

/**
 * Java values as Python objects and back; the table is in {@link Plait}. Stateless; all of it needs
 * a permit.
 */
final class Conversions {
  /** Distances of {@link #distance}. */
  private static final int SAME = 0;

  private static final int WIDER = 1;
  private static final int OTHER_NUMBER = 2;
  private static final int ROUNDED = 3;
  private static final int ANYTHING = 4;
  private static final int WRAPPED = 5;
  private static final int IMPOSSIBLE = -1;

  private final Engine engine;

  Conversions(Engine engine) {
    this.engine = engine;
  }

  // ---- to Python

  PyObject toPython(@Nullable Object o) {
    return switch (o) {
      case null -> Py.None;
      case PlaitValue v -> own(v);
      case PlaitScope s -> s.globals;
      case Boolean b -> Py.bool_(b);
      case Byte n -> Py.int_(n);
      case Short n -> Py.int_(n);
      case Integer n -> Py.int_(n);
      case Long n -> Py.int_(n);
      case BigInteger n -> Py.int_(n);
      case Float x -> Py.float_(x);
      case Double x -> Py.float_(x);
      case Character c -> Py.str(c.toString());
      case CharSequence s -> Py.str(s.toString());
      case byte[] b -> Py.bytes(b.clone());
      case Map<?, ?> m -> dict(m);
      case Set<?> s -> set(s);
      case Collection<?> c -> list(c.toArray());
      default -> o.getClass().isArray() ? list(boxed(o)) : object(o);
    };
  }

  private PyObject own(PlaitValue v) {
    if (v.engine != engine) {
      throw new IllegalArgumentException("the value belongs to another Plait");
    }
    return v.object;
  }

  private PyObject dict(Map<?, ?> m) {
    PyDict d = Py.dict();
    m.forEach((k, v) -> d.put(toPython(k), toPython(v)));
    return d;
  }

  private PyObject set(Set<?> s) {
    PySet set = new PySet();
    s.forEach(e -> set.add(toPython(e)));
    return set;
  }

  private PyObject list(@Nullable Object[] items) {
    PyObject[] all = new PyObject[items.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = toPython(items[i]);
    }
    return PyList.of(all);
  }

  private static @Nullable Object[] boxed(Object array) {
    @Nullable Object[] all = new @Nullable Object[Array.getLength(array)];
    for (int i = 0; i < all.length; i++) {
      all[i] = Array.get(array, i);
    }
    return all;
  }

  private PyObject object(Object o) {
    if (o instanceof PlaitFunction f) {
      return new JavaFunction(
          engine, f, "function", (arguments, keywords) -> bind(f, arguments, keywords));
    }
    JavaMethods m = JavaMethods.functional(o.getClass());
    return m == null
        ? new JavaObject(engine, o)
        : new JavaFunction(engine, o, name(o.getClass()), m.on(this, o));
  }

  private static String name(Class<?> type) {
    return type.isHidden() ? type.getInterfaces()[0].getSimpleName() : type.getSimpleName();
  }

  private Callable<@Nullable Object> bind(
      PlaitFunction f, PyObject[] arguments, String @Nullable [] keywords) {
    int n = arguments.length - (keywords == null ? 0 : keywords.length);
    List<PlaitValue> positional = new ArrayList<>(n);
    Map<String, PlaitValue> named = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      PlaitValue v = new PlaitValue(engine, arguments[i]);
      if (i < n || keywords == null) {
        positional.add(v);
      } else {
        named.put(keywords[i - n], v);
      }
    }
    return () -> f.call(positional, named);
  }

  /** Calls Java code without a permit; what it throws is raised in Python. */
  PyObject callJava(Callable<? extends @Nullable Object> code) {
    Object result;
    try {
      result = Blocking.<@Nullable Object, Exception>outside(code::call);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw engine.toPython(e);
    }
    return toPython(result);
  }

  // ---- to Java

  /** The natural counterpart. */
  @Nullable Object toJava(PyObject o) {
    return toJava(o, new IdentityHashMap<>());
  }

  private @Nullable Object toJava(PyObject o, IdentityHashMap<PyObject, Boolean> open) {
    return switch (o) {
      case PyBool b -> b == Py.True;
      case PyInt n -> n.isLong() ? (Object) n.longValue() : n.bigValue();
      case PyFloat x -> x.value();
      case PyStr s -> s.toString();
      case PyBytes b -> b.toByteArray();
      case PyByteArray b -> b.toByteArray();
      case JavaObject j -> j.target;
      case JavaFunction f when !(f.source instanceof JavaMethods) -> f.source;
      case PyList l -> container(o, open, () -> list(l.toArray(), open));
      case PyTuple t -> container(o, open, () -> list(t.array(), open));
      case PyDict d -> container(o, open, () -> map(d, open));
      case PySet s -> container(o, open, () -> set(s, open));
      case PyFrozenSet s -> container(o, open, () -> set(s, open));
      default -> o == Py.None ? null : new PlaitValue(engine, o);
    };
  }

  /** A container within itself stays a Python object. */
  private Object container(
      PyObject o, IdentityHashMap<PyObject, Boolean> open, Engine.Work<Object> convert) {
    if (open.put(o, true) != null) {
      return new PlaitValue(engine, o);
    }
    try {
      return convert.run();
    } finally {
      open.remove(o);
    }
  }

  private List<@Nullable Object> list(PyObject[] items, IdentityHashMap<PyObject, Boolean> open) {
    List<@Nullable Object> all = new ArrayList<>(items.length);
    for (PyObject item : items) {
      all.add(toJava(item, open));
    }
    return all;
  }

  private Map<@Nullable Object, @Nullable Object> map(
      PyDict d, IdentityHashMap<PyObject, Boolean> open) {
    Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
    PyObject[] items = d.snapshotItems();
    for (int i = 0; i < items.length; i += 2) {
      all.put(toJava(items[i], open), toJava(items[i + 1], open));
    }
    return all;
  }

  private Set<@Nullable Object> set(PyObject s, IdentityHashMap<PyObject, Boolean> open) {
    return new LinkedHashSet<>(list(PySequences.toArray(s), open));
  }

  /**
   * As a value of a Java type.
   *
   * @throws ClassCastException if it can't be one
   */
  @Nullable Object toJava(PyObject o, Class<?> type) {
    if (distance(o, type) == IMPOSSIBLE) {
      throw new ClassCastException(
          "a Python " + o.type().name() + " object cannot become " + type.getTypeName());
    }
    if (type == PlaitValue.class) {
      return new PlaitValue(engine, o);
    }
    if (o == Py.None) {
      return null;
    }
    Class<?> boxed = boxed(type);
    if (Number.class.isAssignableFrom(boxed) && !(o instanceof JavaObject)) {
      return number(o, boxed);
    }
    if (boxed == Character.class && o instanceof PyStr s) {
      return s.toString().charAt(0);
    }
    if (type.isArray() && type != byte[].class && !(o instanceof JavaObject)) {
      return array(PySequences.toArray(o), type.getComponentType());
    }
    if (type == Set.class && !(o instanceof PySet || o instanceof PyFrozenSet)) {
      return new LinkedHashSet<>(list(PySequences.toArray(o), new IdentityHashMap<>()));
    }
    Object natural = toJava(o);
    return boxed.isInstance(natural) ? natural : Interfaces.implement(engine, o, type);
  }

  private static Object number(PyObject o, Class<?> type) {
    if (type == Double.class || type == Float.class || !(o instanceof PyInt || isIndex(o))) {
      double x = PyNumbers.asDouble(o);
      return type == Float.class ? (Object) (float) x : (Object) x;
    }
    PyInt n = PyNumbers.index(o);
    if (type == BigInteger.class) {
      return n.bigValue();
    }
    if (type == Number.class) {
      return n.isLong() ? (Object) n.longValue() : n.bigValue();
    }
    long v = n.bigValue().longValueExact();
    if (type == Long.class) {
      return v;
    }
    if (type == Integer.class) {
      return Math.toIntExact(v);
    }
    if (type == Short.class) {
      return (short) v;
    }
    return (byte) v;
  }

  private Object array(PyObject[] items, Class<?> component) {
    Object array = Array.newInstance(component, items.length);
    for (int i = 0; i < items.length; i++) {
      Array.set(array, i, toJava(items[i], component));
    }
    return array;
  }

  private static boolean isIndex(PyObject o) {
    return o.type().special(Special.INDEX) != null;
  }

  /** How far a Java type is from a Python object: 0 the same, more the further, -1 impossible. */
  int distance(PyObject o, Class<?> type) {
    if (type == PlaitValue.class) {
      return SAME;
    }
    if (o == Py.None) {
      return type.isPrimitive() ? IMPOSSIBLE : SAME;
    }
    Class<?> boxed = boxed(type);
    if (boxed == Object.class) {
      return ANYTHING;
    }
    if (o instanceof JavaObject j) {
      return boxed.isInstance(j.target) ? SAME : IMPOSSIBLE;
    }
    return switch (o) {
      case PyBool b -> boxed == Boolean.class ? SAME : IMPOSSIBLE;
      case PyInt n -> integer(n, boxed);
      case PyFloat x ->
          boxed == Double.class
              ? SAME
              : boxed == Float.class ? OTHER_NUMBER : boxed == Number.class ? WIDER : IMPOSSIBLE;
      case PyStr s ->
          boxed == String.class
              ? SAME
              : boxed.isAssignableFrom(String.class)
                  ? WIDER
                  : boxed == Character.class && s.toString().length() == 1
                      ? OTHER_NUMBER
                      : IMPOSSIBLE;
      case PyBytes b -> type == byte[].class ? SAME : IMPOSSIBLE;
      case PyByteArray b -> type == byte[].class ? SAME : IMPOSSIBLE;
      default -> structured(o, type);
    };
  }

  private static int integer(PyInt n, Class<?> type) {
    int bits = n.bigValue().bitLength();
    if (type == Long.class) {
      return bits < 64 ? SAME : IMPOSSIBLE;
    }
    if (type == Integer.class) {
      return bits < 32 ? WIDER : IMPOSSIBLE;
    }
    if (type == BigInteger.class || type == Number.class) {
      return OTHER_NUMBER;
    }
    if (type == Short.class) {
      return bits < 16 ? OTHER_NUMBER : IMPOSSIBLE;
    }
    if (type == Byte.class) {
      return bits < 8 ? OTHER_NUMBER : IMPOSSIBLE;
    }
    return type != Double.class && type != Float.class ? IMPOSSIBLE : bits < 54 ? ROUNDED : WRAPPED;
  }

  private static int structured(PyObject o, Class<?> type) {
    boolean sequence = o instanceof PyList || o instanceof PyTuple;
    boolean set = o instanceof PySet || o instanceof PyFrozenSet;
    if (sequence && type.isAssignableFrom(ArrayList.class)
        || set && type.isAssignableFrom(LinkedHashSet.class)
        || o instanceof PyDict && type.isAssignableFrom(LinkedHashMap.class)) {
      return WIDER;
    }
    if (sequence && (type.isArray() || type == Set.class)) {
      return OTHER_NUMBER;
    }
    Class<?> boxed = boxed(type);
    if (boxed == Double.class || boxed == Float.class) {
      return o.type().special(Special.FLOAT) != null || isIndex(o) ? OTHER_NUMBER : IMPOSSIBLE;
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return isIndex(o) ? OTHER_NUMBER : IMPOSSIBLE;
    }
    if (o instanceof JavaFunction f && type.isInstance(f.source)) {
      return SAME;
    }
    return type.isInterface() && Interfaces.canImplement(o, type) ? WRAPPED : IMPOSSIBLE;
  }

  private static Class<?> boxed(Class<?> type) {
    return type.isPrimitive()
        ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
        : type;
  }
}
