package org.plait.embed;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;

/**
 * A Python object in Java's hands. Where a method takes a Java value it is converted as {@link
 * Plait} says; a value given to another {@link Plait} than its own is refused.
 *
 * <p>Every method but {@link #equals} and {@link #hashCode} may run Python code, and throws {@link
 * PlaitException} if that raises an exception, and {@link IllegalStateException} once the {@link
 * Plait} is closed. Any thread may use a value, several at once.
 */
public final class PlaitValue implements Iterable<PlaitValue> {
  final Engine engine;
  final PyObject object;

  PlaitValue(Engine engine, PyObject object) {
    this.engine = engine;
    this.object = object;
  }

  private PlaitValue value(PyObject o) {
    return new PlaitValue(engine, o);
  }

  // ---- what it is

  /**
   * Whether it is None.
   *
   * @return true for None
   */
  public boolean isNone() {
    return object == Py.None;
  }

  /**
   * Whether Python takes it for true.
   *
   * @return {@code bool(value)}
   */
  public boolean isTrue() {
    return engine.call(() -> PyObjects.isTrue(object));
  }

  /**
   * Whether it can be called.
   *
   * @return {@code callable(value)}
   */
  public boolean isCallable() {
    return engine.call(() -> object.type().special(Special.CALL) != null);
  }

  /**
   * Its class.
   *
   * @return {@code type(value)}
   */
  public PlaitValue type() {
    return value(object.type());
  }

  /**
   * The name of its class.
   *
   * @return {@code type(value).__name__}
   */
  public String typeName() {
    return object.type().name();
  }

  // ---- as a Java value

  /**
   * Its Java counterpart, by the table in {@link Plait}.
   *
   * @return the counterpart; null for None; this for an object that has none
   */
  public @Nullable Object toJava() {
    return engine.call(
        () -> {
          Object o = engine.conversions.toJava(object);
          return o instanceof PlaitValue v && v.object == object ? this : o;
        });
  }

  /**
   * Its counterpart of a certain Java type, by the table in {@link Plait}.
   *
   * @param type a class, an interface, an array type or that of a primitive
   * @return the counterpart, null for None
   * @throws ClassCastException if the object can't be one: another type, a number out of range,
   *     None for a primitive
   */
  public <T> @Nullable T as(Class<T> type) {
    Object o = engine.call(() -> engine.conversions.toJava(object, type));
    @SuppressWarnings("unchecked") // a primitive's class has its wrapper's type parameter
    T result = (T) o;
    return result;
  }

  /**
   * An int as a Java int.
   *
   * @return its value
   * @throws ClassCastException if it isn't an integer in range
   */
  public int asInt() {
    return primitive(int.class);
  }

  /**
   * An int as a Java long.
   *
   * @return its value
   * @throws ClassCastException if it isn't an integer in range
   */
  public long asLong() {
    return primitive(long.class);
  }

  /**
   * A float or int as a Java double.
   *
   * @return its value
   * @throws ClassCastException if it isn't a number
   */
  public double asDouble() {
    return primitive(double.class);
  }

  /**
   * A bool as a Java boolean; {@link #isTrue} asks any object.
   *
   * @return its value
   * @throws ClassCastException if it isn't a bool
   */
  public boolean asBoolean() {
    return primitive(boolean.class);
  }

  /**
   * A str as a Java string; {@link #toString} asks any object.
   *
   * @return its value
   * @throws ClassCastException if it isn't a str
   */
  public String asString() {
    return primitive(String.class);
  }

  private <T> T primitive(Class<T> type) {
    T result = as(type);
    if (result == null) {
      throw new ClassCastException("None cannot become " + type.getTypeName());
    }
    return result;
  }

  // ---- calling

  /**
   * Calls it.
   *
   * @param arguments the positional arguments
   * @return its result
   */
  public PlaitValue call(@Nullable Object... arguments) {
    return engine.call(() -> value(object.call(converted(arguments), null)));
  }

  /**
   * Calls it, with keyword arguments.
   *
   * @param arguments the positional arguments
   * @param keywords the keyword arguments
   * @return its result
   */
  public PlaitValue callWith(List<?> arguments, Map<String, ?> keywords) {
    return engine.call(
        () -> {
          int n = arguments.size();
          PyObject[] all = new PyObject[n + keywords.size()];
          for (int i = 0; i < n; i++) {
            all[i] = engine.conversions.toPython(arguments.get(i));
          }
          String[] names = new String[keywords.size()];
          int i = 0;
          for (Map.Entry<String, ?> e : keywords.entrySet()) {
            names[i] = e.getKey().intern();
            all[n + i++] = engine.conversions.toPython(e.getValue());
          }
          return value(object.call(all, names.length == 0 ? null : names));
        });
  }

  /**
   * Calls a method of it.
   *
   * @param method its name
   * @param arguments the positional arguments
   * @return its result
   */
  public PlaitValue invoke(String method, @Nullable Object... arguments) {
    return engine.call(
        () -> value(PyObjects.getAttr(object, method).call(converted(arguments), null)));
  }

  private PyObject[] converted(@Nullable Object[] arguments) {
    PyObject[] all = new PyObject[arguments.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = engine.conversions.toPython(arguments[i]);
    }
    return all;
  }

  // ---- attributes and items

  /**
   * Whether it has an attribute.
   *
   * @param attribute the name
   * @return {@code hasattr(value, attribute)}
   */
  public boolean has(String attribute) {
    return engine.call(() -> PyObjects.hasAttr(object, attribute));
  }

  /**
   * Reads an attribute.
   *
   * @param attribute the name
   * @return its value
   */
  public PlaitValue get(String attribute) {
    return engine.call(() -> value(PyObjects.getAttr(object, attribute)));
  }

  /**
   * Sets an attribute.
   *
   * @param attribute the name
   * @param value the new value
   */
  public void set(String attribute, @Nullable Object value) {
    engine.call(
        () -> {
          PyObjects.setAttr(object, attribute, engine.conversions.toPython(value));
          return null;
        });
  }

  /**
   * Reads an item.
   *
   * @param key index or key
   * @return {@code value[key]}
   */
  public PlaitValue item(@Nullable Object key) {
    return engine.call(() -> value(PyMappings.getItem(object, engine.conversions.toPython(key))));
  }

  /**
   * Sets an item.
   *
   * @param key index or key
   * @param value the new value
   */
  public void setItem(@Nullable Object key, @Nullable Object value) {
    engine.call(
        () -> {
          PyMappings.setItem(
              object, engine.conversions.toPython(key), engine.conversions.toPython(value));
          return null;
        });
  }

  /**
   * How many items it has.
   *
   * @return {@code len(value)}
   */
  public long size() {
    return engine.call(() -> PySequences.length(object));
  }

  /** Iterates as Python's {@code for} does. For one thread. */
  @Override
  public Iterator<PlaitValue> iterator() {
    PyObject it = engine.call(() -> PyIters.getIter(object));
    return new Iterator<>() {
      private @Nullable PyObject next;

      @Override
      public boolean hasNext() {
        if (next == null) {
          next = engine.call(() -> PyIters.next(it));
        }
        return next != null;
      }

      @Override
      public PlaitValue next() {
        PyObject result = hasNext() ? next : null;
        if (result == null) {
          throw new NoSuchElementException();
        }
        next = null;
        return value(result);
      }
    };
  }

  // ---- as a Java object

  /** {@code str(value)}. */
  @Override
  public String toString() {
    return engine.call(() -> PyObjects.str(object).toString());
  }

  /** Whether it is the same Python object: Python's {@code is}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlaitValue v && v.object == object;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(object);
  }
}
