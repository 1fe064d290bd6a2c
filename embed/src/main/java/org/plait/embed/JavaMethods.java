package org.plait.embed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;

/**
 * The overloads of a Java method that may be called on an object: public instance methods of public
 * classes and interfaces in packages open to us. Of those that take the arguments, the one is
 * called whose parameter types are nearest. Immutable; shared by all threads.
 */
final class JavaMethods {
  private static final ClassValue<Map<String, JavaMethods>> CACHE =
      new ClassValue<>() {
        @Override
        protected Map<String, JavaMethods> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final List<Method> methods;

  private JavaMethods(List<Method> methods) {
    this.methods = methods;
  }

  static JavaMethods of(Class<?> type, String name) {
    return CACHE.get(type).computeIfAbsent(name, n -> new JavaMethods(find(type, n)));
  }

  boolean isEmpty() {
    return methods.isEmpty();
  }

  /** The one abstract method of the first functional interface that a class implements, or null. */
  static @Nullable JavaMethods functional(Class<?> type) {
    for (Class<?> i : interfaces(type)) {
      if (i.isAnnotationPresent(FunctionalInterface.class) || type.isHidden()) {
        for (Method m : i.getMethods()) {
          if (Modifier.isAbstract(m.getModifiers()) && !isOfObject(m) && m.trySetAccessible()) {
            return new JavaMethods(List.of(m));
          }
        }
      }
    }
    return null;
  }

  /** Whether every object has the method anyhow. */
  static boolean isOfObject(Method m) {
    try {
      Object.class.getMethod(m.getName(), m.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        all.add(i);
        all.addAll(interfaces(i));
      }
    }
    return all;
  }

  private static List<Method> find(Class<?> type, String name) {
    List<Class<?>> places = new ArrayList<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      places.add(c);
    }
    places.addAll(interfaces(type));
    List<Method> found = new ArrayList<>();
    for (Class<?> c : places) {
      if (Modifier.isPublic(c.getModifiers())) {
        for (Method m : c.getDeclaredMethods()) {
          int modifiers = m.getModifiers();
          if (m.getName().equals(name)
              && Modifier.isPublic(modifiers)
              && !Modifier.isStatic(modifiers)
              && !m.isBridge()
              && m.trySetAccessible()
              && found.stream().noneMatch(f -> sameParameters(f, m))) {
            found.add(m);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean sameParameters(Method a, Method b) {
    return List.of(a.getParameterTypes()).equals(List.of(b.getParameterTypes()));
  }

  /** The function that calls them on an object. */
  JavaFunction.Body on(Conversions conversions, Object target) {
    return (arguments, keywords) -> {
      if (keywords != null && keywords.length > 0) {
        throw Errors.typeError(
            "Java method " + methods.getFirst().getName() + " takes no keyword arguments");
      }
      return bind(conversions, target, arguments);
    };
  }

  private Callable<@Nullable Object> bind(
      Conversions conversions, Object target, PyObject[] arguments) {
    Method best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (Method m : methods) {
      int distance = distance(conversions, m, arguments);
      if (distance < bestDistance) {
        best = m;
        bestDistance = distance;
      }
    }
    if (best == null) {
      throw Errors.typeError(mismatch(arguments));
    }
    Method m = best;
    Class<?>[] types = m.getParameterTypes();
    @Nullable Object[] values = new @Nullable Object[types.length];
    try {
      for (int i = 0; i < types.length; i++) {
        values[i] = conversions.toJava(arguments[i], types[i]);
      }
    } catch (ClassCastException | ArithmeticException e) {
      throw Errors.typeError(String.valueOf(e.getMessage()));
    }
    return () -> {
      try {
        return m.invoke(target, values);
      } catch (InvocationTargetException e) {
        switch (e.getCause()) {
          case Exception cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw e;
        }
      }
    };
  }

  private static int distance(Conversions conversions, Method m, PyObject[] arguments) {
    Class<?>[] types = m.getParameterTypes();
    if (types.length != arguments.length) {
      return Integer.MAX_VALUE;
    }
    int sum = 0;
    for (int i = 0; i < types.length; i++) {
      int d = conversions.distance(arguments[i], types[i]);
      if (d < 0) {
        return Integer.MAX_VALUE;
      }
      sum += d;
    }
    return sum;
  }

  private String mismatch(PyObject[] arguments) {
    StringBuilder b = new StringBuilder("no Java method ").append(methods.getFirst().getName());
    b.append(" takes (");
    for (int i = 0; i < arguments.length; i++) {
      b.append(i == 0 ? "" : ", ").append(arguments[i].type().name());
    }
    return b.append(")").toString();
  }
}
