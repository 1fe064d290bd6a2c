package org.plait.embed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyObjects;

/**
 * Python objects as Java interfaces. A callable is the one abstract method of a functional
 * interface; of any other interface, the methods are the object's attributes of the same names.
 */
final class Interfaces {
  private Interfaces() {}

  static boolean canImplement(PyObject o, Class<?> type) {
    Method m = abstractMethod(type);
    return !type.isSealed() && (m == null || isCallable(o) || PyObjects.hasAttr(o, m.getName()));
  }

  private static boolean isCallable(PyObject o) {
    return o.type().special(Special.CALL) != null;
  }

  /** The one abstract method of a functional interface, or null. */
  private static @Nullable Method abstractMethod(Class<?> type) {
    Method found = null;
    for (Method m : type.getMethods()) {
      if (Modifier.isAbstract(m.getModifiers()) && !JavaMethods.isOfObject(m)) {
        if (found != null) {
          return null;
        }
        found = m;
      }
    }
    return found;
  }

  static Object implement(Engine engine, PyObject o, Class<?> type) {
    boolean functional = abstractMethod(type) != null && isCallable(o);
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new Handler(engine, o, functional));
  }

  private record Handler(Engine engine, PyObject object, boolean functional)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
        throws Throwable {
      @Nullable Object[] arguments = given == null ? new @Nullable Object[0] : given;
      if (JavaMethods.isOfObject(method)) {
        return switch (method.getName()) {
          case "equals" ->
              arguments[0] != null
                  && Proxy.isProxyClass(arguments[0].getClass())
                  && Proxy.getInvocationHandler(arguments[0]) instanceof Handler h
                  && h.object == object;
          case "hashCode" -> System.identityHashCode(object);
          default -> new PlaitValue(engine, object).toString();
        };
      }
      if (method.isDefault() && (functional || !hasAttribute(method.getName()))) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      return engine.call(
          () -> {
            PyObject[] values = new PyObject[arguments.length];
            for (int i = 0; i < values.length; i++) {
              values[i] = engine.conversions.toPython(arguments[i]);
            }
            PyObject f = functional ? object : PyObjects.getAttr(object, method.getName());
            PyObject result = f.call(values, null);
            Class<?> type = method.getReturnType();
            return type == void.class
                ? null
                : type == Object.class
                    ? engine.conversions.toJava(result)
                    : engine.conversions.toJava(result, type);
          });
    }

    private boolean hasAttribute(String name) {
      return engine.call(() -> PyObjects.hasAttr(object, name));
    }
  }
}
